"""Where each client stands: on time, due, late, gone... and what to do about it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.alarm import GONE_BELOW
from analysis.arrays import Array, Bools, Names
from analysis.calendar.year_habits import YearHabits
from analysis.reasons import ActionCode
from analysis.schema import State
from analysis.visits import Visits

NEW_BELOW_VISITS = 3  # two visits make one gap: too few to judge anyone by
LEFT_SLACK_DAYS = 7  # a record of leaving is undone by a visit later than this
CALL_FROM_P = 0.4  # so likely to stay away that a written reminder is not enough


def states(
    seen: Visits,
    signs: pd.DataFrame,
    due_after: Array,
    late_after: Array,
    p_alive: Array,
    left: Array,
    habits: YearHabits,
) -> Names:
    """State of each client: due after a silence of so many days, late after another.

    `left`: day (since 1970) the client's record says they left, NaN if it does not.
    """
    silence = signs["silence"].to_numpy(dtype=float)
    has_left = (left <= seen.today) & (signs["last_day"].to_numpy(dtype=float) <= left + LEFT_SLACK_DAYS)
    booked = ~np.isnat(seen.booked_for)
    gone = (p_alive < GONE_BELOW) | has_left
    # Two visits a year apart are a yearly client's, who is known by them.
    young = (signs["visits"] < NEW_BELOW_VISITS).to_numpy() & ~habits.yearly
    late = silence > late_after
    is_due = silence >= due_after
    off_season = habits.seasonal & habits.waits & ~is_due
    chosen: list[tuple[Bools, State]] = [
        (booked, "booked"),
        (has_left, "lapsed"),
        (off_season, "seasonal"),
        (gone, "lapsed"),
        (young, "new"),
        (late, "late"),
        (is_due, "due"),
    ]
    return np.select([where for where, _ in chosen], [code for _, code in chosen], "on_time").astype(object)


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
