"""What an owner does with the results: a module for each practice, functions of the Portfolio without sentences."""
