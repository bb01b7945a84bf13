"""Who serves whom: each seller's time in the shop, whether they are gone, and the usual seller of each client."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.portfolio import Portfolio
from analysis.signals import STAFF_GONE_DAYS, USUAL_STAFF_VISITS

#: A seller is a client's usual one with at least so many of the latest visits, and at least this share of them.
LEAST_VISITS, LEAST_SHARE = 2, 0.5
#: Of the days the shop would have worked in the days of absence, so many it must have: else it was shut, not they gone.
_SHOP_WORKED = 0.5
_DAY = pd.Timedelta(days=1)


def sellers(portfolio: Portfolio) -> pd.DataFrame:
    """One row per seller: staff, first, last (days with a line of anybody's), days (how many), gone.

    Gone: no line for more than `STAFF_GONE_DAYS` while the shop went on working, and for longer than they were ever
    away before. Who takes long holidays every summer is not gone in September.
    """
    worked = portfolio.records.staff_days
    worked = worked[worked["date"] <= pd.Timestamp(portfolio.as_of)].sort_values(["staff", "date"])
    absence = worked.groupby("staff")["date"].diff()
    spans = (
        worked.assign(absence=absence)
        .groupby("staff")
        .agg(first=("date", "min"), last=("date", "max"), days=("date", "size"), away=("absence", "max"))
        .reset_index()
    )
    if spans.empty:
        return spans.assign(gone=pd.Series(dtype=bool))[["staff", "first", "last", "days", "gone"]]
    open_days = np.sort(worked["date"].unique())
    span = (pd.Timestamp(portfolio.as_of) - open_days[0]) / _DAY + 1
    open_since = len(open_days) - np.searchsorted(open_days, spans["last"].to_numpy(), side="right")
    absent = (pd.Timestamp(portfolio.as_of) - spans["last"]).dt.days
    shop_worked = open_since >= _SHOP_WORKED * absent * len(open_days) / span
    before = spans["away"].dt.days.fillna(0)
    gone = (absent > STAFF_GONE_DAYS) & shop_worked & (absent > before)
    return spans.assign(gone=gone)[["staff", "first", "last", "days", "gone"]]


def gone_sellers(portfolio: Portfolio) -> pd.DataFrame:
    """The sellers who are gone, the latest first: staff, first, last, days."""
    table = sellers(portfolio)
    gone = table[table["gone"]].drop(columns="gone")
    return gone.sort_values(["last", "staff"], ascending=[False, True], ignore_index=True)


def served(portfolio: Portfolio) -> pd.DataFrame:
    """Once each client, stream and day: client_id, service, date, staff; service "" is the client's visit as a whole.

    A client may have one seller for the colour and another for the nails: each service that repeats has its usual
    seller. What is bought once in a while makes nobody a seller's client.
    """
    columns = ["client_id", "service", "date", "staff"]
    whole = portfolio.visits.assign(service="")[columns]
    repeats = portfolio.services.loc[portfolio.services["repeats"].astype(bool), "service"]
    parts = portfolio.records.services
    parts = parts.loc[parts["service"].isin(repeats), columns].drop_duplicates(columns[:3])
    both = pd.concat([whole, parts], ignore_index=True) if len(parts) else whole
    both = both.astype({"service": object, "staff": object})
    return both.sort_values(["client_id", "service", "date"], kind="stable", ignore_index=True)


def usual_sellers(rows: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """The usual seller of each client and stream at the end of `day`: of most of the latest visits, ties to the last.

    `rows` are those of `served`. Columns: client_id, service, staff, times (of the latest `of` visits), of, last (the
    last day with them), visits (how many there were in all). A seller with fewer than `LEAST_VISITS`, or under
    `LEAST_SHARE` of them, is nobody's usual one.
    """
    known = rows[rows["date"] <= day]
    stream = ["client_id", "service"]
    latest = known[known.groupby(stream, sort=False).cumcount(ascending=False) < USUAL_STAFF_VISITS]
    of = latest.groupby(stream, sort=False)["date"].size().rename("of")
    visits = known.groupby(stream, sort=False)["date"].size().rename("visits")
    named = latest[latest["staff"] != ""]
    counts = named.groupby([*stream, "staff"], sort=False)["date"].agg(times="size", last="max").reset_index()
    best = counts.sort_values([*stream, "times", "last"], kind="stable").drop_duplicates(stream, keep="last")
    best = best.join(of, on=stream).join(visits, on=stream)
    usual = best[(best["times"] >= LEAST_VISITS) & (best["times"] >= LEAST_SHARE * best["of"])]
    return usual.reset_index(drop=True)
