"""Rows among a table's own that are none of it: headers and titles repeated on every page, page feet, notes below."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from analysis.reading.layout.area import Area
from analysis.reading.layout.cells import (
    begins_with_total,
    fields_named,
    is_figure,
    is_note,
    is_page_line,
    rows_with,
)
from analysis.reading.layout.dates_here import share_of_dates
from analysis.reading.layout.headers import Header

Fates = npt.NDArray[np.str_]

_ENOUGH_EQUAL = 0.6
_NARROW = 2
_FEW_COLUMNS = 3
#: As many rows are looked at below the last full row.
_FOOT = 60
_MOSTLY = 0.8


def no_fates(count: int) -> Fates:
    """Rows of which nothing is decided yet."""
    return np.full(count, "", dtype="<U16")


def narrow_width(area: Area) -> int:
    """The most cells that a title, a heading or a note fills."""
    return 1 if area.usual_width <= _FEW_COLUMNS else _NARROW


def fates_of(
    area: Area, header: Header | None, start: int, end: int, titles: Collection[tuple[str, ...]]
) -> Fates:
    """Per row from `start` to `end` "repeated_header", "heading" or "note" where it is one, else ""."""
    fates = no_fates(end - start)
    if header is not None:
        fates[_repeats_header(area, header, slice(start, end))] = "repeated_header"
    widths = area.widths[start:end]
    narrow = np.flatnonzero((widths > 0) & (widths <= narrow_width(area)) & (fates == "")) + start
    if not len(narrow):
        return fates if header is None else _block_below(area, header, start, end, fates)
    known = frozenset(text for row in titles for text in row)
    pages = np.zeros(len(narrow), dtype=bool)
    titled = np.zeros(len(narrow), dtype=np.int64)
    for column in area.columns:
        pages |= rows_with(column, narrow, is_page_line)
        titled += rows_with(column, narrow, known.__contains__)
    fates[narrow[pages] - start] = "note"
    again = (titled > 0) & (titled == area.widths[narrow]) & ~pages
    fates[narrow[again] - start] = "heading"
    fates = _with_foot(area, start, end, fates)
    return fates if header is None else _block_below(area, header, start, end, fates)


def _repeats_header(area: Area, header: Header, rows: slice) -> npt.NDArray[np.bool_]:
    """Rows that say again what a line of the header says; a band of one cell only next to another line."""
    repeats = np.zeros(rows.stop - rows.start, dtype=bool)
    for line in range(header.first, header.last + 1):
        cells = int(area.widths[line])
        if cells < _NARROW and header.last > header.first:
            continue
        same = area.same_cells(line, rows)
        repeats |= (same >= max(1, _ENOUGH_EQUAL * cells)) & (area.widths[rows] <= same + cells // 4)
    return repeats


def _block_below(area: Area, header: Header, start: int, end: int, fates: Fates) -> Fates:
    """Marks what stands under the last line with a day and has words where the days are: sums by kind of payment."""
    for column, label in zip(area.columns, header.labels, strict=True):
        if "date" not in fields_named(label):
            continue
        rows = np.arange(start, end)[(fates == "") & (area.widths[start:end] > 0)][-_FOOT:]
        dated = rows[rows_with(column, rows, is_figure)]
        if not len(dated) or share_of_dates(column, dated) < _MOSTLY:
            continue
        below = rows[rows > dated[-1]]
        words = column.filled[below] & (area.widths[below] < area.usual_width)
        if len(below) and words.all():
            totals = rows_with(column, below, begins_with_total)
            fates[below - start] = np.where(totals, "total_row", "other_table")
    return fates


def _with_foot(area: Area, start: int, end: int, fates: Fates) -> Fates:
    """The remarks and signatures below the last row of the table."""
    widths = area.widths[start:end]
    full = np.flatnonzero(widths > narrow_width(area))
    last = int(full[-1]) + 1 if len(full) else 0
    for place in range(last, min(end - start, last + _FOOT)):
        texts = [text for text in area.row(start + place) if text]
        if not texts or fates[place] or begins_with_total(texts[0]):
            continue
        if is_note(texts[0]) and not (is_figure(texts[0]) and any(map(str.isdigit, texts[0]))):
            fates[place] = "note"
    return fates
