"""On time and in form (practice 18): how many promised days were kept, and which were not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.intervals import of_share
from analysis.portfolio import Portfolio

#: Fewer promises than this are shown and make no finding.
FEWEST = 10

#: One row per promise: what one client was promised of one visit for one day.
PROMISES = (
    "client_id",
    "date",  # of the visit
    "service",
    "staff",
    "promised",
    "delivered",  # NaT while it is not
    "days_late",  # 0 on time, NaN where it is not due yet
    "kept",  # on_time | late | overdue (not delivered and past its day) | pending (not due yet)
)
#: The same with who the client is; worth: money a year, NaN without amounts.
CASES = (*PROMISES, "client_name", "worth", "consent")
Kept = Literal["on_time", "late", "overdue", "pending"]


def promises(portfolio: Portfolio) -> pd.DataFrame:
    """PROMISES, by the day promised. Lines of one visit promised for one day are one promise, by its main service."""
    lines = portfolio.records.deliveries
    told = lines[lines["promised"].notna()]
    told = told.drop_duplicates(["client_id", "date", "promised", "delivered"])
    main = portfolio.visits[["client_id", "date", "service"]]
    told = told.merge(main, on=["client_id", "date"], how="left", suffixes=("_of_line", ""))
    service = told["service"].where(told["service"].fillna("") != "", told["service_of_line"])
    today = pd.Timestamp(portfolio.as_of)
    done = told["delivered"].notna()
    end = told["delivered"].where(done, today)
    late = (end - told["promised"]).dt.days.clip(lower=0).astype(float)
    to_come = ~done & (told["promised"] >= today)
    kept = np.select(
        [to_come.to_numpy(), ~done.to_numpy(), (late > 0).to_numpy()],
        ["pending", "overdue", "late"],
        "on_time",
    )
    found = told.assign(service=service, days_late=late.mask(to_come), kept=kept)
    return found.sort_values(["promised", "client_id"], kind="stable", ignore_index=True)[list(PROMISES)]


@dataclass(frozen=True)
class OnTime:
    """Promises whose day has come: how many were kept, with an 80% interval; how late the others were (median days)."""

    due: int
    kept: int
    share: float
    low: float
    high: float
    median_late: float
    overdue: int
    pending: int


def on_time(found: pd.DataFrame) -> OnTime:
    """Of all PROMISES together. What is not delivered and past its day counts as not kept, by the days so far."""
    due = found[found["kept"] != "pending"]
    kept = int((due["kept"] == "on_time").sum())
    low, high = of_share(kept, len(due))
    return OnTime(
        due=len(due),
        kept=kept,
        share=kept / len(due) if len(due) else float("nan"),
        low=float(low),
        high=float(high),
        median_late=float(due.loc[due["kept"] != "on_time", "days_late"].median()),
        overdue=int((due["kept"] == "overdue").sum()),
        pending=len(found) - len(due),
    )


#: One row per month (of the promised day), service or seller, with promises whose day has come.
ON_TIME = ("name", "due", "kept", "share", "low", "high", "median_late", "few")


def on_time_by(found: pd.DataFrame, by: Literal["month", "service", "staff"]) -> pd.DataFrame:
    """ON_TIME: months in order, the last thirteen with a promise; else those who kept least first, few ones last."""
    due = found[found["kept"] != "pending"]
    name = due["promised"].dt.to_period("M").dt.to_timestamp() if by == "month" else due[by]
    due = due.assign(
        name=name, is_kept=due["kept"] == "on_time", late=due["days_late"].where(due["days_late"] > 0)
    )
    if by != "month":
        due = due[due["name"] != ""]
    table = due.groupby("name", as_index=False).agg(
        due=("is_kept", "size"), kept=("is_kept", "sum"), median_late=("late", "median")
    )
    low, high = of_share(table["kept"], table["due"])
    table = table.assign(share=table["kept"] / table["due"], low=low, high=high, few=table["due"] < FEWEST)
    if by == "month":
        return table[list(ON_TIME)].tail(13).reset_index(drop=True)
    return table.sort_values(["few", "share", "due"], ascending=[True, True, False], ignore_index=True)[
        list(ON_TIME)
    ]


def worst_cases(portfolio: Portfolio, found: pd.DataFrame, most: int = 15) -> pd.DataFrame:
    """CASES still owed first, then those of the last year that came latest; the latest before the others."""
    recent = found["promised"] > pd.Timestamp(portfolio.as_of) - pd.Timedelta(days=365)
    broken = found[(found["kept"] == "overdue") | ((found["kept"] == "late") & recent)]
    clients = portfolio.clients[["client_id", "client_name", "annual_value", "consent"]]
    broken = broken.merge(clients.rename(columns={"annual_value": "worth"}), on="client_id", how="left")
    broken = broken.assign(owed=broken["kept"] == "overdue")
    order = ["owed", "days_late", "worth"]
    return broken.sort_values(order, ascending=[False, False, False], ignore_index=True)[list(CASES)].head(
        most
    )


def pending(found: pd.DataFrame) -> pd.DataFrame:
    """PROMISES that are not due yet, the next one first."""
    return found[found["kept"] == "pending"].reset_index(drop=True)
