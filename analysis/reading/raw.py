"""The first table of a file as it is written: its header and its cells, before anything is taken to mean something."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from analysis.files.grid import Grid
from analysis.reading.layout.body import Body
from analysis.reading.layout.tables import tables_in

#: Rows written at a time.
_BATCH = 50_000
#: Rows that the layout keeps out are none of the table's, but for those whose cells cannot be told apart.
_STILL_ROWS = ("", "uneven_row")


@dataclass(frozen=True)
class RawTable:
    """A table of texts: `header` is None where no row names the columns; a null cell is an empty one."""

    header: tuple[str, ...] | None
    columns: tuple[pa.Array, ...]

    def __len__(self) -> int:
        return len(self.columns[0]) if self.columns else 0


def raw_table(grids: Sequence[Grid]) -> RawTable:
    """The first table found on the sheets that are shown: the first with a header, else the first with any cell."""
    shown = [grid for grid in grids if not grid.hidden] or list(grids)
    headless: Body | None = None
    for grid in shown:
        for body in tables_in(grid):
            if body.header_row is not None:
                return _raw(body)
            headless = headless or (body if body.columns else None)
    return _raw(headless) if headless else RawTable(None, ())


def csv_of(table: RawTable) -> bytes:
    """The table as RFC 4180 has it: commas, CRLF, quotes where a cell needs them, UTF-8 without a mark.

    The texts are exactly the file's. What begins like a formula is not escaped: this file is read by programs that
    compare or load it, and an apostrophe put in front would be a cell that nobody wrote. The canonical tables, which
    people open, are escaped.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    if table.header is not None:
        writer.writerow(table.header)
    for start in range(0, len(table), _BATCH):
        cells = [column.slice(start, _BATCH).to_pylist() for column in table.columns]
        writer.writerows(zip(*cells, strict=True))
    return out.getvalue().encode("utf-8", errors="replace")


def _raw(body: Body) -> RawTable:
    rows = pa.array([fate in _STILL_ROWS for fate in body.fates.tolist()], pa.bool_())
    header = tuple(column.header for column in body.columns) if body.header_row is not None else None
    if len(body.parts) > 1:  # parts can have their columns in other places
        return RawTable(header, tuple(column.texts().filter(rows) for column in body.columns))
    places = pa.array(body.rows - 1).filter(rows)
    if header is None and not body.beside:  # a column without a cell is a column all the same
        kept = body.grid.columns
    else:
        kept = tuple(body.grid.columns[column.position] for column in body.columns)
    columns = (column.take(places) for column in kept)
    return RawTable(header, tuple(pc.cast(column, pa.string()) for column in columns))
