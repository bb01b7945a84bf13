"""Whose meter it is: the client's, or that of each vehicle where the export tells a client's vehicles apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.arrays import Bools, Ints, Names
from analysis.visits import Visits


@dataclass(frozen=True)
class Vehicles:
    """What meters belong to, numbered by client and then by name; one a client where the export names none.

    client: whose each is (its number in Visits); subject: its name, "" where the export names none
    visit_vehicle, visit_day: the days each was brought, sorted
    """

    client: Ints
    subject: Names
    visit_vehicle: Ints
    visit_day: Ints
    index: pd.MultiIndex | None

    @classmethod
    def of(cls, seen: Visits) -> Vehicles:
        """The vehicles of a shop's visits up to as_of."""
        if seen.brought is None:
            clients = np.arange(seen.clients)
            nameless = np.full(seen.clients, "", dtype=object)
            table = seen.table
            return cls(clients, nameless, table["client"].to_numpy(), table["day"].to_numpy(), None)
        pairs = seen.brought[["client", "subject"]]
        new = ~pairs.duplicated().to_numpy()
        named = pairs[new]
        return cls(
            named["client"].to_numpy(),
            named["subject"].to_numpy(dtype=object),
            np.cumsum(new) - 1,
            seen.brought["day"].to_numpy(),
            pd.MultiIndex.from_frame(named),
        )

    def __len__(self) -> int:
        return len(self.client)

    def numbers(self, client: Ints, subject: pd.Series) -> Ints:
        """The vehicle of each row, by its client and subject ("" or NA where it says none); negative where unknown.

        A row that names no vehicle is of the only one its client brings.
        """
        if self.index is None:
            return client
        rows = pd.MultiIndex.from_arrays([client, subject.fillna("").astype(object)])
        number = self.index.get_indexer(rows)
        first = np.searchsorted(self.client, client, side="left")
        only = (np.searchsorted(self.client, client, side="right") - first == 1) & (client >= 0)
        return np.asarray(np.where((number < 0) & only & subject.isna().to_numpy(), first, number))

    @property
    def several(self) -> Bools:
        """Whether each is one of several of its client: (vehicles,)."""
        return np.asarray(np.bincount(self.client)[self.client] > 1)

    @property
    def last_day(self) -> Ints:
        """The last day each was brought: (vehicles,)."""
        ends = np.searchsorted(self.visit_vehicle, np.arange(len(self)), side="right") - 1
        return np.asarray(self.visit_day[ends])
