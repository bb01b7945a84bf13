"""What to offer, and whether they can pay it."""
