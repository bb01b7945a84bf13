"""Doubtful clients side by side in padded tables, and the longest line that each one's meter can have shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from analysis.arrays import Array, Bools, Ints
from analysis.usage.readings import MOST_READINGS, Readings

#: Nobody drives this many times what is usual for them and for the shop, from one visit to the next.
FAST = 8.0
#: Days of use by which a reading may be early, late or rounded, and days after which that is no excuse for a fall.
GRACE_DAYS, SOON_DAYS = 7.0, 60
#: A step at r times the usual pace adds 1 - _STEEP (r / FAST)^2 to its line: a jump from one car's line to another's
#: costs more than the one reading that it gains. One that in a long time got nowhere adds 1 - _IDLE.
_STEEP, _IDLE = 3.0, 0.1
#: Clients worked on at a time: a table of them fits in the processor's cache.
_CLIENTS = 200_000 // MOST_READINGS


def plausible(step: Array, days: Ints | Array, pace: Array) -> Bools:
    """Whether a meter can go on by `step` in so many days."""
    least = np.where(days <= SOON_DAYS, -GRACE_DAYS * pace, 0.0)
    return np.asarray((step >= least) & (step <= FAST * pace * (days + GRACE_DAYS)))


@dataclass
class Table:
    """Doubtful clients side by side: (clients, readings), padded at the end; `line` is -1 for none yet."""

    place: Ints
    valid: Bools
    day: Array
    value: Array
    pace: Array  # (clients,)
    line: Ints
    fault: np.ndarray
    expected: Array

    @property
    def free(self) -> Bools:
        return np.asarray(self.valid & (self.line < 0) & (self.fault == ""), dtype=bool)


def tables(found: Readings, who: Ints, pace: Array) -> Iterator[Table]:
    """The doubtful clients in tables of bounded size, those of like length together."""
    start = np.searchsorted(found.client, who)
    count = np.searchsorted(found.client, who, side="right") - start
    order = np.argsort(count, kind="stable")
    for at in range(0, len(order), _CLIENTS):
        rows = order[at : at + _CLIENTS]
        wide = int(count[rows].max())
        column = np.arange(wide)
        valid = column < count[rows, None]
        place = np.where(valid, start[rows, None] + column, 0)
        yield Table(
            place,
            valid,
            np.where(valid, found.day[place], 0).astype(float),
            np.where(valid, found.value[place], np.nan),
            pace[who[rows]],
            np.full(place.shape, -1, dtype=np.int64),
            np.full(place.shape, "", dtype=object),
            np.full(place.shape, np.nan),
        )


def longest(table: Table, free: Bools) -> Bools:
    """Which free readings are on each client's longest line of plausible steps; ties to the slower, then the later."""
    rows, wide = free.shape
    best = np.where(free, 1.0, -np.inf)
    came_from = np.full(free.shape, -1, dtype=np.int64)
    pace = table.pace[:, None]
    for j in range(1, wide):
        step = table.value[:, j, None] - table.value[:, :j]
        days = table.day[:, j, None] - table.day[:, :j]
        can = free[:, j, None] & free[:, :j] & plausible(step, days, pace)
        most = FAST * pace * (days + GRACE_DAYS)
        share = np.divide(step, most, out=np.zeros_like(step), where=can & (most > 0))
        short = np.clip(
            1 - np.divide(step, pace * days, out=np.ones_like(step), where=can & (pace * days > 0)), 0, 1
        )
        worth = 1.0 - _STEEP * share**2 - _IDLE * short * (days > SOON_DAYS)
        score = np.where(can, best[:, :j] + worth, -np.inf)[:, ::-1]
        at = j - 1 - score.argmax(axis=1)
        found = score.max(axis=1)
        better = found > best[:, j]
        best[better, j] = found[better]
        came_from[better, j] = at[better]
    on = np.zeros(free.shape, dtype=bool)
    row = np.arange(rows)
    at = wide - 1 - best[:, ::-1].argmax(axis=1)
    going = free[row, at]
    while going.any():
        on[row[going], at[going]] = True
        at = np.where(going, came_from[row, at], -1)
        going = at >= 0
    return on


def apart_from_all(table: Table, line: Bools) -> Bools:
    """Whether a line lies wholly before or after, in time, each line found so far: (clients,)."""
    first, last = _span(table, line)
    apart = np.ones(len(line), dtype=bool)
    for number in range(int(table.line.max()) + 1):
        begun, ended = _span(table, table.line == number)
        apart &= (last < begun) | (first > ended)
    return apart


def _span(table: Table, line: Bools) -> tuple[Array, Array]:
    """Day of the first and of the last reading of a line: (clients,) each; no reading is (inf, -inf)."""
    return (
        np.where(line, table.day, np.inf).min(axis=1),
        np.where(line, table.day, -np.inf).max(axis=1),
    )
