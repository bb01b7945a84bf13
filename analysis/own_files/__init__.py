"""What the owner gives back with the next export: call lists they filled in, and their notebook.

These are no exports: they are told apart by their headers or their own mark before anything is read as sales, and what
they say goes into the notebook.
"""
