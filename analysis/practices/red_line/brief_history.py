"""What happened between a client and the shop, the latest of each kind: the middle of a case's brief."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from analysis.cases import Happening, HappeningCode
from analysis.portfolio import Portfolio
from analysis.practices.offers.payments import GRACE_DAYS, overdue_bills

#: As much as one page holds: lines in all, and of each kind of them.
MOST_HAPPENINGS, _OF_A_KIND = 9, 3


def history(portfolio: Portfolio, client_id: str) -> tuple[Happening, ...]:
    """The latest of each kind, the first visit at the end."""
    client = portfolio.clients.loc[portfolio.clients["client_id"] == client_id].iloc[0]
    kinds = (_visits, _missed, _problems, _bills, _contacts)
    found = [
        happening
        for kind in kinds
        for happening in sorted(kind(portfolio, client_id), key=lambda one: one.on)[-_OF_A_KIND:]
    ]
    left = portfolio.records.left.get(client_id)
    if left is not None:
        found.append(Happening(left.date(), "goodbye"))
    first = client["first_visit"].date()
    found = [one for one in found if (one.on, one.code) != (first, "visit")]
    latest = sorted(found, key=lambda one: one.on, reverse=True)[: MOST_HAPPENINGS - 1]
    return (*latest, Happening(first, "first_visit"))


def _visits(portfolio: Portfolio, client_id: str) -> Iterator[Happening]:
    for row in rows_of(portfolio.visits, client_id):
        values = {"service": row.service, "staff": row.staff, "amount": _money(row.amount)}
        yield Happening(row.date.date(), "visit", values)


def _missed(portfolio: Portfolio, client_id: str) -> Iterator[Happening]:
    """An appointment of several services is missed once."""
    rows = portfolio.records.appointments
    past = rows.loc[rows["status"] != "booked"]
    of_day: dict[tuple[dt.date, HappeningCode], list[Any]] = {}
    for row in rows_of(past, client_id):
        of_day.setdefault((row.date.date(), row.status), []).append(row)
    for (day, status), lines in of_day.items():
        services = ", ".join(dict.fromkeys(line.service for line in lines if line.service))
        amounts = [line.amount for line in lines if not pd.isna(line.amount)]
        yield Happening(day, status, {"service": services, "amount": sum(amounts) if amounts else None})


def _problems(portfolio: Portfolio, client_id: str) -> Iterator[Happening]:
    for row in rows_of(portfolio.records.problems, client_id):
        yield Happening(row.opened.date(), "problem", {"kind": row.kind, "detail": row.detail})
        if not pd.isna(row.closed):
            yield Happening(row.closed.date(), row.state, {"kind": row.kind})


def _bills(portfolio: Portfolio, client_id: str) -> Iterator[Happening]:
    """Those paid late, and those overdue."""
    for row in rows_of(overdue_bills(portfolio), client_id):
        yield Happening(row.due.date(), "unpaid", {"amount": _money(row.amount)})
    for row in rows_of(portfolio.records.payments, client_id):
        delay = (row.paid - row.due).days
        if delay > GRACE_DAYS:
            values = {"amount": _money(row.amount), "days": delay}
            yield Happening(row.paid.date(), "paid_late", values)


def _contacts(portfolio: Portfolio, client_id: str) -> Iterator[Happening]:
    for row in rows_of(portfolio.records.contacts, client_id):
        values = {
            "channel": row.channel,
            "outcome": row.outcome,
            "staff": row.staff,
            "answered": bool(row.answered),
        }
        yield Happening(row.date.date(), "contact", values)


def rows_of(frame: pd.DataFrame, client_id: str) -> Iterable[Any]:
    """The rows of one client, by attribute."""
    return frame.loc[frame["client_id"] == client_id].itertuples(index=False)


def _money(amount: float) -> float | None:
    return None if pd.isna(amount) else float(amount)
