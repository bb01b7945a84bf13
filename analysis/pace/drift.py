"""How a usual pace changes with the years, so that who drifts from 30 to 35 days is not called late for it.

A straight line through each row's usual gaps, shrunk by how much the shop's rows really drift. Lateness only ever
slows, so that is learned from those who speed up: a shop full of late clients does not pass for one that drifts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.arrays import Array, Bools, Ints, sum_by

#: A drift to be expected before anything is seen (of the pace, a day): 15% a year. It only weighs the rows against each
#: other, so that a few with very many gaps do not speak for all.
TYPICAL_DRIFT = 0.15 / 365
NEARLY_NOTHING = 1e-12


@dataclass(frozen=True)
class Drift:
    """Per row: growth of the usual gap's logarithm a day, and the age (days before the last visit) it starts from.

    `variance` is how unsure the growth is; `oldest` the age of the first gap: the line is drawn no further.
    """

    a_day: Array
    variance: Array
    centre: Array
    oldest: Array

    def times(self, age: Array) -> Array:
        """The usual gap of each row at that age, as a multiple of the one at `centre`."""
        return np.asarray(np.exp(self.a_day * self._since_centre(age)))

    def variance_at(self, age: Array) -> Array:
        """How unsure the usual gap at that age is for not knowing the drift better, as a share of its square."""
        return np.asarray(self.variance * self._since_centre(age) ** 2)

    def _since_centre(self, age: Array) -> Array:
        return np.asarray(self.centre - np.clip(age, 0.0, self.oldest))

    def times_of(self, row: Ints, age: Array) -> Array:
        """The same for gaps of such rows and ages: (gaps,)."""
        return np.asarray(np.exp(self.a_day[row] * (self.centre[row] - age)))

    @classmethod
    def joined(cls, parts: Sequence[Drift]) -> Drift:
        """The rows of several, one after another."""
        a_day, variance, centre, oldest = (
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("a_day", "variance", "centre", "oldest")
        )
        return cls(a_day, variance, centre, oldest)

    def take(self, rows: slice | Ints) -> Drift:
        """The same of some of the rows."""
        return Drift(self.a_day[rows], self.variance[rows], self.centre[rows], self.oldest[rows])


@dataclass(frozen=True)
class Slopes:
    """Per row: relative growth of its usual gaps a day, its variance by natural ups and downs, and where they lie."""

    a_day: Array
    variance: Array
    centre: Array
    oldest: Array

    @classmethod
    def of(cls, row: Ints, days: Array, age: Array, usual: Bools, k: Array) -> Slopes:
        """A line through each row's `usual` gaps. `age`: days from a gap's middle to the row's last visit.

        `k` is the regularity of each row: a gap varies by 1/k of the square of the usual one.
        """
        rows = len(k)
        weight = usual.astype(np.float64)
        count = np.maximum(sum_by(row, weight, rows), NEARLY_NOTHING)
        mean = np.maximum(sum_by(row, weight * days, rows) / count, NEARLY_NOTHING)
        centre = sum_by(row, weight * age, rows) / count
        later = centre[row] - age
        spread = np.maximum(sum_by(row, weight * later**2, rows), NEARLY_NOTHING)
        slope = sum_by(row, weight * later * (days / mean[row] - 1), rows) / spread
        oldest = np.zeros(rows)
        np.maximum.at(oldest, row, age)
        return cls(slope, 1 / (k * spread), centre, oldest)

    def variance_of_shop(self) -> float:
        """How much true slopes vary about zero: what those below it show beyond their own uncertainty."""
        faster = self.a_day < 0
        weight = 1 / (self.variance[faster] + TYPICAL_DRIFT**2) ** 2
        beyond = weight * (self.a_day[faster] ** 2 - self.variance[faster])
        return max(0.0, float(beyond.sum()) / max(float(weight.sum()), NEARLY_NOTHING))

    def shrunk(self, variance_of_shop: float) -> Drift:
        """Each row's drift, as sure of it as its gaps and the shop allow (empirical Bayes)."""
        share = variance_of_shop / (variance_of_shop + self.variance)
        return Drift(self.a_day * share, self.variance * share, self.centre, self.oldest)
