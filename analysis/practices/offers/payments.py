"""Who pays on time, who is late for the first time, and what is owed and falls due (practice 31).

A bill is late once it is `GRACE_DAYS` past its day and not paid, or was paid later than that: a transfer takes days.
Days count from the day it fell due. Money is the export's; a bill without an amount counts and adds no money. Where the
export does not say what was paid nobody is late.

A client who has paid `ALWAYS_PAID` bills on time and every one of them, and is then late, is an early signal: something
changed. It is told for `SIGNAL_DAYS` after the first late bill fell due.

A plan of instalments is told by its bills: `FEWEST_INSTALMENTS` or more in a row of the same amount, each on the same
day of the month as the one before, or exactly four weeks or thirty days after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.portfolio import Portfolio

GRACE_DAYS = 3
ALWAYS_PAID = 2
SIGNAL_DAYS = 90
#: Bills that fell due longer ago say little of how somebody pays now.
RECORD_DAYS = 730
#: Who was late with a third of their bills pays slowly.
SLOW_SHARE = 1 / 3
#: What falls due within so many days is coming.
COMING_DAYS = 30
FEWEST_INSTALMENTS = 3
_EVERY_DAYS = (28, 30)
_MONTH = (28, 31)
_SAME_MONEY = 0.01

#: How a client pays: nothing is known; on time; often late; late for the first time; something is overdue now.
PayRecord = Literal["unknown", "good", "slow", "first_late", "owes"]

#: One row per client with a bill, see `payers`.
PAYERS = (
    "client_id",
    "client_name",
    "record",  # PayRecord
    "first_late",  # late for the first time, paid by now or not
    "first_late_due",  # the day that bill fell due, NaT
    "overdue_bills",
    "overdue_money",
    "oldest_due",  # of the overdue ones, NaT
    "days_overdue",  # since then, 0 = nothing is
    "settled",  # bills of the last two years that fell due
    "late",  # of them paid late, or not yet
    "usual_delay",  # median days after the due day of those paid; negative = before it
    "next_due",
    "coming_bills",  # that fall due within COMING_DAYS
    "coming_money",
    "annual_value",
    "phone",
    "email",
    "consent",
)

#: One row per plan that is not paid in full, see `plans`.
PLANS = (
    "client_id",
    "client_name",
    "instalments",
    "amount",  # of each
    "paid",  # instalments
    "paid_money",
    "left_money",
    "overdue",  # instalments
    "next_due",  # the first one not paid, NaT
    "last_due",
    "consent",
)


@dataclass(frozen=True)
class Owed:
    """The shop's bills in figures. Money of bills not yet due is `coming`, within COMING_DAYS."""

    bills: int  # that have fallen due
    on_time: int
    overdue_bills: int
    overdue_money: float
    overdue_clients: int
    coming_bills: int
    coming_money: float
    first_late: int  # clients

    @property
    def on_time_share(self) -> float:
        return self.on_time / self.bills if self.bills else float("nan")


def payers(portfolio: Portfolio) -> pd.DataFrame:
    """PAYERS, those who owe first (most money, then longest), then first-time late ones, then the others."""
    bills = _bills(portfolio)
    past = bills[bills["fallen_due"]]
    recent = past[past["age"] <= RECORD_DAYS]
    overdue = bills[bills["overdue"]]
    coming = bills[bills["coming"]]
    table = pd.DataFrame(index=pd.Index(np.sort(bills["client_id"].unique()), name="client_id"))
    table["overdue_bills"] = overdue.groupby("client_id").size()
    table["overdue_money"] = overdue.groupby("client_id")["amount"].sum()
    table["oldest_due"] = overdue.groupby("client_id")["due"].min()
    table["settled"] = recent.groupby("client_id").size()
    table["late"] = recent[recent["late"]].groupby("client_id").size()
    table["usual_delay"] = recent.groupby("client_id")["delay"].median()
    table["next_due"] = bills[~bills["fallen_due"] & bills["paid"].isna()].groupby("client_id")["due"].min()
    table["coming_bills"] = coming.groupby("client_id").size()
    table["coming_money"] = coming.groupby("client_id")["amount"].sum()
    counts = ["overdue_bills", "settled", "late", "coming_bills"]
    table[counts] = table[counts].fillna(0).astype(int)
    table[["overdue_money", "coming_money"]] = table[["overdue_money", "coming_money"]].fillna(0.0)
    today = pd.Timestamp(portfolio.as_of)
    table["days_overdue"] = (today - table["oldest_due"]).dt.days.fillna(0).astype(int)
    table["first_late_due"] = _first_late(past)
    table["first_late"] = table["first_late_due"].notna()
    table["record"] = np.select(
        [
            table["overdue_bills"] > 0,
            table["first_late"],
            table["settled"] == 0,
            table["late"] >= np.maximum(SLOW_SHARE * table["settled"], 1),
        ],
        ["owes", "first_late", "unknown", "slow"],
        "good",
    )
    who = portfolio.clients[["client_id", "client_name", "annual_value", "phone", "email", "consent"]]
    told = table.reset_index().merge(who, on="client_id", how="inner")
    order = ["overdue_money", "days_overdue", "first_late", "annual_value"]
    return told.sort_values(order, ascending=False, kind="stable", ignore_index=True)[list(PAYERS)]


