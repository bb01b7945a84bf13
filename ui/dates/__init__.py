"""The agenda of dates that are coming."""
