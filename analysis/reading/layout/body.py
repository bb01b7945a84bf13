"""A table found on a sheet, or on several of one make: its columns, its rows, and what was decided about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis.book import Notice
from analysis.files.grid import Grid, Make
from analysis.reading.values.columns import Column

#: A row left out is shown to be recognised, not to be read in full.
_LONGEST_LINE = 300
_MOST_CELLS = 60


@dataclass(frozen=True, eq=False)
class Part:
    """The rows of a table that stand on one sheet: `count` of them, one after the other."""

    grid: Grid
    header_row: int | None  # 1-based; of a header of two lines the lower one
    count: int


@dataclass(frozen=True, eq=False)
class Body:
    """A table: one Column per column, all of one length, and Excel's number of each row.

    `fates` says per row why the layout alone keeps it out of use (a `book.LeftOutReason`), "" where it does not.
    `beside` tells a table that is not the only one on its sheet. `summary` is the kind of summary it is ("" for none):
    such a table holds no visits. `grid`, `sheet` and `header_row` are the first part's.
    """

    file: str
    sheet: str
    header_row: int | None
    columns: tuple[Column, ...]
    rows: npt.NDArray[np.int64]
    parts: tuple[Part, ...]
    fates: npt.NDArray[np.str_]
    titles: tuple[tuple[str, ...], ...] = ()  # what stands above the header, by rows
    beside: bool = False
    summary: str = ""
    repeats: bool = False  # its rows stand on other sheets already
    yearless: str = ""  # the header of a column of days that do not say their year
    notices: tuple[Notice, ...] = ()
    makes: Mapping[int, Make] = field(
        default_factory=dict
    )  # by position, where parts have their columns elsewhere

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def grid(self) -> Grid:
        return self.parts[0].grid

    @property
    def own_columns(self) -> tuple[Column, ...]:
        """The columns without the rows that the layout keeps out: these tell what a column's cells are like."""
        own = self.fates == ""
        return self.columns if own.all() else tuple(column.rows(own) for column in self.columns)

    def make(self, position: int) -> Make:
        """How the workbook made the cells of the column at this 0-based position."""
        return self.makes.get(position, self.grid.make(position))

    def sheets_of(self, rows: npt.NDArray[np.int64]) -> list[str]:
        """The sheet that each of the given rows (0-based) stands on."""
        ends = np.cumsum([part.count for part in self.parts])
        names = [part.grid.sheet for part in self.parts]
        return [names[place] for place in np.searchsorted(ends, rows, side="right").tolist()]

    def texts(self, rows: npt.NDArray[np.int64]) -> list[str]:
        """The given rows (0-based) as one line of text each, for the list of rows left out."""
        if not self.columns:
            return [""] * len(rows)
        cells = [column.texts().take(pa.array(rows)).to_pylist() for column in self.columns[:_MOST_CELLS]]
        lines = (" · ".join(text for text in row if text) for row in zip(*cells, strict=True))
        return [line if len(line) <= _LONGEST_LINE else line[: _LONGEST_LINE - 1] + "…" for line in lines]
