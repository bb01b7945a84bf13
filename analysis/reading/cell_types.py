"""Whether a spreadsheet stored a column's cells as numbers: looked up only where the texts alone leave a doubt."""

from __future__ import annotations

import io

from python_calamine import CalamineWorkbook

from analysis.reading.columns import Column
from analysis.reading.headers import Body

#: Cells looked at; a column is of one make.
_CELLS = 200
_MOST = 0.5


def stored_as_numbers(body: Body, column: Column) -> bool:
    """Whether most of the column's first cells were numbers, and not texts that look like numbers.

    `1.234` stored as a number is one and a bit; typed as text in a Spanish sheet it is more than a thousand.
    """
    if body.grid.is_text:
        return False
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(body.grid.upload.data)).get_sheet_by_name(body.sheet)
    first_row = int(body.rows[0]) - 1
    # Grids begin at the first used column, calamine's rows at column A.
    place = column.position + (sheet.start[1] if sheet.start else 0)
    rows = sheet.to_python(skip_empty_area=False, nrows=first_row + _CELLS)[first_row:]
    cells = [row[place] for row in rows if len(row) > place]
    typed = [cell for cell in cells if cell != ""]
    numbers = sum(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in typed)
    return numbers > _MOST * len(typed)
