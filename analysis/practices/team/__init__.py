"""Who looks after whom: clients whose seller is gone, how many return to each, and who has had no word."""
