"""How many visits to expect in the coming weeks: the renewal function of every cell, looked up for every silence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.arrays import Array, Ints, Weights
from analysis.rhythm.kernels import Grid
from analysis.rhythm.prior import DROPOUTS, Evidence

COMING_WEEKS = 13  # expected visits are told week by week for this long
DAYS_A_WEEK = 7
#: Silences share tables: each day its own for a month, then steps of about 5%, less than a third decimal of a visit.
EACH_SILENCE_UNTIL, SILENCE_STEP = 30, 0.05


@dataclass(frozen=True)
class VisitTables:
    """Expected visits by the end of each coming week and of the horizon, for each cell and each kind of silence.

    `table[c]` is (J, E, P), E = weeks + 1: expected visits times the probability of silence c; `bin[i]` is row i's
    silence.
    """

    bin: Ints  # (n,)
    table: Weights  # (C, J, E, P)

    @classmethod
    def of(cls, on: Grid, silence_days: Ints, horizon_days: int) -> VisitTables:
        silences, bins = _silence_bins(silence_days)
        ends = np.append(DAYS_A_WEEK * np.arange(1, COMING_WEEKS + 1), horizon_days)
        return cls(bins, _tables(on, silences, ends))

    def expected(self, seen: Evidence, weights: Weights, rows: Ints) -> Array:
        """(n, E): visits expected of `rows`, whose closed gaps say `seen`, times the probability of their silence."""
        bins = self.bin[rows]
        out = np.empty((len(rows), self.table.shape[2]))
        for c in np.unique(bins):
            same = np.flatnonzero(bins == c)
            cells = self.table[c] * weights[:, None, :]
            by_dropout = np.tensordot(seen.kernel[same], cells, axes=1)  # (rows, E, P)
            out[same] = (by_dropout * seen.stayed[same, None, :]).sum(axis=2)
        return out


def _silence_bins(silence: Ints) -> tuple[Ints, Ints]:
    """Representative silences and each row's bin."""
    far = np.exp(np.round(np.log(np.maximum(silence, 1)) / SILENCE_STEP) * SILENCE_STEP)
    day = np.where(silence <= EACH_SILENCE_UNTIL, silence, far).astype(np.int64)
    return np.unique(day, return_inverse=True)


def renewal(on: Grid, days: int) -> Weights:
    """Expected visits within h days after a visit, of each cell: (days + 1, P, J), h = 0..days."""
    density = np.ascontiguousarray(on.density[:, : days + 1].T)
    within = np.cumsum(density, axis=0)
    stay = (1 - DROPOUTS).astype(np.float32)[:, None]
    # By days left: the last is h = 0.
    left = np.zeros((days + 1, len(DROPOUTS), on.kernels), dtype=np.float32)
    for h in range(1, days + 1):
        # Condition on the first gap d: one visit, then the same process with h - d days to go.
        after = np.einsum("dpj,dj->pj", left[days - h + 1 :], density[1 : h + 1])
        left[days - h] = stay * (within[h] + after)
    return left[::-1]


def _tables(on: Grid, silences: Ints, ends: Ints) -> Weights:
    """Expected visits within each of `ends` days, times P(silence), of each cell: (C, J, E, P)."""
    days = int(ends.max())
    # A first visit d days from now counts itself and what is expected in the days that remain; nothing if none remain.
    worth = np.zeros((on.kernels, days + 2, len(DROPOUTS)), dtype=np.float32)
    worth[:, 1:] = (1 + renewal(on, days).transpose(2, 0, 1)) * (1 - DROPOUTS).astype(np.float32)
    remain = np.maximum(ends - np.arange(1, days + 1)[:, None], -1)  # (days, E)
    worth = np.take(worth, remain + 1, axis=1).reshape(on.kernels, days, -1)
    here = np.minimum(silences, on.last_day - days)[:, None]
    first = np.take(on.density, here + np.arange(1, days + 1), axis=1)  # (J, C, days)
    tables = (first @ worth).reshape(on.kernels, len(silences), len(ends), -1)
    return np.ascontiguousarray(tables.transpose(1, 0, 2, 3))
