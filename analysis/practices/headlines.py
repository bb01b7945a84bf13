"""The day in five lines: what changed in a month and what there is to do now, each with the page that has the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Literal

import pandas as pd

from analysis import findings, tallies
from analysis.portfolio import Portfolio
from analysis.practices.calling.today import day, due_list
from analysis.practices.dates.agenda import agenda
from analysis.practices.needs import missing
from analysis.practices.offers.payments import owed
from analysis.practices.problems.open_problems import standing
from analysis.practices.red_line.cases import AT_ONCE, red_line
from analysis.practices.team.hand_over import hand_over

Code = Literal[
    "moved",  # up, down: clients between bands; since, until: the month ends they are counted between
    "month",  # active, active_change, late, late_change: clients, against a month ago
    "newcomers",  # n: first visits in the last month
    "red_line",  # n cases, as many as an owner can take in hand, and the first one's name
    "calls",  # n, minutes, money (None without amounts)
    "problems",  # n open, unowned
    "payments",  # n clients with something overdue, money (None where bills have no amounts)
    "hand_over",  # n clients who have not come since their seller left, and the seller
    "birthdays",  # n in the coming week
    "due",  # n clients whose usual day falls in the coming week
]

LINES, OF_THE_PAST = 5, 2
WEEK, MONTH = 7, 30


@dataclass(frozen=True)
class Headline:
    """One line: what it says, with its values, and the page it leads to."""

    code: Code
    page: str
    values: Mapping[str, object] = field(default_factory=dict)


def headlines(portfolio: Portfolio, today: dt.date) -> tuple[Headline, ...]:
    """Up to five lines: at most two of what changed since last month, then what to do, the most urgent first.

    A line with nothing to tell is left out, and the next one moves up. `today` is the day on which what was put off in
    the notebook is looked at again.
    """
    changed = list(islice(_changed(portfolio), OF_THE_PAST))
    to_do = islice(_to_do(portfolio, today), LINES - len(changed))
    return tuple(chain(changed, to_do))


def _changed(portfolio: Portfolio) -> Iterator[Headline]:
    dates = tallies.movement_dates(portfolio.movement, 1)
    if dates is not None:
        moved = findings.moves(tallies.band_moves(portfolio.movement, *dates))
        if moved.code != "still":
            since, until = (end.date() for end in dates)
            values = {"up": moved.up, "down": moved.down, "since": since, "until": until}
            yield Headline("moved", "movement", values)
    history = portfolio.history
    if len(history) > 1:
        before, now = history.iloc[-2], history.iloc[-1]
        active, late = int(now["active_clients"]), int(now["late_clients"])
        active_change = active - int(before["active_clients"])
        late_change = late - int(before["late_clients"])
        if active or late:
            yield Headline(
                "month",
                "late_revenue",
                {"active": active, "active_change": active_change, "late": late, "late_change": late_change},
            )
    since = pd.Timestamp(portfolio.as_of) - pd.Timedelta(days=MONTH)
    came = int((portfolio.clients["first_visit"] > since).sum())
    if came:
        yield Headline("newcomers", "growth", {"n": came})


def _to_do(portfolio: Portfolio, today: dt.date) -> Iterator[Headline]:
    """What there is to do, the most urgent first; each is worked out only where it is asked for."""
    cases = red_line(portfolio, today).cases
    if len(cases):
        first = cases.iloc[0]
        named = {"name": first["client_name"], "client_id": first["client_id"]}
        yield Headline("red_line", "red_line", {"n": min(len(cases), AT_ONCE), **named})
    calls = day(portfolio, due_list(portfolio, today), today)
    if len(calls.calls):
        values = {"n": len(calls.calls), "minutes": calls.minutes, "stake": calls.at_stake}
        yield Headline("calls", "today", values)
    open_now = standing(portfolio)
    if open_now.open:
        yield Headline("problems", "problems", {"n": open_now.open, "unowned": open_now.unowned})
    yield from _owed(portfolio)
    yield from _left_behind(portfolio)
    coming = agenda(portfolio, WEEK).dates["kind"].value_counts()
    if coming.get("birthday", 0):
        yield Headline("birthdays", "dates", {"n": int(coming["birthday"])})
    if coming.get("due", 0):
        yield Headline("due", "dates", {"n": int(coming["due"])})


def _owed(portfolio: Portfolio) -> Iterator[Headline]:
    if missing(portfolio, 31):
        return
    now = owed(portfolio)
    if now.overdue_clients:
        values = {"n": now.overdue_clients, "money": now.overdue_money or None}
        yield Headline("payments", "offers", values)


def _left_behind(portfolio: Portfolio) -> Iterator[Headline]:
    if missing(portfolio, 16):
        return
    theirs = hand_over(portfolio)
    waiting = theirs[theirs["standing"].isin(["missing", "without_service"])]
    if len(waiting):
        seller = waiting["former"].value_counts().index[0]
        yield Headline("hand_over", "hand_over", {"n": len(waiting), "seller": seller})
