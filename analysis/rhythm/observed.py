"""What a rhythm is learned from: each row's closed gaps, and the silence that is still open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.arrays import Ints

CHUNK_ROWS = 2_048  # bounds memory whatever the number of clients
NEVER = np.iinfo(np.int64).max
AGE_BITS = 24  # no gap lasts 2^24 days: a gap and its age in one number


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

    def as_of(self, days_ago: int) -> tuple[Histories, Ints]:
        """What was known so many days before the cutoff, and days from then to each row's next visit.

        A row that had not come yet has no gap and no silence; one that has not come since has `NEVER`.
        """
        spent = np.cumsum(self.gap_days)
        in_row = spent[self.ends - 1] if len(spent) else np.zeros(self.rows, dtype=np.int64)
        since_closed = self.silence_days[self.row] + in_row[self.row] - spent
        since_opened = since_closed + self.gap_days
        closed = since_closed >= days_ago
        straddles = ~closed & (since_opened >= days_ago)
        silence = np.maximum(self.silence_days - days_ago, 0)
        next_days = np.full(self.rows, NEVER)
        row = self.row[straddles]
        silence[row] = since_opened[straddles] - days_ago
        next_days[row] = days_ago - since_closed[straddles]
        later = np.bincount(self.row[~closed], minlength=self.rows)
        past = Histories(
            self.row[closed], self.gap_days[closed], (self.age - later[self.row])[closed], silence
        )
        return past, next_days


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


def chunks(group: Ints, silence_days: Ints) -> Iterator[tuple[int, Ints]]:
    """Rows in blocks of one group each, small enough to hold (rows, kernels) arrays of.

    In order of silence: rows that have been silent equally long share tables, so a block should have few silences.
    """
    for g in np.unique(group):
        rows = np.flatnonzero(group == g)
        rows = rows[np.argsort(silence_days[rows], kind="stable")]
        for start in range(0, len(rows), CHUNK_ROWS):
            yield int(g), rows[start : start + CHUNK_ROWS]


@dataclass(frozen=True)
class Distinct:
    """Rows that cannot be told apart, taken as one: half of a shop's clients are one-visit clients of some day.

    `first[i]` is a row of the i-th kind, `times[i]` how many there are, `group[i]` their group; `of[row]` is a row's
    kind.
    """

    first: Ints
    times: Ints
    group: Ints
    silence_days: Ints
    of: Ints

    @property
    def rows(self) -> int:
        return len(self.first)

    def chunks(self) -> Iterator[tuple[int, Ints]]:
        """Kinds in blocks of one group each."""
        return chunks(self.group, self.silence_days)


def distinct(known: Histories, group: Ints, *, open_silence: bool = True) -> Distinct:
    """The kinds of history among the rows of each group; without `open_silence`, by their closed gaps alone."""
    # A row's hash is the sum of its gaps' hashes, which wraps at 64 bits: the chance that any two of a million
    # different histories share one is under one in ten million.
    gaps = pd.util.hash_array(known.gap_days + (known.age << AGE_BITS))
    total = np.append(np.uint64(0), np.cumsum(gaps))
    ends = known.ends
    key = total[ends] - total[ends - known.gaps] + pd.util.hash_array(-1 - group)
    if open_silence:
        key += pd.util.hash_array(known.silence_days + (1 << 2 * AGE_BITS))
    _, first, of, times = np.unique(key, return_index=True, return_inverse=True, return_counts=True)
    return Distinct(first, times, group[first], known.silence_days[first], of)
