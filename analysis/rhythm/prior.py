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
LEAST_LIKELIHOOD = 1e-30  # floor under divisors
#: No cell is impossible: a client unlike all those of the sample, or of the past, must still have a rhythm.
LEAST_WEIGHT = np.float32(1e-12)


@dataclass(frozen=True)
class Trust:
    """How far a posterior believes a client's gaps: the latest counts `rate`, half of that `memory` gaps later.

    None is ever quite forgotten. None of it touches the fit of the mixture's weights, where every gap counts in full.
    """

    rate: float
    memory: float

    def weight(self, age: Ints) -> Array:
        return self.rate / (1 + age / self.memory)


#: What is usual for a client: nearly everything they did.
USUAL = Trust(1.0, 20.0)
#: What they will do now. No kernel is quite right and rhythms drift: a posterior that believes every gap in full is too
#: sure of itself (general Bayes: Bissiri, Holmes & Walker 2016; Grunwald & van Ommen 2017).
NOW = Trust(0.8, 4.0)


@dataclass(frozen=True)
class Prior:
    """How common each cell (kernel, dropout) is: (J, P), sums to 1."""

    grid: Grid
    weights: Weights

    @property
    def left(self) -> Weights:
        """The part of the weights that left with a visit."""
        return self.weights * DROPOUTS.astype(np.float32)

    @property
    def stays(self) -> Weights:
        """The part that stayed a client."""
        return self.weights * (1 - DROPOUTS).astype(np.float32)


@dataclass(frozen=True)
class Evidence:
    """What n rows' histories say of kernels and dropouts, kept apart: a cell's likelihood is kernel x stayed x open.

    A silence has probability p + (1 - p) S(silence) under a cell, so sums over dropouts are small matrix products and
    the (n, J, P) array of all cells is never needed.
    """

    kernel: Weights  # (n, J) likelihood of the closed gaps, relative to the row's best kernel
    stayed: Weights  # (n, P) probability of not having left after any visit but the last

    def by_kernel(self, weights: Weights) -> Weights:
        """The probability of each row's history with cells of such weights (J, P), by kernel: (n, J)."""
        return self.kernel * (self.stayed @ weights.T)

    def total(self, weights: Weights, of_kernel: Weights | None = None) -> Weights:
        """Its sum over the kernels, each times `of_kernel` (n, J) where given: (n,)."""
        kernel = self.kernel if of_kernel is None else self.kernel * of_kernel
        return np.asarray((self.stayed * (kernel @ weights)).sum(axis=1))


def evidence(known: Histories, on: Grid, trust: Trust | None = None) -> Evidence:
    """What the closed gaps say of the kernels, as far as they are trusted (in full without `trust`), and of staying."""
    log_likelihood = _log_likelihood(
        known, on, np.ones(len(known.age)) if trust is None else trust.weight(known.age)
    )
    log_likelihood -= log_likelihood.max(axis=1, keepdims=True)
    np.exp(log_likelihood, out=log_likelihood)
    # Of staying every visit is proof, however long ago.
    stayed = np.exp(np.outer(known.gaps, np.log1p(-DROPOUTS))).astype(np.float32)
    return Evidence(log_likelihood, stayed)


def _log_likelihood(known: Histories, on: Grid, weight: Array) -> Weights:
    """Log-likelihood of each row's closed gaps, each so many times, under each kernel: (n, J)."""
    day = np.minimum(known.gap_days, on.last_day)
    counts = sparse.csr_array(
        (weight.astype(np.float32), day, np.append(0, known.ends)),
        shape=(known.rows, on.last_day + 1),
        dtype=np.float32,
    )
    return np.asarray(counts @ on.log_density_by_day, dtype=np.float32)


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

    stayed: Weights  # (n, P), as in `Evidence`
    open: Weights  # (n, 2 J) likelihood of the gaps, and that times the probability of the open silence

    @classmethod
    def of(cls, sample: Histories, on: Grid) -> _Sample:
        seen = evidence(sample, on)
        return cls(seen.stayed, np.hstack([seen.kernel, seen.kernel * on.longer_than(sample.silence_days)]))

    def em_step(self, weights: Weights) -> Weights:
        """One step of expectation-maximisation for the weights of the cells (J, P)."""
        p = DROPOUTS.astype(np.float32)
        # The two ways to be silent, one below the other: left with the last visit, or still coming.
        ways = np.concatenate([weights * p, weights * (1 - p)])
        likelihood = (self.stayed * (self.open @ ways)).sum(axis=1)
        share = self.stayed / np.maximum(likelihood, LEAST_LIKELIHOOD)[:, None]
        left, stays = np.split(ways * (self.open.T @ share), 2)
        updated = np.maximum(left + stays, LEAST_WEIGHT)
        return np.asarray(updated / updated.sum(), dtype=np.float32)
