"""What the results know of a client beside their own row, for a message to them: few facts, all theirs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from analysis.portfolio import Portfolio
from analysis.usage import DAYS_A_MONTH, about

#: A seller without a line for so long may have left: nobody is promised to a client then.
_STILL_HERE_DAYS = 45
#: A service they have not had for more than so many of its gaps is one they gave up.
_GIVEN_UP_GAPS = 2.5
#: Visits for a service from which its rhythm is their own.
_RHYTHM_VISITS = 3
#: A problem put right longer ago is better not stirred.
_SOLVED_WITHIN_DAYS = 270


@dataclass(frozen=True)
class Beside:
    """`service` and `subject`: what they are due for, last had on `last_visit`, every `usual_days` (None: not known).

    `staff`: who usually sees to them and is still there, `gone`: and is not; `solved`: when a problem of theirs was
    last put right; `problem`: since when one waits to be;
    `per_month` and `unit`: what they usually drive, where that makes the service due; None where it does not.
    """

    service: str
    subject: str
    last_visit: dt.date
    usual_days: float | None
    staff: str = ""
    gone: str = ""
    problem: dt.date | None = None
    solved: dt.date | None = None
    per_month: float | None = None
    unit: str = ""


def sellers_here(portfolio: Portfolio) -> frozenset[str]:
    """Sellers with a line in the last weeks."""
    since = pd.Timestamp(portfolio.as_of) - pd.Timedelta(days=_STILL_HERE_DAYS)
    recent = portfolio.visits.loc[portfolio.visits["date"] >= since, "staff"]
    return frozenset(recent.unique()) - {""}


def facts_beside(portfolio: Portfolio, client: pd.Series, here: frozenset[str]) -> Beside:
    """Of a row of `portfolio.clients`; `here` are `sellers_here`."""
    service, subject, last_visit, usual_days = _due_for(portfolio, client)
    per_month = _per_month(portfolio, str(client["client_id"]), service, subject)
    problems = portfolio.records.problems
    theirs = problems.loc[problems["client_id"] == client["client_id"]].sort_values("opened", kind="stable")
    return Beside(
        service=service,
        subject=subject,
        last_visit=last_visit,
        usual_days=usual_days,
        staff=client["staff"] if client["staff"] in here else "",
        gone="" if client["staff"] in here else client["staff"],
        problem=_waiting(theirs),
        solved=_last_solved(theirs, portfolio.as_of),
        per_month=per_month,
        unit="" if per_month is None else portfolio.usage.unit,
    )


def _due_for(portfolio: Portfolio, client: pd.Series) -> tuple[str, str, dt.date, float | None]:
    """Service, subject, when they last had it and how often they do.

    Of the services they keep to, the one longest due by its own gap; without one, what they had on their last visit.
    """
    streams = portfolio.streams
    theirs = streams.loc[(streams["client_id"] == client["client_id"]) & (streams["visits"] > 1)]
    waited = (pd.Timestamp(portfolio.as_of) - theirs["last_visit"]).dt.days / theirs["interval_days"]
    kept = waited[waited <= _GIVEN_UP_GAPS]
    if len(kept) and client["state"] != "new":
        row = theirs.loc[kept.idxmax()]
        days = float(row["interval_days"]) if row["visits"] >= _RHYTHM_VISITS else None
        return row["service"], row["subject"], row["last_visit"].date(), days
    days = float(client["interval_days"]) if client["interval_source"] == "own" else None
    service, subject = _had(portfolio, client)
    return service, subject, client["last_visit"].date(), days


def _had(portfolio: Portfolio, client: pd.Series) -> tuple[str, str]:
    """What they had on their last visit, where it was one thing."""
    rows = portfolio.records.services
    had = rows.loc[(rows["client_id"] == client["client_id"]) & (rows["date"] == client["last_visit"])]
    subjects = set(had["subject"])
    subject = subjects.pop() if len(subjects) == 1 else ""
    return (str(had["service"].iloc[0]) if len(had) == 1 else ""), subject


def _waiting(problems: pd.DataFrame) -> dt.date | None:
    """When the last problem came up that is open or was badly solved."""
    waiting = problems.loc[problems["state"] != "solved", "opened"]
    return waiting.iloc[-1].date() if len(waiting) else None


def _last_solved(problems: pd.DataFrame, as_of: dt.date) -> dt.date | None:
    """When the last problem was solved; nothing where another one is open or ended badly since."""
    if problems.empty or (problems["state"] == "open").any():
        return None
    last = problems.iloc[-1]
    if last["state"] != "solved" or pd.isna(last["closed"]):
        return None
    closed: dt.date = last["closed"].date()
    return closed if (as_of - closed).days <= _SOLVED_WITHIN_DAYS else None


def _per_month(portfolio: Portfolio, client_id: str, service: str, subject: str) -> float | None:
    used = portfolio.usage.clients
    rows = used.loc[
        (used["client_id"] == client_id)
        & (used["service"] == service)
        & (used["subject"] == subject)
        & (used["source"] == "own")
        & (used["decided_by"] == "meter")
    ]
    return about(float(rows["units_per_day"].iloc[0]) * DAYS_A_MONTH) if len(rows) else None
