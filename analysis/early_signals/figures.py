"""Figures that tell a good alarm from a bad one, each with how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis import schema
from analysis.arrays import Array, Bools, Ints

BOOTSTRAPS = 100
CALIBRATION_BINS = 8
INTERVAL = 0.8  # every interval of the back-test holds four times in five
TOP_SHARE = 0.1


def auc(y: Bools, score: Array) -> float:
    """Area under the ROC curve by the Mann-Whitney rank sum, ties shared."""
    positive = int(y.sum())
    ranks = stats.rankdata(score)
    return float((ranks[y].sum() - positive * (positive + 1) / 2) / (positive * (len(y) - positive)))


@dataclass(frozen=True)
class Draws:
    """A bootstrap over clients, whose windows come and go together."""

    times: Ints  # (draws, clients) how often each client is drawn
    client: Ints  # (windows,) whose window it is, as a column of `times`

    @classmethod
    def of(cls, client: Ints) -> Draws:
        names, column = np.unique(client, return_inverse=True)
        random = np.random.default_rng(0)
        n = len(names)
        return cls(random.multinomial(n, np.full(n, 1 / n), size=BOOTSTRAPS), column)


def auc_interval(y: Bools, score: Array, draws: Draws) -> tuple[float, float]:
    """80% interval of the AUC over the draws."""
    low, high = np.nanquantile(_auc_of_draws(y, score, draws), [(1 - INTERVAL) / 2, (1 + INTERVAL) / 2])
    return float(low), float(high)


def _auc_of_draws(y: Bools, score: Array, draws: Draws) -> Array:
    """The AUC of each draw; one sort serves them all. NaN where a draw has one outcome only."""
    order = np.argsort(score, kind="stable")
    client, stayed_away = draws.client[order], y[order].astype(np.float64)
    start = np.flatnonzero(np.diff(score[order], prepend=np.nan))  # windows of equal score share their rank
    out = np.full(len(draws.times), np.nan)
    for draw, times in enumerate(draws.times.astype(np.float64)):
        drawn = times[client]  # one draw at a time stays in the processor's cache
        positive = np.add.reduceat(drawn * stayed_away, start)
        negative = np.add.reduceat(drawn, start) - positive
        pairs = positive.sum() * negative.sum()
        if pairs > 0:
            out[draw] = positive @ (np.cumsum(negative) - negative / 2) / pairs
    return out


def brier(y: Bools, p: Array) -> float:
    """Mean squared distance between what was said and what came."""
    return float(np.mean((p - y) ** 2))


def precision_of_top(y: Bools, p: Array, day: Ints) -> float:
    """Share that stayed away among the most likely tenth of each day."""
    hits = []
    for each in np.unique(day):
        here = np.flatnonzero(day == each)
        most = np.argsort(-p[here], kind="stable")[: max(1, round(TOP_SHARE * len(here)))]
        hits.append(y[here[most]])
    return float(np.concatenate(hits).mean())


def wilson(hits: Array, of: Array) -> tuple[Array, Array]:
    """80% interval of a share of `of` trials (Wilson 1927)."""
    z = float(stats.norm.ppf((1 + INTERVAL) / 2))
    share = hits / of
    middle = (share + z**2 / (2 * of)) / (1 + z**2 / of)
    half = z / (1 + z**2 / of) * np.sqrt(share * (1 - share) / of + z**2 / (4 * of**2))
    return np.maximum(middle - half, 0), np.minimum(middle + half, 1)


def calibration(y: Bools, p: Array) -> pd.DataFrame:
    """`schema.CALIBRATION`: of those told about the same, how many stayed away."""
    edges = np.linspace(0, 1, CALIBRATION_BINS + 1)
    bin_of = np.clip(np.digitize(p, edges[1:-1]), 0, CALIBRATION_BINS - 1)
    count = np.bincount(bin_of, minlength=CALIBRATION_BINS).astype(float)
    full = count > 0
    count = count[full]
    predicted = np.bincount(bin_of, weights=p, minlength=CALIBRATION_BINS)[full] / count
    hits = np.bincount(bin_of, weights=y.astype(float), minlength=CALIBRATION_BINS)[full].astype(float)
    low, high = wilson(hits, count)
    return pd.DataFrame(
        {
            "bin_low": edges[:-1][full],
            "bin_high": edges[1:][full],
            "predicted": predicted,
            "observed": hits / count,
            "observed_low": low,
            "observed_high": high,
            "clients": count.astype(int),
        }
    )[list(schema.CALIBRATION)]
