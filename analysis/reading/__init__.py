"""Reading: from any export to the Book.

The way of the data, a module a step: `kinds` (what the bytes are) -> `sheets`, `delimited` (grids of text) -> `headers` (where the table
begins) -> `evidence`, `matching`, `tables`, `understand` (what each column and sheet is) -> `date_orders`, `lines` (values, and rows
left out) -> `identity` (who is who) -> `sales`, `payments`, `assemble` (canonical tables) -> `reader.read`.
"""

from analysis.reading.reader import read
from analysis.reading.upload import ColumnKey, Corrections, Upload

__all__ = ["ColumnKey", "Corrections", "Upload", "read"]
