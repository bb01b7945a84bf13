"""Generated shops whose truth is known: who is still a client, when they come next, which visits an episode cost.

Every client ticks on a clock of their own (`benchmarks.ticking`). The same ticks tell what a client did and what they
would have done without a late episode, so the difference is the lost visits, with no chance in it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.arrays import Array, Bools, Ints, Names
from analysis.book import TABLES, Book
from benchmarks.ticking import FIRST_DAY, Lives, Plan, lives

#: What nobody waits for any longer is no lost visit: half a year after the first that did not come.
WAITED_DAYS = 182
LOG_VISIT_SPREAD = 0.15  # of the tickets of one client


@dataclass(frozen=True)
class Shop:
    """One shop: its Book and its truth. Days are counted from the export's first; `as_of` is the last of `plan.days`.

    Arrays have one entry a client, in the order of `client_id`.
    """

    plan: Plan
    lives: Lives

    @property
    def today(self) -> int:
        return self.plan.days - 1

    @property
    def as_of(self) -> dt.date:
        return FIRST_DAY + dt.timedelta(days=self.today)

    @cached_property
    def client_id(self) -> Names:
        return np.array([f"c{number:05}" for number in range(self.plan.clients)], dtype=object)

    @cached_property
    def visited(self) -> Bools:
        """(n, days): whether the client came that day."""
        return np.diff(self.lives.ticks, axis=1, prepend=self.lives.ticks_before[:, None]) > 0

    @cached_property
    def book(self) -> Book:
        """The export, with what comes after `as_of` if the plan asked for it."""
        client, day = np.nonzero(self.visited)
        noise = np.random.default_rng(self.plan.seed).normal(0.0, LOG_VISIT_SPREAD, len(client))
        sales = pd.DataFrame(
            {
                "client_id": self.client_id[client],
                "client_name": self.client_id[client],
                "date": np.datetime64(FIRST_DAY, "s") + day.astype("timedelta64[D]"),
                "amount": np.round(self.lives.ticket[client] * np.exp(noise), 2),
                "status": "completed",
            }
        )
        sales = sales.reindex(columns=list(TABLES["sales"])).astype(dict(TABLES["sales"]))
        known = frozenset({"client_id", "client_name", "date", "amount"})
        return Book(tables={"sales": sales}, known={"sales": known}, currency="EUR")

    def alive(self, day: int) -> Bools:
        """Who has come by that day and will come again."""
        ticks = self.lives.ticks[:, day]
        return np.asarray((ticks > 0) & (ticks < self.lives.last_tick))

    def visits(self, after: int, until: int) -> Ints:
        """Days visited in after < day <= until."""
        return np.asarray(self.visited[:, after + 1 : until + 1].sum(axis=1))

    def lost(self, after: int, until: int) -> tuple[Array, Array]:
        """Visits that did not come in after < day <= until: for a late episode, and for having left.

        Nobody has both. Who left is waited for half a year.
        """
        made, would = self.lives.ticks, self.lives.ticks_without
        stays = np.isinf(self.lives.last_tick)
        late = (would[:, until] - would[:, after]) - (made[:, until] - made[:, after])
        last = np.where(stays, 0, self.lives.last_tick)
        missed = would[:, : until + 1] > last[:, None]
        waited = np.where(missed.any(axis=1), missed.argmax(axis=1) + WAITED_DAYS, until)
        reached = would[np.arange(len(would)), np.minimum(waited, until)]
        gone = np.maximum(reached, last) - np.maximum(would[:, after], last)
        return np.where(stays, late, 0.0).astype(np.float64), np.where(stays, 0.0, np.maximum(gone, 0.0))


def shop(plan: Plan) -> Shop:
    """A shop of that plan, the same every time."""
    return Shop(plan, lives(plan))
