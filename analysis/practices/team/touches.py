"""By how many means and how often each client was contacted in half a year, and how often they answered in two.

A touch is a contact of the export or of the owner's notebook; visits are none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.intervals import of_share
from analysis.portfolio import Portfolio
from analysis.practices.needs import has
from analysis.records import CHANNELS

HALF_YEAR_DAYS = 182
#: Whether they answer is learned from more than half a year: of so many days.
ANSWERS_DAYS = 730
#: An answer rate of fewer contacts is chance alone.
LEAST_CONTACTS = 20

#: Contacts and clients of half a year; of the `told` contacts of two years whose outcome is known, those answered.
BY_CHANNEL = ("channel", "contacts", "clients", "told", "answered", "share", "low", "high")
BY_WEEKDAY = ("weekday", "told", "answered", "share", "low", "high")  # 0 = Monday
BY_SELLER = (
    "staff",  # the usual seller of the clients
    "clients",
    "touches",  # contacts with them in half a year, by whomever
    "touches_each",
    "touched",  # clients with at least one
    "touched_share",
    "made",  # contacts this seller made themselves, with anybody; NaN where the export does not say who
    "silent",  # clients without a word of any kind for the days asked for
)


@dataclass(frozen=True)
class Touches:
    """Half a year of contacts. `clients`: client_id, touches, channels (distinct known ones) for every client."""

    clients: pd.DataFrame
    by_channel: pd.DataFrame
    by_weekday: pd.DataFrame
    says_answers: bool  # whether it is known which contacts were answered

    @property
    def touched(self) -> int:
        return int((self.clients["touches"] > 0).sum())

    @property
    def several(self) -> int:
        """Clients reached by at least two means."""
        return int((self.clients["channels"] > 1).sum())


def recent_contacts(portfolio: Portfolio, days: int = HALF_YEAR_DAYS) -> pd.DataFrame:
    """The contacts of the last days (half a year): schema.CONTACTS."""
    contacts = portfolio.records.contacts
    return contacts[contacts["date"] > pd.Timestamp(portfolio.as_of) - pd.Timedelta(days=days)]


def touches(portfolio: Portfolio, clients: tuple[str, ...] | None = None) -> Touches:
    """Of all clients, or of those named."""
    rows, longer = recent_contacts(portfolio), recent_contacts(portfolio, ANSWERS_DAYS)
    who = portfolio.clients["client_id"]
    if clients is not None:
        who = who[who.isin(clients)]
        rows, longer = (part[part["client_id"].isin(clients)] for part in (rows, longer))
    counts = rows.groupby("client_id")["date"].size()
    means = rows[rows["channel"] != ""].groupby("client_id")["channel"].nunique()
    says = has(portfolio, "contacts.outcome") or any(portfolio.notebook.outcomes)
    told = longer[longer["outcome"] != ""] if says else longer.head(0)
    return Touches(
        pd.DataFrame(
            {
                "client_id": who,
                "touches": who.map(counts).fillna(0).astype(np.int64),
                "channels": who.map(means).fillna(0).astype(np.int64),
            }
        ).reset_index(drop=True),
        _by_channel(rows, told),
        _by_weekday(told),
        says,
    )


def _by_channel(rows: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    table = rows.groupby("channel").agg(contacts=("date", "size"), clients=("client_id", "nunique"))
    answers = told.groupby("channel")["answered"].agg(answered="sum", told="size")
    table = table.join(answers, how="outer").fillna(0.0)
    table = table.loc[[channel for channel in (*CHANNELS, "") if channel in table.index]]
    order = _with_shares(table.rename_axis("channel").reset_index()).sort_values(
        ["contacts", "told"], ascending=False, kind="stable", ignore_index=True
    )
    return order[list(BY_CHANNEL)]


def _by_weekday(told: pd.DataFrame) -> pd.DataFrame:
    """By the day of the week of the contact."""
    table = told.groupby(told["date"].dt.day_of_week)["answered"].agg(answered="sum", told="size")
    return _with_shares(table.rename_axis("weekday").reset_index())[list(BY_WEEKDAY)]


def _with_shares(table: pd.DataFrame) -> pd.DataFrame:
    """Answered of told with an 80% interval (Wilson), NaN where there are too few."""
    told, answered = (table[name].to_numpy(dtype=float) for name in ("told", "answered"))
    enough = told >= LEAST_CONTACTS
    low, high = of_share(answered, told)
    return table.assign(
        share=np.where(enough, answered / np.maximum(told, 1), np.nan),
        low=np.where(enough, low, np.nan),
        high=np.where(enough, high, np.nan),
    )


def by_seller(portfolio: Portfolio, words: pd.DataFrame, days: int) -> pd.DataFrame:
    """Each usual seller's clients (BY_SELLER), by name; `words` as `follow_up.last_words`, `days` what is silent."""
    rows = recent_contacts(portfolio)
    clients = portfolio.clients[["client_id", "staff"]].merge(
        words[["client_id", "days_silent"]], on="client_id"
    )
    clients = clients[clients["staff"] != ""].astype({"staff": object})
    counts = rows.groupby("client_id")["date"].size()
    clients["touches"] = clients["client_id"].map(counts).fillna(0).astype(np.int64)
    table = (
        clients.assign(touched=clients["touches"] > 0, silent=clients["days_silent"] > days)
        .groupby("staff")
        .agg(
            clients=("client_id", "size"),
            touches=("touches", "sum"),
            touched=("touched", "sum"),
            silent=("silent", "sum"),
        )
        .reset_index()
    )
    made = rows[rows["staff"] != ""].groupby("staff")["date"].size()
    who_known = has(portfolio, "contacts.staff")
    table["made"] = table["staff"].map(made).fillna(0.0) if who_known else np.nan
    table["touches_each"] = table["touches"] / table["clients"]
    table["touched_share"] = table["touched"] / table["clients"]
    return table.sort_values("staff", ignore_index=True)[list(BY_SELLER)]
