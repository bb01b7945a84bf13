"""Does affection pay: who came back and what they spent after a score was known, and whether it tells them apart.

The intervals hold four times in five. A client stands in several windows, whose outcomes go together, so all of them
are those of a sample of clients and not of windows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.arrays import Array, Ints
from analysis.intervals import Z, of_share
from analysis.schema import BANDS

#: Classes of affection with fewer windows than this are joined to their neighbour: three of four is no rate. And with
#: fewer outcomes than this nothing is said of whether affection tells them apart.
FEWEST_PER_CLASS = 12
#: Below and above these scores clients hardly differ in how they return: one class each.
_LOWEST_CLASS, _HIGHEST_CLASS = 4.5, 8.5
_CHANCE, _HARDLY_MORE = 0.5, 0.05  # of a hundred pairs 54 are told right: true perhaps, but of no use


@dataclass(frozen=True)
class Tells:
    """Of two clients of one day with different outcomes, how often the one with more affection did better: 0-1.

    0.5 is a coin's. NaN where there are too few to say.
    """

    share: float = math.nan
    low: float = math.nan
    high: float = math.nan

    @property
    def code(self) -> Literal["yes", "no", "against", "unknown"]:
        """Whether it tells: surely more than chance, and by enough to be of use."""
        if math.isnan(self.share):
            return "unknown"
        if abs(self.share - _CHANCE) < _HARDLY_MORE or self.low <= _CHANCE <= self.high:
            return "no"
        return "yes" if self.share > _CHANCE else "against"


def tells_who_returns(windows: pd.DataFrame) -> Tells:
    """Whether those who came back had more affection. `windows`: schema.AFFECTION_WINDOWS."""
    returned = windows["returned"].to_numpy(dtype=float)
    if min(returned.sum(), len(returned) - returned.sum()) < FEWEST_PER_CLASS:
        return Tells()
    return concordance(windows, returned)


def tells_who_spends(windows: pd.DataFrame) -> Tells:
    """Whether those who spent more had more affection; unknown without amounts."""
    spend = windows["spend"].to_numpy(dtype=float)
    if np.isnan(spend).all() or len(np.unique(spend)) < FEWEST_PER_CLASS:
        return Tells()
    return concordance(windows, spend)


def concordance(windows: pd.DataFrame, outcome: Array) -> Tells:
    """Pairs of one day's clients with different outcomes: in how many of them the greater has the greater affection.

    Ties in affection count half; for outcomes 0 and 1 it is the area under the ROC curve. The interval is that of a U
    statistic whose windows are clustered by client (DeLong, DeLong & Clarke-Pearson 1988; Obuchowski 1997).
    """
    score = windows["affection"].to_numpy(dtype=float)
    won, pairs = np.zeros(len(score)), np.zeros(len(score))
    for rows in windows.groupby("day", sort=True).indices.values():
        won[rows], pairs[rows] = _wins(score[rows], outcome[rows])
    all_pairs = pairs.sum() / 2
    if not all_pairs:
        return Tells()
    share = float(won.sum() / pairs.sum())
    client, _ = pd.factorize(windows["client_id"])
    half = Z * math.sqrt((np.bincount(client, weights=won - share * pairs) ** 2).sum()) / all_pairs
    return Tells(share, max(0.0, share - half), min(1.0, share + half))


def _wins(score: Array, outcome: Array) -> tuple[Array, Array]:
    """Of each client, the pairs with a different outcome that go with the score (ties half), and all such pairs."""
    scores, s = np.unique(score, return_inverse=True)
    outcomes, o = np.unique(outcome, return_inverse=True)
    n, high, wide = len(score), len(scores), len(outcomes)
    cells = np.bincount(s * wide + o, minlength=high * wide).reshape(high, wide)
    below = np.zeros((high + 1, wide + 1))  # [a, b]: clients with score < a and outcome < b
    below[1:, 1:] = cells.cumsum(axis=0).cumsum(axis=1)
    up_to_score, up_to_outcome = below[s + 1, wide], below[high, o + 1]
    agree = below[s, o] + n - up_to_score - up_to_outcome + below[s + 1, o + 1]
    tied = up_to_score - below[s, wide] - cells[s, o]
    return agree + tied / 2, n - (up_to_outcome - below[high, o])


def by_band(windows: pd.DataFrame) -> pd.DataFrame:
    """A row per band, as `by_half_point`'s: band, and what came of the windows of that band."""
    number = {band: place for place, band in enumerate(BANDS)}
    place = np.array([number[band] for band in windows["band"]], dtype=np.int64)
    return pd.DataFrame({"band": BANDS}).join(_outcomes(windows, place, len(BANDS)))


