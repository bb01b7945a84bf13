"""Rows with too many or too few cells: mended where one reading alone fits the table's columns, else pointed out.

A stray quote, a delimiter inside a cell without quotes or one too many moves every cell behind it into a column it does
not belong to. Such a row is read in every way that gives the table's width; what the cells of the good rows look like
says which reading fits, and a row that fits in two ways is left as it is and said to be uneven.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from analysis.files.dialects import Dialect
from analysis.files.shapes import Shape, shape_of

#: What each liberty costs, on the scale of the misfits (minus the logarithm of a shape's share in its column).
_STRAY_QUOTE = 1.5
_LONE_QUOTE = 0.4  # within a cell that opens and closes with one
_JOINED = 2.5
_JOINED_TO_NOTHING = 2.0  # more, where one of the two pieces is empty
_DROPPED_EMPTY = 1.0
_MISSING_AT_END = 0.5
_EXTRA = 3.0
_WORST_MISFIT = 4.0
_MARGIN = 1.0  # by which the best reading beats every other one
_LARGEST_COST = 9.0
_DELIMITERS = (";", ",", "\t", "|", " ")
#: Rows of more pieces than this many times the width are no rows of this table.
_MOST_SURPLUS = 6
_LONGEST_ROW = 20_000
_GOOD_ROWS = 300
_ENOUGH_ROWS = 8
_FOREIGN = 0.02  # share under which a shape is foreign to a column

Verdict = Literal["mended", "fits", "uneven"]


@dataclass(frozen=True)
class Shapes:
    """Per column of the table, how often each shape occurs in the good rows."""

    counts: tuple[Counter[Shape], ...]
    rows: int
    seen: dict[str, Shape] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Sequence[Sequence[str | None]], width: int) -> Shapes:
        """From good rows, all of the table's width."""
        rows = rows[:_GOOD_ROWS]
        return cls(
            tuple(Counter(shape_of(row[place] or "") for row in rows) for place in range(width)), len(rows)
        )

    @property
    def width(self) -> int:
        return len(self.counts)

    def misfit(self, place: int, cell: str) -> float:
        """How unlike its column a cell is: 0 where all are of its shape."""
        shape = self.seen.get(cell) or self.seen.setdefault(cell, shape_of(cell))
        share = (self.counts[place][shape] + 0.1) / (self.rows + 0.5)
        return min(-math.log(share), _WORST_MISFIT)

    def foreign(self, place: int, cell: str) -> bool:
        """Whether no cell of the column looks like this one, in a column of figures or dates."""
        shapes = self.counts[place]
        filled = self.rows - shapes["empty"]
        strict = shapes["number"] + shapes["date"] + shapes["time"]
        shape = shape_of(cell)
        few = max(1, _FOREIGN * filled)  # a header may be among the good rows
        return shape != "empty" and filled >= _ENOUGH_ROWS and strict >= filled - few and shapes[shape] <= few

    def proves(self, place: int, cell: str) -> bool:
        """Whether a cell is the figure or date that (nearly) all of its column are."""
        shapes = self.counts[place]
        filled = self.rows - shapes["empty"]
        shape = shape_of(cell)
        return (
            shape in {"number", "date", "time"}
            and filled >= _ENOUGH_ROWS
            and shapes[shape] >= filled - max(1, _FOREIGN * filled)
        )


@dataclass(frozen=True)
class _Reading:
    """Cells so far, and what was paid for them."""

    cost: float
    cells: tuple[str, ...]


def settle(
    raw: str,
    cells: list[str],
    sound: bool,  # noqa: FBT001 - the third part of a record
    dialect: Dialect,
    shapes: Shapes,
) -> tuple[Verdict, list[str]]:
    """What becomes of a row that is not of the table's width, or whose quotes do not match (not `sound`).

    `raw` is the prepared row, `cells` how a plain reader cuts it. A row of another program can have another delimiter.
    """
    verdict, settled = _settled(raw, cells, sound, dialect, shapes)
    if verdict == "mended" or (verdict == "fits" and sum(map(bool, settled)) > 1):
        return verdict, settled
    for delimiter in _DELIMITERS:
        if delimiter != dialect.delimiter and raw.count(delimiter) >= shapes.width - 1:
            other = Dialect(delimiter, dialect.quote)
            again, mended = _settled(raw, [], sound=False, dialect=other, shapes=shapes)
            if again == "mended" and any(map(shapes.proves, range(shapes.width), mended)):
                return "mended", mended
    return verdict, settled


def _settled(
    raw: str,
    cells: list[str],
    sound: bool,  # noqa: FBT001 - as above
    dialect: Dialect,
    shapes: Shapes,
) -> tuple[Verdict, list[str]]:
    while len(cells) > shapes.width and not cells[-1].strip():
        cells = cells[:-1]
    filled = [cell for cell in cells if cell.strip()]
    if shapes.rows < 2 or (sound and len(filled) <= 1):  # noqa: PLR2004 - nothing to compare with; a title, a heading
        return "fits", cells
    if len(raw) > _LONGEST_ROW or len(cells) > shapes.width * _MOST_SURPLUS:
        return "uneven", cells
    best, second = _two_best(raw, dialect, shapes)
    in_place: Verdict = "uneven" if not sound or _shifted(cells, shapes) else "fits"
    if best is None or best.cost > _LARGEST_COST:
        return in_place, cells
    if sound and list(best.cells) == _padded(cells, shapes.width):
        return in_place, cells
    plain = _plain_cost(cells, shapes)
    rivals = [*([second.cost] if second else []), *([plain] if sound else [])]
    if all(best.cost + _MARGIN <= rival for rival in rivals) and not _shifted(
        best.cells, shapes, dialect.quote
    ):
        return "mended", list(best.cells)
    return (in_place if sound and plain + _MARGIN <= best.cost else "uneven"), cells


