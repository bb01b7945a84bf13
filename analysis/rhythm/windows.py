"""When the next visit comes, given that it has not come yet: a date, and a window that holds four in five of them."""

from __future__ import annotations

from dataclasses import astuple, dataclass

import numpy as np

from analysis.arrays import Array, Bools, Ints
from analysis.rhythm.kernels import RETURN_WITHIN_DAYS, Grid
from analysis.rhythm.observed import Histories, chunks
from analysis.rhythm.posterior import HIGH, MEDIAN, Posterior, row_quantile
from analysis.rhythm.prior import LEAST_LIKELIHOOD, NOW, USUAL, Prior

COVERAGE = 0.80  # of the visits of those who return within 180 days
AIM = 0.81  # on the past: today's prior has seen it, which flatters by about a point
WINDOW_STARTS = 9  # how many windows of that mass are tried for the shortest
EACH_DAY_AHEAD, FAR_DAYS_AHEAD = 29, 40

#: The model's mass that holds so many is learned on the shop's own past: on these days ago, on so many rows of each.
DAYS_AGO = (180, 240, 300, 360)
MOST_ROWS = 400
TRIED = np.array([0.5, 0.6, 0.7, 0.8, 0.9, 0.97])
PSEUDO_VISITS = 60.0  # what the masses below are worth against the visits of the shop's past
MIN_GAPS, MANY_GAPS = 2, 5


@dataclass(frozen=True)
class Masses:
    """How much of the model's probability a window of the next visit takes to hold `COVERAGE` of them."""

    few_gaps: float = 0.80
    many_gaps: float = 0.78
    overdue: float = 0.82  # harder to place

    def of(self, gaps: Ints, overdue: Bools) -> Array:
        return np.array([self.few_gaps, self.many_gaps, self.overdue])[_kind(gaps, overdue)]


def _kind(gaps: Ints, overdue: Bools) -> Ints:
    return np.where(overdue, 2, np.where(gaps >= MANY_GAPS, 1, 0))


#: Days ahead at which the next visit is tabulated: each at first, then in growing steps to half a year.
AHEAD = np.unique(
    np.concatenate(
        [
            np.arange(EACH_DAY_AHEAD),
            np.geomspace(EACH_DAY_AHEAD, RETURN_WITHIN_DAYS, FAR_DAYS_AHEAD).astype(np.int64),
        ]
    )
)


@dataclass(frozen=True)
class NextVisit:
    """Distribution of the days to each row's next visit if it comes within 180 days: `cdf` (n, days)."""

    cdf: Array
    days: Array

    @classmethod
    def given(cls, survival: Array) -> NextVisit:
        """From the probability that it has not come by each of the days `AHEAD`: (n, days)."""
        passed = 1 - survival
        return cls(passed / np.maximum(passed[:, -1:], LEAST_LIKELIHOOD), AHEAD.astype(np.float64))

    @classmethod
    def of(cls, after: Posterior, silence: Ints) -> NextVisit:
        return cls.given(_survival(after, silence))

    def median(self) -> Array:
        return row_quantile(self.cdf, self.days, MEDIAN)

    def window(self, mass: Array) -> tuple[Array, Array]:
        """The shortest window of such a mass, widened to hold the median."""
        best_low = np.zeros(len(self.cdf))
        best_high = np.full(len(self.cdf), np.inf)
        for step in np.linspace(0, 1, WINDOW_STARTS):
            start = step * (1 - mass)
            low, high = (row_quantile(self.cdf, self.days, level) for level in (start, start + mass))
            shorter = high - low < best_high - best_low
            best_low = np.where(shorter, low, best_low)
            best_high = np.where(shorter, high, best_high)
        median = self.median()
        return np.minimum(best_low, median), np.maximum(best_high, median)


def survival_ahead(known: Histories, priors: list[Prior], group: Ints) -> Array:
    """Probability that each row's next visit has not come by each of the days `AHEAD`: (n, days)."""
    out = np.empty((known.rows, len(AHEAD)))
    for g, rows in chunks(group, known.silence_days):
        part = known.take(rows)
        out[rows] = _survival(Posterior.of(part, priors[g], NOW), part.silence_days)
    return out


def _survival(after: Posterior, silence: Ints) -> Array:
    on: Grid = after.prior.grid
    passed = np.empty((len(silence), len(AHEAD)))
    here = np.minimum(silence, on.last_day - RETURN_WITHIN_DAYS)
    for c in np.unique(here):  # rows that have been silent equally long share a table
        same = here == c
        table = on.survival_by_day[c] - on.survival_by_day[c + AHEAD]
        passed[same] = after.stays[same] @ table.T
    return np.asarray(1 - passed / np.maximum(after.silent(silence), LEAST_LIKELIHOOD)[:, None])


def learn_masses(known: Histories, prior: Prior) -> Masses:
    """The masses whose windows would have held `COVERAGE` of the visits of the shop's own past.

    The prior is today's; each row's history is what it was that day. A split-conformal calibration (Vovk, Gammerman &
    Shafer 2005) on visits that overlap, so that it is shrunk to what is usual.
    """
    kind, held = [np.zeros(0, dtype=np.int64)], [np.zeros((0, len(TRIED)), dtype=bool)]
    for ago in DAYS_AGO:
        past, next_days = known.as_of(ago)
        judged = np.flatnonzero((past.gaps >= MIN_GAPS) & (next_days <= RETURN_WITHIN_DAYS))
        judged = judged[:: max(1, len(judged) // MOST_ROWS)]
        if len(judged) == 0:
            continue
        part, came = past.take(judged), next_days[judged]
        [late_after] = Posterior.of(part, prior, USUAL).interval(HIGH)
        coming = NextVisit.of(Posterior.of(part, prior, NOW), part.silence_days)
        windows = [coming.window(np.full(part.rows, mass)) for mass in TRIED]
        held.append(
            np.stack([(np.round(low) <= came) & (came <= np.ceil(high)) for low, high in windows], axis=1)
        )
        kind.append(_kind(part.gaps, part.silence_days > late_after))
    kinds, inside = np.concatenate(kind), np.concatenate(held)
    usual = astuple(Masses())
    return Masses(*(_mass(inside[kinds == each], mass) for each, mass in enumerate(usual)))


def _mass(held: Bools, usual: float) -> float:
    """The mass that would have held `AIM`: (n, TRIED) says what each tried one held, `usual` where it is expected."""
    expected = TRIED + AIM - usual
    share = (held.sum(axis=0) + PSEUDO_VISITS * expected) / (len(held) + PSEUDO_VISITS)
    return float(np.interp(AIM, np.maximum.accumulate(share), TRIED))