def owed(portfolio: Portfolio) -> Owed:
    """All bills in figures."""
    bills = _bills(portfolio)
    past, overdue, coming = bills[bills["fallen_due"]], bills[bills["overdue"]], bills[bills["coming"]]
    return Owed(
        bills=len(past),
        on_time=int((~past["late"]).sum()),
        overdue_bills=len(overdue),
        overdue_money=float(overdue["amount"].sum()),
        overdue_clients=int(overdue["client_id"].nunique()),
        coming_bills=len(coming),
        coming_money=float(coming["amount"].sum()),
        first_late=int(_first_late(past).notna().sum()),
    )


def plans(portfolio: Portfolio) -> pd.DataFrame:
    """PLANS: those with an instalment overdue first, then by the day the next one falls due."""
    bills = _bills(portfolio).sort_values(["client_id", "amount", "due"], kind="stable")
    bills = bills[bills["amount"] > 0]
    apart, day = bills["due"].diff().dt.days, bills["due"].dt.day
    monthly = apart.isin(_EVERY_DAYS) | (apart.between(*_MONTH) & day.eq(day.shift()))
    same_client = bills["client_id"].eq(bills["client_id"].shift())
    goes_on = monthly & same_client & bills["amount"].diff().abs().lt(_SAME_MONEY)
    plan = (~goes_on).cumsum()
    paid = bills["paid"].notna()
    table = bills.assign(
        is_paid=paid,
        paid_money=bills["amount"].where(paid, 0.0),
        left_money=bills["amount"].where(~paid, 0.0),
        next_due=bills["due"].where(~paid),
    )
    found = table.groupby(plan).agg(
        client_id=("client_id", "first"),
        instalments=("due", "size"),
        amount=("amount", "first"),
        paid=("is_paid", "sum"),
        paid_money=("paid_money", "sum"),
        left_money=("left_money", "sum"),
        overdue=("overdue", "sum"),
        next_due=("next_due", "min"),
        last_due=("due", "max"),
    )
    found = found[(found["instalments"] >= FEWEST_INSTALMENTS) & (found["paid"] < found["instalments"])]
    who = portfolio.clients[["client_id", "client_name", "consent"]]
    told = found.merge(who, on="client_id", how="inner")
    return told.sort_values(
        ["overdue", "next_due", "client_id"], ascending=[False, True, True], kind="stable", ignore_index=True
    )[list(PLANS)]


def overdue_bills(portfolio: Portfolio) -> pd.DataFrame:
    """The bills that are overdue: rows of `records.payments`."""
    bills = _bills(portfolio)
    return bills.loc[bills["overdue"], portfolio.records.payments.columns]


def _bills(portfolio: Portfolio) -> pd.DataFrame:
    """Every bill with what became of it: age (days since due), delay (days paid after due), late, overdue, coming."""
    bills = portfolio.records.payments
    if "payments.paid" not in portfolio.known:
        bills = bills.head(0)
    today = pd.Timestamp(portfolio.as_of)
    age = (today - bills["due"]).dt.days
    delay = (bills["paid"] - bills["due"]).dt.days
    unpaid = bills["paid"].isna()
    overdue = unpaid & (age > GRACE_DAYS)
    return bills.assign(
        age=age,
        delay=delay,
        # Within its days of grace a bill is neither late nor paid on time yet.
        fallen_due=(age > GRACE_DAYS) | ((age >= 0) & ~unpaid),
        late=overdue | (delay > GRACE_DAYS),
        overdue=overdue,
        coming=unpaid & age.between(-COMING_DAYS, GRACE_DAYS),
    )


def _first_late(past: pd.DataFrame) -> pd.Series:
    """By client the due day of the bill that was the first late one, of those of whom that is news; NaT for others."""
    ordered = past.sort_values(["client_id", "due"], kind="stable")
    before = ordered.groupby("client_id").cumcount()
    late_before = ordered.groupby("client_id")["late"].cumsum() - ordered["late"]
    first = ordered["late"] & (late_before == 0) & (before >= ALWAYS_PAID) & (ordered["age"] <= SIGNAL_DAYS)
    return ordered.loc[first].drop_duplicates("client_id").set_index("client_id")["due"]
