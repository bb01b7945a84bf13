"""Reading: from any export to the Book.

`reader.read` is the whole way: `analysis.files` opens the bytes as grids of text, and `book_of` understands them, a
room a step:

- `layout`: where the table is on its sheet;
- `meaning`: what each sheet and each column is (`fields` lists what there is to be);
- `rows`: values converted, and the rows left out with their reason; `values` says what one text means;
- `canonical`: who is who, and the canonical tables; `account` tells what became of everything.
"""

from analysis.files.upload import Upload
from analysis.reading.corrections import ColumnKey, Corrections, SheetKey
from analysis.reading.reader import book_of, read

__all__ = ["ColumnKey", "Corrections", "SheetKey", "Upload", "book_of", "read"]
