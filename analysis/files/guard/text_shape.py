"""A text's lines and cells counted before it is cut: what has one endless line or thousands of columns is no table."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analysis.errors import UnreadableFileError
from analysis.files.guard.allowance import MEGABYTE, Allowance

_DELIMITERS = b",;\t|"
_LONGEST_LINE = MEGABYTE
_MOST_COLUMNS = 16_384
_LINES_AT_ONCE = 4_096
#: As with sheets: places from the first row and column to the last, against cells that are there.
_FEW_PLACES = 5_000_000
_THINNEST = 20
#: Measured: cutting a million rows of ten columns (80 MB) takes 600 MB and 4 s with all the ways out of the ordinary.
_MEMORY_PER_BYTE, _CPU_SECONDS_PER_MEGABYTE = 14, 0.5


def judge_text(data: bytes) -> Allowance:
    """What cutting the text may take.

    Raises `UnreadableFileError`: endless_line, too_wide (more columns than a spreadsheet has), or too_much where a few
    wide lines among many narrow ones would make a table that does not fit in memory.
    """
    text = np.frombuffer(data, dtype=np.uint8)
    ends = np.flatnonzero(text == ord("\n"))
    if not len(ends):
        ends = np.flatnonzero(text == ord("\r"))
    starts = np.append(0, ends + 1)
    starts = starts[starts < len(text)]
    if np.diff(np.append(starts, len(text))).max(initial=0) > _LONGEST_LINE:
        raise UnreadableFileError(kind="endless_line")
    for delimiter in _DELIMITERS:
        count = data.count(delimiter)
        if count:
            _judge_width(_widest(text, delimiter, starts) + 1, len(starts), count)
    return Allowance(_MEMORY_PER_BYTE * len(data), _CPU_SECONDS_PER_MEGABYTE * len(data) / MEGABYTE)


def _judge_width(widest: int, lines: int, delimiters: int) -> None:
    if widest > _MOST_COLUMNS:
        raise UnreadableFileError(kind="too_wide")
    places = widest * lines
    if places > _FEW_PLACES and places > _THINNEST * (delimiters + lines):
        raise UnreadableFileError(kind="too_much")


def _widest(text: npt.NDArray[np.uint8], delimiter: int, starts: npt.NDArray[np.int64]) -> int:
    """The most delimiters in a line, told in parts: counting makes four bytes of each."""
    widest = 0
    for first in range(0, len(starts), _LINES_AT_ONCE):
        some = starts[first : first + _LINES_AT_ONCE]
        following = starts[first + _LINES_AT_ONCE : first + _LINES_AT_ONCE + 1]
        part = text[some[0] : following[0] if len(following) else len(text)]
        counts = np.add.reduceat(part == delimiter, some - some[0], dtype=np.int32)
        widest = max(widest, int(counts.max()))
    return widest
