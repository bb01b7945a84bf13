"""Clients who changed sellers while both work here: who went from whom to whom, and whether they keep coming."""

from __future__ import annotations

import pandas as pd

from analysis.portfolio import Portfolio
from analysis.practices.once import once_for
from analysis.practices.team.sellers import sellers, served, usual_sellers, visits_left

#: A change: the last so many visits without the seller who did most of those before.
LATEST = 3
#: Of the (up to six) visits before them, so many and this share were with the former seller.
_LEAST_BEFORE, _LEAST_SHARE = 3, 2 / 3
#: News: the first visit without the former seller is at most this old.
_NEWS_DAYS = 365

CHANGED = (
    "client_id",
    "client_name",
    "service",  # of which it is told, "" for the visit as a whole
    "former",
    "now",  # who served most of the latest visits
    "since",  # the first of the latest visits
    *("annual_value", "state", "band", "staff", "consent"),
)


@once_for("as_of", "clients", "visits", "services", "records.services", "records.staff_days")
def changed_hands(portfolio: Portfolio) -> pd.DataFrame:
    """One row (CHANGED) per client who left a seller for another of the house, the most valuable first.

    Where a client changed in several services, the one they have most often is told.
    """
    team = sellers(portfolio)
    here = set(team.loc[~team["gone"], "staff"])
    rows = served(portfolio)
    if (rows["service"] != "").any():
        # Of a visit for the hair and the nails only one seller is told: that is no change.
        rows = rows[rows["service"] != ""]
    stream = ["client_id", "service"]
    back = visits_left(rows)
    before = usual_sellers(rows[back >= LATEST], pd.Timestamp(portfolio.as_of))
    settled = (before["times"] >= _LEAST_BEFORE) & (before["times"] >= _LEAST_SHARE * before["of"])
    before = before[settled & before["staff"].isin(here)]
    latest = rows[back < LATEST].merge(
        before[[*stream, "staff", "visits"]], on=stream, suffixes=("", "_before")
    )
    latest["same"] = latest["staff"].eq(latest["staff_before"]) | latest["staff"].eq("")
    runs = latest.groupby(stream).agg(
        same=("same", "any"),
        since=("date", "min"),
        former=("staff_before", "first"),
        visits=("visits", "first"),
    )
    news = runs["since"] > pd.Timestamp(portfolio.as_of) - pd.Timedelta(days=_NEWS_DAYS)
    runs = runs[~runs["same"] & news]
    counts = latest.groupby([*stream, "staff"])["date"].agg(times="size", last="max").reset_index()
    most = counts.sort_values([*stream, "times", "last"], kind="stable").drop_duplicates(stream, keep="last")
    found = runs.join(most.set_index(stream)["staff"].rename("now")).reset_index()
    found = found[found["now"].isin(here)]
    found = found.sort_values(["client_id", "visits", "service"], ascending=[True, False, True])
    found = found.drop_duplicates("client_id")
    clients = portfolio.clients[
        ["client_id", "client_name", "annual_value", "state", "band", "staff", "consent"]
    ]
    told = found.merge(clients, on="client_id")
    return told.sort_values(["annual_value", "client_id"], ascending=[False, True], ignore_index=True)[
        list(CHANGED)
    ]


def between(changed: pd.DataFrame) -> pd.DataFrame:
    """How many went from whom to whom: former, now, clients, away (of them late or gone by now)."""
    away = changed.assign(away=changed["state"].isin(["late", "lapsed"]))
    pairs = (
        away.groupby(["former", "now"]).agg(clients=("client_id", "size"), away=("away", "sum")).reset_index()
    )
    return pairs.sort_values(["clients", "former", "now"], ascending=[False, True, True], ignore_index=True)
