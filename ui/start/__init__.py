"""The start page: the file, what was understood of it, doubts and their answers."""
