"""What a client's meter tells: how much they drive, and when that makes each service due."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from analysis.portfolio import Portfolio
from analysis.usage import DAYS_A_MONTH, about, named, next_by_use
from ui.markdown import escape, muted
from words import Words

#: Services due by use that fit in a panel, the first due first.
_SERVICES = 3
#: And vehicles.
_VEHICLES = 4
#: An interval shorter than this many months is told in weeks.
_IN_WEEKS_BELOW = 1.5
_WEEK = 7


def client_use(w: Words, portfolio: Portfolio, client_id: str) -> None:
    """A line with how much the client drives, one for each service due by it, and what is wrong with the readings.

    Nothing where the client has no meter.
    """
    used = portfolio.usage
    rows = used.clients[used.clients["client_id"] == client_id]
    faults = used.faults[used.faults["client_id"] == client_id]
    lines = []
    if len(rows) and pd.notna(rows["units_per_day"].iloc[0]):
        lines += [
            f"{_whose(vehicle)}{_rate(w, portfolio, vehicle)}"
            for _, vehicle in rows.drop_duplicates("subject").head(_VEHICLES).iterrows()
        ]
        due = next_by_use(rows, portfolio.as_of).head(_SERVICES)
        lines += [
            f"- {_due(w, portfolio, row, first=not place)}"
            for place, row in enumerate(due.to_dict("records"))
        ]
    if lines:
        st.markdown("\n".join(lines))
    for text in _faulty(w, faults):
        st.markdown(muted(text))


def _whose(vehicle: pd.Series) -> str:
    """Before a vehicle's line its name, as a line of the list; nothing where the client has but one."""
    return f"- **{escape(vehicle['subject'])}**: " if vehicle["several"] and vehicle["subject"] else ""


def _rate(w: Words, portfolio: Portfolio, client: pd.Series) -> str:
    form = "client.use.rate" if client["source"] == "own" else "client.use.rate_borrowed"
    return w(
        form,
        per_month=about(client["units_per_day"] * DAYS_A_MONTH),
        today=about(client["projected_reading"]),
        unit=portfolio.usage.unit,
    )


def _due(w: Words, portfolio: Portfolio, row: Mapping[Hashable, Any], *, first: bool) -> str:
    """When a service is due; of the first one how that comes about, too."""
    service = escape(named(row)) or w("intervals.use.visit")
    passed = row["due"] < pd.Timestamp(portfolio.as_of)
    if row["decided_by"] == "calendar":
        form = "client.use.calendar"
    elif not first:
        form = "client.use.also"
    else:
        form = "client.use.overdue" if passed else "client.use.due"
    return w(
        form,
        service=service,
        interval=row["unit_interval"],
        unit=portfolio.usage.unit,
        span=_span(w, row["unit_interval"] / row["units_per_day"]),
        date=row["due"],
        reading=about(row["due_reading"]),
        low=row["due_low"],
        high=row["due_high"],
    )


def _span(w: Words, days: float) -> str:
    """A number of days as people say it: about four months, about three weeks."""
    if days < _IN_WEEKS_BELOW * DAYS_A_MONTH:
        return w("client.use.weeks", n=max(round(days / _WEEK), 1))
    return w("client.use.months", n=round(days / DAYS_A_MONTH))


def _faulty(w: Words, faults: pd.DataFrame) -> list[str]:
    """What is wrong with a client's readings, and what is made of it: a sentence each."""
    if (faults["fault"] == "two_meters").any():
        return [w("client.use.two_meters")]
    out = [w("client.use.reset", date=day) for day in faults.loc[faults["fault"] == "reset", "date"].tail(1)]
    odd = faults[faults["fault"] != "reset"]
    if len(odd):
        last = odd.iloc[-1]
        out.append(w("client.use.odd", n=len(odd), read=last["reading"], date=last["date"]))
    return out
