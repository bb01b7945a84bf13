"""Home: the day in five lines and the figures of the year."""
