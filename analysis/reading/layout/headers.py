"""Where a sheet's table begins: the header found below titles and blank rows, and the table cut below it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis.files.grid import Grid
from analysis.reading.fields import synonyms
from analysis.reading.values.columns import Column
from analysis.reading.values.texts import essential, plain_header

#: Rows looked at for the header: titles, logos' captions and "downloaded on" lines stand above it.
_HEAD_ROWS = 60
#: A header fills at least this share of the columns that a usual row fills.
_ENOUGH_FILLED = 0.6
#: A row left out is shown to be recognised, not to be read in full.
_LONGEST_LINE = 300
#: What a known header name is worth against a merely filled row.
_KNOWN_NAME = 1.0
_UNKNOWN_NAME = 0.2
#: Figures, dates, times and marks: what stands in rows of data and not in a header.
_FIGURES = re.compile(
    r"^[^A-Za-zÀ-ÿ]*$|^\W*\d[\d.,/:\-\s]*[^\d]{0,4}$|^\d{1,2}\W+[a-zA-Z]{3,10}\.?\W+\d{2,4}\b|^\d{4}-\d\d-\d\d"
)


@dataclass(frozen=True, eq=False)
class Body:
    """A sheet's table: one Column per column, all of one length, and Excel's number of each row."""

    file: str
    sheet: str
    header_row: int | None  # 1-based
    columns: tuple[Column, ...]
    rows: npt.NDArray[np.int64]
    grid: Grid

    def __len__(self) -> int:
        return len(self.rows)

    def texts(self, rows: npt.NDArray[np.int64]) -> list[str]:
        """The given rows (0-based) as one line of text each, for the list of rows left out."""
        cells = [column.texts().take(pa.array(rows)).to_pylist() for column in self.columns]
        lines = (" · ".join(text for text in row if text) for row in zip(*cells, strict=True))
        return [line if len(line) <= _LONGEST_LINE else line[: _LONGEST_LINE - 1] + "…" for line in lines]


def body_of(grid: Grid) -> Body:
    """Finds the header and cuts the table below it; `header_row` is None where no row looks like one."""
    head = grid.head(_HEAD_ROWS)
    place = _header_place(head)
    labels = head[place] if place is not None else [""] * len(grid.columns)
    start = place + 1 if place is not None else 0
    columns = tuple(
        Column.of(label, position, cells.slice(start))
        for position, (label, cells) in enumerate(zip(labels, grid.columns, strict=True))
    )
    filled = _any_filled(columns, max(grid.height - start, 0))
    last = int(np.flatnonzero(filled)[-1]) + 1 if filled.any() else 0
    keep = np.arange(len(filled)) < last  # rows after the last filled one are formatting, not data
    columns = tuple(column if keep.all() else column.rows(keep) for column in columns)
    # A column without header and without a single cell is the sheet's margin.
    columns = tuple(column for column in columns if column.header or len(column.uniques))
    return Body(
        grid.file,
        grid.sheet,
        place + 1 if place is not None else None,
        columns,
        np.arange(last, dtype=np.int64) + start + 1,
        grid,
    )


def _any_filled(columns: tuple[Column, ...], count: int) -> npt.NDArray[np.bool_]:
    filled = np.zeros(count, dtype=bool)
    for column in columns:
        filled |= column.filled
    return filled


def _header_place(head: list[list[str]]) -> int | None:
    """Index of the row that names the columns: the best named among those filled like the rows below them.

    A row of figures is no header. On a tie the upper one wins.
    """
    widths = [sum(bool(cell) for cell in row) for row in head]
    usual = Counter(width for width in widths if width > 1)
    if not usual:
        return None
    modal = max(usual.items(), key=lambda item: (item[1], item[0]))[0]
    best, best_score = None, 0.0
    for place, row in enumerate(head):
        if widths[place] < max(2, _ENOUGH_FILLED * modal):
            continue
        score = _header_score(row) / widths[place]
        if score > best_score:
            best, best_score = place, score
    return best


def _header_score(row: list[str]) -> float:
    """How much a row is like a header: known names count most, figures and dates against it."""
    known = synonyms()
    score = 0.0
    for cell in filter(None, row):
        name = plain_header(cell)
        if name in known.exact or essential(name) in known.loose:
            score += _KNOWN_NAME
        elif not name or _FIGURES.match(cell):
            score -= _KNOWN_NAME
        else:
            score += _UNKNOWN_NAME
    return score
