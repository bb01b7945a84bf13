"""The shop narrowed to the clients of a service or of a seller, with the till's lines of nobody's beside them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.arrays import Array, Bools, Names, as_days
from analysis.portfolio import Portfolio
from analysis.practices.growth.beginnings import Beginnings, Known, beginnings, numbered
from analysis.practices.once import once_for


@dataclass(frozen=True)
class Narrowed:
    """Clients whose usual service and seller are those asked for, with all their visits.

    visits: client (a number, as in `client_id`), date, value, service, staff; by client and date. `value` is money
    (0 where a visit's is unknown), or 1 in an export without amounts.
    """

    since: Beginnings
    client_id: Names
    began: Array  # days since 1970
    known: Names
    visits: pd.DataFrame
    walk_ins: pd.DataFrame  # date, value
    money: bool

    def of(self, known: Known) -> Bools:
        return np.asarray(self.known == known)


@once_for("as_of", "has_amounts", "clients", "visits", "records.walk_ins", "records.joined")
def narrowed(portfolio: Portfolio, service: str | None = None, seller: str | None = None) -> Narrowed:
    """The clients, visits and lines of nobody's that belong to a service and a seller; None = to any."""
    since = beginnings(portfolio)
    people, nobody = portfolio.clients, portfolio.records.walk_ins
    kept = np.ones(len(people), dtype=bool)
    lines = np.ones(len(nobody), dtype=bool)
    for column, wanted in (("service", service), ("staff", seller)):
        if wanted is not None:
            kept &= (people[column] == wanted).to_numpy()
            lines &= (nobody[column] == wanted).to_numpy()
    client, ids = numbered(portfolio.visits)
    own = kept[pd.Index(people["client_id"]).get_indexer(pd.Index(ids))]
    number = np.cumsum(own) - 1
    visits = portfolio.visits[own[client]].reset_index(drop=True)
    visits = visits.assign(client=number[client[own[client]]])
    money = portfolio.has_amounts
    return Narrowed(
        since=since,
        client_id=ids[own],
        began=as_days(since.began[own]),
        known=since.known[own],
        visits=visits.assign(value=_value(visits, money=money)),
        walk_ins=nobody.loc[lines, ["date"]].assign(value=_value(nobody[lines], money=money)),
        money=money,
    )


def _value(rows: pd.DataFrame, *, money: bool) -> Array:
    return rows["amount"].fillna(0.0).to_numpy(dtype=float) if money else np.ones(len(rows))
