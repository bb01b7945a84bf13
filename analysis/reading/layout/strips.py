"""Tables side by side: a sheet cut where a blank column parts two tables, and not where it only spaces one out."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from analysis.reading.layout.area import Area, any_filled
from analysis.reading.layout.cells import Flags
from analysis.reading.layout.headers import Header, headers_of
from analysis.reading.values.columns import Column

#: A block beside a table is shorter than this share of it, and has hardly a gap from its first row to its last.
_SHORTER = 0.8
_NO_GAPS = 0.9
_AS_LONG = 1.2


def strips_of(area: Area) -> list[Area]:
    """The areas that stand side by side, from left to right; those without two columns or a header are no tables."""
    groups = _between_blanks(area.columns)
    if len(groups) == 1:
        return [Area(area.grid, groups[0])]
    strips: list[Area] = []
    for group in groups:
        right = Area(area.grid, group)
        if strips and not _apart(strips[-1], right):
            strips[-1] = Area(area.grid, (*strips[-1].columns, *group))
        else:
            strips.append(right)
    tables = [strip for strip in strips if len(strip.columns) > 1 and headers_of(strip)]
    if not tables:
        return [Area(area.grid, tuple(column for strip in strips for column in strip.columns))]
    return tables if len(strips) > 1 else strips


def _between_blanks(columns: tuple[Column, ...]) -> list[tuple[Column, ...]]:
    """Columns in groups that blank columns part; the blank ones are let go."""
    filled = [column for column in columns if len(column.uniques)]
    if not filled:
        return [columns]
    groups: list[tuple[Column, ...]] = [(filled[0],)]
    for before, column in pairwise(filled):
        if column.position == before.position + 1:
            groups[-1] += (column,)
        else:
            groups.append((column,))
    return groups


def _apart(left: Area, right: Area) -> bool:
    """Whether two neighbours are tables of their own and not one table with a gap."""
    heads = headers_of(left)[:1], headers_of(right)[:1]
    if not heads[0] or not heads[1]:
        return not heads[0] and not heads[1] and _unlike_rows(left, right, 0)
    one, other = heads[0][0], heads[1][0]
    if len(right.columns) > 1 and _names_in_common(one, other) > 1:
        return True
    if abs(one.named - other.named) > 1 and min(len(left.columns), len(right.columns)) > 1:
        return True
    if min(len(left.columns), len(right.columns)) == 1:
        return False
    return _unlike_rows(left, right, max(one.last, other.last) + 1)


def _names_in_common(one: Header, other: Header) -> int:
    return len({label for label in one.labels if label} & {label for label in other.labels if label})


def _unlike_rows(left: Area, right: Area, start: int) -> bool:
    """Whether the one is a block of rows without gaps beside the other's longer table."""
    rows = [any_filled(area.columns, area.height)[start:] for area in (left, right)]
    counts = [int(filled.sum()) for filled in rows]
    if not min(counts):
        return False
    short, long = (0, 1) if counts[0] < counts[1] else (1, 0)
    if counts[short] >= _SHORTER * counts[long]:
        return bool((rows[short] & ~rows[long]).sum() * _AS_LONG > counts[short])
    return _without_gaps(rows[short])


def _without_gaps(filled: Flags) -> bool:
    places = np.flatnonzero(filled)
    return bool(len(places) >= _NO_GAPS * (places[-1] - places[0] + 1))