def _padded(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells))


def _plain_cost(cells: Sequence[str], shapes: Shapes) -> float:
    """Of leaving the row as it is cut."""
    pairs = zip(range(shapes.width), cells, strict=False)
    surplus = max(len(cells) - shapes.width, 0)
    return sum(shapes.misfit(place, cell) for place, cell in pairs) + (_EXTRA if surplus else 0.0)


def _shifted(cells: Sequence[str], shapes: Shapes, stray: str = "") -> bool:
    """Whether cells stand in columns they do not belong to; a `stray` quote at their edge does not count."""
    return any(
        shapes.foreign(place, cell.strip(stray) if stray else cell)
        for place, cell in zip(range(shapes.width), cells, strict=False)
    )


def _two_best(raw: str, dialect: Dialect, shapes: Shapes) -> tuple[_Reading | None, _Reading | None]:
    """The two cheapest readings of the row as exactly the table's cells, unlike each other."""
    width, end = shapes.width, len(raw) + 1
    open_: dict[int, dict[int, list[_Reading]]] = {0: {0: [_Reading(0.0, ())]}}
    surplus = raw.count(dialect.part) + 1
    pieces: dict[int, list[tuple[str, int, float]]] = {}
    done: list[_Reading] = []
    while open_:
        start = min(open_)
        for place, readings in sorted(open_.pop(start).items()):
            if start >= end:
                missing = width - place
                done.extend(
                    _Reading(one.cost + missing * _MISSING_AT_END, one.cells + ("",) * missing)
                    for one in readings
                )
                continue
            found = pieces.setdefault(start, list(_pieces(raw, start, dialect, surplus - width)))
            for text, after, paid in found:
                if place < width:
                    fit = shapes.misfit(place, text.strip(dialect.quote))
                    if dialect.delimiter in text:  # within a cell it is a mark like any other
                        fit = min(fit, shapes.misfit(place, text.replace(dialect.delimiter, " ")))
                    _add(
                        open_,
                        after,
                        place + 1,
                        [_Reading(one.cost + paid + fit, (*one.cells, text)) for one in readings],
                    )
                if not text and after == start + 1 and after <= end:
                    _add(
                        open_,
                        after,
                        place,
                        [_Reading(one.cost + _DROPPED_EMPTY, one.cells) for one in readings],
                    )
    done = _unlike(done)
    return (done[0] if done else None), (done[1] if len(done) > 1 else None)


def _add(
    open_: dict[int, dict[int, list[_Reading]]], after: int, place: int, readings: list[_Reading]
) -> None:
    here = open_.setdefault(after, {})
    here[place] = _unlike([*here.get(place, ()), *readings])[:2]


def _unlike(readings: list[_Reading]) -> list[_Reading]:
    """Cheapest first, each sequence of cells once."""
    cheapest: dict[tuple[str, ...], _Reading] = {}
    for one in sorted(readings, key=lambda reading: reading.cost):
        cheapest.setdefault(one.cells, one)
    return list(cheapest.values())


def _pieces(raw: str, start: int, dialect: Dialect, surplus: int) -> Iterator[tuple[str, int, float]]:
    """Every way to read one cell from `start` on: its text, where the next one starts, what it costs."""
    quote, part = dialect.quote, dialect.part
    begin = start
    while begin < len(raw) and raw[begin] == " " and part != " ":
        begin += 1
    if raw.startswith(quote, begin):
        yield from _quoted(raw, begin, quote, part)
    first = begin if dialect.spaced else start
    end, joins = start, 0
    while joins <= max(min(surplus, 4), 0):
        found = raw.find(part, end)
        stop = len(raw) if found < 0 else found
        text = raw[first:stop]
        paid = joins * _JOINED + _STRAY_QUOTE * (
            text.lstrip().startswith(quote) + text.rstrip().endswith(quote)
        )
        paid += _LONE_QUOTE if quote in text else 0.0
        if joins and not all(piece.strip() for piece in text.split(part)):
            paid += _JOINED_TO_NOTHING
        yield text.replace(part, dialect.delimiter), stop + 1, paid
        if found < 0:
            return
        end, joins = stop + 1, joins + 1


def _quoted(raw: str, begin: int, quote: str, part: str) -> Iterator[tuple[str, int, float]]:
    """A cell that opens with a quote, closed by each quote that stands before a delimiter or the end."""
    close = begin
    while (close := raw.find(quote, close + 1)) >= 0:
        after = close + 1
        while after < len(raw) and raw[after] == " " and part != " ":
            after += 1
        if after < len(raw) and raw[after] != part:
            continue
        inner = raw[begin + 1 : close]
        lone = inner.replace(quote * 2, "").count(quote)
        yield inner.replace(quote * 2, quote), after + 1, lone * _LONE_QUOTE
