"""Whom to call: the alarm's list and the day's, how each can be reached, what came of it and how soon."""
