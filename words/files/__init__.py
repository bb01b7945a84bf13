"""Files that people take with them: lists as csv, calendars, documents."""
