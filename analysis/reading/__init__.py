"""Reading: from any export to the Book.

The way of the data, a module a step:

- `kinds`: what the bytes are; `sheets` and `delimited`: grids of text; `headers`: where the table begins;
- `evidence`, `matching`, `tables`, `understand`: what each column and each sheet is;
- `date_orders`, `lines` (with `dates`, `numbers`, `currencies`): values, and the rows left out;
- `identity`: who is who; `sales`, `payments`, `assemble`: canonical tables; `reader.read` is the whole way.
"""

from analysis.reading.reader import read
from analysis.reading.upload import ColumnKey, Corrections, Upload

__all__ = ["ColumnKey", "Corrections", "Upload", "read"]
