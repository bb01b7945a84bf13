"""The business over time, rebuilt from the dates: month by month until today, and week by week from here."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from analysis import alarm, rhythm, schema
from analysis.affection import affection
from analysis.arrays import Array
from analysis.client_rhythm import ClientRhythms
from analysis.events import Events
from analysis.signals import signals
from analysis.visits import Visits, days_since_epoch

HISTORY_MONTHS = 12
MOVEMENT_MONTHS = 6
Z_80 = 1.2816  # an 80% interval of a normal


def month_ends(as_of: dt.date, count: int) -> list[dt.date]:
    """`count` dates a month apart that end at `as_of`: the same day of earlier months, or their last one."""
    ends = [(pd.Timestamp(as_of) - pd.DateOffset(months=back)).date() for back in range(count - 1, -1, -1)]
    is_month_end = (pd.Timestamp(as_of) + pd.Timedelta(days=1)).day == 1
    return [(pd.Timestamp(end) + pd.offsets.MonthEnd(0)).date() for end in ends] if is_month_end else ends


def history(
    seen: Visits,
    fitted: ClientRhythms,
    late_after: Array,
    value: Array,
    horizon_days: int,
    typical: float,
) -> pd.DataFrame:
    """`schema.HISTORY` for the last twelve months; money is NaN where the export has no amounts.

    Where a client stood on a past day is told by their silence that day and the rhythm known today.
    `late_after`: the silence after which each client is late; `value`: what a year of each is worth; `typical`: the
    usual share of active clients who do not return. Bookings and records of leaving are known of today only: whoever
    has the table of today puts its figures in the last row.
    """
    day, amount = seen.table["day"].to_numpy(), seen.table["amount"]
    ends = month_ends(seen.as_of, HISTORY_MONTHS + 1)
    days = np.array([days_since_epoch(end) for end in ends])
    who = np.flatnonzero(seen.rows_until(seen.today) - seen.first_row >= alarm.ACTIVE_VISITS)
    stops = np.stack([seen.rows_until(int(end)) for end in days[1:]], axis=1)[who]
    visits = stops - seen.first_row[who, None]
    silence = np.where(visits > 0, days[1:] - day[np.maximum(stops - 1, 0)], 0)
    p_alive, p_no_visit = rhythm.alive_and_away(
        fitted.known.take(who), silence, fitted.priors, fitted.group[who], horizon_days
    )
    late_after = late_after[who, None]
    judged = (visits >= alarm.ACTIVE_VISITS) & (p_alive >= alarm.GONE_BELOW)
    late = judged & (silence > late_after)
    flagged = alarm.flagged(visits, silence, late_after, p_alive, p_no_visit, horizon_days, typical)
    stake = alarm.value_at_stake(value[who, None], p_no_visit, p_alive) * flagged
    month = np.searchsorted(days, day)  # month i: after the (i-1)-th end, up to the i-th
    with np.errstate(invalid="ignore"):
        on_time = 1 - late.sum(axis=0) / judged.sum(axis=0)
    money = amount.notna().any()
    revenue = np.bincount(month, weights=np.nan_to_num(amount.to_numpy()), minlength=len(days))[1:]
    return pd.DataFrame(
        {
            "month_end": pd.to_datetime(ends[1:]).as_unit("s"),
            "active_clients": alarm.active(visits, silence, horizon_days).sum(axis=0),
            "late_clients": late.sum(axis=0),
            "on_time_share": on_time,
            "value_at_stake": stake.sum(axis=0),
            "visits": np.bincount(month, minlength=len(days))[1:],
            "revenue": revenue if money else np.nan,
        }
    )[list(schema.HISTORY)]


def movement(
    seen: Visits, happened: Events, late_after: Array, early_before: Array, gone_after: Array
) -> pd.DataFrame:
    """`schema.MOVEMENT`: affection and band of every client at the last month ends, from what was known then."""
    frames = []
    for end in month_ends(seen.as_of, MOVEMENT_MONTHS + 1):
        signs = signals(seen, happened, days_since_epoch(end), late_after, early_before)
        scores = affection(signs, late_after, gone_after).scores
        there = (signs["visits"] > 0).to_numpy()
        frames.append(
            pd.DataFrame(
                {
                    "client_id": seen.client_id[there],
                    "month_end": pd.Timestamp(end),
                    "affection": scores["affection"].to_numpy()[there],
                    "band": scores["band"].to_numpy()[there],
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def expected_weeks(as_of: dt.date, weekly_visits: Array, ticket: Array) -> pd.DataFrame:
    """`schema.EXPECTED`: visits and revenue to expect in each coming week (the week's first day).

    The interval is that of a sum of independent clients, each of whom comes about once or not at all in a week.
    """
    visits = weekly_visits.sum(axis=0)
    spread = Z_80 * np.sqrt(visits)
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
