"""The desk at which year-end letters are written, one by one."""
