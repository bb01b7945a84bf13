"""Where a sheet's tables are: the header found, and the table cut below it."""
