"""The kernels a shop's rhythms are made of: survival curves of a gap, tabulated by whole days.

Two kernels stand side by side. The gamma's hazard turns constant after the due date; the log-logistic's falls, which is
what overdue clients do (with the gamma alone an 80% window covered .66 of them). Both are contaminated: a share of the
gaps was disrupted by a holiday or an illness and lasted about three times as long, at random.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import special

from analysis.arrays import Array, Ints, Weights
from analysis.rhythm.observed import Histories

#: Regularity k of the gamma kernels (1 = random timing) and the matching one of the log-logistic kernels.
GAMMA_SHAPES = (1.0, 2.5, 6.0, 18.0)
LOG_LOGISTIC_SHAPES = (0.7, 2.0, 6.0, 20.0)
#: Share of gaps that were disrupted.
DISRUPTED_SHARES = (0.0, 0.2)
#: A disrupted gap is this many usual ones long; as a gamma it has this regularity, as a log-logistic this exponent.
DISRUPTED_TIMES, DISRUPTED_K, DISRUPTED_EXPONENT = 3.0, 1.5, 2.0
#: A log-logistic of exponent 1.814 sqrt(k) varies as much, on the log scale, as a gamma of regularity k (pi / sqrt 3).
LOG_LOGISTIC_PER_ROOT_K = 1.814

#: Usual gaps: dense where the shop's gaps are, sparse up to eight times the longest silence, because a grid that ends
#: at the data cannot tell "gone" from "very slow" (a shorter range costs AUC).
DENSE_MEANS, TAIL_MEANS = 18, 5
DENSE_QUANTILES = (0.01, 0.99)
SHORTEST_MEAN_DAYS, LEAST_DENSE_RANGE = 1.0, 1.5
TAIL_REACH, LEAST_TAIL_REACH = 8.0, 2.0
NO_GAPS_DAYS = 30  # a shop without a single gap: a month, until it has one
#: Every kernel is the same few curves stretched: tabulated once on a fine log scale, then looked up.
LOG_POINTS, LOG_MARGIN = 6_000, 0.1

#: Floor under logarithms: far below anything a history can say, far above what float32 loses.
LEAST_DENSITY = 1e-12

EACH_DAY_UNTIL, FAR_POINTS = 60, 80  # where distributions are tabulated
RETURN_WITHIN_DAYS = 180  # the next-visit window is for those who return within this time


@dataclass(frozen=True)
class Grid:
    """The kernels of a business. A kernel is a (usual gap, shape) pair; a cell of the mixture adds a dropout.

    `survival[j, d]` = P(gap > d + 1/2 days | gap > 1/2 day) of kernel j: same-day lines are one visit, so no gap is
    shorter than a day. `k[j]` is the kernel's regularity; `undisturbed[j]` the same kernel with no disrupted gaps.
    Kernels are ordered by usual gap, then shape.
    """

    means: Array  # (M,)
    k: Array  # (J,) J = M x shapes
    survival: Weights  # (J, D + 1)
    undisturbed: Ints  # (J,)

    @property
    def kernels(self) -> int:
        return len(self.k)

    @property
    def last_day(self) -> int:
        return int(self.survival.shape[1]) - 1

    @cached_property
    def density(self) -> Weights:
        """P(gap = d days), (J, D + 1); day 0 is empty."""
        out = np.zeros_like(self.survival)
        out[:, 1:] = self.survival[:, :-1] - self.survival[:, 1:]
        return out

    @cached_property
    def log_density_by_day(self) -> Weights:
        """Log of the density, floored, a row a day: (D + 1, J)."""
        return np.log(np.maximum(np.ascontiguousarray(self.density.T), LEAST_DENSITY))

    @cached_property
    def survival_by_day(self) -> Weights:
        """The survival again, a row a day: (D + 1, J)."""
        return np.ascontiguousarray(self.survival.T)

    @cached_property
    def points(self) -> Ints:
        """Days at which distributions are tabulated, 0 to the last: each at first, then in steps of about 4%."""
        far = np.geomspace(EACH_DAY_UNTIL, max(self.last_day, EACH_DAY_UNTIL + 1), FAR_POINTS).astype(
            np.int64
        )
        return np.append(
            np.arange(min(EACH_DAY_UNTIL, self.last_day) + 1), np.unique(far[far > EACH_DAY_UNTIL])
        )

    @cached_property
    def survival_at_points(self) -> Weights:
        """(J, points)."""
        return self.survival[:, self.points]

    @cached_property
    def undisturbed_at_points(self) -> Weights:
        """The same of each kernel with no disrupted gaps: (J, points)."""
        return self.survival_at_points[self.undisturbed]

    def longer_than(self, days: Ints) -> Weights:
        """Probability of a gap longer than each of n `days`, by kernel: (n, J)."""
        return self.survival_by_day[np.minimum(days, self.last_day)]


def grid(known: Histories, horizon_days: int) -> Grid:
    """A grid that fits the gaps and silences of a business and reaches `horizon_days` beyond them."""
    gaps = known.gap_days if len(known.gap_days) else np.array([NO_GAPS_DAYS])
    longest = float(known.silence_days.max(initial=1))
    means = _usual_gaps(gaps, longest)
    days = int(max(gaps.max(), longest) + max(horizon_days, RETURN_WITHIN_DAYS) + 2)
    log_u = np.linspace(
        np.log(0.5 / means[-1]) - LOG_MARGIN, np.log((days + 1) / means[0]) + LOG_MARGIN, LOG_POINTS
    )
    curves = _unit_survival(np.exp(log_u))
    log_t = np.log(np.arange(days + 1) + 0.5)
    survival = np.empty((len(means), len(curves), days + 1), dtype=np.float32)
    for m, mean in enumerate(means):
        for s, curve in enumerate(curves):
            survival[m, s] = np.interp(log_t - np.log(mean), log_u, curve)
    # Without this, daily visitors would lose the share of their gaps under half a day as if they had left.
    survival /= survival[:, :, :1]
    shape_k = np.repeat(np.array(GAMMA_SHAPES + LOG_LOGISTIC_SHAPES), len(DISRUPTED_SHARES))
    k = np.tile(shape_k, len(means))
    index = np.arange(len(k))
    return Grid(means, k, survival.reshape(len(k), days + 1), index - index % len(DISRUPTED_SHARES))


def _usual_gaps(gaps: Ints, longest_silence: float) -> Array:
    low, high = (float(q) for q in np.quantile(gaps, DENSE_QUANTILES))
    longest = max(high, longest_silence)
    low = max(SHORTEST_MEAN_DAYS, low)
    high = max(high, LEAST_DENSE_RANGE * low)
    tail = np.geomspace(high, max(TAIL_REACH * longest, LEAST_TAIL_REACH * high), TAIL_MEANS + 1)[1:]
    return np.concatenate([np.geomspace(low, high, DENSE_MEANS), tail])


def _unit_survival(u: Array) -> Array:
    """Survival of every shape at u = t / usual gap: (shapes, len(u)); gammas first, each with every disruption."""
    gammas = [special.gammaincc(k, k * u) for k in GAMMA_SHAPES]
    gamma_disrupted = special.gammaincc(DISRUPTED_K, DISRUPTED_K * u / DISRUPTED_TIMES)
    log_logistics = [1 / (1 + u ** (LOG_LOGISTIC_PER_ROOT_K * np.sqrt(k))) for k in LOG_LOGISTIC_SHAPES]
    log_logistic_disrupted = 1 / (1 + (u / DISRUPTED_TIMES) ** DISRUPTED_EXPONENT)
    curves = [(1 - e) * s + e * gamma_disrupted for s in gammas for e in DISRUPTED_SHARES]
    curves += [(1 - e) * s + e * log_logistic_disrupted for s in log_logistics for e in DISRUPTED_SHARES]
    return np.array(curves)
