"""What late visits cost, in parts, by month and ahead."""
