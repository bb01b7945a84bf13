"""Why a client may not go on, by the best that is known of it.

In this order: what they said since their last visit when somebody asked (the owner's notebook or the export's
contacts), an open or badly solved problem, a bill overdue or late for the first time, and what their visits tell: their
seller gone, smaller tickets, a service dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import pandas as pd

from analysis.consent import refused
from analysis.portfolio import Portfolio
from analysis.practices.calling.outcome_codes import outcome_codes
from analysis.reasons import Reason

Why = Literal[
    "no_contact",
    "left",
    "moved",
    "problem",
    "price",
    "slip",
    "owes",
    "first_late",
    "seller",
    "ticket",
    "service",
    "unknown",
]
WHYS: tuple[Why, ...] = get_args(Why)
#: Where the reason was found.
Source = Literal["said", "problem", "bill", "visits", "none"]

#: What clients say when asked, in the notebook's codes, that is a reason to leave.
_SAID: tuple[Why, ...] = ("left", "moved", "problem", "price", "slip")
#: Reasons of the portfolio that are reasons to leave here, the more telling first.
_SEEN: tuple[tuple[str, Why], ...] = (
    ("staff_left", "seller"),
    ("ticket_trend", "ticket"),
    ("service_dropped", "service"),
)


@dataclass(frozen=True)
class _Told:
    """A reason per client id, with the day and a word on it."""

    why: pd.Series
    since: pd.Series
    detail: pd.Series


def reasons_to_leave(portfolio: Portfolio, clients: pd.DataFrame, paying: pd.DataFrame) -> pd.DataFrame:
    """The best known reason of each of `clients`, rows of the portfolio's; `paying`: `payments.PAYERS`.

    Columns: why (Why), source (Source), since (a day, NaT for what the visits tell), detail (a word on it, or ""). Of
    those who asked not to be contacted nothing else is told. The index is that of `clients`.
    """
    sources: tuple[tuple[Source, _Told], ...] = (
        ("said", _said(portfolio)),
        ("problem", _problem(portfolio)),
        ("bill", _bill(paying)),
        ("visits", _seen(clients)),
    )
    ids = clients["client_id"]
    why = pd.Series(None, index=ids.index, dtype=object)
    source = pd.Series("none", index=ids.index, dtype=object)
    since = pd.Series(pd.NaT, index=ids.index, dtype="datetime64[s]")
    detail = pd.Series("", index=ids.index, dtype=object)
    for name, told in sources:
        found = by_client(ids, told.why)
        new = why.isna() & found.notna()
        why = why.where(~new, found)
        source = source.mask(new, name)
        since = since.mask(new, by_client(ids, told.since).astype("datetime64[s]"))
        detail = detail.mask(new, by_client(ids, told.detail))
    silent = refused(clients)
    return pd.DataFrame(
        {
            "why": why.fillna("unknown").mask(silent, "no_contact"),
            "source": source.mask(silent, "none"),
            "since": since.mask(silent),
            "detail": detail.fillna("").mask(silent, ""),
        }
    )


def by_client(ids: pd.Series, told: pd.Series) -> pd.Series:
    """What is told by client id, for each of these ids; missing where nothing is."""
    return told.reindex(ids).set_axis(ids.index)


def _said(portfolio: Portfolio) -> _Told:
    """The last reason each client gave since their last visit."""
    contacts = portfolio.records.contacts
    codes = outcome_codes(contacts["outcome"])
    last = contacts["client_id"].map(portfolio.clients.set_index("client_id")["last_visit"])
    telling = contacts[codes.isin(_SAID) & (contacts["date"] >= last)].assign(why=codes)
    return _last_of(telling, "date", telling["why"])


def _problem(portfolio: Portfolio) -> _Told:
    """Problems still open, and those closed badly after the last visit or in the same silence."""
    problems = portfolio.records.problems
    last = problems["client_id"].map(portfolio.clients.set_index("client_id")["last_visit"])
    ill = problems["state"].eq("badly_solved") & (problems["closed"] >= last)
    telling = problems[problems["state"].eq("open") | ill]
    return _last_of(
        telling, "opened", pd.Series("problem", index=telling.index, dtype=object), telling["kind"]
    )


def _bill(table: pd.DataFrame) -> _Told:
    """Bills overdue, and first late ones."""
    telling = table[table["record"].isin(["owes", "first_late"])].set_index("client_id")
    news = telling["first_late"].astype(bool)
    return _Told(
        telling["record"].mask(news, "first_late"),
        telling["oldest_due"].fillna(telling["first_late_due"]),
        pd.Series("", index=telling.index, dtype=object),
    )


def _seen(clients: pd.DataFrame) -> _Told:
    """What the visits themselves tell: the first of `_SEEN` among each client's reasons."""
    found = {
        client_id: _first_seen(reasons)
        for client_id, reasons in zip(clients["client_id"], clients["reasons"], strict=True)
    }
    known = {client_id: told for client_id, told in found.items() if told is not None}
    index = pd.Index(list(known), dtype=object)
    return _Told(
        pd.Series([why for why, _ in known.values()], index=index, dtype=object),
        pd.Series(pd.NaT, index=index, dtype="datetime64[s]"),
        pd.Series([detail for _, detail in known.values()], index=index, dtype=object),
    )


def _first_seen(reasons: tuple[Reason, ...]) -> tuple[Why, str] | None:
    by_code = {str(reason.code): reason.values for reason in reasons}
    for code, why in _SEEN:
        if code in by_code:
            values = by_code[code]
            return why, str(values.get("staff") or values.get("service") or "")
    return None


def _last_of(rows: pd.DataFrame, day: str, why: pd.Series, detail: pd.Series | None = None) -> _Told:
    """The last row of each client."""
    told = rows.assign(why=why, detail="" if detail is None else detail)
    last = (
        told.sort_values(day, kind="stable").drop_duplicates("client_id", keep="last").set_index("client_id")
    )
    return _Told(last["why"].astype(object), last[day], last["detail"].astype(object))
