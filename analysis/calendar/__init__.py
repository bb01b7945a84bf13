"""The shop's year: the days it is open, its season, and the clients whose visits follow the year."""
