"""Lists of calls, the card of one, what came of it, and the files that leave with them."""
