"""Everything the model says of every row: interval, next visit, visits to come, alive or gone."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from analysis.arrays import Array, Ints
from analysis.rhythm.expected import COMING_WEEKS, VisitTables
from analysis.rhythm.observed import Histories, distinct
from analysis.rhythm.posterior import HIGH, LOW, MEDIAN, Posterior
from analysis.rhythm.prior import NOW, USUAL, Prior
from analysis.rhythm.windows import Masses, NextVisit


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


def predict(
    known: Histories, priors: list[Prior], group: Ints, horizon_days: int, masses: Masses | None = None
) -> Rhythms:
    """The forecast of every row; `group[i]` is the prior that row i borrows from. Bounded memory."""
    masses = masses or Masses()
    same = distinct(known, group)
    tables = VisitTables.of(priors[0].grid, known.silence_days[same.first], horizon_days)
    out = {field.name: np.empty(same.rows) for field in fields(Rhythms)}
    out["weekly_visits"] = np.empty((same.rows, COMING_WEEKS))
    for g, rows in same.chunks():
        part = known.take(same.first[rows])
        for name, values in vars(_forecast(part, rows, priors[g], tables, horizon_days, masses)).items():
            out[name][rows] = values
    return Rhythms(**{name: values[same.of] for name, values in out.items()})


def _forecast(
    part: Histories, rows: Ints, prior: Prior, tables: VisitTables, horizon_days: int, masses: Masses
) -> Rhythms:
    """`predict` for one chunk; `rows` are its places in `tables`."""
    usual = Posterior.of(part, prior, USUAL)
    low, median, high = usual.interval(LOW, MEDIAN, HIGH)
    after = Posterior.of(part, prior, NOW)
    coming = NextVisit.of(after, part.silence_days)
    next_low, next_high = coming.window(masses.of(part.gaps, part.silence_days > high))
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
        next_days=coming.median(),
        next_high=next_high,
        weekly_visits=np.diff(visits[:, :-1], prepend=0, axis=1),
    )
