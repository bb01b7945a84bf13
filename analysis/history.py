"""The business over time, rebuilt from the dates: month by month until today, and week by week from here."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis import alarm, schema
from analysis.affection import affection
from analysis.arrays import Array, Ints
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
    late_after: Array,
    gone_after: Array,
    horizon_days: int,
    stake: Callable[[Ints, Ints], Array],
) -> pd.DataFrame:
    """`schema.HISTORY` for the last twelve months.

    A client's lateness on a past date is their silence that day against the rhythm known today.
    `stake(clients, silence)` is the money at stake of some clients after such silences.
    """
    table = seen.table
    day = table["day"].to_numpy()
    amount = np.nan_to_num(table["amount"].to_numpy(dtype=float))
    rows = []
    ends = month_ends(seen.as_of, HISTORY_MONTHS + 1)
    for before, end in itertools.pairwise(ends):
        today = days_since_epoch(end)
        stop = seen.rows_until(today)
        visits = stop - seen.first_row
        silence = np.where(visits > 0, today - day[np.maximum(stop - 1, 0)], np.iinfo(np.int64).max)
        # The state's own limits: late once past the usual, gone once P(alive) is under one half.
        rhythm = (visits >= alarm.ACTIVE_VISITS) & (silence <= gone_after)
        late = rhythm & (silence > late_after)
        who = np.flatnonzero(late)
        month = (day > days_since_epoch(before)) & (day <= today)
        rows.append(
            (
                pd.Timestamp(end),
                int(alarm.active(visits, silence.astype(float), horizon_days).sum()),
                int(late.sum()),
                float(1 - late.sum() / rhythm.sum()) if rhythm.any() else float("nan"),
                float(np.sum(stake(who, silence[who]))) if len(who) else 0.0,
                int(month.sum()),
                float(amount[month].sum()),
            )
        )
    return pd.DataFrame(rows, columns=list(schema.HISTORY))


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
