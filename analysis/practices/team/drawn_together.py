"""Effects of a few groups drawn together by a normal of unknown spread, every spread weighed by how likely it is.

Sources: Efron and Morris 1975; Gelman 2006 for the half-normal prior on the spread.
"""

from __future__ import annotations

import numpy as np
from scipy.stats import norm

from analysis.arrays import Array, Bools
from analysis.intervals import HIGH, LOW

_WIDEST = 0.5  # scale of the half-normal prior on how far apart groups are, in logits
_SPREADS: Array = np.linspace(0.01, 2.0, 60)
_HALVINGS = 50


def common_effect(effect: Array, variance: Array, told: Bools) -> float:
    """What the effects are drawn toward, every spread weighed by how likely it is."""
    if not told.any():
        return 0.0
    weight, centres = _spreads(effect[told], variance[told])
    return float((weight * centres).sum())


def _spreads(effect: Array, variance: Array) -> tuple[Array, Array]:
    """The posterior of how far apart groups are (on `_SPREADS`), and the common effect for each spread."""
    total = variance[None, :] + _SPREADS[:, None] ** 2
    precision = (1 / total).sum(axis=1)
    centre = (effect[None, :] / total).sum(axis=1) / precision
    log_density = -0.5 * (np.log(total) + (effect[None, :] - centre[:, None]) ** 2 / total).sum(axis=1)
    log_density += -0.5 * np.log(precision) - 0.5 * (_SPREADS / _WIDEST) ** 2
    weight = np.exp(log_density - log_density.max())
    return weight / weight.sum(), centre


def drawn_together(effect: Array, variance: Array, told: Bools) -> tuple[Array, Array, Array]:
    """Mean and 80% interval of each group's term; NaN for those who are not told."""
    out = np.full((3, len(effect)), np.nan)
    if not told.any():
        return out[0], out[1], out[2]
    weight, centres = _spreads(effect[told], variance[told])
    spread2 = _SPREADS[:, None] ** 2
    own = spread2 / (spread2 + variance[told][None, :])
    mean = centres[:, None] + own * (effect[told][None, :] - centres[:, None])
    sd = np.sqrt(own * variance[told][None, :])
    out[0, told] = (weight[:, None] * mean).sum(axis=0)
    for row, share in ((1, LOW), (2, HIGH)):
        out[row, told] = _quantile(weight, mean, sd, share)
    return out[0], out[1], out[2]


def _quantile(weight: Array, mean: Array, sd: Array, share: float) -> Array:
    """Of a mixture of normals for each group (spreads, groups), by halving."""
    low, high = (mean - 8 * sd).min(axis=0), (mean + 8 * sd).max(axis=0)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        below = (weight[:, None] * norm.cdf((middle - mean) / np.maximum(sd, 1e-9))).sum(axis=0) < share
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.asarray((low + high) / 2)
