"""Cells without quotes that their own commas cut in all of a file's rows: decimals (`12,50`) and names (`Luz, Ana`).

The header is narrower than the rows below it. The one place where two neighbours make one cell in every such row is
where they were cut; with several places, or none, the columns stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc

_HEAD_ROWS = 60
_FEWEST_ROWS = 2
_FEWEST_NAMES = 2
_PAIR = 2
_WHOLE_PART = r"^[-+(]?[^\d,;|A-Za-z]{0,3}\d{1,3}(\.?\d{3})*$"
_DECIMALS = r"^\d\d[^\d]{0,3}$"
_BEGINS_SPACED = r"^ +\S"


def with_cells_rejoined(columns: Sequence[pa.Array], delimiter: str) -> tuple[list[pa.Array], int]:
    """The columns with cells that their own delimiters cut put together, and in how many rows that was."""
    columns = list(columns)
    if delimiter != ",":
        return columns, 0
    header = _narrow_header(columns)
    if header is None:
        return columns, 0
    row, width = header
    surplus = len(columns) - width
    full = pc.not_equal(pc.fill_null(pc.utf8_trim_whitespace(columns[-1]), ""), "")
    rows = pc.and_(
        full,
        pa.array(
            [place > row for place in range(min(len(full), row + 1))] + [True] * max(len(full) - row - 1, 0)
        ),
    )
    count = pc.sum(rows).as_py() or 0
    if count < _FEWEST_ROWS:
        return columns, 0
    below = [column.filter(rows) for column in columns]
    places = _decimal_places(below) or _name_places(below)
    if len(places) != surplus or any(later - place < _PAIR for place, later in pairwise(places)):
        return columns, 0
    return _joined(columns, rows, places), int(count)


def _narrow_header(columns: Sequence[pa.Array]) -> tuple[int, int] | None:
    """The first row of names that leaves only last columns without one, and how many it names."""
    head = [column.slice(0, _HEAD_ROWS).to_pylist() for column in columns]
    for row, cells in enumerate(zip(*head, strict=True)):
        names = [(cell or "").strip() for cell in cells]
        width = next((place for place, name in enumerate(names) if not name), len(names))
        if (
            _FEWEST_NAMES <= width < len(names)
            and not any(names[width:])
            and not any(name[0].isdigit() for name in names[:width])
        ):
            return row, width
        if width == len(names):
            return None
    return None


def _decimal_places(columns: Sequence[pa.Array]) -> list[int]:
    return [
        place
        for place in range(len(columns) - 1)
        if _all(columns[place], _WHOLE_PART) and _all(columns[place + 1], _DECIMALS)
    ]


def _name_places(columns: Sequence[pa.Array]) -> list[int]:
    """Where every row goes on with a space, in a file that puts none elsewhere."""
    spaced = [place for place in range(1, len(columns)) if _all(columns[place], _BEGINS_SPACED)]
    others = [place for place in range(1, len(columns)) if place not in spaced]
    if any(
        pc.any(pc.match_substring_regex(columns[place], _BEGINS_SPACED), min_count=0).as_py()
        for place in others
    ):
        return []
    return [place - 1 for place in spaced]


def _all(column: pa.Array, pattern: str) -> bool:
    return bool(pc.all(pc.fill_null(pc.match_substring_regex(column, pattern), False), min_count=0).as_py())


def _joined(columns: list[pa.Array], rows: pa.Array, places: Sequence[int]) -> list[pa.Array]:
    """The columns with each place's two cells as one in these rows, and the cells behind moved back."""
    nothing = pa.nulls(len(rows), pa.string())
    moved: list[pa.Array] = []
    at = 0
    while at < len(columns):
        if at in places:
            moved.append(
                pc.binary_join_element_wise(columns[at], columns[at + 1], ",", null_handling="emit_null")
            )
            at += 2
        else:
            moved.append(columns[at])
            at += 1
    moved += [nothing] * (len(columns) - len(moved))
    joined = [pc.if_else(rows, new, old) for new, old in zip(moved, columns, strict=True)]
    while len(joined) > 1 and not pc.any(pc.not_equal(pc.fill_null(joined[-1], ""), ""), min_count=0).as_py():
        joined.pop()
    return joined
