"""How many new clients come a second time: the sale starts when the contract closes.

In time means within one and a half times the usual interval of the service they began with; and by 90 days, for those
who think in a calendar. Who began too recently to be judged counts for as long as they could be watched.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.arrays import Array, Bools, Ints, Names, as_days
from analysis.portfolio import Portfolio
from analysis.practices.growth.narrowed import Narrowed, narrowed
from analysis.practices.growth.periods import YEAR, months_before
from analysis.practices.once import untouched_by_notebook
from analysis.practices.survival import Share, happened_by

IN_TIME = 1.5  # usual intervals
BY_DAYS = 90.0
#: Where a shop has no interval at all, a client of every two months is the yardstick.
_ANY_INTERVAL = 60.0
_QUARTERS = 8


@dataclass(frozen=True)
class Newcomers:
    """Clients whose first visit is known, an entry each; days are since 1970.

    watched: days from the first visit to `as_of`; wait: to the second one, NaN where there is none; term: within how
    many days the second is in time; service, seller: of the first visit, "" where unknown; ticket: what it brought.
    """

    client: Ints  # their number in `shop`
    began: Array
    watched: Array
    wait: Array
    term: Array
    service: Names
    seller: Names
    ticket: Array

    @property
    def time(self) -> Array:
        return np.fmin(self.wait, self.watched)

    @property
    def returned(self) -> Bools:
        return ~np.isnan(self.wait)

    def in_time(self, chosen: Bools) -> Share:
        """Of the chosen, those who came again in time."""
        return happened_by(
            (self.time / self.term)[chosen], self.returned[chosen], (self.watched / self.term)[chosen], 1.0
        )

    def by_days(self, chosen: Bools, days: float = BY_DAYS) -> Share:
        """Of the chosen, those who came again within so many days."""
        return happened_by(self.time[chosen], self.returned[chosen], self.watched[chosen], days)


@dataclass(frozen=True)
class SecondVisits:
    """Of those who began in the last twelve months, in time and by 90 days; of the twelve before, in time.

    quarters: a row per quarter of the first visit, the last eight at most: quarter (its first day), clients, share,
    low, high (in time; NaN where nobody could be watched long enough), by_90 (share by 90 days). term_days: the middle
    one.
    """

    last_year: Share
    year_before: Share
    last_year_by_90: Share
    newcomers: int
    term_days: float
    quarters: pd.DataFrame


def newcomers(portfolio: Portfolio, shop: Narrowed) -> Newcomers:
    """The clients of `shop` who are known to have begun within the file."""
    visits = shop.visits
    today = float(as_days(np.datetime64(portfolio.as_of)))
    client = visits["client"].to_numpy()
    start = np.searchsorted(client, np.arange(len(shop.client_id)))
    chosen = np.flatnonzero(shop.of("first"))
    first = start[chosen]
    day = as_days(visits["date"].to_numpy())
    following = np.minimum(first + 1, max(len(visits) - 1, 0))
    again = (client[following] == chosen) & (following > first)
    service = visits["service"].to_numpy(dtype=object)[first]
    return Newcomers(
        client=chosen,
        began=shop.began[chosen],
        watched=today - shop.began[chosen],
        wait=np.where(again, day[following] - day[first], np.nan),
        term=IN_TIME * _usual_days(portfolio, service),
        service=service,
        seller=visits["staff"].to_numpy(dtype=object)[first],
        ticket=visits["amount"].to_numpy(dtype=float)[first],
    )


@untouched_by_notebook
def second_visits(
    portfolio: Portfolio, service: str | None = None, seller: str | None = None
) -> SecondVisits:
    """Second visits of the shop, or of the clients of a service or of a seller."""
    came = newcomers(portfolio, narrowed(portfolio, service, seller))
    edges = [float(as_days(np.datetime64(months_before(portfolio.as_of, YEAR * back)))) for back in (0, 1, 2)]
    last, before = ((came.began > edges[back + 1]) & (came.began <= edges[back]) for back in (0, 1))
    return SecondVisits(
        last_year=came.in_time(last),
        year_before=came.in_time(before),
        last_year_by_90=came.by_days(last),
        newcomers=len(came.began),
        term_days=float(np.median(came.term)) if len(came.term) else float("nan"),
        quarters=_quarters(came),
    )


def _usual_days(portfolio: Portfolio, service: Names) -> Array:
    """The usual interval of each service; the shop's where it has none."""
    clients = portfolio.clients
    own = clients.loc[clients["visits"] > 1, "interval_days"].median()
    usual = portfolio.services.set_index("service")["standard_days"]
    days = pd.Series(service, dtype=object).map(usual).astype(float)
    return np.asarray(days.fillna(_ANY_INTERVAL if pd.isna(own) else float(own)), dtype=np.float64)


def _quarters(came: Newcomers) -> pd.DataFrame:
    dates = pd.Series(came.began.astype("datetime64[D]").astype("datetime64[s]"))
    quarter = dates.dt.to_period("Q").dt.to_timestamp()
    shown = sorted(quarter.unique())[-_QUARTERS:]
    found = [
        (came.in_time(rows), came.by_days(rows)) for rows in ((quarter == one).to_numpy() for one in shown)
    ]
    return pd.DataFrame(
        {
            "quarter": pd.Series(shown, dtype="datetime64[s]"),
            "clients": [in_time.clients for in_time, _ in found],
            **{
                name: np.array([getattr(in_time, name) for in_time, _ in found], dtype=float)
                for name in ("share", "low", "high")
            },
            "by_90": np.array([by_90.share for _, by_90 in found], dtype=float),
        }
    )
