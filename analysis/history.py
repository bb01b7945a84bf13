"""The business over time, rebuilt from the dates: month by month until today, and week by week from here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import alarm, rhythm, schema
from analysis.affection import affection
from analysis.affection_weights import Weights
from analysis.arrays import Array, Ints
from analysis.client_rhythm import ClientRhythms
from analysis.early_signals import Choice, Past, facts_of
from analysis.events import Events
from analysis.intervals import Z
from analysis.signals import signals
from analysis.visits import Visits, days_since_epoch

HISTORY_MONTHS = 12
MOVEMENT_MONTHS = 6


def month_ends(as_of: dt.date, count: int) -> list[dt.date]:
    """`count` dates a month apart that end at `as_of`: the same day of earlier months, or their last one."""
    ends = [(pd.Timestamp(as_of) - pd.DateOffset(months=back)).date() for back in range(count - 1, -1, -1)]
    is_month_end = (pd.Timestamp(as_of) + pd.Timedelta(days=1)).day == 1
    return [(pd.Timestamp(end) + pd.offsets.MonthEnd(0)).date() for end in ends] if is_month_end else ends


@dataclass(frozen=True)
class Months:
    """`schema.HISTORY` for the last twelve months, and `schema.MOVEMENT` for the last seven month ends."""

    history: pd.DataFrame
    movement: pd.DataFrame


def month_by_month(
    seen: Visits,
    happened: Events,
    fitted: ClientRhythms,
    late_after: Array,
    value: Array,
    past: Past,
    choice: Choice,
    typical: float,
    weights: Weights,
) -> Months:
    """The business as it was at every month end; money is NaN where the export has no amounts.

    Where a client stood on a past day is told by their silence and their signs of that day, and by what is known today
    of their rhythm and of what signs foretell: every month is measured alike. `late_after`: the silence after which
    each client is late; `value`: what a year of each is worth; `typical`: the usual share of active clients who do not
    return; `weights`: the points of affection. Bookings and records of leaving are known of today only: whoever has the
    table of today puts its figures in the last row.
    """
    ends = month_ends(seen.as_of, HISTORY_MONTHS + 1)
    days = np.array([days_since_epoch(end) for end in ends])
    stops = np.stack([seen.rows_until(int(day)) for day in days[1:]], axis=1)
    visits = stops - seen.first_row[:, None]
    day = seen.table["day"].to_numpy()
    silence = np.where(visits > 0, days[1:] - day[np.maximum(stops - 1, 0)], 0)
    p_alive, p_no_visit = np.ones(visits.shape), np.zeros(visits.shape)
    who = np.flatnonzero(visits[:, -1] >= alarm.ACTIVE_VISITS)
    p_alive[who], p_no_visit[who] = rhythm.alive_and_away(
        fitted.known.take(who), silence[who], fitted.priors, fitted.group[who], past.horizon_days
    )
    moves: list[pd.DataFrame] = []
    r = fitted.rhythms
    for month, end in enumerate(ends[1:]):
        signs = signals(seen, happened, int(days[month + 1]), r.interval_high, r.interval_low)
        known = facts_of(signs, p_no_visit[:, month], past)
        p_no_visit[known.client, month] = choice.p_no_visit(known, seen.today)
        if month >= HISTORY_MONTHS - MOVEMENT_MONTHS - 1:
            moves.append(_felt(seen, end, signs, r.interval_high, r.gone_after_days, weights))
    flagged = alarm.flagged(
        visits, silence, late_after[:, None], p_alive, p_no_visit, past.horizon_days, typical
    )
    judged = (visits >= alarm.ACTIVE_VISITS) & (p_alive >= alarm.GONE_BELOW)
    late = judged & (silence > late_after[:, None])
    stake = alarm.value_at_stake(value[:, None], p_no_visit, p_alive) * flagged
    with np.errstate(invalid="ignore"):
        on_time = 1 - late.sum(axis=0) / judged.sum(axis=0)
    history = pd.DataFrame(
        {
            "month_end": pd.to_datetime(ends[1:]).as_unit("s"),
            "active_clients": alarm.active(visits, silence, past.horizon_days).sum(axis=0),
            "late_clients": late.sum(axis=0),
            "on_time_share": on_time,
            "value_at_stake": stake.sum(axis=0),
            **_brought(seen, days),
        }
    )[list(schema.HISTORY)]
    return Months(history, pd.concat(moves, ignore_index=True))


def _brought(seen: Visits, days: Ints) -> dict[str, Array | Ints | float]:
    """Visits and revenue between each two of the `days`."""
    amount = seen.table["amount"]
    # Month i goes from after the (i-1)-th end up to the i-th.
    month = np.searchsorted(days, seen.table["day"].to_numpy())
    revenue = np.bincount(month, weights=np.nan_to_num(amount.to_numpy()), minlength=len(days))[1:]
    return {
        "visits": np.bincount(month, minlength=len(days))[1:],
        "revenue": revenue if amount.notna().any() else np.nan,
    }


def _felt(
    seen: Visits, end: dt.date, signs: pd.DataFrame, late_after: Array, gone_after: Array, weights: Weights
) -> pd.DataFrame:
    """`schema.MOVEMENT` of one month end: affection and band of every client there was by then."""
    scores = affection(signs, late_after, gone_after, weights).scores
    there = (signs["visits"] > 0).to_numpy()
    return pd.DataFrame(
        {
            "client_id": seen.client_id[there],
            "month_end": pd.Timestamp(end),
            "affection": scores["affection"].to_numpy()[there],
            "band": scores["band"].to_numpy()[there],
        }
    )


def expected_weeks(as_of: dt.date, weekly_visits: Array, ticket: Array) -> pd.DataFrame:
    """`schema.EXPECTED`: visits and revenue to expect in each coming week (the week's first day).

    The interval is that of a sum of independent clients, each of whom comes about once or not at all in a week.
    """
    visits = weekly_visits.sum(axis=0)
    spread = Z * np.sqrt(visits)
    revenue = np.nan_to_num(ticket) @ weekly_visits
    weeks = pd.Timestamp(as_of) + pd.to_timedelta(1 + 7 * np.arange(weekly_visits.shape[1]), unit="D")
    return pd.DataFrame(
        {
            "week": weeks,
            "visits": visits,
            "visits_low": np.maximum(0, visits - spread),
            "visits_high": visits + spread,
            "revenue": np.where(np.isnan(ticket).all(), np.nan, revenue),
        }
    )[list(schema.EXPECTED)]
