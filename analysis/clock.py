"""The shop's own clock: days it was open, because nobody is late while the shop is shut."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.arrays import Array, Ints

#: A shop this busy is closed on a run of empty days this long (August, Easter), which then count for nobody's lateness.
BUSY_VISITS_PER_DAY = 3.0
CLOSED_RUN_DAYS = 5


@dataclass(frozen=True)
class Clock:
    """Calendar days to days the shop was open: `open_before[i]` open days before the i-th day from `first`."""

    first: int
    open_before: Ints

    @classmethod
    def of(cls, day: Ints, today: int) -> Clock:
        """The clock of a shop from the days of its visits, up to `today`."""
        first = int(day.min())
        busy = np.bincount(day - first, minlength=today - first + 1)
        is_open = np.ones(len(busy), dtype=np.int64)
        if busy.mean() >= BUSY_VISITS_PER_DAY:
            edges = np.diff(np.concatenate([[0], (busy == 0).astype(int), [0]]))
            for start, end in zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1), strict=True):
                # A run that lasts until today may be the end of the file, not a closed door.
                if end - start >= CLOSED_RUN_DAYS and end < len(busy):
                    is_open[start:end] = 0
        return cls(first, np.cumsum(is_open) - is_open)

    def at(self, day: Ints) -> Array:
        """Open days before each calendar day."""
        index = np.clip(np.asarray(day) - self.first, 0, len(self.open_before) - 1)
        return self.open_before[index].astype(float)
