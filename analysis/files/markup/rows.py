"""A sheet as it grows cell by cell, whatever markup it is read from."""

from __future__ import annotations

from array import array

import numpy as np
import pyarrow as pa

from analysis.errors import UnreadableFileError
from analysis.files.grid import Grid, Make, Merged

_MOST_COLUMNS = 16_384
_MOST_ROWS = 1_048_576
#: As with sheets: places from the first row and column to the last, against cells that are there.
_FEW_PLACES = 5_000_000
_THINNEST = 20
_MOST_MERGED = 100_000
_EMPTY = -1
_MOST = 0.5


class Rows:
    """Cells are put into the current row from left to right; places that a merged cell above covers are skipped.

    Raises `UnreadableFileError` (too_wide, too_much) where it grows beyond what a spreadsheet may be.
    """

    def __init__(self) -> None:
        self._texts: dict[str, int] = {}
        self._columns: list[array[int]] = []
        self._numbers: dict[int, int] = {}
        self._formats: dict[int, dict[str, int]] = {}
        self._filled: dict[int, int] = {}
        self._covered: dict[int, int] = {}  # per column, up to which row (0-based, excluded) it is covered
        self._merged: list[Merged] = []
        self._unvalued: list[int] = []
        self._cells = 0
        self.row = 0  # 0-based, of the current row
        self._column = 0  # where the next cell goes

    @property
    def width(self) -> int:
        return len(self._columns)

    def skip_to_row(self, row: int) -> None:
        """Leaves the rows up to this one (0-based) empty."""
        if row > _MOST_ROWS:
            raise UnreadableFileError(kind="too_much")
        self.row = max(row, self.row)

    def skip_to_column(self, column: int) -> None:
        """Leaves the columns up to this one (0-based) empty."""
        self._column = max(column, self._column)

    def put(
        self, text: str, across: int = 1, down: int = 1, *, number: bool = False, number_format: str = ""
    ) -> None:
        """The next cell, which may cover cells to its right and below."""
        while self._covered.get(self._column, 0) > self.row:
            self._column += 1
        if self._column + across > _MOST_COLUMNS:
            raise UnreadableFileError(kind="too_wide")
        self._fill(self._column, text, number=number, number_format=number_format)
        if (across > 1 or down > 1) and len(self._merged) < _MOST_MERGED:
            right, bottom = self._column + across - 1, min(self.row + down, _MOST_ROWS) - 1
            self._merged.append((self.row, self._column, bottom, right))
            for column in range(self._column, right + 1):
                self._covered[column] = bottom + 1
        self._column += across

    def without_value(self) -> None:
        """The current row has a formula that was saved without its value."""
        self._unvalued.append(self.row + 1)

    def end_row(self) -> None:
        self.row, self._column = self.row + 1, 0

    def append(self, other: Rows) -> None:
        """Puts the rows of another below these."""
        texts = list(other._texts)
        below = self.row
        for column, codes in enumerate(other._columns):
            for row, code in enumerate(codes):
                if code != _EMPTY:
                    self.row, self._column = below + row, column
                    self._fill(column, texts[code], number=False, number_format="")
        self._merged += [
            (top + below, left, bottom + below, right) for top, left, bottom, right in other._merged
        ]
        self.row, self._column = below + other.row, 0

    def grid(self, sheet: str, *, hidden: bool = False) -> Grid:
        """What has grown, all rows of one width."""
        texts = pa.array(list(self._texts), pa.string())
        height = max(map(len, self._columns), default=0)
        used = [place for place, codes in enumerate(self._columns) if len(codes)]
        first = used[0] if used else 0
        return Grid(
            "",
            sheet,
            tuple(_column(codes, height, texts) for codes in self._columns[first:]),
            makes=tuple(map(self._make, range(first, len(self._columns)))),
            hidden=hidden,
            merged=tuple(
                (top, max(left - first, 0), min(bottom, max(height - 1, top)), right - first)
                for top, left, bottom, right in self._merged
                if right >= first
            ),
            unvalued=tuple(dict.fromkeys(self._unvalued)),
            first_column=first,
        )

    def _fill(self, column: int, text: str, *, number: bool, number_format: str) -> None:
        if not text:
            return
        while len(self._columns) <= column:
            self._columns.append(array("i"))
        codes = self._columns[column]
        if self.row > len(codes):
            places = self.row * len(self._columns)
            if places > _FEW_PLACES and places > _THINNEST * self._cells:
                raise UnreadableFileError(kind="too_much")
            codes.extend(array("i", [_EMPTY]) * (self.row - len(codes)))
        codes.append(self._texts.setdefault(text, len(self._texts)))
        self._cells += 1
        self._filled[column] = self._filled.get(column, 0) + 1
        self._numbers[column] = self._numbers.get(column, 0) + number
        if number_format:
            shown = self._formats.setdefault(column, {})
            shown[number_format] = shown.get(number_format, 0) + 1

    def _make(self, column: int) -> Make:
        shown = self._formats.get(column, {})
        return Make(
            self._numbers.get(column, 0) > _MOST * self._filled.get(column, 0),
            max(shown, key=lambda code: shown[code], default=""),
        )


def _column(codes: array[int], height: int, texts: pa.StringArray) -> pa.DictionaryArray:
    rows = np.full(height, _EMPTY, dtype=np.int32)
    rows[: len(codes)] = np.frombuffer(codes, dtype=np.int32) if len(codes) else []
    known, places = np.unique(rows[rows != _EMPTY], return_inverse=True)
    own = np.full(height, _EMPTY, dtype=np.int32)
    own[rows != _EMPTY] = places
    return pa.DictionaryArray.from_arrays(pa.array(own, mask=own == _EMPTY), texts.take(pa.array(known)))
