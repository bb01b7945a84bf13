"""What the classifier sees of a client on a day: the rhythm's own answer and the signs that may correct it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import special

from analysis.arrays import Array

#: Columns of the features, in this order; most are named as their code in `analysis.reasons`.
FEATURES = (
    "rhythm",
    "own_gap",
    "history",
    "gap_trend",
    "ticket_trend",
    "service_dropped",
    "no_show",
    "cancelled",
    "problem_open",
    "problem_badly_solved",
    "payment_late",
    "staff_left",
    "refund",
    "low_rating",
)

#: Limits that keep one odd client from weighing more than the rest together.
PROBABILITY_RANGE = (0.005, 0.995)
OWN_GAP_RANGE = (0.1, 10.0)
TREND_LIMIT, COUNT_LIMIT = 1.5, 3.0
USUAL_LOG_VISITS = 2.0  # about six visits: centres the feature
PRAISE_FROM, RATING_UNIT = 7.0, 3.0  # a rating under 7 is a complaint; three points under are one unit
SHORTEST_GAP_DAYS = 1.0


def features_of(signs: pd.DataFrame, p_rhythm: Array) -> Array:
    """(n, features) from `analysis.signals.signals`, each of about unit size and 0 where nothing is known."""

    def column(name: str) -> Array:
        return signs[name].to_numpy(dtype=float)

    def trend(now: str, before: str) -> Array:
        with np.errstate(invalid="ignore", divide="ignore"):
            log: Array = np.log(column(now) / column(before))
        return np.clip(np.nan_to_num(log, nan=0.0, posinf=0.0, neginf=0.0), -TREND_LIMIT, TREND_LIMIT)

    def count(name: str) -> Array:
        return np.minimum(np.nan_to_num(column(name)), COUNT_LIMIT)

    def happened(day: str) -> Array:
        return (~np.isnan(column(day))).astype(float)

    rating = column("rating")
    return np.column_stack(
        [
            special.logit(np.clip(p_rhythm, *PROBABILITY_RANGE)),
            np.log(np.clip(own_gap(signs), *OWN_GAP_RANGE)),
            np.log1p(column("visits")) - USUAL_LOG_VISITS,
            trend("gap_now", "gap_before"),
            -trend("ticket_now", "ticket_before"),
            happened("dropped_last_day"),
            count("no_shows"),
            count("cancellations"),
            count("problems_open"),
            count("problems_bad"),
            count("unpaid"),
            happened("staff_left_day"),
            count("refunds"),
            np.where(np.isnan(rating), 0.0, np.maximum(0.0, PRAISE_FROM - rating) / RATING_UNIT),
        ]
    )


def mean_gap(signs: pd.DataFrame) -> Array:
    """Each client's own mean gap in days, at least one."""
    span = (signs["last_day"] - signs["first_day"]).to_numpy(dtype=float)
    gaps = np.maximum(signs["visits"].to_numpy(dtype=float) - 1, 1)
    return np.asarray(np.maximum(span / gaps, SHORTEST_GAP_DAYS))


def own_gap(signs: pd.DataFrame) -> Array:
    """Silence over the client's own mean gap."""
    return np.asarray(signs["silence"].to_numpy(dtype=float) / mean_gap(signs))
