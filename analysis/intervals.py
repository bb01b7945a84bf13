"""How sure a figure is: every interval of the product leaves out one case in ten below it, and one in ten above."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from scipy import special

from analysis.arrays import Array

#: The shares of cases below an interval's two ends: it holds four times in five.
LOW, HIGH = 0.1, 0.9
#: Half the width of a normal's interval, in standard deviations.
Z = float(special.ndtri(HIGH))


def of_share(hits: npt.ArrayLike, of: npt.ArrayLike, z: float = Z) -> tuple[Array, Array]:
    """The interval of a share, `hits` of `of` trials (Wilson 1927); NaN of no trials.

    Trials need not be whole, where they weigh differently. Where none or all hit, that end is the share itself.
    """
    hit, trials = np.asarray(hits, dtype=np.float64), np.asarray(of, dtype=np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = hit / trials
        middle = (share + z**2 / (2 * trials)) / (1 + z**2 / trials)
        half = z / (1 + z**2 / trials) * np.sqrt(share * (1 - share) / trials + z**2 / (4 * trials**2))
    low = np.where(share == 0, 0.0, np.maximum(middle - half, 0))
    return low, np.where(share == 1, 1.0, np.minimum(middle + half, 1))


def half_of_mean(values: Array) -> float:
    """Half the width of the interval of a mean (Student 1908).

    NaN where a single value, or values that are all one, tell no spread.
    """
    n = len(values)
    if n <= 1 or np.ptp(values) == 0:
        return math.nan
    return float(special.stdtrit(n - 1, HIGH) * values.std(ddof=1) / math.sqrt(n))


def of_draws(draws: Array) -> tuple[float, float]:
    """The interval of a figure drawn again and again (a bootstrap); draws without a figure are NaN."""
    low, high = np.nanquantile(draws, [LOW, HIGH])
    return float(low), float(high)
