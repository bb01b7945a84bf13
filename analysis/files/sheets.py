"""From bytes to grids of text: one grid per sheet, every cell as it is written, nothing converted yet."""

from __future__ import annotations

from collections.abc import Iterator

import fastexcel

from analysis.errors import UnreadableFileError
from analysis.files.delimited import text_grid
from analysis.files.grid import Grid
from analysis.files.kinds import kind_of
from analysis.files.makes import makes_of
from analysis.files.upload import Upload


def grids_of(upload: Upload) -> Iterator[Grid]:
    """The sheets of one file, in their order.

    Raises `UnreadableFileError` where the bytes are no table.
    """
    if kind_of(upload.name, upload.data) == "text":
        yield text_grid(upload)
        return
    try:
        workbook = fastexcel.read_excel(upload.data)
        for name in workbook.sheet_names:
            # From the very first row on (skip_rows=0), so that row numbers are Excel's own.
            sheet = workbook.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
            columns = tuple(sheet.to_arrow().columns)
            first, makes = makes_of(upload.data, name, len(columns))
            yield Grid(
                upload.name, name, columns, makes, hidden=sheet.visible != "visible", first_column=first
            )
    except fastexcel.FastExcelError as problem:
        raise UnreadableFileError(file=upload.name, kind="damaged") from problem
