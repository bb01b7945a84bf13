"""What a fitted shop says of each row today: its usual gap, whether it is still alive, whether it will come."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.arrays import Array, Ints, Weights
from analysis.rhythm.kernels import Grid
from analysis.rhythm.observed import Histories, chunks
from analysis.rhythm.prior import Evidence, Prior, evidence

LOW, MEDIAN, HIGH = 0.1, 0.5, 0.9  # quantiles of an interval
LEAST_MASS = 1e-12


@dataclass(frozen=True)
class Intervals:
    """The usual gap of each row (10, 50, 90% quantiles, days), its regularity, and the fitted density of each group.

    `density[g, d]` = P(a gap of group g lasts d days), weighted by how many gaps each row has.
    """

    low: Array
    days: Array
    high: Array
    k: Array
    density: Array


@dataclass(frozen=True)
class Outlook:
    """The part of the forecast that a back-test asks for at each past cutoff."""

    interval_high: Array
    p_alive: Array
    p_no_visit: Array


@dataclass(frozen=True)
class AfterVisit:
    """Each row's posterior after its last visit, from its closed gaps alone; `kernel` rows sum to 1."""

    grid: Grid
    kernel: Weights  # (n, J)
    stays: Weights  # (n, J) the part of it that came with staying a client
    left: Weights  # (n,) probability of having left with the last visit
    gaps: Weights  # (n,)

    @classmethod
    def of(cls, part: Histories, prior: Prior) -> AfterVisit:
        seen = evidence(part, prior.grid, forgetting=False)
        left, stays = seen.weigh(prior.weights)
        kernel = left + stays
        total = kernel.sum(axis=1, keepdims=True)
        return cls(prior.grid, kernel / total, stays / total, (left / total).sum(axis=1), seen.gaps)

    def p_alive(self, silence: Ints) -> Array:
        """Probability of still being a client after such a silence."""
        alive = np.einsum("nj,nj->n", self.stays, self.grid.longer_than(silence))
        return np.asarray(alive / (alive + self.left), dtype=np.float64)

    def gone_after(self) -> Array:
        """The silence at which P(alive) falls under one half, in days."""
        points = self.grid.points
        gone = self.stays @ self.grid.survival_at_points < self.left[:, None]
        first = np.where(gone.any(axis=1), gone.argmax(axis=1), len(points) - 1)
        return points[first].astype(np.float64)

    def interval(self) -> tuple[Array, Array, Array]:
        """10, 50 and 90% quantiles of an undisturbed gap."""
        cdf = 1 - self.kernel @ self.grid.undisturbed_at_points
        ends = self.grid.points.astype(np.float64) + 0.5
        low, median, high = (row_quantile(cdf, ends, level) for level in (LOW, MEDIAN, HIGH))
        return low, median, high

    def regularity(self) -> Array:
        """Geometric mean of the kernels' k."""
        log_k = np.log(self.grid.k).astype(np.float32)
        return np.asarray(np.exp(self.kernel @ log_k), dtype=np.float64)


@dataclass(frozen=True)
class Silence:
    """With forgetting: each row's evidence, and the probability of its silence now and a horizon later (n,)."""

    evidence: Evidence
    now: Array
    later: Array

    @classmethod
    def of(cls, part: Histories, prior: Prior, horizon_days: int) -> Silence:
        recent = evidence(part, prior.grid, forgetting=True)
        left, stays = recent.weigh(prior.weights)
        gone = left.sum(axis=1)
        now = gone + np.einsum("nj,nj->n", stays, prior.grid.longer_than(part.silence_days))
        later = gone + np.einsum("nj,nj->n", stays, prior.grid.longer_than(part.silence_days + horizon_days))
        return cls(recent, now, later)

    @property
    def p_no_visit(self) -> Array:
        return np.clip(self.later / self.now, 0, 1)


def intervals(known: Histories, priors: list[Prior], group: Ints) -> Intervals:
    """How often each row comes; `group[i]` is the prior that row i borrows from."""
    on = priors[0].grid
    out = {name: np.empty(known.rows) for name in ("low", "days", "high", "k")}
    mixture = np.zeros((len(priors), on.kernels))
    for g, rows in chunks(group):
        after = AfterVisit.of(known.take(rows), priors[g])
        out["low"][rows], out["days"][rows], out["high"][rows] = after.interval()
        out["k"][rows] = after.regularity()
        mixture[g] += after.gaps @ after.kernel
    mixture /= np.maximum(mixture.sum(axis=1, keepdims=True), LEAST_MASS)
    return Intervals(**out, density=mixture @ on.density)


def outlook(known: Histories, prior: Prior, horizon_days: int) -> Outlook:
    """When each row counts as late, whether it is still alive, and whether it will come within the horizon."""
    out = Outlook(*(np.empty(known.rows) for _ in range(3)))
    for _, rows in chunks(np.zeros(known.rows, dtype=np.int64)):
        part = known.take(rows)
        after = AfterVisit.of(part, prior)
        out.interval_high[rows] = after.interval()[2]
        out.p_alive[rows] = after.p_alive(part.silence_days)
        out.p_no_visit[rows] = Silence.of(part, prior, horizon_days).p_no_visit
    return out


def row_quantile(cdf: Array | Weights, points: Array, level: Array | float) -> Array:
    """Row-wise inverse of distribution functions tabulated at increasing `points`: (n,)."""
    target = np.broadcast_to(np.asarray(level, dtype=np.float64), (len(cdf),))
    above = np.clip((cdf < target[:, None]).sum(axis=1), 1, len(points) - 1)
    rows = np.arange(len(cdf))
    low, high = cdf[rows, above - 1], cdf[rows, above]
    share = np.clip((target - low) / np.maximum(high - low, LEAST_MASS), 0, 1)
    return np.asarray(points[above - 1] + share * (points[above] - points[above - 1]), dtype=np.float64)
