"""Whom to write to at year end: everyone, one by one, above all those with whom there was a quarrel.

"Write to all your clients one by one, above all those you fought with." The order is fixed: first who hates us or had
a problem unsolved within the last year (still open before badly solved before none known), then who has been ignored,
then who loves us; within each, those who spent most in the last year first (who came most often, where there are no
amounts). Who asked not to be contacted stays in the list, marked, and gets no letter.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Literal, get_args

import pandas as pd

from analysis.consent import refused
from analysis.notebook.entries import Letter, Notebook
from analysis.portfolio import Portfolio
from analysis.practices.letters.hooks import candidates, choose
from analysis.practices.once import once_for

Group = Literal["quarrel", "ignored", "loved"]
GROUPS: tuple[Group, ...] = get_args(Group)

#: What went wrong and is known: the letter may own up to it.
Trouble = Literal["open", "badly_solved", ""]
_TROUBLES: tuple[Trouble, ...] = ("open", "badly_solved", "")

Status = Literal["to_do", "ready", "sent", "refused"]
STATUSES: tuple[Status, ...] = get_args(Status)

#: What a letter of one's own takes, with looking up who it is.
USUAL_MINUTES = 5.0
_UNSOLVED_DAYS = 365

#: One row per letter, in the order to write them.
LETTERS = (
    "client_id",
    "client_name",
    "phone",
    "email",
    "consent",
    "refused",
    "group",
    "trouble",
    "trouble_on",  # the day it was opened; NaT without one
    "hook",
    "variant",
    "hook_date",
    "hook_n",
    "hook_text",
)


@dataclass(frozen=True)
class Campaign:
    """`letters`: LETTERS. `unnamed`: how many more came and have no name to write to."""

    letters: pd.DataFrame
    unnamed: int


@once_for(
    *("as_of", "has_amounts", "has_names", "clients", "visits"),
    *("records.problems", "records.referrals", "records.services"),
)
def campaign(portfolio: Portfolio, months: int) -> Campaign:
    """A letter for every client with a name who came within the last `months` months."""
    clients = portfolio.clients
    since = pd.Timestamp(portfolio.as_of) - pd.DateOffset(months=months)
    came = clients.loc[clients["last_visit"] >= since]
    named = came.loc[_has_a_name(portfolio, came)]
    rows = named[["client_id", "client_name", "phone", "email", "consent"]].assign(refused=refused(named))
    rows = rows.join(_troubles(portfolio), on="client_id")
    rows["trouble"] = rows["trouble"].astype(object).fillna("")
    quarrel = (named["band"] == "hated") | (rows["trouble"] != "")
    rows["group"] = named["band"].astype(object).where(~quarrel, "quarrel")
    spent = named["revenue_12m"] if portfolio.has_amounts else named["visits_12m"]
    rows = rows.assign(
        first=rows["group"].map({group: place for place, group in enumerate(GROUPS)}),
        worst=rows["trouble"].map({trouble: place for place, trouble in enumerate(_TROUBLES)}),
        spent=-spent.fillna(0.0),
    )
    rows = rows.sort_values(["first", "worst", "spent", "client_id"], kind="stable", ignore_index=True)
    found = candidates(portfolio)
    troubled = rows.loc[rows["trouble"] != "", "client_id"]
    found["problem_solved"] = found["problem_solved"].drop(troubled, errors="ignore")
    hooks = choose(found, rows["client_id"], (rows["group"] == "quarrel").to_numpy())
    return Campaign(pd.concat([rows, hooks], axis=1)[list(LETTERS)], len(came) - len(named))


def status_of(letter: Letter | None, *, refuses: bool) -> Status:
    """How far a letter has come."""
    if letter is not None and letter.sent is not None:
        return "sent"
    if refuses:
        return "refused"
    return "ready" if letter is not None and letter.ready else "to_do"


def statuses(letters: pd.DataFrame, notebook: Notebook) -> pd.Series:
    """The same for all of `letters` (LETTERS), by their index."""
    told = [
        status_of(notebook.letters.get(client_id), refuses=refuses)
        for client_id, refuses in zip(letters["client_id"], letters["refused"], strict=True)
    ]
    return pd.Series(told, index=letters.index, dtype="object")


@dataclass(frozen=True)
class Progress:
    """How far the letters have come, and what is left of the year for them.

    `days`: from today to `ends`, 31 December of the year of the data, both counted. `a_day` is what the rest
    asks for, `pace` how many were sent on each day on which any was, `done_on` when the rest is done at that pace; None
    without any sent.
    """

    to_do: int
    ready: int
    sent: int
    minutes_left: float
    days: int
    ends: dt.date
    a_day: int
    pace: float | None
    done_on: dt.date | None

    @property
    def letters(self) -> int:
        return self.to_do + self.ready + self.sent

    @property
    def in_time(self) -> bool:
        """Whether the rest is done by the year's end at the owner's own pace."""
        return self.done_on is not None and self.done_on <= self.ends


def progress(
    letters: pd.DataFrame, notebook: Notebook, *, as_of: dt.date, today: dt.date, minutes: float
) -> Progress:
    """`letters`: LETTERS. `minutes` that one letter takes, from an empty blank to sent.

    A calendar that has gone past the year of the data, or stands before it, tells nothing of it: then the days count
    from the last day of the data.
    """
    told = statuses(letters, notebook).value_counts()
    to_do, ready, sent = (int(told.get(status, 0)) for status in ("to_do", "ready", "sent"))
    ends = dt.date(as_of.year, 12, 31)
    begins = today if as_of <= today <= ends else as_of
    days = (ends - begins).days + 1
    ours = set(letters["client_id"])
    sent_on = [one.sent for client_id, one in notebook.letters.items() if one.sent and client_id in ours]
    pace = len(sent_on) / len(set(sent_on)) if sent_on else None
    left = to_do + ready
    return Progress(
        to_do=to_do,
        ready=ready,
        sent=sent,
        minutes_left=to_do * minutes,
        days=days,
        ends=ends,
        a_day=math.ceil(left / days),
        pace=pace,
        done_on=begins + dt.timedelta(days=math.ceil(left / pace) - 1) if pace and left else None,
    )


def _has_a_name(portfolio: Portfolio, clients: pd.DataFrame) -> pd.Series:
    """A name of figures is a code that stands where names should; so is the client's own id."""
    names = clients["client_name"].fillna("").astype(str).str.strip()
    told = (names != "") & ~names.str.isdecimal()
    return told & portfolio.has_names


def _troubles(portfolio: Portfolio) -> pd.DataFrame:
    """By client, the worst that was unsolved within the last year, and when it was opened: `trouble`, `trouble_on`."""
    problems = portfolio.records.problems
    a_year_ago = pd.Timestamp(portfolio.as_of) - pd.Timedelta(days=_UNSOLVED_DAYS)
    ended = problems["closed"].fillna(problems["opened"])
    badly = (problems["state"] == "badly_solved") & (ended >= a_year_ago)
    unsolved = problems.loc[(problems["state"] == "open") | badly]
    place = unsolved["state"].map({trouble: place for place, trouble in enumerate(_TROUBLES)})
    worst = unsolved.assign(place=place).sort_values(
        ["place", "opened"], ascending=[True, False], kind="stable"
    )
    one = worst.drop_duplicates("client_id").set_index("client_id")
    return one[["state", "opened"]].rename(columns={"state": "trouble", "opened": "trouble_on"})
