"""What a fitted shop says of each row today: its usual gap, whether it is still alive, whether it will come.

What is usual comes from nearly all gaps. P(alive), P(no visit), visits to come and the next date come from one
posterior that trusts the latest gaps most, so they agree with each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from analysis.arrays import Array, Ints, Weights
from analysis.rhythm.observed import Histories, chunks, distinct
from analysis.rhythm.prior import NOW, USUAL, Evidence, Prior, Trust, evidence

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
class Limits:
    """Days of a gap: under `early` it is a visit more than usual, beyond `late` late, from `gone` on the last."""

    early: Array
    late: Array
    gone: Array


@dataclass(frozen=True)
class Posterior:
    """What each row's closed gaps say of it on the day of its last visit."""

    prior: Prior
    seen: Evidence
    total: Weights  # (n,) probability of the closed gaps

    @classmethod
    def of(cls, part: Histories, prior: Prior, trust: Trust) -> Posterior:
        seen = evidence(part, prior.grid, trust)
        return cls(prior, seen, seen.total(prior.weights))

    @cached_property
    def kernel(self) -> Weights:
        """(n, J), rows sum to 1."""
        return self.seen.by_kernel(self.prior.weights) / self.total[:, None]

    @cached_property
    def stays(self) -> Weights:
        """The part of `kernel` that came with staying a client: (n, J)."""
        return self.seen.by_kernel(self.prior.stays) / self.total[:, None]

    @cached_property
    def left(self) -> Weights:
        """Probability of having left with the last visit: (n,)."""
        return self.seen.total(self.prior.left) / self.total

    def _still_coming(self, silence: Ints) -> Weights:
        """Probability of having stayed and of a gap longer than `silence`: (n,)."""
        longer = self.prior.grid.longer_than(silence)
        return np.asarray(np.einsum("nj,nj->n", self.stays, longer))

    def silent(self, days: Ints) -> Weights:
        """Probability of a silence of so many days after the last visit: (n,)."""
        return self.left + self._still_coming(days)

    def p_alive(self, silence: Ints) -> Array:
        """Probability of still being a client after such a silence."""
        alive = self._still_coming(silence)
        return np.asarray(alive / (alive + self.left), dtype=np.float64)

    def p_no_visit(self, silence: Ints, horizon_days: int) -> Array:
        """Probability that such a silence lasts for another horizon."""
        share = self.silent(silence + horizon_days) / self.silent(silence)
        return np.asarray(np.clip(share, 0, 1), dtype=np.float64)

    def gone_after(self) -> Array:
        """The silence at which P(alive) falls under one half, in days."""
        points = self.prior.grid.points
        gone = self.stays @ self.prior.grid.survival_at_points < self.left[:, None]
        first = np.where(gone.any(axis=1), gone.argmax(axis=1), len(points) - 1)
        return points[first].astype(np.float64)

    def interval(self, *levels: float) -> list[Array]:
        """Quantiles of an undisturbed gap."""
        on = self.prior.grid
        cdf = 1 - self.kernel @ on.undisturbed_at_points
        ends = on.points.astype(np.float64) + 0.5
        return [row_quantile(cdf, ends, level) for level in levels]

    def regularity(self) -> Array:
        """Geometric mean of the kernels' k."""
        log_k = np.log(self.prior.grid.k).astype(np.float32)
        return np.asarray(np.exp(self.kernel @ log_k), dtype=np.float64)


def intervals(known: Histories, priors: list[Prior], group: Ints) -> Intervals:
    """How often each row comes; `group[i]` is the prior that row i borrows from."""
    on = priors[0].grid
    same = distinct(known, group, open_silence=False)
    out = {name: np.empty(same.rows) for name in ("low", "days", "high", "k")}
    mixture = np.zeros((len(priors), on.kernels))
    for g, rows in same.chunks():
        usual = Posterior.of(known.take(same.first[rows]), priors[g], USUAL)
        out["low"][rows], out["days"][rows], out["high"][rows] = usual.interval(LOW, MEDIAN, HIGH)
        out["k"][rows] = usual.regularity()
        mixture[g] += (same.times[rows] * known.gaps[same.first[rows]]) @ usual.kernel
    mixture /= np.maximum(mixture.sum(axis=1, keepdims=True), LEAST_MASS)
    return Intervals(**{name: values[same.of] for name, values in out.items()}, density=mixture @ on.density)


def outlook(known: Histories, prior: Prior, horizon_days: int) -> Outlook:
    """When each row counts as late, whether it is still alive, and whether it will come within the horizon."""
    same = distinct(known, np.zeros(known.rows, dtype=np.int64))
    out = Outlook(*(np.empty(same.rows) for _ in range(3)))
    for _, rows in same.chunks():
        part = known.take(same.first[rows])
        [out.interval_high[rows]] = Posterior.of(part, prior, USUAL).interval(HIGH)
        after = Posterior.of(part, prior, NOW)
        out.p_alive[rows] = after.p_alive(part.silence_days)
        out.p_no_visit[rows] = after.p_no_visit(part.silence_days, horizon_days)
    return Outlook(*(values[same.of] for values in vars(out).values()))


def limits(known: Histories, prior: Prior) -> Limits:
    """What is early, late and gone by each row's closed gaps; how long the current silence lasts says nothing of it."""
    same = distinct(known, np.zeros(known.rows, dtype=np.int64), open_silence=False)
    out = Limits(*(np.empty(same.rows) for _ in range(3)))
    for _, rows in same.chunks():
        part = known.take(same.first[rows])
        out.early[rows], out.late[rows] = Posterior.of(part, prior, USUAL).interval(LOW, HIGH)
        out.gone[rows] = Posterior.of(part, prior, NOW).gone_after()
    return Limits(*(values[same.of] for values in vars(out).values()))


def alive_and_away(
    known: Histories, silences: Ints, priors: list[Prior], group: Ints, horizon_days: int
) -> tuple[Array, Array]:
    """P(alive) and P(no visit within the horizon) of each row after each of its `silences` (n, S): (n, S) both.

    What the gaps say is worked out once, however many silences may have followed them.
    """
    alive, away = np.empty(silences.shape), np.empty(silences.shape)
    for g, rows in chunks(group, known.silence_days):
        after = Posterior.of(known.take(rows), priors[g], NOW)
        for column, silence in enumerate(silences[rows].T):
            alive[rows, column] = after.p_alive(silence)
            away[rows, column] = after.p_no_visit(silence, horizon_days)
    return alive, away


def row_quantile(cdf: Array | Weights, points: Array, level: Array | float) -> Array:
    """Row-wise inverse of distribution functions tabulated at increasing `points`: (n,)."""
    target = np.broadcast_to(np.asarray(level, dtype=np.float64), (len(cdf),))
    above = np.clip((cdf < target[:, None]).sum(axis=1), 1, len(points) - 1)
    rows = np.arange(len(cdf))
    low, high = cdf[rows, above - 1], cdf[rows, above]
    share = np.clip((target - low) / np.maximum(high - low, LEAST_MASS), 0, 1)
    return np.asarray(points[above - 1] + share * (points[above] - points[above - 1]), dtype=np.float64)
