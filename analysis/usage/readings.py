"""What the meters said: one reading per client and day, in the export's own units."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.arrays import Array, Bools, Ints
from analysis.book import Book
from analysis.usage.vehicles import Vehicles
from analysis.visits import DAYS_PER_CLIENT, Visits

#: What the meter counts; `unit.<code>` in the catalogue.
MeterUnit = Literal["km", "miles", "hours"]
#: A client's latest readings say how much they drive now; more of them only cost time.
MOST_READINGS = 64

#: Told by the meter's header, in this order ("Mileage (km)" counts kilometres); where it says nothing, kilometres.
_SAID: Mapping[MeterUnit, re.Pattern[str]] = {
    "km": re.compile(r"\bkms?\b|kil[oó]m|recorrido", re.IGNORECASE),
    "hours": re.compile(r"\bh(?:rs?)?\b|hour|hora|hor[oó]metro", re.IGNORECASE),
    "miles": re.compile(r"mile|milla|\bmi\b", re.IGNORECASE),
}


@dataclass(frozen=True)
class Readings:
    """Readings sorted by client (the number of their vehicle, see `Vehicles`), day (since 1970) and value."""

    client: Ints
    day: Ints
    value: Array

    def __len__(self) -> int:
        return len(self.client)

    def take(self, rows: Ints | Bools) -> Readings:
        return Readings(self.client[rows], self.day[rows], self.value[rows])

    def count(self, clients: int) -> Ints:
        """How many readings each client has: (clients,)."""
        return np.bincount(self.client, minlength=clients)


def meter_unit(book: Book) -> MeterUnit:
    """What the meter counts, as its header says."""
    headers = [column.header for column in book.columns if (column.table, column.field) == ("sales", "meter")]
    for unit, said in _SAID.items():
        if any(said.search(header) for header in headers):
            return unit
    return "km"


def readings(book: Book, seen: Visits, vehicles: Vehicles | None = None) -> Readings:
    """The distinct readings of completed lines up to as_of, the latest `MOST_READINGS` of each vehicle.

    A meter at nought, or below it, is an empty cell by another name.
    """
    sales = book.sales
    wanted = sales["meter"].gt(0).to_numpy() & (sales["status"] == "completed").to_numpy()
    rows = sales.loc[
        wanted & sales["client_id"].notna().to_numpy(), ["client_id", "date", "meter", "subject"]
    ]
    rows = rows[rows["date"].notna()]
    code, ids = pd.factorize(rows["client_id"])
    number = pd.Index(seen.client_id).get_indexer(pd.Index(ids, dtype=object))
    client = number[code] if len(ids) else np.empty(0, dtype=np.int64)
    client = (vehicles or Vehicles.of(seen)).numbers(client, rows["subject"])
    day = rows["date"].to_numpy().astype("datetime64[D]").astype(np.int64)
    value = rows["meter"].to_numpy(dtype=float)
    known = (client >= 0) & (day <= seen.today)
    client, day, value = client[known], day[known], value[known]
    visit = client * DAYS_PER_CLIENT + day
    order = np.argsort(visit, kind="stable")
    visit, value = visit[order], value[order]
    # The lines of one visit mostly say the same; only where they do not, is there anything left to sort by value.
    once = np.append(True, (np.diff(visit) != 0) | (np.diff(value) != 0))[: len(visit)]
    visit, value = visit[once], value[once]
    if (np.diff(visit) == 0).any():
        order = np.lexsort((value, visit))
        visit, value = visit[order], value[order]
        once = np.append(True, (np.diff(visit) != 0) | (np.diff(value) != 0))
        visit, value = visit[once], value[once]
    client, day = np.divmod(visit, DAYS_PER_CLIENT)
    found = Readings(client, day, value)
    stop = np.searchsorted(client, client, side="right")
    return found.take(stop - np.arange(len(found)) <= MOST_READINGS)
