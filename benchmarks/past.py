"""A cutoff: the Book as it was that day, what every method is told of each client, and what came afterwards."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.arrays import Array, Ints, Names
from analysis.book import Book
from analysis.visits import Visits, days_since_epoch

#: The day a row of each table came into being, and the days it only learned later.
WRITTEN_ON = {"sales": "date", "contacts": "date", "problems": "opened", "payments": "due"}
LEARNED_LATER = {"problems": ("closed",), "payments": ("paid",), "clients": ("left",)}


@dataclass(frozen=True)
class Known:
    """What is known of each client (n) at a cutoff; gaps in days, NaN where there are too few."""

    client_id: Names
    first_day: Ints
    last_day: Ints
    visits: Ints
    silence: Ints
    mean_gap: Array
    median_gap: Array
    gap_deviation: Array

    @property
    def repeats(self) -> Array:
        """Visits after the first, as the models of the literature count them."""
        return (self.visits - 1).astype(np.float64)

    @property
    def span(self) -> Array:
        """Days from the first visit to the last ("recency" in the literature)."""
        return (self.last_day - self.first_day).astype(np.float64)

    @property
    def age(self) -> Array:
        """Days from the first visit to the cutoff ("T")."""
        return self.span + self.silence


@dataclass(frozen=True)
class Came:
    """What the same clients did after the cutoff: visits within the horizon, and days until the next one, or inf."""

    visits: Array
    next_days: Array


def before(book: Book, cutoff: dt.date) -> Book:
    """The same Book without anything written after `cutoff`: what is not there cannot leak."""
    now = pd.Timestamp(cutoff)
    tables = {}
    for name, rows in book.tables.items():
        written = WRITTEN_ON.get(name)
        kept = rows if written is None else rows[rows[written].isna() | (rows[written] <= now)]
        later = {column: kept[column].where(kept[column] <= now) for column in LEARNED_LATER.get(name, ())}
        tables[name] = kept.assign(**later).reset_index(drop=True)
    return replace(book, tables=tables)


def known(seen: Visits, cutoff: dt.date) -> Known:
    """Of the clients with a visit by `cutoff`, in the order of their ids."""
    today = days_since_epoch(cutoff)
    past = seen.table.loc[seen.table["day"] <= today, ["client", "day"]]
    gaps = past.groupby("client")["day"].diff()
    by = past.assign(gap=gaps).groupby("client")
    days, gap = by["day"], by["gap"]
    last = days.max().to_numpy()
    return Known(
        client_id=seen.client_id[days.max().index.to_numpy()],
        first_day=days.min().to_numpy(),
        last_day=last,
        visits=np.asarray(days.size(), dtype=np.int64),
        silence=today - last,
        mean_gap=gap.mean().to_numpy(),
        median_gap=gap.median().to_numpy(),
        gap_deviation=np.asarray(gap.std(), dtype=np.float64),
    )


def came(seen: Visits, who: Names, cutoff: dt.date, horizon_days: int) -> Came:
    """What the clients `who` did after `cutoff`, as far as the file goes."""
    today = days_since_epoch(cutoff)
    later = seen.table.loc[seen.table["day"] > today, ["client", "day"]]
    later = later.assign(client_id=seen.client_id[later["client"].to_numpy()], ahead=later["day"] - today)
    within = later[later["ahead"] <= horizon_days].groupby("client_id").size()
    first = later.groupby("client_id")["ahead"].min()
    return Came(
        np.asarray(within.reindex(who, fill_value=0), dtype=np.float64),
        first.reindex(who).fillna(np.inf).to_numpy(dtype=np.float64),
    )
