"""A sheet's XML looked at cell by cell without parsing it: how far its cells reach, and what readers do not tell.

A reader lays out every place from the first valued cell to the last: two cells in opposite corners are seventeen
thousand million places, and two kilobytes of file. Told on whole pieces at once, because a parser would take longer
than the reading itself; a piece that is not written as spreadsheets write it is taken apart by expressions instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from analysis.errors import UnreadableFileError
from analysis.files.grid import Merged

Numbers = npt.NDArray[np.int64]

#: A tag is never so long; what is cannot be looked at piece by piece.
_LONGEST_TAG = 65_536
#: As much of a sheet as holds a few hundred rows.
_BEGINNING = 131_072
_MOST_MERGED = 100_000
_MOST_UNVALUED = 100_000
_LETTERS, _DIGITS = 3, 7
_PREFIX = re.compile(rb"<([\w.-]+):sheetData")
_ROW_OR_CELL = re.compile(rb"<(?:[\w.-]+:)?(row|c)(?=[\s/>])([^>]*)>(?=\s*<(/?)|)")
_CELL_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")
_ROW_PLACE = re.compile(rb"""\sr\s*=\s*["'](\d{1,7})["']""")
_SHARED = re.compile(rb"""\st\s*=\s*["']s["'][^>]*>\s*<(?:[\w.-]+:)?v>\s*(\d{1,9})""")
_UNVALUED = re.compile(
    rb"""<c\s[^>]*?\br="[A-Z]+(\d+)"[^>]*>\s*<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*(?:/>|></v>)\s*)?</c>"""
)
_MERGED = re.compile(rb'<mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')


def _set_of(letters: bytes) -> npt.NDArray[np.bool_]:
    within = np.zeros(256, dtype=bool)
    within[list(letters)] = True
    return within


_NAME_ENDS = _set_of(b" \t\r\n/>")
#: What the next tag begins with where a cell held nothing: its own end, the next cell or row.
_NEXT_OF_EMPTY = _set_of(b"/cr")


@dataclass
class SheetCells:
    """What was seen of one sheet. Rows and columns are 1-based, as Excel's; 0 where there is no cell with a value."""

    cells: int = 0  # with a value
    first_column: int = 0
    last_column: int = 0
    last_row: int = 0
    farthest: tuple[int, int] = (0, 0)  # row and column of the cell that takes the sheet farthest
    unvalued: list[int] = field(default_factory=list)  # rows with a formula saved without its value
    merged: list[Merged] = field(default_factory=list)  # 0-based, from the sheet's own first column
    beginning: bytes = b""

    @property
    def places(self) -> int:
        """From the first row and the first used column to the last."""
        return self.last_row * (self.last_column - self.first_column + 1) if self.cells else 0


def look_at(pieces: Iterable[bytes]) -> SheetCells:
    """Looks through a sheet. Raises `UnreadableFileError` (unsafe) where a tag has no end."""
    seen = SheetCells()
    for piece in _whole_tags(pieces):
        if len(seen.beginning) < _BEGINNING:
            seen.beginning += piece
        tags = _Tags.of(piece)
        found = _fast(tags)
        rows, columns = found if found is not None else _slow(piece, seen.last_row)
        if len(rows):
            _reach(seen, rows, columns)
        if tags.has(b"f"):
            seen.unvalued = sorted({*seen.unvalued, *map(int, _UNVALUED.findall(piece))})[:_MOST_UNVALUED]
        if tags.has(b"m"):
            seen.merged = (seen.merged + _merged(piece))[:_MOST_MERGED]
    return seen


def shown_bytes(pieces: Iterable[bytes], text_bytes: Numbers) -> int:
    """How much text the cells show that refer to shared texts of these lengths."""
    shown = 0
    for piece in _whole_tags(pieces):
        texts = np.array(_SHARED.findall(piece), dtype="S9").astype(np.int64)
        shown += int(text_bytes[texts[texts < len(text_bytes)]].sum())
    return shown


def column_number(letters: bytes) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """A for 1, AA for 27."""
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _reach(seen: SheetCells, rows: Numbers, columns: Numbers) -> None:
    first, last, lowest = int(columns.min()), int(columns.max()), int(rows.max())
    seen.first_column = min(first, seen.first_column) if seen.cells else first
    if last > seen.last_column or lowest > seen.last_row:
        place = int(columns.argmax()) if last > seen.last_column else int(rows.argmax())
        seen.farthest = int(rows[place]), int(columns[place])
    seen.last_column, seen.last_row = max(last, seen.last_column), max(lowest, seen.last_row)
    seen.cells += len(rows)


def _whole_tags(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces that end where a cell begins, none cut in two, and names without their prefix."""
    kept = b""
    prefix: bytes | None = None
    for piece in pieces:
        whole = kept + piece
        if prefix is None:
            found = _PREFIX.search(whole)
            prefix = found[1] if found else b""
        if prefix:
            whole = whole.replace(b"<" + prefix + b":", b"<").replace(b"</" + prefix + b":", b"</")
        cut = whole.rfind(b"<c ")
        if len(whole) - cut > _LONGEST_TAG or cut < 0:
            cut = max(whole.rfind(b"<"), 0)
        if len(whole) - cut > _LONGEST_TAG:
            if b">" not in whole[cut : cut + _LONGEST_TAG]:
                raise UnreadableFileError(kind="unsafe")
            cut = len(whole)  # a long text
        yield whole[:cut]
        kept = whole[cut:]
    yield kept


@dataclass(frozen=True)
class _Tags:
    """The places of all tags of a piece, and the first byte of their names."""

    text: npt.NDArray[np.uint8]
    at: Numbers
    names: npt.NDArray[np.uint8]
    prefixed: bool

    @classmethod
    def of(cls, piece: bytes) -> _Tags:
        text = np.frombuffer(piece + b" " * 24, dtype=np.uint8)
        at = np.flatnonzero(text == ord("<"))
        return cls(text, at, text[at + 1], b":" in piece and b":c" in piece)

    def has(self, first: bytes) -> bool:
        """Some tag's name begins with this byte."""
        return bool((self.names == ord(first)).any())


def _fast(tags: _Tags) -> tuple[Numbers, Numbers] | None:
    """Rows and columns of the cells with a value; None where cells are not written `<c r="A1"`, as nearly all are."""
    which = np.flatnonzero(tags.names == ord("c"))
    which = which[_NAME_ENDS[tags.text[tags.at[which] + 2]]]
    starts = tags.at[which]
    if tags.prefixed or not all(
        (tags.text[starts + 2 + place] == byte).all() for place, byte in enumerate(b' r="')
    ):
        return None
    if not len(starts):
        return starts, starts
    following = tags.names[np.minimum(which + 1, len(tags.at) - 1)]
    at = starts[~_NEXT_OF_EMPTY[following] | (which + 1 == len(tags.at))] + 6
    columns, at = _number(tags.text, at, ord("A"), 26, _LETTERS, 1)
    rows, at = _number(tags.text, at, ord("0"), 10, _DIGITS, 0)
    return (rows, columns) if (tags.text[at] == ord('"')).all() else None


def _number(
    text: npt.NDArray[np.uint8], at: Numbers, first: int, base: int, most: int, least: int
) -> tuple[Numbers, Numbers]:
    """The number that begins at each place, its digits counted from `first` and worth `least` more; where it ends."""
    number = np.zeros(len(at), dtype=np.int64)
    for _ in range(most):
        digit = text[at] - np.uint8(first)  # wraps around: what is no digit is large
        more = digit < base
        number = np.where(more, number * base + digit + least, number)
        at = at + more
    return number, at


def _slow(piece: bytes, row: int) -> tuple[Numbers, Numbers]:
    """The same for cells written in any other way; one that does not say where it is follows the one before."""
    rows, columns, column = [], [], 0
    for name, attributes, ends in _ROW_OR_CELL.findall(piece):
        if name == b"row":
            place = _ROW_PLACE.search(attributes)
            row, column = int(place[1]) if place else row + 1, 0
            continue
        place = _CELL_PLACE.search(attributes)
        column = column_number(place[1]) if place else column + 1
        row = int(place[2]) if place else row
        if not ends and not attributes.endswith(b"/"):
            rows.append(row)
            columns.append(column)
    return np.array(rows, dtype=np.int64), np.array(columns, dtype=np.int64)


def _merged(piece: bytes) -> list[Merged]:
    return [
        (int(top) - 1, column_number(left) - 1, int(bottom) - 1, column_number(right) - 1)
        for left, top, right, bottom in _MERGED.findall(piece)
    ]
