"""Whether new clients stay and what they bring: both as far as each could be watched.

A client is still active so many months after their first visit if they came on that day or later. Who last came within
`silence_days` of the end of the data may still come, and is watched only until then: in that time 95 in
100 of the shop's clients who come back have come. So nobody counts as gone because the file ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.arrays import Array, Bools, Ints, as_days
from analysis.portfolio import Portfolio
from analysis.practices.growth.narrowed import Narrowed
from analysis.practices.growth.periods import DAYS_A_MONTH, YEAR
from analysis.practices.growth.second_visit import Newcomers
from analysis.practices.survival import FEWEST_WATCHED, Share, lasting_until, shares_lasting


@dataclass(frozen=True)
class Value:
    """What a client brings in their first twelve months: the mean, its standard error, of how many clients.

    NaN where too few could be watched for twelve months.
    """

    mean: float = float("nan")
    error: float = float("nan")
    clients: int = 0


@dataclass(frozen=True)
class Staying:
    """Newcomers with the life that could be watched of each, and their first year.

    could_live: days from the first visit until when they could be watched, negative for those who began too recently;
    lived: to the last visit (ended), or that long. months: (newcomers, 12) value by month from the first visit, NaN
    where not yet over.
    """

    came: Newcomers
    could_live: Array
    lived: Array
    ended: Bools
    months: Array

    def active_after(self, months: float, chosen: Bools) -> Share:
        """Of the chosen, those still active so many months after their first visit."""
        rows = chosen & (self.could_live >= 0)
        return lasting_until(self.lived[rows], self.ended[rows], self.could_live[rows], months * DAYS_A_MONTH)

    def active_through(self, months: Sequence[float], chosen: Bools) -> Array:
        """The share of `active_after` each of so many months."""
        rows = chosen & (self.could_live >= 0)
        days = [month * DAYS_A_MONTH for month in months]
        return shares_lasting(self.lived[rows], self.ended[rows], self.could_live[rows], days)

    def first_year(self, chosen: Bools) -> Value:
        """What the chosen bring in twelve months: the sum of each month's mean, of those watched through it (Lin 1997).

        The error is that of the sum over clients: who brings much in one month does so in others.
        """
        months = self.months[chosen]
        seen = ~np.isnan(months)
        watched = seen.sum(axis=0)
        if not len(months) or watched.min() < min(FEWEST_WATCHED, len(months)):
            return Value(clients=len(months))
        means = np.nansum(months, axis=0) / watched
        off = np.where(seen, (np.nan_to_num(months) - means) / watched, 0.0).sum(axis=1)
        return Value(float(means.sum()), float(np.sqrt((off**2).sum())), len(months))


def staying(portfolio: Portfolio, shop: Narrowed, came: Newcomers) -> Staying:
    """The lives and first years of the newcomers of `shop`."""
    client = shop.visits["client"].to_numpy()
    day = as_days(shop.visits["date"].to_numpy())
    end = np.searchsorted(client, came.client, side="right") - 1
    last = day[end]
    watched_until = float(as_days(np.datetime64(portfolio.as_of))) - shop.since.silence_days
    ended = last < watched_until
    return Staying(
        came=came,
        could_live=watched_until - came.began,
        lived=np.where(ended, last, watched_until) - came.began,
        ended=ended,
        months=_first_months(shop, came, client, day),
    )


def _first_months(shop: Narrowed, came: Newcomers, client: Ints, day: Array) -> Array:
    place = np.full(len(shop.client_id), -1)
    place[came.client] = np.arange(len(came.client))
    row = place[client]
    own = row >= 0
    row = row[own]
    month = np.floor((day[own] - came.began[row]) / DAYS_A_MONTH).astype(np.int64)
    early = month < YEAR
    table = np.zeros((len(came.client), YEAR))
    np.add.at(table, (row[early], month[early]), shop.visits["value"].to_numpy()[own][early])
    over = came.watched[:, None] >= (np.arange(YEAR) + 1) * DAYS_A_MONTH
    return np.where(over, table, np.nan)
