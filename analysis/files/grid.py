"""What a file is once it is open: grids of text, one per sheet, nothing converted yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

#: A merged range: first row, first column, last row, last column, all 0-based in the grid.
Merged = tuple[int, int, int, int]


@dataclass(frozen=True)
class Make:
    """How a workbook made the cells of one column, by a look at its first ones."""

    numbers: bool = False  # most of them are stored as numbers, and not as texts that look like numbers
    number_format: str = ""  # the format code most of them are shown with


@dataclass(frozen=True)
class TextForm:
    """How a text file was cut into cells. Rows are Excel's: 1-based, a `sep=` line not counted."""

    encoding: str
    delimiter: str  # "" for a report printed with columns that line up
    quote: str
    certainty: Literal["sure", "guessed", "mixed"] = (
        "sure"  # of the encoding; "mixed": lines of two encodings
    )
    misread: int = 0  # cells whose UTF-8 had been taken for Windows-1252, repaired
    rejoined: int = (
        0  # rows of which a cell without quotes had been cut by its own commas, put together again
    )
    mended: tuple[int, ...] = ()  # rows of a wrong width of which one reading alone fits the columns
    uneven: tuple[int, ...] = ()  # rows whose cells cannot be told to stand in their columns


@dataclass(frozen=True, eq=False)
class Grid:
    """A sheet as text: one array per column (null = empty), the first row being Excel's row 1.

    The texts are dictionary-encoded: a column is its distinct texts, and their codes row by row.

    `makes` has one entry per column for a workbook and none for a text; `text` is None for a workbook. Columns begin at
    the sheet's first used one, whose 0-based place is `first_column`.
    """

    file: str
    sheet: str  # "" for a text file
    columns: tuple[pa.DictionaryArray, ...]
    makes: tuple[Make, ...] = ()
    text: TextForm | None = None
    hidden: bool = False
    pivot: bool = False  # the sheet shows a pivot table
    merged: tuple[Merged, ...] = ()
    unvalued: tuple[int, ...] = ()  # Excel's rows with a formula that was saved without its value
    first_column: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", tuple(map(_coded, self.columns)))

    @property
    def height(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def make(self, position: int) -> Make:
        """How the cells of the column at this 0-based position were made."""
        return self.makes[position] if position < len(self.makes) else Make()

    def head(self, rows: int) -> list[list[str]]:
        """The first rows, cell by cell, empty cells as ""."""
        columns = [
            [(text or "").strip() for text in column.slice(0, rows).to_pylist()] for column in self.columns
        ]
        return [list(row) for row in zip(*columns, strict=True)]


def _coded(cells: pa.Array) -> pa.DictionaryArray:
    return cells if pa.types.is_dictionary(cells.type) else cells.dictionary_encode()
