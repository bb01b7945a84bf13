"""The rows of an understood sheet, their values converted, and those that stay out with the reason."""
