"""Whom one person calls today: who is due or late, money first, as many as fit in the day, and why the others wait.

Every client stands in exactly one place: on the list, or left out for one reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.consent import refused
from analysis.notebook import Notebook, Outcome, OutcomeCode
from analysis.portfolio import Portfolio
from analysis.practices.calling.calls import money_first
from analysis.practices.calling.necessary import out_of_service
from analysis.practices.calling.reach import reach
from analysis.practices.needs import has
from analysis.practices.once import once_for

Place = Literal[
    "call",
    "unreachable",  # neither phone nor mail in the export
    "not_due",
    "booked",
    "seasonal",
    "paused",
    "gone",  # used to come, no longer: a matter of winning back
    "refused",  # asked not to be contacted
    "one_off",  # had nothing but services that are not repeated
    "snoozed",
    "done",  # reached or tried lately
    "farewell",  # told us that they moved or will not return
]
PLACES: tuple[Place, ...] = (
    *("call", "unreachable", "not_due", "booked", "seasonal", "paused"),
    *("gone", "refused", "one_off", "snoozed", "done", "farewell"),
)

#: Why somebody is on the list.
Why = Literal["late", "due", "signal", "second_visit"]

#: After an outcome a client is left in peace for so many days, unless they come; `snoozed` says its day itself, and
#: who moved or left is not asked again.
REST_DAYS: Mapping[OutcomeCode, int] = {
    "appointment": 30,
    "answered": 14,
    "no_answer": 1,
    "message_sent": 7,
    "slip": 14,
    "problem": 14,
    "price": 14,
}
_FAREWELL = ("moved", "left")

#: Names of what the owner sets, in `Notebook.choices`.
CALLS, MINUTES, PER_CALL, UNREACHABLE = (
    "today.calls",
    "today.minutes",
    "today.minutes_per_call",
    "today.unreachable",
)
USUAL_CALLS, USUAL_PER_CALL = 10, 5.0


@dataclass(frozen=True)
class DueList:
    """The list, and where everybody else stands.

    `calls`: rows of the clients with `why`, `way`, `can_call`, `can_chat`, `can_mail`, money first; `unreachable`: the
    same, of those the export knows no way to. `places`: the Place of every client, by client_id.
    """

    calls: pd.DataFrame
    unreachable: pd.DataFrame
    places: pd.Series

    def count(self, place: Place) -> int:
        return int((self.places == place).sum())


@dataclass(frozen=True)
class Budget:
    """What fits in a day: so many calls, or as many as so many minutes hold."""

    calls: int
    per_call: float
    by_minutes: bool

    @property
    def minutes(self) -> float:
        return self.calls * self.per_call


@dataclass(frozen=True)
class Day:
    """What is left of the day: `calls` (rows of `DueList.calls`), of `waiting` on the list, after `made` calls today.

    `minutes` for those left; `at_stake` is their money, None where the export has no amounts.
    """

    calls: pd.DataFrame
    waiting: int
    made: int
    minutes: float
    at_stake: float | None


def budget(notebook: Notebook) -> Budget:
    """What the owner set, in calls or in minutes, or the usual ten calls of five minutes."""
    per_call = max(notebook.choices.get(PER_CALL, USUAL_PER_CALL), 1.0)
    minutes = notebook.choices.get(MINUTES)
    if minutes is not None:
        return Budget(int(minutes // per_call), per_call, by_minutes=True)
    return Budget(int(notebook.choices.get(CALLS, USUAL_CALLS)), per_call, by_minutes=False)


@once_for(
    *("as_of", "known", "has_amounts", "clients", "visits", "services", "streams", "records.services"),
    *("notebook.choices", "notebook.outcomes"),
)
def due_list(portfolio: Portfolio, today: dt.date) -> DueList:
    """Who is due, late, shows early signals, or has come once and could be asked back; with everybody else's reason.

    States are those of `portfolio.as_of`; outcomes in the notebook count until `today`, for as long as the client has
    not come since.
    """
    state = portfolio.clients["state"]
    wanted = _wanted(portfolio.clients)
    # Who is due and shows no signs of leaving waits for nothing but a friendly word.
    quiet = (wanted != "") & (portfolio.clients["suggested_action"] == "wait")
    actions = portfolio.clients["suggested_action"].mask(quiet, "message")
    clients = portfolio.clients.assign(suggested_action=actions)
    said = _last_words(portfolio.notebook, clients, today)
    roads = reach(clients)
    no_way = (roads["way"] == "none") & _counts_reach(portfolio)
    tests: list[tuple[pd.Series, Place]] = [
        (state == "booked", "booked"),
        (state == "seasonal", "seasonal"),
        (state == "paused", "paused"),
        (state == "lapsed", "gone"),
        (wanted == "", "not_due"),
        (refused(clients), "refused"),
        (out_of_service(portfolio), "one_off"),
        (said == "farewell", "farewell"),
        (said == "snoozed", "snoozed"),
        (said == "done", "done"),
        (no_way, "unreachable"),
    ]
    place = np.select([test.to_numpy(dtype=bool) for test, _ in tests], [code for _, code in tests], "call")
    told = pd.concat([clients.assign(why=wanted), roads], axis=1)
    return DueList(
        calls=money_first(portfolio, told.loc[place == "call"]),
        unreachable=money_first(portfolio, told.loc[place == "unreachable"]),
        places=pd.Series(place, index=clients["client_id"].to_numpy(), dtype=object),
    )


def day(portfolio: Portfolio, due: DueList, today: dt.date) -> Day:
    """The calls that still fit today, after those made; who was put off took no call."""
    chosen = budget(portfolio.notebook)
    made = len({one.client_id for one in made_on(portfolio.notebook, today)})
    calls = due.calls.head(max(chosen.calls - made, 0))
    return Day(
        calls=calls,
        waiting=len(due.calls),
        made=made,
        minutes=len(calls) * chosen.per_call,
        at_stake=float(calls["value_at_stake"].sum()) if portfolio.has_amounts else None,
    )


def made_on(notebook: Notebook, today: dt.date) -> tuple[Outcome, ...]:
    """What came of the calls of a day, in the order noted."""
    return tuple(one for one in notebook.outcomes if one.on == today and one.code != "snoozed")


def _wanted(clients: pd.DataFrame) -> pd.Series:
    """Why each client is to be called, "" where there is nothing to call for yet."""
    state = clients["state"]
    flagged = clients["flagged"].astype(bool)
    time_to_ask = (state == "new") & (clients["recency_days"] >= clients["due_after_days"])
    why = np.select(
        [state == "late", flagged, state == "due", time_to_ask], ["late", "signal", "due", "second_visit"], ""
    )
    return pd.Series(why, index=clients.index, dtype=object)


def _counts_reach(portfolio: Portfolio) -> bool:
    """Whether those without phone and mail wait: not where the export has neither for anybody, or the owner says so."""
    asked = portfolio.notebook.choices.get(UNREACHABLE)
    if asked is not None:
        return not asked
    return has(portfolio, "clients.phone") or has(portfolio, "clients.email")


def _last_words(notebook: Notebook, clients: pd.DataFrame, today: dt.date) -> pd.Series:
    """What each client's last outcome since their last visit means today: farewell, snoozed, done, or "" (nothing)."""
    last = {one.client_id: one for one in sorted(notebook.outcomes, key=lambda one: one.on)}
    seen = clients.loc[clients["client_id"].isin(last.keys()), ["client_id", "last_visit"]]
    means = {
        client_id: _meaning(last[client_id], today)
        for client_id, visited in seen.itertuples(index=False)
        if last[client_id].on > visited.date()
    }
    return clients["client_id"].map(lambda client_id: means.get(client_id, ""))


def _meaning(said: Outcome, today: dt.date) -> str:
    if said.code in _FAREWELL:
        return "farewell"
    if said.code == "snoozed":
        return "snoozed" if said.until is not None and today < said.until else ""
    return "done" if today < said.on + dt.timedelta(days=REST_DAYS.get(said.code, 0)) else ""
