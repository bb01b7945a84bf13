"""The shop's own clock: days it was open, because nobody is late while the shop is shut."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.arrays import Array, Ints

#: A run of empty days this long (August, Easter) is a closed shop where this many visits would have come otherwise: by
#: chance alone one day in three million begins such a run (e^-15), and there is room for crowds less even than chance.
CLOSED_RUN_DAYS, MISSED_VISITS = 5, 15.0
NEARBY_DAYS = 60  # what would have come is told by the quieter of the two months before and after the run


@dataclass(frozen=True)
class Clock:
    """Calendar days to days the shop was open: `open_before[i]` open days before the i-th day from `first`."""

    first: int
    open_before: Ints

    @classmethod
    def of(cls, day: Ints, today: int) -> Clock:
        """The clock of a shop from the days of its visits, up to `today`."""
        first = int(day.min())
        is_open = np.ones(today - first + 1, dtype=np.int64)
        for start, end in closed_runs(day, today):
            is_open[start - first : end - first] = 0
        return cls(first, np.cumsum(is_open) - is_open)

    def at(self, day: Ints) -> Array:
        """Open days before each calendar day."""
        index = np.clip(np.asarray(day) - self.first, 0, len(self.open_before) - 1)
        return self.open_before[index].astype(float)

    def closed_between(self, day: Ints, until: Ints | int) -> Array:
        """Days the shop was shut after `day`, up to and with `until`, of each pair: none where `until` is earlier."""
        later = np.maximum(until, day)
        return np.asarray((later - day) - (self._open_through(later) - self._open_through(day)))

    def _open_through(self, day: Ints) -> Array:
        """Open days up to and with each day; the last day of the clock is always one."""
        is_last = np.asarray(day) >= self.first + len(self.open_before) - 1
        return np.where(is_last, self.open_before[-1] + 1.0, self.at(np.asarray(day) + 1))


def closed_runs(day: Ints, today: int) -> list[tuple[int, int]]:
    """Runs of days (start, end excluded) without a visit where some were to be expected.

    A run that lasts until today may be the end of the file, not a closed door.
    """
    first = int(day.min())
    visits = np.bincount(day - first, minlength=today - first + 1)
    before = np.concatenate([[0], np.cumsum(visits)])
    edges = np.diff(np.concatenate([[0], (visits == 0).astype(int), [0]]))
    start, end = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    start, end = start[end < len(visits)], end[end < len(visits)]
    left, right = np.maximum(start - NEARBY_DAYS, 0), np.minimum(end + NEARBY_DAYS, len(visits))
    sides = (before[start] - before[left]) / (start - left), (before[right] - before[end]) / (right - end)
    usual = np.minimum(np.minimum(*sides), visits.mean())
    length = end - start
    closed = (length >= CLOSED_RUN_DAYS) & (usual * length >= MISSED_VISITS)
    return [(first + int(a), first + int(b)) for a, b in zip(start[closed], end[closed], strict=True)]
