"""What makes a case of the red line: a function a trigger, each with its weight (see `red_line`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from analysis.cases import Trigger, TriggerCode
from analysis.portfolio import Portfolio
from analysis.practices.offers.payments import payers

GOODBYE_DAYS, NOTICE_DAYS, RATING_DAYS = 60, 45, 30
#: Without a visit, a booking or an answered contact for so long, nothing is urgent any more.
OUT_OF_REACH_DAYS = 365
#: The clients who bring most: their lateness alone is a case.
TOP_SHARE = 0.2
#: What goes on by itself until somebody mends it; the others are over once the client was reached.
STANDING = frozenset({"problem", "payment", "top_late"})

_GOODBYE, _MOST = 0.9, 0.95
_NOTICES: Mapping[TriggerCode, float] = {"cancelled": 0.6, "no_show": 0.4}
_PROBLEM, _PROBLEM_OLD, _PROBLEM_OLD_DAYS, _UNOWNED, _BROKEN = 0.4, 0.8, 30, 0.1, 0.1
_UNPAID, _UNPAID_OLD, _UNPAID_OLD_DAYS = 0.3, 0.6, 60
_RATED_BEST, _RATED_WORST, _LOW_RATING = 0.3, 0.7, 6.0
_LATE, _VERY_LATE = 0.5, 0.7
_DAYS_A_YEAR = 365.25

_Rows = Iterable[tuple[str, Trigger]]


def triggers(portfolio: Portfolio) -> pd.DataFrame:
    """client_id and trigger: all there are today, of the clients of `portfolio.clients`."""
    found = [row for make in _MAKERS for row in make(portfolio)]
    rows = pd.DataFrame(found, columns=["client_id", "trigger"])
    return rows.loc[rows["client_id"].isin(portfolio.clients["client_id"])].reset_index(drop=True)


def yearly_worth(portfolio: Portfolio) -> pd.Series:
    """What each client brings in a year at their own rhythm: money, or visits where the export has no amounts."""
    clients = portfolio.clients
    return clients["annual_value"] if portfolio.has_amounts else _DAYS_A_YEAR / clients["interval_days"]


def _flags(portfolio: Portfolio) -> _Rows:
    for client_id, flag in portfolio.notebook.red_flags.items():
        yield client_id, Trigger("flag", flag.on, 1.0, {"why": flag.why, "promised": flag.promised})


def _goodbyes(portfolio: Portfolio) -> _Rows:
    last = portfolio.clients.set_index("client_id")["last_visit"]
    left = portfolio.records.left
    fresh = left.loc[
        (left >= _days_before(portfolio.as_of, GOODBYE_DAYS)) & (left >= last.reindex(left.index))
    ]
    for client_id, day in zip(fresh.index, fresh, strict=True):
        days = _days_ago(portfolio, day)
        yield str(client_id), Trigger("goodbye", day.date(), _GOODBYE, {"days": days})


def _notices(portfolio: Portfolio) -> _Rows:
    """The last cancellation or no-show after the last visit, of those with nothing booked since."""
    clients = portfolio.clients.set_index("client_id")
    rows = portfolio.records.appointments
    fresh = rows.loc[
        rows["status"].isin(_NOTICES) & (rows["date"] >= _days_before(portfolio.as_of, NOTICE_DAYS))
    ]
    fresh = fresh.loc[
        (fresh["date"] > fresh["client_id"].map(clients["last_visit"]))
        & fresh["client_id"].map(clients["booked_for"]).isna()
    ].drop_duplicates("client_id", keep="last")
    for client_id, day, status, service in _columns(fresh, "client_id", "date", "status", "service"):
        values = {"days": _days_ago(portfolio, day), "service": service}
        yield client_id, Trigger(status, day.date(), _NOTICES[status], values)


def _problems(portfolio: Portfolio) -> _Rows:
    """The oldest open problem of each client within reach, and how many there are."""
    rows = portfolio.records.problems
    opened = rows.loc[(rows["state"] == "open") & rows["client_id"].isin(_within_reach(portfolio))]
    count = opened["client_id"].value_counts()
    owned = opened.assign(owned=opened["staff"] != "").groupby("client_id")["owned"].all()
    broken = opened.assign(broken=opened["promised"] < pd.Timestamp(portfolio.as_of))
    broken_of = broken.groupby("client_id")["broken"].any()
    for client_id, day, kind, staff in _columns(
        opened.drop_duplicates("client_id"), "client_id", "opened", "kind", "staff"
    ):
        days = max(_days_ago(portfolio, day), 0)
        weight = _between(days / _PROBLEM_OLD_DAYS, _PROBLEM, _PROBLEM_OLD)
        weight += _UNOWNED * (not owned[client_id]) + _BROKEN * bool(broken_of[client_id])
        values = {
            "days": days,
            "count": int(count[client_id]),
            "kind": kind,
            "staff": staff if owned[client_id] else "",
            "broken": bool(broken_of[client_id]),
        }
        yield client_id, Trigger("problem", day.date(), min(weight, _MOST), values)


def _payments(portfolio: Portfolio) -> _Rows:
    """Those within reach who owe something."""
    people = payers(portfolio)
    owing = people.loc[(people["record"] == "owes") & people["client_id"].isin(_within_reach(portfolio))]
    names = ("client_id", "oldest_due", "days_overdue", "overdue_bills", "overdue_money", "first_late")
    for client_id, due, days, count, amount, first_late in _columns(owing, *names):
        weight = _between(days / _UNPAID_OLD_DAYS, _UNPAID, _UNPAID_OLD)
        values = {
            "days": int(days),
            "count": int(count),
            "amount": float(amount) or None,
            "first_late": bool(first_late),
        }
        yield client_id, Trigger("payment", due.date(), weight, values)


def _low_ratings(portfolio: Portfolio) -> _Rows:
    for client_id, reasons in _columns(portfolio.clients, "client_id", "reasons"):
        for reason in reasons:
            if reason.code == "low_rating":
                on, rating = reason.values["last"], float(reason.values["rating"])
                days = (portfolio.as_of - on).days
                if days <= RATING_DAYS:
                    weight = _between(rating / _LOW_RATING, _RATED_WORST, _RATED_BEST)
                    yield client_id, Trigger("low_rating", on, weight, {"rating": rating, "days": days})


def _top_late(portfolio: Portfolio) -> _Rows:
    clients = portfolio.clients
    worth = yearly_worth(portfolio)
    still = clients["state"] != "lapsed"
    if not still.any():
        return
    top = worth >= worth.loc[still].quantile(1 - TOP_SHARE)
    late = clients.loc[top & (clients["state"] == "late")]
    names = ("client_id", "days_late", "interval_days", "recency_days")
    for client_id, days, usual, silence in _columns(late, *names):
        weight = _between(days / max(usual, 1.0), _LATE, _VERY_LATE)
        values = {"days": round(days), "usual": round(usual), "silence": int(silence)}
        yield client_id, Trigger("top_late", portfolio.as_of - dt.timedelta(round(days)), weight, values)


_MAKERS: tuple[Callable[[Portfolio], _Rows], ...] = (
    _flags,
    _goodbyes,
    _notices,
    _problems,
    _payments,
    _low_ratings,
    _top_late,
)


def _within_reach(portfolio: Portfolio) -> set[str]:
    """Who has given a sign of life within a year: came, is booked, answered, or wrote themselves into the problems."""
    since = _days_before(portfolio.as_of, OUT_OF_REACH_DAYS)
    clients, records = portfolio.clients, portfolio.records
    came = clients.loc[(clients["last_visit"] >= since) | clients["booked_for"].notna(), "client_id"]
    answered = records.contacts.loc[
        records.contacts["answered"].astype(bool) & (records.contacts["date"] >= since), "client_id"
    ]
    complained = records.problems.loc[records.problems["opened"] >= since, "client_id"]
    return {*came, *answered, *complained}


def _between(share: float, low: float, high: float) -> float:
    return low + (high - low) * min(max(share, 0.0), 1.0)


def _days_ago(portfolio: Portfolio, day: pd.Timestamp) -> int:
    return (pd.Timestamp(portfolio.as_of) - day).days


def _days_before(day: dt.date, days: int) -> pd.Timestamp:
    return pd.Timestamp(day) - pd.Timedelta(days=days)


def _columns(frame: pd.DataFrame, *names: str) -> Iterable[tuple[Any, ...]]:
    return zip(*(frame[name] for name in names), strict=True)
