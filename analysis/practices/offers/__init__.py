"""What to offer: what a client can carry, how they pay, and which offer fits the reason."""
