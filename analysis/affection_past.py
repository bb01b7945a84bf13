"""What affection foretold on the owner's own past: the score as it was known on a day, and what came in the horizon.

Nothing of a day comes from after it: the signs are those of that day, and so are the limits of early, late and gone,
by the shop's rhythms as learned up to then (`early_signals.Past` keeps them).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis import alarm, returns, rhythm, schema
from analysis.affection import affection
from analysis.affection_weights import Weights
from analysis.arrays import Array, Ints
from analysis.early_signals import Past
from analysis.early_signals.past import Model
from analysis.events import Events
from analysis.signals import felt_columns
from analysis.visits import EPOCH, Visits

#: Days looked back to, a horizon apart: no visit answers twice, and a year of them knows every season.
MOST_DAYS = 4
#: Of a big shop a sample of its clients, always the same: more change no figure that is shown, they only cost time.
WATCHED_CLIENTS = 500


@dataclass(frozen=True)
class AffectionPast:
    """Does the score say anything of the future? `why` says why that cannot be told (a code, "" if it can).

    windows: schema.AFFECTION_WINDOWS, a row per client and day. by_half_point, by_band: what came of each class
    (`returns.by_half_point`, `returns.by_band`). come_back, stay: how far affection tells who returns, of all clients
    and of those who were still coming; spend: how far those with more affection spend more, NaN without amounts.
    """

    why: str
    days: tuple[dt.date, ...]
    windows: pd.DataFrame
    by_half_point: pd.DataFrame
    by_band: pd.DataFrame
    come_back: returns.Tells
    stay: returns.Tells
    spend: returns.Tells


def affection_past(seen: Visits, happened: Events, past: Past, weights: Weights) -> AffectionPast:
    """The score of every client there was on each of the days whose horizon has closed, and what they did then."""
    days = _days(past)
    if past.why or not days:
        return _untold(past.why or "too_short")
    watched = _watched(seen)
    seen = replace(seen, streams=seen.streams.head(0))  # affection reads none, and they are long
    if len(watched) < seen.clients:
        happened, seen = happened.only(seen.renumbered(watched)), seen.only(watched)
    windows = _windows(seen, happened, past, days, weights)
    classes = returns.by_half_point(windows)
    one_outcome = windows["returned"].all() or not windows["returned"].any()
    why = "too_few_clients" if len(classes) <= 1 else "one_outcome" if one_outcome else ""
    return AffectionPast(
        why,
        tuple(EPOCH + dt.timedelta(days=day) for day in days),
        windows,
        classes,
        returns.by_band(windows),
        returns.tells_who_returns(windows),
        returns.tells_who_returns(windows[windows["active"]]),
        returns.tells_who_spends(windows),
    )


def _untold(why: str) -> AffectionPast:
    windows = schema.empty_frame(schema.AFFECTION_WINDOWS).astype({"active": bool, "returned": bool})
    nothing = returns.Tells()
    return AffectionPast(
        why, (), windows, returns.by_half_point(windows), returns.by_band(windows), nothing, nothing, nothing
    )


def _days(past: Past) -> list[int]:
    """The days, oldest first, each with a closed horizon after it and a model of the rhythms known on it."""
    back = (past.today - times * past.horizon_days for times in range(MOST_DAYS, 0, -1))
    return [day for day in back if past.model_of(day)]


def _watched(seen: Visits) -> Ints:
    """All clients, or a sample spread evenly over all kinds of history."""
    if seen.clients <= WATCHED_CLIENTS:
        return np.arange(seen.clients)
    day, end = seen.table["day"].to_numpy(), seen.rows_until(seen.today)
    order = np.lexsort((end - seen.first_row, day[end - 1], day[seen.first_row]))
    return np.sort(order[np.linspace(0, seen.clients - 1, WATCHED_CLIENTS).astype(np.int64)])


def _windows(seen: Visits, happened: Events, past: Past, days: list[int], weights: Weights) -> pd.DataFrame:
    """`schema.AFFECTION_WINDOWS`: on each day those who had come by then."""
    parts = [
        _look(seen, happened, past, model, day, weights) for day in days if (model := past.model_of(day))
    ]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    client = columns["client_id"].astype(np.int64)
    day = columns["day"].astype("datetime64[D]").astype("datetime64[s]")
    table = pd.DataFrame({**columns, "client_id": seen.client_id[client], "day": day})
    return table[list(schema.AFFECTION_WINDOWS)]


def _look(
    seen: Visits, happened: Events, past: Past, model: Model, day: int, weights: Weights
) -> dict[str, npt.NDArray[Any]]:
    """The columns of one day, with clients and days as numbers."""
    known = rhythm.histories(seen.table["client"].to_numpy(), seen.table["day"].to_numpy(), day, seen.clients)
    limits = rhythm.limits(known, model.prior)
    signs = felt_columns(seen, happened, day, limits.late, limits.early)
    scores = affection(signs, limits.late, limits.gone, weights).scores
    start, stop = seen.rows_until(day), seen.rows_until(day + past.horizon_days)
    visits = np.asarray(signs["visits"], dtype=np.int64)
    there = np.flatnonzero(visits > 0)
    silence = np.asarray(signs["silence"], dtype=np.float64)[there]
    return {
        "client_id": there,
        "day": np.full(len(there), day),
        "affection": scores["affection"].to_numpy()[there],
        "band": scores["band"].to_numpy(dtype=object)[there],
        "active": alarm.active(visits[there], silence, past.horizon_days),
        "returned": (stop > start)[there],
        "spend": _spend(seen, start, stop)[there],
    }


def _spend(seen: Visits, start: Ints, stop: Ints) -> Array:
    """Money of the visits of each client between two rows; NaN for all where the export has no amounts."""
    amount = seen.table["amount"].to_numpy()
    if np.isnan(amount).all():
        return np.full(seen.clients, np.nan)
    total = np.append(0.0, np.cumsum(np.nan_to_num(amount)))
    return np.asarray(total[stop] - total[start])
