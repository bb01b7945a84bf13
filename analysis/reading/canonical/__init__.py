"""Canonical tables: the rows of all sheets joined by client, as sales, clients, contacts, problems and payments."""
