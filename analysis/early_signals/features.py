"""What the classifier sees of a client on a day: the rhythm's own answer and the signs that may correct it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import pandas as pd
from scipy import special

from analysis import alarm
from analysis.arrays import Array, Bools, Ints
from analysis.early_signals.bg_nbd import BgNbd

#: Columns of the features, in this order. The first ones are the rhythm's part; the signs that follow are named as
#: their code in `analysis.reasons`.
RHYTHM_FEATURES = ("rhythm", "own_gap", "history")
FEATURES = (
    *RHYTHM_FEATURES,
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
    "contact_silence",
)

#: Limits that keep one odd client from weighing more than the rest together.
PROBABILITY_RANGE = (0.005, 0.995)
OWN_GAP_RANGE = (0.1, 10.0)
TREND_LIMIT, COUNT_LIMIT = 1.5, 3.0
SILENT_CONTACTS = 2.0  # times the usual gap between contacts without one: a sign, and a unit of the feature
USUAL_LOG_VISITS = 2.0  # about six visits: centres the feature
PRAISE_FROM, RATING_UNIT = 7.0, 3.0  # a rating under 7 is a complaint; three points under are one unit
SHORTEST_GAP_DAYS = 1.0


#: What `analysis.signals` tells of some clients, as a frame or as its columns.
Signs = pd.DataFrame | Mapping[str, Array | Ints | pd.Categorical]


@dataclass(frozen=True)
class Facts:
    """What every method is told of clients on a day; one entry a client."""

    client: Ints  # the client's number
    active: Bools  # an alarm is early for them; of the others only the rhythm speaks
    features: Array  # (n, FEATURES)
    p_rhythm: Array
    p_random: Array  # what BG/NBD says
    silence: Array
    own_gap: Array  # silence over the client's own mean gap

    def of(self, rows: Bools | Ints) -> Self:
        """Some of the clients alone, in that order."""
        columns = {name: value[rows] for name, value in vars(self).items() if isinstance(value, np.ndarray)}
        return replace(self, **columns)


def facts(signs: Signs, client: Ints, p_rhythm: Array, random: BgNbd | None, horizon_days: int) -> Facts:
    """From `analysis.signals.signals` of these clients; without a fitted BG/NBD its answer is unknown."""
    visits, silence = _column(signs, "visits"), _column(signs, "silence")
    span = _column(signs, "last_day") - _column(signs, "first_day")
    return Facts(
        client=client,
        active=alarm.active(visits.astype(np.int64), silence, horizon_days),
        features=features_of(signs, p_rhythm),
        p_rhythm=p_rhythm,
        p_random=np.full(len(client), np.nan)
        if random is None
        else random.p_no_visit(visits - 1, span, span + silence, horizon_days),
        silence=silence,
        own_gap=own_gap(signs),
    )


def features_of(signs: Signs, p_rhythm: Array) -> Array:
    """(n, features) from `analysis.signals.signals`, each of about unit size and 0 where nothing is known."""

    def column(name: str) -> Array:
        return _column(signs, name)

    def trend(now: str, before: str) -> Array:
        with np.errstate(invalid="ignore", divide="ignore"):
            return _trend_of(column(now) / column(before))

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
            _trend_of(contact_silence(signs) / SILENT_CONTACTS),
        ]
    )


def _column(signs: Signs, name: str) -> Array:
    return np.asarray(signs[name], dtype=float)


def _trend_of(ratio: Array) -> Array:
    """Its logarithm, 0 where it is not known."""
    with np.errstate(invalid="ignore", divide="ignore"):
        log: Array = np.log(ratio)
    return np.clip(np.nan_to_num(log, nan=0.0, posinf=0.0, neginf=0.0), -TREND_LIMIT, TREND_LIMIT)


def contact_silence(signs: Signs) -> Array:
    """Days without a visit, a call, a message, a cancellation or a complaint, over the usual gap between two of those.

    NaN where the export keeps no contacts.
    """
    last_day = _column(signs, "last_day")
    today = last_day + _column(signs, "silence")
    latest = np.fmax(last_day, _column(signs, "contact_last_day"))
    contacts = _column(signs, "contacts")
    gaps = np.maximum(_column(signs, "visits") + contacts - 1, 1)
    usual = np.maximum((latest - _column(signs, "first_day")) / gaps, SHORTEST_GAP_DAYS)
    return np.asarray(np.maximum(today - latest, SHORTEST_GAP_DAYS) / usual)


def mean_gap(signs: Signs) -> Array:
    """Each client's own mean gap in days, at least one."""
    span = _column(signs, "last_day") - _column(signs, "first_day")
    gaps = np.maximum(_column(signs, "visits") - 1, 1)
    return np.asarray(np.maximum(span / gaps, SHORTEST_GAP_DAYS))


def own_gap(signs: Signs) -> Array:
    """Silence over the client's own mean gap."""
    return np.asarray(_column(signs, "silence") / mean_gap(signs))
