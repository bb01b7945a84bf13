"""Everything the model says of every row: interval, next visit, visits to come, alive or gone."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from analysis.arrays import Array, Ints, Weights
from analysis.rhythm.expected import COMING_WEEKS, VisitTables
from analysis.rhythm.kernels import RETURN_WITHIN_DAYS, Grid
from analysis.rhythm.observed import Histories, distinct
from analysis.rhythm.posterior import HIGH, LOW, MEDIAN, Posterior, row_quantile
from analysis.rhythm.prior import LEAST_LIKELIHOOD, NOW, USUAL, Prior

#: Mass of the next-visit window; overdue clients are harder to place and get a little more to be covered as often.
WINDOW_MASS, OVERDUE_WINDOW_MASS = 0.80, 0.84
WINDOW_STARTS = 9  # how many windows of that mass are tried for the shortest
EACH_DAY_AHEAD, FAR_DAYS_AHEAD = 29, 40


@dataclass(frozen=True)
class Rhythms:
    """What the fitted model says of each row, aligned with `Histories`. Days are floats, probabilities 0-1.

    interval_*: quantiles (10, 50, 90%) of an undisturbed gap. `next_*`: days from the cutoff to the next visit, given
    that it has not come yet and comes within 180 days: the shortest 80% window and its median. `gone_after_days`: the
    silence at which P(alive) falls under one half.
    """

    interval_low: Array
    interval_days: Array
    interval_high: Array
    regularity_k: Array
    gone_after_days: Array
    p_alive: Array
    p_no_visit: Array
    expected_visits: Array
    next_low: Array
    next_days: Array
    next_high: Array
    weekly_visits: Array  # (n, COMING_WEEKS): expected visits in each coming week


def predict(known: Histories, priors: list[Prior], group: Ints, horizon_days: int) -> Rhythms:
    """The forecast of every row; `group[i]` is the prior that row i borrows from. Bounded memory."""
    same = distinct(known, group)
    tables = VisitTables.of(priors[0].grid, known.silence_days[same.first], horizon_days)
    out = {field.name: np.empty(same.rows) for field in fields(Rhythms)}
    out["weekly_visits"] = np.empty((same.rows, COMING_WEEKS))
    for g, rows in same.chunks():
        part = known.take(same.first[rows])
        for name, values in vars(_forecast(part, rows, priors[g], tables, horizon_days)).items():
            out[name][rows] = values
    return Rhythms(**{name: values[same.of] for name, values in out.items()})


def _forecast(part: Histories, rows: Ints, prior: Prior, tables: VisitTables, horizon_days: int) -> Rhythms:
    """`predict` for one chunk; `rows` are its places in `tables`."""
    usual = Posterior.of(part, prior, USUAL)
    low, median, high = usual.interval(LOW, MEDIAN, HIGH)
    after = Posterior.of(part, prior, NOW)
    next_low, next_days, next_high = _next_visit(after.stays, prior.grid, part.silence_days, high)
    p_no_visit = after.p_no_visit(part.silence_days, horizon_days)
    visits = tables.expected(after.seen, prior.weights, rows)
    visits /= (after.total * after.silent(part.silence_days))[:, None]
    return Rhythms(
        interval_low=low,
        interval_days=median,
        interval_high=high,
        regularity_k=usual.regularity(),
        gone_after_days=after.gone_after(),
        p_alive=after.p_alive(part.silence_days),
        p_no_visit=p_no_visit,
        # A visit within the horizon is at least this expected; binned silences may differ in the third decimal.
        expected_visits=np.maximum(visits[:, -1], 1 - p_no_visit),
        next_low=next_low,
        next_days=next_days,
        next_high=next_high,
        weekly_visits=np.diff(visits[:, :-1], prepend=0, axis=1),
    )


def _next_visit(stays: Weights, on: Grid, silence: Ints, due: Array) -> tuple[Array, Array, Array]:
    """The shortest window that holds 80% of the next visit's date (84% when overdue), and its median inside it."""
    far = np.geomspace(EACH_DAY_AHEAD, RETURN_WITHIN_DAYS, FAR_DAYS_AHEAD).astype(np.int64)
    ahead = np.unique(np.concatenate([np.arange(EACH_DAY_AHEAD), far]))
    cdf = np.empty((len(silence), len(ahead)))
    here = np.minimum(silence, on.last_day - RETURN_WITHIN_DAYS)
    for c in np.unique(here):  # rows that have been silent equally long share a table
        same = here == c
        passed = on.survival_by_day[c] - on.survival_by_day[c + ahead]
        cdf[same] = stays[same] @ passed.T
    cdf /= np.maximum(cdf[:, -1:], LEAST_LIKELIHOOD)
    days = ahead.astype(np.float64)
    mass = np.where(silence > due, OVERDUE_WINDOW_MASS, WINDOW_MASS)
    best_low = np.zeros(len(silence))
    best_high = np.full(len(silence), np.inf)
    for step in np.linspace(0, 1, WINDOW_STARTS):
        start = step * (1 - mass)
        low, high = row_quantile(cdf, days, start), row_quantile(cdf, days, start + mass)
        shorter = high - low < best_high - best_low
        best_low = np.where(shorter, low, best_low)
        best_high = np.where(shorter, high, best_high)
    median = row_quantile(cdf, days, MEDIAN)
    return np.minimum(best_low, median), median, np.maximum(best_high, median)
