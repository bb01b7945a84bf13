"""Where each client stands: on time, due, late, gone... and what to do about it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.alarm import GONE_BELOW
from analysis.arrays import Array, Bools, Names
from analysis.reasons import ActionCode
from analysis.schema import State
from analysis.visits import Visits

#: An erratic client's interval begins so early that its start says nothing: due is three quarters of the usual gap.
DUE_FROM_SHARE = 0.75
NEW_BELOW_VISITS = 3  # two visits make one gap: too few to judge anyone by
#: Seasonal: this many visits over more than a year, in two years at least, within half of the year's months...
SEASONAL_VISITS, SEASONAL_SPAN_DAYS, SEASONAL_YEARS, SEASONAL_MONTHS = 4, 400, 2, 6
SEASONAL_SLACK_DAYS = 45  # ... and last season attended: silent for a year and this much at most
LEFT_SLACK_DAYS = 7  # a record of leaving is undone by a visit later than this
CALL_FROM_P = 0.4  # so likely to stay away that a written reminder is not enough
MONTHS, DAYS_A_YEAR = 12, 365


def states(
    seen: Visits,
    signs: pd.DataFrame,
    interval_low: Array,
    interval_days: Array,
    interval_high: Array,
    p_alive: Array,
    left: Array,
) -> Names:
    """State of each client. `left`: day (since 1970) the client's record says they left, NaN if it does not."""
    silence = signs["silence"].to_numpy(dtype=float)
    has_left = (left <= seen.today) & (signs["last_day"].to_numpy(dtype=float) <= left + LEFT_SLACK_DAYS)
    booked = ~np.isnat(seen.booked_for)
    gone = (p_alive < GONE_BELOW) | has_left
    young = (signs["visits"] < NEW_BELOW_VISITS).to_numpy()
    late = silence > interval_high
    is_due = silence >= np.maximum(interval_low, DUE_FROM_SHARE * interval_days)
    chosen: list[tuple[Bools, State]] = [
        (booked, "booked"),
        (has_left, "lapsed"),
        (is_due & seasonal(seen, signs), "seasonal"),
        (gone, "lapsed"),
        (young, "new"),
        (late, "late"),
        (is_due, "due"),
    ]
    return np.select([where for where, _ in chosen], [code for _, code in chosen], "on_time").astype(object)


def seasonal(seen: Visits, signs: pd.DataFrame) -> Bools:
    """Clients who came in the same months of earlier years only, and whose months are not now.

    Their months fit in half a year, in at least two years, the last season was attended, and today is outside it.
    """
    n = seen.clients
    client = seen.table["client"].to_numpy()
    date = seen.table["date"].to_numpy().astype("datetime64[M]").astype(np.int64)
    month, year = date % MONTHS, date // MONTHS
    present = np.zeros((n, MONTHS), dtype=bool)
    present[client, month] = True
    # The shortest arc of the year that holds all their months: a year less the longest run without any.
    twice = np.concatenate([present, present], axis=1)
    run = np.zeros(n, dtype=np.int64)
    longest = np.zeros(n, dtype=np.int64)
    for place in range(2 * MONTHS):
        run = np.where(twice[:, place], 0, run + 1)
        longest = np.maximum(longest, run)
    arc = MONTHS - np.minimum(longest, MONTHS)
    years = pd.Series(year).groupby(client).nunique().reindex(range(n)).to_numpy()
    now = np.datetime64(seen.as_of, "M").astype(np.int64) % MONTHS
    off_season = ~present[:, now] & ~present[:, (now + 1) % MONTHS]
    span = (signs["last_day"] - signs["first_day"]).to_numpy(dtype=float)
    return np.asarray(
        (signs["visits"] >= SEASONAL_VISITS).to_numpy()
        & (span >= SEASONAL_SPAN_DAYS)
        & (years >= SEASONAL_YEARS)
        & (arc <= SEASONAL_MONTHS)
        & off_season
        & (signs["silence"] <= DAYS_A_YEAR + SEASONAL_SLACK_DAYS).to_numpy()
    )


def actions(clients: pd.DataFrame, signs: pd.DataFrame) -> Names:
    """What to do about each client, one ActionCode each: the relation's trouble before its lateness."""
    state = clients["state"]
    flagged = clients["flagged"].to_numpy(dtype=bool)
    trouble = ((signs["problems_open"] > 0) | (signs["problems_bad"] > 0)).to_numpy()
    chosen: list[tuple[Bools, ActionCode]] = [
        (trouble & (flagged | (state == "lapsed").to_numpy()), "solve_problem"),
        (flagged & (signs["unpaid"] > 0).to_numpy(), "settle_payment"),
        (flagged & signs["staff_left_day"].notna().to_numpy(), "introduce_staff"),
        (flagged & (clients["p_no_visit"] >= CALL_FROM_P).to_numpy(), "call_now"),
        (flagged, "message"),
        ((state == "lapsed").to_numpy(), "win_back"),
        ((state == "new").to_numpy(), "second_visit"),
    ]
    return np.select([where for where, _ in chosen], [code for _, code in chosen], "wait").astype(object)