def by_half_point(windows: pd.DataFrame, fewest: int = FEWEST_PER_CLASS) -> pd.DataFrame:
    """A row per half point of affection: low, high, and what came of it.

    windows (how many), returned_share and its Wilson interval (share_low, share_high); the same of those who were still
    coming (active, active_share, active_low, active_high); spend (mean in the horizon, of everyone) and its interval;
    NaN where nothing is known. One class below 4.5 and one from 8.5 up; classes with fewer than `fewest` windows are
    joined to the next one above, the last to the one below.
    """
    edges = np.array([0.0, *np.arange(_LOWEST_CLASS, _HIGHEST_CLASS + 0.5, 0.5), 10.0])
    fine = np.clip(
        np.searchsorted(edges, windows["affection"].to_numpy(), side="right") - 1, 0, len(edges) - 2
    )
    joined, classes = _joined(np.bincount(fine, minlength=len(edges) - 1), fewest)
    limits = pd.DataFrame(
        {
            "low": [edges[np.flatnonzero(joined == number)[0]] for number in range(classes)],
            "high": [edges[np.flatnonzero(joined == number)[-1] + 1] for number in range(classes)],
        },
        dtype=float,
    )
    counted = windows if classes else windows.head(0)
    return limits.join(_outcomes(counted, joined[fine[: len(counted)]], classes))


def _joined(counts: Ints, fewest: int) -> tuple[Ints, int]:
    """The number of the joined class of each class, and how many there are; none where all together are too few."""
    number = np.zeros(len(counts), dtype=np.int64)
    classes, size = 0, 0
    for place, here in enumerate(counts):
        number[place] = classes
        size += int(here)
        if size >= fewest:
            classes, size = classes + 1, 0
    return np.minimum(number, max(classes - 1, 0)), classes


def _outcomes(windows: pd.DataFrame, place: Ints, classes: int) -> pd.DataFrame:
    """What came of the windows of each class; `place` is the class of each window."""
    client, _ = pd.factorize(windows["client_id"])
    returned, spend = windows["returned"].to_numpy(dtype=float), windows["spend"].to_numpy(dtype=float)
    active = windows["active"].to_numpy(dtype=bool)
    every = _Means.of(returned, place, client, classes)
    still = _Means.of(returned[active], place[active], client[active], classes)
    money = _Means.of(spend, place, client, classes)
    low, high = every.shares()
    active_low, active_high = still.shares()
    return pd.DataFrame(
        {
            "windows": every.count,
            "returned_share": every.mean,
            "share_low": low,
            "share_high": high,
            "active": still.count,
            "active_share": still.mean,
            "active_low": active_low,
            "active_high": active_high,
            "spend": money.mean,
            "spend_low": np.maximum(0.0, money.mean - Z * np.sqrt(money.variance)),
            "spend_high": money.mean + Z * np.sqrt(money.variance),
        }
    )


@dataclass(frozen=True)
class _Means:
    """Mean of a value in each class, and its variance where a client's windows go together."""

    count: Ints
    clients: Ints
    mean: Array
    variance: Array

    @classmethod
    def of(cls, value: Array, place: Ints, client: Ints, classes: int) -> _Means:
        count = np.bincount(place, minlength=classes)
        people = int(client.max(initial=-1)) + 1
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = np.bincount(place, weights=value, minlength=classes) / count
        cell = place * people + client
        size = classes * people
        off = np.bincount(cell, weights=value - mean[place], minlength=size).reshape(classes, people)
        seen = np.bincount(cell, minlength=size).reshape(classes, people) > 0
        with np.errstate(invalid="ignore", divide="ignore"):
            return cls(count, seen.sum(axis=1), mean, (off**2).sum(axis=1) / count.astype(float) ** 2)

    def shares(self) -> tuple[Array, Array]:
        """Wilson's interval with as many trials as the windows are worth; where all agree, as there are clients."""
        with np.errstate(invalid="ignore", divide="ignore"):
            worth = np.minimum(self.count, self.mean * (1 - self.mean) / self.variance)
            trials = np.where((self.mean <= 0) | (self.mean >= 1), self.clients, worth)
            return of_share(self.mean * trials, trials)
