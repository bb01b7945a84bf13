"""A rectangle of a sheet, column by column, with the counts that its tables are found by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis.files.grid import Grid
from analysis.reading.layout.cells import Flags, Rows, rows_with
from analysis.reading.values.columns import EMPTY, Column


@dataclass(frozen=True, eq=False)
class Area:
    """Columns of a grid that belong together, with all rows of the sheet (0-based here)."""

    grid: Grid
    columns: tuple[Column, ...]

    @property
    def height(self) -> int:
        return self.grid.height

    @cached_property
    def widths(self) -> npt.NDArray[np.int32]:
        """Filled cells of each row."""
        widths = np.zeros(self.height, dtype=np.int32)
        for column in self.columns:
            widths += column.filled
        return widths

    @cached_property
    def usual_width(self) -> int:
        """How many cells a row of the table fills: the count most rows have, more cells weighing more. 0: no table."""
        times = np.bincount(self.widths)
        times[:2] = 0
        if not times.any():
            return 0
        weight = times * np.arange(len(times))
        return int(len(times) - 1 - np.argmax(weight[::-1]))

    @cached_property
    def last(self) -> int:
        """The row after the last one with anything in it."""
        filled = np.flatnonzero(self.widths)
        return int(filled[-1]) + 1 if len(filled) else 0

    def row(self, place: int) -> list[str]:
        """The cells of a row, "" where empty."""
        return [
            column.uniques[int(column.codes[place])].as_py() if column.codes[place] != EMPTY else ""
            for column in self.columns
        ]

    def counts(self, rows: Rows, test: Callable[[str], bool]) -> npt.NDArray[np.int64]:
        """How many cells of each of the rows pass the test."""
        found = np.zeros(len(rows), dtype=np.int64)
        for column in self.columns:
            found += rows_with(column, rows, test)
        return found

    def shares(self, rows: Rows, test: Callable[[str], bool]) -> npt.NDArray[np.float64]:
        """Per column the share of its filled cells, over these rows, that pass the test; NaN where none is filled."""
        shares = np.full(len(self.columns), np.nan)
        for place, column in enumerate(self.columns):
            filled = column.codes[rows] != EMPTY
            if filled.any():
                shares[place] = rows_with(column, rows, test).sum() / filled.sum()
        return shares

    def filled_columns(self, place: int) -> frozenset[int]:
        return frozenset(index for index, column in enumerate(self.columns) if column.codes[place] != EMPTY)

    def same_cells(self, like: int, rows: slice) -> npt.NDArray[np.int32]:
        """Per row of the slice, how many cells hold what the row `like` holds in their column."""
        same = np.zeros(len(range(*rows.indices(self.height))), dtype=np.int32)
        for column in self.columns:
            if column.codes[like] != EMPTY:
                same += column.codes[rows] == column.codes[like]
        return same


def area_of(grid: Grid, most_columns: int) -> Area:
    """The whole sheet, but for columns past `most_columns`."""
    columns = (Column.of("", position, cells) for position, cells in enumerate(grid.columns[:most_columns]))
    return Area(grid, tuple(columns))


def any_filled(columns: tuple[Column, ...], height: int) -> Flags:
    """Rows in which any of the columns holds something."""
    filled = np.zeros(height, dtype=bool)
    for column in columns:
        filled |= column.filled
    return filled


def taken(column: Column, rows: Rows) -> pa.StringArray:
    """The texts of a column in the given rows, null where empty."""
    codes = column.codes[rows]
    return column.uniques.take(pa.array(codes, mask=codes == EMPTY))
