"""What a rhythm is learned from: each row's closed gaps, and the silence that is still open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from analysis.arrays import Ints

CHUNK_ROWS = 2_048  # bounds memory whatever the number of clients


@dataclass(frozen=True)
class Histories:
    """Gaps of n rows (clients, or client-service streams) up to a cutoff.

    `row`, `gap_days` and `age` (0 = the row's latest gap) are aligned, one entry a gap, in order of rows;
    `silence_days` has one entry a row: days from the last visit to the cutoff.
    """

    row: Ints
    gap_days: Ints
    age: Ints
    silence_days: Ints

    @property
    def rows(self) -> int:
        return len(self.silence_days)

    @cached_property
    def gaps(self) -> Ints:
        """Number of closed gaps of each row."""
        return np.bincount(self.row, minlength=self.rows).astype(np.int64)

    @cached_property
    def ends(self) -> Ints:
        """Where the gaps of each row end; they begin where those of the row before end."""
        return np.cumsum(self.gaps)

    def take(self, rows: Ints) -> Histories:
        """The histories of some rows, in that order."""
        count = self.gaps[rows]
        row = np.repeat(np.arange(len(rows)), count)
        ends = np.cumsum(count)
        place = np.arange(len(row)) + (self.ends[rows] - ends)[row]
        return Histories(row, self.gap_days[place], self.age[place], self.silence_days[rows])


def histories(row: Ints, day: Ints, cutoff: int, rows: int) -> Histories:
    """Histories of visits given as (row, day) pairs sorted by row then day, seen up to the day `cutoff` (included)."""
    seen = day <= cutoff
    row, day = row[seen], day[seen]
    same = row[1:] == row[:-1]
    gap_row, gap_days = row[1:][same], np.diff(day)[same]
    last_day = np.full(rows, cutoff, dtype=np.int64)
    last_day[row] = day  # sorted: the last assignment wins; a row without visits has a silence of zero
    count = np.bincount(gap_row, minlength=rows)
    ends = np.cumsum(count)
    age = np.repeat(ends, count) - 1 - np.arange(len(gap_row))
    return Histories(gap_row, gap_days.astype(np.int64), age, cutoff - last_day)


def chunks(group: Ints) -> Iterator[tuple[int, Ints]]:
    """Rows in blocks of one group each, small enough to hold (rows, kernels) arrays of."""
    for g in np.unique(group):
        rows = np.flatnonzero(group == g)
        for start in range(0, len(rows), CHUNK_ROWS):
            yield int(g), rows[start : start + CHUNK_ROWS]
