"""Where the change in sales between two periods comes from: clients won, kept, grown, shrunk, lost and recovered.

Every client belongs to one part, and the parts add up to the change:

- new: came for the first time after the earlier period;
- recovered: was a client before the earlier period, did not come in it, and is back;
- grown, shrunk: came in both and brought more or less; kept: within a tenth of the same;
- lost: came in the earlier period and not in this one (not all of them are gone: a client of once a year may be a
  month later than the year before);
- walk_ins: lines without a client's name, as one.

Of those who came in both, the change is by visits (more or fewer of them) and by price (dearer or cheaper ones), each
at the mean of the two periods, so that both add up to it (Bennet 1920). Without amounts all is counted in visits.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd

from analysis.arrays import Array, Names, as_days, sum_by
from analysis.portfolio import Portfolio
from analysis.practices.growth.beginnings import beginnings
from analysis.practices.growth.narrowed import Narrowed, narrowed
from analysis.practices.growth.periods import SIX_MONTHS, YEAR, Period, last_months
from analysis.practices.once import untouched_by_notebook

Part = Literal["new", "recovered", "grown", "kept", "shrunk", "lost", "walk_ins"]
PARTS: tuple[Part, ...] = get_args(Part)

#: half_year: the last six months and the same ones a year earlier; year: twelve and the twelve before; last_half: six
#: and the six before, which the season colours.
Basis = Literal["half_year", "year", "last_half"]
BASES: tuple[Basis, ...] = get_args(Basis)
_MONTHS: dict[Basis, tuple[int, int]] = {
    "half_year": (SIX_MONTHS, YEAR),
    "year": (YEAR, YEAR),
    "last_half": (SIX_MONTHS, SIX_MONTHS),
}
#: A file may begin some days into a period: a shop opens on the second of January.
_DAYS_OF_GRACE = 10
#: Change within this share of what a client brought before is none.
SAME = 0.1


@dataclass(frozen=True)
class GrowthSplit:
    """parts: a row per part: part, clients, before, now, change, by_visits, by_price (value of the two periods).

    clients: those who came in either: client_id, part, visits_before, visits_now, before, now, change, by_visits,
    by_price. gone: of the lost, how many their own rhythm takes for gone, and what they brought before.
    """

    before: Period
    now: Period
    parts: pd.DataFrame
    clients: pd.DataFrame
    gone_clients: int
    gone_value: float
    unclear: int  # of the new, those who may have been clients before the file began
    money: bool

    def of(self, part: str, column: Literal["clients", "before", "now", "change"]) -> float:
        """One figure of one part."""
        return float(self.parts.loc[self.parts["part"] == part, column].iloc[0])

    @property
    def total_before(self) -> float:
        return float(self.parts["before"].sum())

    @property
    def total_now(self) -> float:
        return float(self.parts["now"].sum())

    @property
    def change(self) -> float:
        return self.total_now - self.total_before

    @property
    def growth(self) -> float:
        """The change as a share of the earlier period; NaN where nothing was sold in it."""
        return self.change / self.total_before if self.total_before > 0 else float("nan")


def periods_of(as_of: dt.date, basis: Basis) -> tuple[Period, Period]:
    """The earlier and the later period."""
    months, back = _MONTHS[basis]
    return last_months(as_of, months, back), last_months(as_of, months)


@untouched_by_notebook
def bases(portfolio: Portfolio) -> tuple[Basis, ...]:
    """Those whose earlier period the file holds whole, the usual one first."""
    since = beginnings(portfolio).since - dt.timedelta(days=_DAYS_OF_GRACE)
    return tuple(basis for basis in BASES if periods_of(portfolio.as_of, basis)[0].first >= since)


@untouched_by_notebook
def growth_split(
    portfolio: Portfolio, basis: Basis, service: str | None = None, seller: str | None = None
) -> GrowthSplit:
    """The change between the two periods of a basis, of the shop or of the clients of a service or of a seller."""
    before, now = periods_of(portfolio.as_of, basis)
    shop = narrowed(portfolio, service, seller)
    clients = _clients(shop, before, now)
    parts = _parts(clients, shop, before, now)
    lapsed = portfolio.clients.loc[portfolio.clients["state"] == "lapsed", "client_id"]
    gone = clients[(clients["part"] == "lost") & clients["client_id"].isin(lapsed)]
    won = clients.loc[clients["part"] == "new", "client_id"]
    return GrowthSplit(
        before=before,
        now=now,
        parts=parts,
        clients=clients.sort_values(["change", "client_id"], key=_by_size, ignore_index=True),
        gone_clients=len(gone),
        gone_value=float(gone["before"].sum()),
        unclear=int(np.isin(shop.client_id[shop.of("unclear")], won).sum()),
        money=shop.money,
    )


def _by_size(column: pd.Series) -> pd.Series:
    return -column.abs() if column.name == "change" else column


def _clients(shop: Narrowed, before: Period, now: Period) -> pd.DataFrame:
    """Who came in either period, and how much of it."""
    rows = len(shop.client_id)

    def of(period: Period) -> tuple[Array, Array]:
        came = shop.visits[period.holds(shop.visits["date"])]
        client = came["client"].to_numpy()
        return sum_by(client, np.ones(len(came)), rows), sum_by(client, came["value"].to_numpy(), rows)

    (visits_before, value_before), (visits_now, value_now) = of(before), of(now)
    part = _part_of(shop, before, visits_before, visits_now, value_before, value_now)
    both = (visits_before > 0) & (visits_now > 0)
    by_visits, by_price = _why(visits_before, visits_now, value_before, value_now)
    frame = pd.DataFrame(
        {
            "client_id": shop.client_id,
            "part": part,
            "visits_before": visits_before.astype(np.int64),
            "visits_now": visits_now.astype(np.int64),
            "before": value_before,
            "now": value_now,
            "change": value_now - value_before,
            "by_visits": np.where(both, by_visits, np.nan),
            "by_price": np.where(both, by_price, np.nan),
        }
    )
    return frame[(visits_before > 0) | (visits_now > 0)]


def _part_of(
    shop: Narrowed,
    before: Period,
    visits_before: Array,
    visits_now: Array,
    value_before: Array,
    value_now: Array,
) -> Names:
    first, last = (float(as_days(np.datetime64(day))) for day in (before.first, before.last))
    came, comes = visits_before > 0, visits_now > 0
    old = (shop.began < first) | shop.of("before")
    change = value_now - value_before
    same = np.abs(change) <= SAME * np.abs(value_before)
    kinds = [came & ~comes, came & same, came & (change > 0), came, old, shop.began > last]
    return np.select(kinds, ["lost", "kept", "grown", "shrunk", "recovered", "new"], "new").astype(object)


def _why(
    visits_before: Array, visits_now: Array, value_before: Array, value_now: Array
) -> tuple[Array, Array]:
    """The change by the number of visits and by what a visit brings; where there are none, neither counts."""
    with np.errstate(invalid="ignore", divide="ignore"):
        ticket_before, ticket_now = value_before / visits_before, value_now / visits_now
        by_visits = (visits_now - visits_before) * (ticket_before + ticket_now) / 2
        by_price = (ticket_now - ticket_before) * (visits_before + visits_now) / 2
    return by_visits, by_price


def _parts(clients: pd.DataFrame, shop: Narrowed, before: Period, now: Period) -> pd.DataFrame:
    sums = clients.groupby("part")[["before", "now", "change", "by_visits", "by_price"]].sum(min_count=1)
    table = sums.reindex(list(PARTS))
    table.insert(0, "clients", clients["part"].value_counts().reindex(PARTS).fillna(0).astype("int64"))
    nobody = shop.walk_ins
    sold = [float(nobody.loc[period.holds(nobody["date"]), "value"].sum()) for period in (before, now)]
    table.loc["walk_ins", ["before", "now", "change"]] = [*sold, sold[1] - sold[0]]
    table[["before", "now", "change"]] = table[["before", "now", "change"]].fillna(0.0)
    return table.rename_axis("part").reset_index()
