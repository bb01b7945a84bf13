"""Goals for the end of a year, and how far they have come: loved clients, mean affection, conflicts, clients moved up.

What a goal began with is kept beside it (`notebook.Goal`); the pace is the straight line from there to the target.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Literal, get_args

from analysis.notebook import Goal
from analysis.portfolio import Portfolio
from analysis.practices.affection.movement import movement

GoalName = Literal["loved_clients", "mean_affection", "hated_clients", "moved_up"]
GOALS: tuple[GoalName, ...] = get_args(GoalName)
#: Where fewer is better.
_AT_MOST = frozenset({"hated_clients"})
#: Scores are shown with one decimal: closer than half of it is on the line.
_SCORE_STEP = 0.05
_ROUNDING = 1e-9
_NEXT_YEAR_FROM = 7  # from July on one plans the next year

Standing = Literal["reached", "on_pace", "behind", "missed"]


@dataclass(frozen=True)
class Progress:
    """A goal today. `now` and `pace` in its own unit: where it is, and where the straight line would have it.

    way: the share of the way from start to target that is covered (below 0: further away than at the start);
    elapsed: the share of the time.
    """

    name: GoalName
    goal: Goal
    now: float
    pace: float
    way: float
    elapsed: float
    standing: Standing


def measured(portfolio: Portfolio, since: dt.date | None = None) -> dict[GoalName, float]:
    """What each goal is about, today; `moved_up`: clients who changed to a better band since that day, and came since.

    Whom time alone lifted, because an old complaint no longer counts, nobody has won back.
    """
    clients, up = portfolio.clients, 0
    if since and since < portfolio.as_of:
        moves = movement(portfolio, since, portfolio.as_of)
        up = moves.up - moves.forgotten
    return {
        "loved_clients": float(clients["band"].eq("loved").sum()),
        "mean_affection": round(float(clients["affection"].mean()), 2),
        "hated_clients": float(clients["band"].eq("hated").sum()),
        "moved_up": float(up),
    }


def year_ends(as_of: dt.date) -> tuple[dt.date, dt.date]:
    """The two days a goal may be set for, the usual one first."""
    ends = dt.date(as_of.year, 12, 31), dt.date(as_of.year + 1, 12, 31)
    return ends if as_of.month < _NEXT_YEAR_FROM else (ends[1], ends[0])


def new_goal(portfolio: Portfolio, name: GoalName, target: float, by: dt.date, before: Goal | None) -> Goal:
    """A goal set today; one for the same day that only changes its target keeps what it began with."""
    if before is not None and before.by == by:
        return Goal(target, by, before.start, before.on)
    return Goal(target, by, measured(portfolio)[name], portfolio.as_of)


def progress(portfolio: Portfolio) -> tuple[Progress, ...]:
    """How far the owner's goals have come, in the order of GOALS."""
    goals = portfolio.notebook.goals
    return tuple(_progress(portfolio, name, goals[name]) for name in GOALS if name in goals)


def _progress(portfolio: Portfolio, name: GoalName, goal: Goal) -> Progress:
    now = measured(portfolio, goal.on if name == "moved_up" else None)[name]
    days = max((goal.by - goal.on).days, 1)
    elapsed = min(max((portfolio.as_of - goal.on).days / days, 0.0), 1.0)
    pace = goal.start + (goal.target - goal.start) * elapsed
    return Progress(
        name, goal, now, pace, _way(goal, now), elapsed, _standing(portfolio, name, goal, now, pace)
    )


def _way(goal: Goal, now: float) -> float:
    span = goal.target - goal.start
    return (now - goal.start) / span if span else 1.0


def _standing(portfolio: Portfolio, name: GoalName, goal: Goal, now: float, pace: float) -> Standing:
    """A count is on pace where it is within one of the line: half a client cannot be won."""
    better = -1.0 if name in _AT_MOST else 1.0
    if better * (now - goal.target) >= -_ROUNDING:
        return "reached"
    if portfolio.as_of >= goal.by:
        return "missed"
    if name == "mean_affection":
        return "on_pace" if now >= pace - _SCORE_STEP else "behind"
    line = math.floor(pace + _ROUNDING) if better > 0 else math.ceil(pace - _ROUNDING)
    return "on_pace" if better * (now - line) >= 0 else "behind"
