"""Figures that every method is judged by, none of them taken from what is judged."""

from __future__ import annotations

import numpy as np
from scipy import stats

from analysis.arrays import Array, Bools, Names

CALIBRATION_BINS = 10
TOP_SHARE = 0.1
BOOTSTRAPS, INTERVAL = 200, 0.9


def auc(happened: Bools, score: Array) -> float:
    """Area under the ROC curve, ties shared: of two clients, how often the higher score is of who stayed away."""
    positive, negative = int(happened.sum()), int((~happened).sum())
    if not positive or not negative:
        return float("nan")
    ranks = stats.rankdata(score)
    return float((ranks[happened].sum() - positive * (positive + 1) / 2) / (positive * negative))


def auc_lead(happened: Bools, ours: Array, theirs: Array, client: Names) -> tuple[float, float, float]:
    """How much larger our area is than theirs, and its 90% interval: a bootstrap over clients, windows and all."""
    number = np.unique(client.astype(str), return_inverse=True)[1]
    random = np.random.default_rng(0)
    leads = []
    for _ in range(BOOTSTRAPS):
        times = np.bincount(
            random.integers(0, number.max() + 1, number.max() + 1), minlength=number.max() + 1
        )
        drawn = np.repeat(np.arange(len(client)), times[number])
        leads.append(auc(happened[drawn], ours[drawn]) - auc(happened[drawn], theirs[drawn]))
    low, high = np.nanquantile(leads, [(1 - INTERVAL) / 2, (1 + INTERVAL) / 2])
    return auc(happened, ours) - auc(happened, theirs), float(low), float(high)


def brier(happened: Bools, p: Array) -> float:
    """Mean squared distance between what was said and what came."""
    return float(((p - happened) ** 2).mean())


def expected_calibration_error(happened: Bools, p: Array, bins: int = CALIBRATION_BINS) -> float:
    """Mean distance between what was said and how often it came, over bins of as many cases each (Naeini 2015)."""
    order = np.argsort(p, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    return float(sum(len(part) * abs(p[part].mean() - happened[part].mean()) for part in parts) / len(p))


def top_alarms(score: Array, share: float = TOP_SHARE) -> Bools:
    """The tenth with the highest score, at least one; ties go by place."""
    chosen = np.zeros(len(score), dtype=bool)
    chosen[np.argsort(-score, kind="stable")[: max(1, round(share * len(score)))]] = True
    return chosen


def count_errors(said: Array, came: Array) -> tuple[float, float, float]:
    """Mean absolute error and root mean squared error per client, and the bias of the total."""
    off = said - came
    bias = float(said.sum() / came.sum() - 1) if came.sum() else float("nan")
    return float(np.abs(off).mean()), float(np.sqrt((off**2).mean())), bias
