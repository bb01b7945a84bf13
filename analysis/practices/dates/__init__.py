"""Dates that are coming: birthdays, anniversaries as a client, visits that are due."""
