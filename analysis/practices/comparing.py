"""Groups of clients beside the whole shop: which of them are surely better, when small groups err by chance.

A group's figure is drawn towards the shop's by as much as chance explains (a hierarchical model, as in Rubin 1981 and
Gelman 2006). None is called better or worse unless the groups differ more than chance would make them,
by Cochran's test at one in ten: of ten shops whose groups are all alike, one at most is told otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.stats import chi2, norm

from analysis.arrays import Array, Names
from analysis.intervals import Z

Standing = Literal["better", "worse", "cannot_tell"]

#: In one shop of ten at most with groups alike, chance makes one stand out.
FALSE_ALARMS = 0.1
#: Spreads tried, and the scale of their prior in errors of a middling group.
_SPREADS, _WIDE = 60, 5.0


@dataclass(frozen=True)
class Compared:
    """Per group: its figure drawn towards the shop's, an 80% interval, and how it stands. NaN where it is not known."""

    mean: float  # of the shop: of all groups, by what each tells
    value: Array
    low: Array
    high: Array
    standing: Names  # of Standing


def compared(value: Array, variance: Array) -> Compared:
    """`value`: the figure of each group, NaN where unknown; `variance`: what chance alone makes of it."""
    known = np.isfinite(value) & np.isfinite(variance) & (variance > 0)
    standing = np.full(len(value), "cannot_tell", dtype=object)
    empty = np.full(len(value), np.nan)
    if not known.any():
        return Compared(float("nan"), empty, empty.copy(), empty.copy(), standing)
    x, v = value[known], variance[known]
    weight = 1 / v
    mean = float((weight * x).sum() / weight.sum())
    q = float((weight * (x - mean) ** 2).sum())
    differ = len(x) > 1 and float(chi2.sf(q, len(x) - 1)) < FALSE_ALARMS
    drawn, half = _drawn(x, v, mean)
    value, low, high = empty, empty.copy(), empty.copy()
    value[known], low[known], high[known] = drawn, drawn - half, drawn + half
    if differ:
        standing[known] = np.select(
            [low[known] > mean, high[known] < mean], ["better", "worse"], "cannot_tell"
        )
    return Compared(mean, value, low, high, standing)


def _drawn(x: Array, v: Array, mean: float) -> tuple[Array, Array]:
    """The figures drawn towards the mean, and half the width of their intervals.

    By how much groups really differ is itself not known: every spread between them counts by how well it explains the
    figures, from a half-Cauchy prior so wide that it hardly has a say.
    """
    spread = _WIDE * np.median(np.sqrt(v)) * np.tan(np.pi / 2 * (np.arange(_SPREADS) + 0.5) / _SPREADS)
    total = v + spread[:, None] ** 2
    likelihood = norm.logpdf(x, mean, np.sqrt(total)).sum(axis=1)
    weight = np.exp(likelihood - likelihood.max())
    weight /= weight.sum()
    own = spread[:, None] ** 2 / total
    centre = mean + own * (x - mean)
    drawn = weight @ centre
    variance = weight @ (own * v + (1 - own) ** 2 / (1 / v).sum() + (centre - drawn) ** 2)
    return np.asarray(drawn), np.asarray(Z * np.sqrt(variance))
