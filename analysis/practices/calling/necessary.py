"""Calling helps only where a service is necessary and repeats: which services do, and who has had no other."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.portfolio import Portfolio
from analysis.practices.once import once_for

#: The owner's word on a service, in `Notebook.choices`: 1 for one that repeats, 0 for one that does not. The name of
#: no service stands for the lines that name none.
CHOICE = "today.service."


def repeating(portfolio: Portfolio) -> pd.DataFrame:
    """One row per service, the one without a name first where there are such lines.

    Columns: service, clients, return_share, learned (whether it repeats by the data), repeats (by the owner's word
    where they gave one).

    A service repeats where at least half of its visits were followed by another; see `analysis.services`. Of a service
    too new to tell, and of lines without one, nothing is known: they count until the owner says otherwise.
    """
    rows = portfolio.services[["service", "clients", "return_share"]].assign(
        learned=portfolio.services["repeats"].astype(bool) | portfolio.services["return_share"].isna()
    )
    unnamed = portfolio.visits.loc[portfolio.visits["service"].eq(""), "client_id"].nunique()
    if unnamed:
        nobody = pd.DataFrame(
            {"service": [""], "clients": [unnamed], "return_share": [np.nan], "learned": [True]}
        )
        rows = pd.concat([nobody, rows], ignore_index=True) if len(rows) else nobody
    said = (CHOICE + rows["service"]).map(portfolio.notebook.choices)
    return rows.assign(repeats=np.where(said.notna(), said.fillna(0.0) > 0, rows["learned"]))


@once_for("as_of", "clients", "visits", "services", "streams", "records.services", "notebook.choices")
def out_of_service(portfolio: Portfolio) -> pd.Series:
    """Per client: not to be called back, for no service of theirs repeats, or none of those is due yet.

    Where the export names no service for a client and the owner says that such visits need not repeat, those who have
    a rhythm of their own are still due by it.
    """
    clients = portfolio.clients
    table = repeating(portfolio).set_index("service")["repeats"]
    if table.all():
        return pd.Series(data=False, index=clients.index)
    on = set(table.index[table.astype(bool)])
    had = portfolio.records.services[["client_id", "service"]].drop_duplicates()
    named = clients["client_id"].isin(had["client_id"])
    has_one = clients["client_id"].isin(had.loc[had["service"].isin(on), "client_id"])
    by_rhythm = clients["interval_source"].eq("own") | ("" in on)
    return ~(has_one & ~_waits(portfolio, on)).where(named, by_rhythm)


def _waits(portfolio: Portfolio, on: set[str]) -> pd.Series:
    """Per client: what they are due for is a service that the owner took off, and no other one is due yet."""
    clients, streams = portfolio.clients, portfolio.streams
    off = clients["due_service"].ne("") & ~clients["due_service"].isin(on)
    theirs = streams.loc[streams["service"].isin(on)]
    later = set(theirs["client_id"])
    now = set(theirs.loc[theirs["due"] <= pd.Timestamp(portfolio.as_of), "client_id"])
    return off & clients["client_id"].isin(later - now) & ~clients["flagged"].astype(bool)
