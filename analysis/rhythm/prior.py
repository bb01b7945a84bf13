"""How common each rhythm is in a shop: the mixture's weights, by expectation-maximisation on a sample of histories."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from analysis.arrays import Array, Ints, Weights
from analysis.rhythm.kernels import Grid
from analysis.rhythm.observed import Histories

#: Chance of leaving for good after a visit.
DROPOUTS = np.array([0.001, 0.008, 0.03, 0.1, 0.25, 0.5, 0.75])

EM_STEPS = 12  # stopping early smooths the prior
FIT_SAMPLE = 1_500  # histories are exchangeable: more do not change the prior, they only cost time
GROUP_STEPS, GROUP_PSEUDO_CLIENTS = 4, 20.0  # a service's prior starts as 20 clients of the whole business
FORGETTING_HALF_LIFE_GAPS = 8.0  # for p_no_visit the latest gaps count most
#: Floors under logarithms and divisors: far below anything a history can say, far above what float32 loses.
LEAST_DENSITY, LEAST_LIKELIHOOD = 1e-12, 1e-30


@dataclass(frozen=True)
class Prior:
    """How common each cell (kernel, dropout) is: (J, P), sums to 1."""

    grid: Grid
    weights: Weights


@dataclass(frozen=True)
class Evidence:
    """What n rows' histories say of kernels and dropouts, kept apart: a cell's likelihood is kernel x stayed x open.

    A silence has probability p + (1 - p) S(silence) under a cell, so sums over dropouts are small matrix products and
    the (n, J, P) array of all cells is never needed.
    """

    kernel: Weights  # (n, J) likelihood of the closed gaps, relative to the row's best kernel
    stayed: Weights  # (n, P) probability of not having left after any visit but the last
    gaps: Weights  # (n,)

    def weigh(self, weights: Weights) -> tuple[Weights, Weights]:
        """Each row's weight on (having left after the last visit, still coming), by kernel: (n, J), (n, J)."""
        p = DROPOUTS.astype(np.float32)
        left = self.stayed @ (weights * p).T
        stays = self.stayed @ (weights * (1 - p)).T
        left *= self.kernel
        stays *= self.kernel
        return left, stays


def evidence(known: Histories, on: Grid, *, forgetting: bool) -> Evidence:
    """What the closed gaps say; `forgetting` halves a gap's weight with every eight gaps since."""
    log_likelihood, gaps = _log_likelihood(known, on, forgetting=forgetting)
    log_likelihood -= log_likelihood.max(axis=1, keepdims=True)
    stayed = np.exp(np.outer(gaps, np.log1p(-DROPOUTS))).astype(np.float32)
    return Evidence(np.exp(log_likelihood), stayed, gaps)


def _log_likelihood(known: Histories, on: Grid, *, forgetting: bool) -> tuple[Weights, Weights]:
    """Log-likelihood of each row's closed gaps under each kernel (n, J), and the (weighted) number of gaps (n,)."""
    weight: Array = 0.5 ** (known.age / FORGETTING_HALF_LIFE_GAPS) if forgetting else np.ones(len(known.age))
    day = np.minimum(known.gap_days, on.last_day)
    used, column = np.unique(day, return_inverse=True)
    log_pmf = np.log(np.maximum(on.density[:, used], LEAST_DENSITY)).T.astype(np.float32)
    counts = sparse.csr_matrix(
        (weight.astype(np.float32), (known.row, column)), shape=(known.rows, len(used)), dtype=np.float32
    )
    total = np.bincount(known.row, weights=weight.astype(np.float32), minlength=known.rows)
    return np.asarray(counts @ log_pmf, dtype=np.float32), total.astype(np.float32)


def fit(known: Histories, on: Grid, *, start: Prior | None = None, steps: int = EM_STEPS) -> Prior:
    """The business's prior by EM from `start` (or uniform), on at most `FIT_SAMPLE` histories."""
    weights = (
        np.full((on.kernels, len(DROPOUTS)), 1 / (on.kernels * len(DROPOUTS)), dtype=np.float32)
        if start is None
        else start.weights
    )
    if known.rows == 0:
        return Prior(on, weights)
    sample = _Sample.of(known.take(_spread(known, np.arange(known.rows))), on)
    for _ in range(steps):
        weights = sample.em_step(weights)
    return Prior(on, weights)


def fit_groups(known: Histories, pooled: Prior, group: Ints, groups: int) -> list[Prior]:
    """A prior for each group (service) that starts at, and is shrunk toward, the business's.

    Rows of no group have a negative `group`.
    """
    priors = []
    for g in range(groups):
        members = _spread(known, np.flatnonzero(group == g))
        weights = pooled.weights
        if len(members):
            sample = _Sample.of(known.take(members), pooled.grid)
            share = np.float32(len(members) / (len(members) + GROUP_PSEUDO_CLIENTS))
            for _ in range(GROUP_STEPS):
                weights = share * sample.em_step(weights) + (1 - share) * pooled.weights
        priors.append(Prior(pooled.grid, weights))
    return priors


def _spread(known: Histories, rows: Ints) -> Ints:
    """At most `FIT_SAMPLE` of the rows, evenly spread over the kinds of history.

    The order depends on the histories alone, so that renaming or reordering clients cannot change the prior.
    """
    if len(rows) <= FIT_SAMPLE:
        return rows
    mark = np.random.default_rng(0).integers(1 << 40, size=int(known.gap_days.max(initial=1)) + 1)
    multiset = np.bincount(known.row, weights=mark[known.gap_days], minlength=known.rows)
    total = np.bincount(known.row, weights=known.gap_days, minlength=known.rows)
    order = np.lexsort((multiset[rows], known.silence_days[rows], total[rows], known.gaps[rows]))
    return rows[order[np.linspace(0, len(rows) - 1, FIT_SAMPLE).astype(np.int64)]]


@dataclass(frozen=True)
class _Sample:
    """Histories to fit a prior on, with what every EM step needs of them."""

    evidence: Evidence
    silent: Weights  # (n, J) probability of the open silence, for those still coming

    @classmethod
    def of(cls, sample: Histories, on: Grid) -> _Sample:
        return cls(evidence(sample, on, forgetting=False), on.longer_than(sample.silence_days))

    def em_step(self, weights: Weights) -> Weights:
        """One step of expectation-maximisation for the weights of the cells (J, P)."""
        left, stays = self.evidence.weigh(weights)
        per_row = (left + stays * self.silent).sum(axis=1)
        scaled = self.evidence.kernel / np.maximum(per_row, LEAST_LIKELIHOOD)[:, None]
        p = DROPOUTS.astype(np.float32)
        gone = scaled.T @ self.evidence.stayed
        scaled *= self.silent
        still = scaled.T @ self.evidence.stayed
        updated = weights * (p * gone + (1 - p) * still)
        return np.asarray(updated / updated.sum(), dtype=np.float32)
