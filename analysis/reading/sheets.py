"""From bytes to grids of text: one grid per sheet, every cell as it is written, nothing converted yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import fastexcel
import pyarrow as pa

from analysis.errors import UnreadableFileError
from analysis.reading.delimited import cells_of, decoded
from analysis.reading.kinds import kind_of
from analysis.reading.upload import Upload


@dataclass(frozen=True, eq=False)
class Grid:
    """A sheet as text: one array per column (null = empty), the first row being Excel's row 1."""

    file: str
    sheet: str  # "" for a text file
    columns: tuple[pa.Array, ...]
    upload: Upload  # where cell types can be looked up if the texts leave a doubt
    is_text: bool
    hidden: bool = False

    @property
    def height(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def head(self, rows: int) -> list[list[str]]:
        """The first rows, cell by cell, empty cells as ""."""
        columns = [
            [(text or "").strip() for text in column.slice(0, rows).to_pylist()] for column in self.columns
        ]
        return [list(row) for row in zip(*columns, strict=True)]


def grids_of(upload: Upload) -> Iterator[Grid]:
    """The sheets of one file, in their order.

    Raises `UnreadableFileError` where the bytes are no table.
    """
    if kind_of(upload.name, upload.data) == "text":
        yield Grid(upload.name, "", tuple(cells_of(decoded(upload.data))), upload, is_text=True)
        return
    try:
        workbook = fastexcel.read_excel(upload.data)
        for name in workbook.sheet_names:
            # From the very first row on (skip_rows=0), so that row numbers are Excel's own.
            sheet = workbook.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
            hidden = sheet.visible != "visible"
            yield Grid(
                upload.name, name, tuple(sheet.to_arrow().columns), upload, is_text=False, hidden=hidden
            )
    except fastexcel.FastExcelError as problem:
        raise UnreadableFileError(file=upload.name, kind="damaged") from problem
