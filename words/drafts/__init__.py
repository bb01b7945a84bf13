"""What is written to clients: drafts from their own facts, which never name a band, a score or a probability."""
