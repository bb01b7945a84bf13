"""Clients whose seller is gone, and those nobody has had a word with."""
