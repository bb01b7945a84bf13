"""What is told of a client's use: figures rounded as people say them, and the reason why a visit is due by it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.reasons import Reason
from analysis.usage.meters import Usage
from analysis.usage.readings import MeterUnit

#: A month, as people count kilometres by it.
DAYS_A_MONTH = 30.4375
#: A due date by use is a reason to call from so many days before it until so many after.
TOLD_BEFORE_DAYS, TOLD_AFTER_DAYS = 14, 365
#: Who is judged by their rhythm: of the others something else is to be said.
_TOLD_OF = ("on_time", "due", "late")


def about(figure: float) -> float:
    """The figure as people say it, within one percent: 1,247 is about 1,250, 84,312 about 84,500, 121,264 121,000."""
    if not figure > 0:
        return float(figure)
    power = 10.0 ** np.floor(np.log10(figure))
    step = power / 100 * (5 if figure >= 5 * power else 1)
    return float(np.round(figure / step) * step)


def next_by_use(used: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """Of `schema.USAGE` the rows due by use or calendar whose day is not long past, the first of each client first."""
    since = pd.Timestamp(as_of) - pd.Timedelta(days=TOLD_AFTER_DAYS)
    known = used[used["due_by_use"].notna() & (used["due"] >= since)]
    return known.sort_values(["client_id", "due", "service", "subject"], ignore_index=True)


def with_use(people: pd.DataFrame, used: Usage, as_of: dt.date) -> pd.DataFrame:
    """The client table with a reason more for those whose next visit is due by use about now, after their rhythm's."""
    first = next_by_use(used.clients, as_of).drop_duplicates("client_id")
    soon = pd.Timestamp(as_of) + pd.Timedelta(days=TOLD_BEFORE_DAYS)
    first = first[(first["decided_by"] == "meter") & (first["due"] <= soon)]
    if first.empty:
        return people
    said = {row["client_id"]: _reason(row, used.unit) for row in first.to_dict("records")}
    reasons = [
        (*already[:1], said[client], *already[1:]) if client in said and state in _TOLD_OF else already
        for client, state, already in zip(
            people["client_id"], people["state"], people["reasons"], strict=True
        )
    ]
    return people.assign(reasons=pd.Series(reasons, index=people.index, dtype=object))


def named(row: Mapping[Hashable, Any]) -> str:
    """The service of a row of `schema.USAGE`, with whom or what it is for where the client brings several; may be "".

    >>> named({"service": "Revisión", "subject": "1234 ABC", "several": True})
    'Revisión · 1234 ABC'
    >>> named({"service": "Revisión", "subject": "1234 ABC", "several": False})
    'Revisión'
    """
    return " · ".join(filter(None, (row["service"], row["subject"] if row["several"] else "")))


def _reason(row: Mapping[Hashable, Any], unit: MeterUnit) -> Reason:
    """A row of `schema.USAGE` as a reason; without services the visit itself is due."""
    service = named(row)
    return Reason(
        "due_by_use" if service else "visit_by_use",
        {
            **({"service": service} if service else {}),
            "per_month": about(row["units_per_day"] * DAYS_A_MONTH),
            "interval": row["unit_interval"],
            "reading": about(row["due_reading"]),
            "date": row["due"].date(),
            "unit": unit,
            "borrowed": row["source"] != "own",
        },
    )
