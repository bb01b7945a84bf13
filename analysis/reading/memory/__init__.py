"""What the owner said of a file's columns, kept so that next month's file of the same columns needs no click.

A mapping is known again by the fingerprint of a sheet's headers (`mappings`), put to use where the cells still agree
(`recall`), noted down (`remember`) and kept in one small file of the user's data folder (`store`). It holds headers and
hashes, never a cell.
"""
