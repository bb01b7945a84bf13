"""One client: the drawer and the page, the tables and boxes that lead there, how to reach them."""
