"""Times of day and durations as the sheet shows them: workbooks store both as a date before there were dates.

10:30 is stored as a part of a day and would be read as 10:30 of the last day of 1899; thirty hours as 6:00 of the first
of January 1900.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from analysis.files.grid import Grid, Make

#: The day 0 of a workbook's calendar: of 1900 (where both were seen) and of 1904.
_DAYS_ZERO = {"1899-12-30", "1899-12-31", "1904-01-01"}
_CALENDARS = (dt.date(1899, 12, 31), dt.date(1904, 1, 1))
#: The calendar of 1900 has a 29 February that never was.
_NEVER_WAS = dt.date(1900, 3, 1)
_BEGINNINGS = ("1899-12-3", "1900-", "1901-", "1902-", "1904-")
_STORED = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d):(\d\d:\d\d)(?:\.\d+)?")
#: `[h]:mm` counts hours beyond a day; `h:mm` is a time of day, unless a day or a year stands in it too.
_LENGTH = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_TIME = re.compile(r"h|s|\bmm\b", re.IGNORECASE)
_DAY = re.compile(r"[dya]", re.IGNORECASE)
_NOT_CODE = re.compile(r'"[^"]*"|\\.|\[\$[^\]]*\]|AM/PM|a/p|General', re.IGNORECASE)


def with_clock_times(grid: Grid) -> Grid:
    """The same sheet, its times of day and durations written as such."""
    columns = tuple(_column(column, grid.make(place)) for place, column in enumerate(grid.columns))
    return replace(grid, columns=columns)


def _column(column: pa.DictionaryArray, make: Make) -> pa.DictionaryArray:
    texts = column.dictionary
    early = [pc.any(pc.starts_with(texts, beginning)).as_py() for beginning in _BEGINNINGS]
    if not any(early):
        return column
    shown = _shown_by(make.number_format)
    rewritten = pa.array([shown(text) for text in texts.to_pylist()], pa.string())
    return rewritten.take(column.indices).dictionary_encode()


def _shown_by(number_format: str) -> Callable[[str], str]:
    code = _NOT_CODE.sub("", number_format)
    if _LENGTH.search(code):
        return _length
    return _time if _TIME.search(code) and not _DAY.search(code) else _time_of_day_zero


def _time_of_day_zero(text: str) -> str:
    stored = _STORED.fullmatch(text)
    return f"{stored[2]}:{stored[3]}" if stored and stored[1] in _DAYS_ZERO else text


def _time(text: str) -> str:
    stored = _STORED.fullmatch(text)
    return f"{stored[2]}:{stored[3]}" if stored and text.startswith(_BEGINNINGS) else text


def _length(text: str) -> str:
    stored = _STORED.fullmatch(text)
    if not stored or not text.startswith(_BEGINNINGS):
        return text
    day = dt.date.fromisoformat(stored[1])
    first = _CALENDARS[day >= _CALENDARS[1]]
    days = max((day - first).days, 0) + (_NEVER_WAS <= day < _CALENDARS[1])
    return f"{24 * days + int(stored[2])}:{stored[3]}"
