"""How many visits to expect in the coming weeks: the renewal function of every cell, looked up for every silence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.arrays import Array, Ints, Weights
from analysis.rhythm.kernels import Grid
from analysis.rhythm.prior import DROPOUTS

COMING_WEEKS = 13  # expected visits are told week by week for this long
DAYS_A_WEEK = 7
#: Silences share tables: each day its own for a month, then steps of about 5%, less than a third decimal of a visit.
EACH_SILENCE_UNTIL, SILENCE_STEP = 30, 0.05


@dataclass(frozen=True)
class VisitTables:
    """Expected visits by the end of each coming week and of the horizon, for each cell and each kind of silence.

    `table[c]` is (J x P, weeks + 1): expected visits times the probability of silence c; `bin[i]` is row i's silence.
    """

    bin: Ints  # (n,)
    table: Weights  # (C, J x P, E)

    @classmethod
    def of(cls, on: Grid, silence_days: Ints, horizon_days: int) -> VisitTables:
        silences, bins = _silence_bins(silence_days)
        ends = np.append(DAYS_A_WEEK * np.arange(1, COMING_WEEKS + 1), horizon_days)
        return cls(bins, _tables(on, silences, ends))

    def expected(self, cells: Weights, rows: Ints) -> Array:
        """(n, E) for `cells` (n, J, P), the weights of the histories of `rows` without their open silence."""
        bins = self.bin[rows]
        out = np.empty((len(cells), self.table.shape[2]))
        flat = cells.reshape(len(cells), -1)
        for c in np.unique(bins):
            same = bins == c
            out[same] = flat[same] @ self.table[c]
        return out


def _silence_bins(silence: Ints) -> tuple[Ints, Ints]:
    """Representative silences and each row's bin."""
    far = np.exp(np.round(np.log(np.maximum(silence, 1)) / SILENCE_STEP) * SILENCE_STEP)
    day = np.where(silence <= EACH_SILENCE_UNTIL, silence, far).astype(np.int64)
    return np.unique(day, return_inverse=True)


def renewal(on: Grid, days: int) -> Weights:
    """Expected visits within h days after a visit, of each cell: (J, P, days + 1), h = 0..days."""
    density = on.density[:, : days + 1]
    expected = np.zeros((on.kernels, len(DROPOUTS), days + 1), dtype=np.float32)
    stay = (1 - DROPOUTS).astype(np.float32)
    for h in range(1, days + 1):
        # Condition on the first gap d: one visit, then the same process with h - d days to go.
        after = 1 + expected[:, :, :h][:, :, ::-1]
        expected[:, :, h] = stay * (after @ density[:, 1 : h + 1, None])[:, :, 0]
    return expected


def _tables(on: Grid, silences: Ints, ends: Ints) -> Weights:
    """Expected visits within each of `ends` days, times P(silence), of each cell: (C, J x P, E)."""
    days = int(ends.max())
    after_first = renewal(on, days)
    # A first visit d days from now counts itself and what is expected in the days that remain.
    remain = ends[None, :] - np.arange(1, days + 1)[:, None]
    worth = np.where(remain >= 0, 1 + after_first[:, :, np.maximum(remain, 0)], 0)  # (J, P, days, E)
    worth *= (1 - DROPOUTS).astype(np.float32)[:, None, None]
    worth = np.ascontiguousarray(worth.transpose(0, 2, 1, 3)).reshape(on.kernels, days, -1)
    here = np.minimum(silences, on.last_day - days)[:, None]
    first = on.survival[:, here + np.arange(days)] - on.survival[:, here + np.arange(1, days + 1)]
    tables = first @ worth  # (J, C, P x E)
    tables = tables.reshape(on.kernels, len(silences), len(DROPOUTS), len(ends)).transpose(1, 0, 2, 3)
    return np.ascontiguousarray(tables, dtype=np.float32).reshape(len(silences), -1, len(ends))
