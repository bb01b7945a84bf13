"""Whom nobody has had a word with for long: days since the last contact of any kind, and how far each band is reached.

A word is a visit, a contact of the export or of the owner's notebook, or a conversation about a problem. Without
contacts the last visit stands for it (and whoever shows this says so).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.consent import refused
from analysis.portfolio import Portfolio
from analysis.schema import BANDS

Word = Literal["visit", "contact", "problem"]

#: Touched within these days.
REACHES = (30, 90, 180)

LAST_WORD = (
    "client_id",
    "last_word",  # the day
    "kind",  # visit | contact | problem; on one day a contact says more than the visit, a problem more than either
    "channel",  # of a contact, "" where not said
    "unanswered",  # the last word was a contact, and nobody answered it
    "days_silent",  # as_of less that day
    "last_touch",  # the last contact or conversation that was no visit; NaT where none is known
    "days_untouched",  # NaN where none is known
)

#: Who said goodbye wants no call to ask how they are.
_SETTLED_OUTCOMES = frozenset({"left", "moved"})
_DAYS_A_YEAR = 365.25


def last_words(portfolio: Portfolio) -> pd.DataFrame:
    """One row per client (LAST_WORD), in the order of `portfolio.clients`.

    What the owner notes after the export's last day is a word of 0 days ago.
    """
    today = pd.Timestamp(portfolio.as_of)
    records = portfolio.records
    contacts = records.contacts[["client_id", "date", "channel", "outcome", "answered"]]
    touched = pd.concat(
        [
            contacts.assign(
                rank=1, unanswered=(contacts["outcome"] != "") & ~contacts["answered"].astype(bool)
            ),
            *(
                records.problems[["client_id", day]]
                .rename(columns={day: "date"})
                .assign(rank=2, channel="", unanswered=False)
                for day in ("opened", "closed")
            ),
        ],
        ignore_index=True,
    )
    touched = touched.astype({"client_id": object, "channel": object})
    touched = touched[touched["date"].notna()]
    touched = touched.sort_values(["client_id", "date", "rank"], kind="stable")
    last = touched.drop_duplicates("client_id", keep="last").set_index("client_id")
    told = last.reindex(portfolio.clients["client_id"].astype(object)).reset_index(drop=True)
    touch = pd.to_datetime(told["date"]).astype("datetime64[s]")
    visit = portfolio.clients["last_visit"].reset_index(drop=True)
    spoken = (touch >= visit).fillna(value=False).to_numpy(dtype=bool)
    latest = visit.mask(spoken, touch)
    kind = np.where(told["rank"] > 1, "problem", "contact")
    unanswered = told["unanswered"].eq(other=True).to_numpy(dtype=bool)
    return pd.DataFrame(
        {
            "client_id": portfolio.clients["client_id"].reset_index(drop=True),
            "last_word": latest,
            "kind": np.where(spoken, kind, "visit").astype(object),
            "channel": np.where(spoken, told["channel"].fillna(""), "").astype(object),
            "unanswered": unanswered & spoken,
            "days_silent": (today - latest).dt.days.clip(lower=0).astype(np.int64),
            "last_touch": touch,
            "days_untouched": (today - touch).dt.days.clip(lower=0),
        }
    )


@dataclass(frozen=True)
class Reach:
    """Of so many clients, how many have had a word of any kind within the days, and how many a touch beside visits."""

    band: str
    days: int
    clients: int
    heard: int
    touched: int

    @property
    def share(self) -> float:
        return self.heard / self.clients if self.clients else float("nan")


def reach_by_band(clients: pd.DataFrame, words: pd.DataFrame) -> pd.DataFrame:
    """One row per band and reach: band, days, clients, heard, touched, share; `clients` as the Portfolio's."""
    table = clients[["client_id", "band"]].merge(words, on="client_id")
    found = []
    for band in BANDS:
        rows = table[table["band"] == band]
        for days in REACHES:
            reach = Reach(
                band,
                days,
                len(rows),
                int((rows["days_silent"] <= days).sum()),
                int((rows["days_untouched"] <= days).sum()),
            )
            found.append({**vars(reach), "share": reach.share})
    return pd.DataFrame(found)


def silent(portfolio: Portfolio, days: int) -> pd.DataFrame:
    """The clients (schema.CLIENTS + extras + LAST_WORD) without a word for more than `days`, most valuable first.

    Nobody is left out for being worth little, late or gone; who said goodbye or is booked is: see `left_out`.
    `worth` is what they are ordered by: money a year, or visits a year where there are no amounts.
    """
    table = portfolio.clients.merge(last_words(portfolio), on="client_id")
    quiet = table[(table["days_silent"] > days) & ~settled(portfolio, table) & table["booked_for"].isna()]
    a_year = quiet["annual_value"] if portfolio.has_amounts else _DAYS_A_YEAR / quiet["interval_days"]
    return (
        quiet.assign(worth=a_year.fillna(0.0))
        .sort_values(["worth", "days_silent", "client_id"], ascending=[False, False, True], kind="stable")
        .reset_index(drop=True)
    )


def settled(portfolio: Portfolio, clients: pd.DataFrame) -> pd.Series:
    """Who said goodbye, by the export or by what the owner noted: nobody asks them how they are."""
    said = {outcome.client_id for outcome in portfolio.notebook.outcomes if outcome.code in _SETTLED_OUTCOMES}
    return clients["client_id"].isin(said | set(portfolio.records.left.index))


def may_be_written(clients: pd.DataFrame) -> pd.DataFrame:
    """Those of a list who did not ask to be left alone and have a telephone or a mail."""
    reachable = clients["phone"].notna() | clients["email"].notna()
    return clients[reachable & ~refused(clients)]
