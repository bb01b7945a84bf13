"""Histories to fit rhythms on: written by hand, or drawn from a truth that is known."""

from dataclasses import dataclass

import numpy as np

from analysis.arrays import Array, Ints
from analysis.rhythm import Grid, Histories, Prior, histories
from analysis.rhythm.prior import DROPOUTS


def history(*rows: tuple[list[int], int]) -> Histories:
    """Each row: its gaps in order of time, and its silence, in days."""
    counts = [len(gaps) for gaps, _ in rows]
    row = np.repeat(np.arange(len(rows)), counts)
    age = np.concatenate([np.arange(count)[::-1] for count in counts]) if rows else np.array([])
    gaps = [gap for gaps, _ in rows for gap in gaps]
    return Histories(
        row.astype(np.int64),
        np.array(gaps, dtype=np.int64),
        age.astype(np.int64),
        np.array([silence for _, silence in rows], dtype=np.int64),
    )


def one_cell(on: Grid, kernel: int, dropout: int) -> Prior:
    """A shop where every client is the same: one kernel and one chance of leaving (its place in DROPOUTS)."""
    weights = np.zeros((on.kernels, len(DROPOUTS)), dtype=np.float32)
    weights[kernel, dropout] = 1.0
    return Prior(on, weights)


@dataclass(frozen=True)
class Truth:
    """A simulated shop seen up to day `cutoff`: clients who never leave, with gamma gaps of regularity k."""

    known: Histories
    usual: Array  # each client's mean gap
    next_days: Ints  # days from the cutoff to the next visit

    @classmethod
    def of(cls, clients: int, *, k: float, cutoff: int = 720, seed: int = 3) -> "Truth":
        random = np.random.default_rng(seed)
        usual = np.exp(random.uniform(np.log(20), np.log(60), clients))
        gaps = np.maximum(1, np.round(random.gamma(k, usual[:, None] / k, (clients, 200)))).astype(np.int64)
        day = np.cumsum(gaps, axis=1) - gaps[:, :1] + random.integers(0, 120, clients)[:, None]
        row = np.repeat(np.arange(clients), day.shape[1])
        after = np.where(day > cutoff, day, np.iinfo(np.int64).max).min(axis=1)
        return cls(histories(row, day.ravel(), cutoff, clients), usual, after - cutoff)
