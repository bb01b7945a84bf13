"""How many losses in a week are more than chance, against the shop's own earlier weeks.

The losses of a week are taken as Poisson with a rate in proportion to the week's exposure. The rate is not known but
learned from n earlier weeks, so the count to expect of the next one is negative binomial (the gamma-Poisson predictive
distribution under Jeffreys' prior, shape 1/2): wide while there are few weeks, nearly Poisson after many. Where the
earlier weeks clearly vary more than Poisson ones would (Pearson's statistic over its 95% point), the variance is
widened by as much.

Looking at a week every week, something with one chance in a hundred comes up every other year. The limit is therefore
set so that a shop in which nothing changes sees a marked week in at most `FALSE_ALARMS_A_YEAR` of its years: each of
52 weeks has a 52nd of it (Bonferroni). Fewer than `FEWEST` are never marked: two clients are a coincidence.
"""

from __future__ import annotations

from dataclasses import dataclass

from scipy import stats

from analysis.arrays import Array

FALSE_ALARMS_A_YEAR = 0.05
WEEKS_A_YEAR = 52
FALSE_ALARM = FALSE_ALARMS_A_YEAR / WEEKS_A_YEAR
#: Losses that make a cluster at the least: "three cancellations in one week".
FEWEST = 3
#: Half a year is the least history to call a week unusual against.
LEAST_WEEKS = 26

_PRIOR = 0.5
_CLEARLY = 0.95


@dataclass(frozen=True)
class Limit:
    """What to expect of a week: `usual` losses, and the `count` from which it is marked."""

    usual: float
    count: int
    _shape: float
    _share: float

    def chance(self, losses: int) -> float:
        """The probability of so many losses or more in a week like any other."""
        return float(stats.nbinom.sf(losses - 1, self._shape, self._share))


def weekly_limit(losses: Array, exposure: Array, week: float) -> Limit | None:
    """The limit of a week of exposure `week` from the counts and exposures of earlier weeks: (weeks,) each.

    None where there are too few earlier weeks, or nobody in them who could have been lost.
    """
    if len(losses) < LEAST_WEEKS or exposure.sum() <= 0 or week <= 0:
        return None
    shape = losses.sum() + _PRIOR
    usual = shape * week / exposure.sum()
    variance = usual * (_spread(losses, exposure) + week / exposure.sum())
    # A negative binomial of this mean and variance.
    share = usual / variance
    shape = usual * share / (1 - share)
    count = int(stats.nbinom.isf(FALSE_ALARM, shape, share)) + 1
    return Limit(float(usual), max(count, FEWEST), float(shape), float(share))


def _spread(losses: Array, exposure: Array) -> float:
    """Variance over mean of the earlier weeks, 1 unless it is clearly more."""
    expected = losses.sum() * exposure / exposure.sum()
    some = expected > 0
    free = int(some.sum()) - 1
    if free < 1:
        return 1.0
    pearson = float((((losses - expected) ** 2)[some] / expected[some]).sum())
    return pearson / free if pearson > stats.chi2.ppf(_CLEARLY, free) else 1.0
