"""One module per practice: each a pure function of the Portfolio, returning data and codes, never sentences."""
