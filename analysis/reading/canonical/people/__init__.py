"""People: who is who across tables, what may be one person under two keys, and what the owner decided of it."""
