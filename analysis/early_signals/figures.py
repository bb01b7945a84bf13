"""Figures that tell a good alarm from a bad one, each with how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import intervals, schema
from analysis.arrays import Array, Bools, Ints, Weights

BOOTSTRAPS = 100
CALIBRATION_BINS = 8
TOP_SHARE = 0.1


@dataclass(frozen=True)
class Draws:
    """A bootstrap over clients, whose windows come and go together."""

    #: (draws, windows): how often each window is drawn; the first draw is the windows as they are.
    times: Weights

    @classmethod
    def of(cls, client: Ints, *history: Ints) -> Draws:
        """`client[i]` is whose window i is; `history` columns order the clients, so that their names do not matter."""
        names, column = np.unique(client, return_inverse=True)
        n = len(names)
        place = np.empty(n, dtype=np.int64)
        sums = [np.bincount(column, weights=values, minlength=n) for values in history]
        place[np.lexsort([*sums, np.bincount(column, minlength=n)])] = np.arange(n)
        times = np.random.default_rng(0).multinomial(n, np.full(n, 1 / n), size=BOOTSTRAPS)
        whole = np.vstack([np.ones(n, dtype=np.int64), times])
        return cls(whole[:, place[column]].astype(np.float32))


def auc(y: Bools, score: Array, day: Ints, draws: Draws | None = None) -> Array:
    """Area under the ROC curve, ties shared, for each draw (without `draws` of the windows as they are): (draws,).

    A pair is a client who stayed away and one who came, on the same day: a call list ranks the clients of one day. NaN
    where a draw has no such pair.
    """
    times = np.ones((1, len(y)), dtype=np.float32) if draws is None else draws.times
    order = np.lexsort((score, day))
    y, score, day, times = y[order], score[order], day[order], times[:, order]
    new_day = np.diff(day, prepend=day[0] - 1) != 0
    of_day, day_start, day_end = _runs(new_day)
    # Windows of equal score on a day share their rank.
    alike, start, end = _runs(new_day | (np.diff(score, prepend=np.nan) != 0))
    came_before = np.zeros((len(times), len(y) + 1), dtype=np.float32)
    np.cumsum(np.where(y, np.float32(0), times), axis=1, out=came_before[:, 1:])
    away = np.flatnonzero(y)
    that_day = of_day[away]
    below = (came_before[:, start[alike[away]]] + came_before[:, end[alike[away]]]) / 2
    below -= came_before[:, day_start[that_day]]
    came = (came_before[:, day_end] - came_before[:, day_start])[:, that_day]
    drawn = times[:, away]
    with np.errstate(invalid="ignore"):
        return np.asarray(_row_sums(drawn, below) / _row_sums(drawn, came))


def _runs(new: Bools) -> tuple[Ints, Ints, Ints]:
    """The run each place belongs to, and where the runs start and end; `new` is where one begins."""
    start = np.flatnonzero(new)
    return np.cumsum(new) - 1, start, np.append(start[1:], len(new))


def _row_sums(times: Weights, values: Weights | Array) -> Array:
    return np.asarray(np.einsum("ij,ij->i", times, values, dtype=np.float64))


def brier(y: Bools, p: Array) -> float:
    """Mean squared distance between what was said and what came."""
    return float(np.mean((p - y) ** 2))


def precision_of_top(y: Bools, p: Array, day: Ints) -> float:
    """Share that stayed away among the most likely tenth of each day."""
    days, count = np.unique(day, return_counts=True)
    first = [max(1, round(TOP_SHARE * int(each))) for each in count]
    hits = [
        hits_of_first(y[day == each], p[day == each], many) for each, many in zip(days, first, strict=True)
    ]
    return float(sum(hits) / sum(first))


def hits_of_first(y: Bools, p: Array, first: int) -> float:
    """How many of the `first` most likely stayed away; those told alike share the places left."""
    if first >= len(p):
        return float(y.sum())
    least = np.partition(p, len(p) - first)[len(p) - first]
    above, alike = p > least, p == least
    return float(y[above].sum() + (first - above.sum()) * y[alike].mean())


def calibration(y: Bools, p: Array) -> pd.DataFrame:
    """`schema.CALIBRATION`: of those told about the same, how many stayed away."""
    edges = np.linspace(0, 1, CALIBRATION_BINS + 1)
    bin_of = np.clip(np.digitize(p, edges[1:-1]), 0, CALIBRATION_BINS - 1)
    count = np.bincount(bin_of, minlength=CALIBRATION_BINS).astype(float)
    full = count > 0
    count = count[full]
    predicted = np.bincount(bin_of, weights=p, minlength=CALIBRATION_BINS)[full] / count
    hits = np.bincount(bin_of, weights=y.astype(float), minlength=CALIBRATION_BINS)[full].astype(float)
    low, high = intervals.of_share(hits, count)
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
