"""What one text means: a date, a number, a currency, a status; whatever is decided, once per distinct text."""
