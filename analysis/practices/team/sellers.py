"""Who serves whom: each seller's time in the shop, whether they are gone, and the usual seller of each client."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.arrays import Ints
from analysis.portfolio import Portfolio
from analysis.practices.once import once_for
from analysis.signals import STAFF_GONE_DAYS, USUAL_STAFF_VISITS

#: A seller is a client's usual one with at least so many of the latest visits, and at least this share of them.
LEAST_VISITS, LEAST_SHARE = 2, 0.5
#: Of the days the shop would have worked in the days of absence, so many it must have: else it was shut, not they gone.
_SHOP_WORKED = 0.5
_DAY = pd.Timedelta(days=1)


@once_for("as_of", "records.staff_days")
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


@once_for("visits", "services", "records.services")
def served(portfolio: Portfolio) -> pd.DataFrame:
    """Once each client, stream and day: client_id, service, date, staff; service "" is the client's visit as a whole.

    A client may have one seller for the colour and another for the nails: each service that repeats has its usual
    seller. What is bought once in a while makes nobody a seller's client.
    """
    columns = ["client_id", "service", "date", "staff"]
    whole = portfolio.visits.assign(service="")[columns]
    repeats = portfolio.services.loc[portfolio.services["repeats"].astype(bool), "service"]
    parts = portfolio.records.services
    parts = parts.loc[parts["service"].isin(repeats), columns]
    both = pd.concat([whole, parts], ignore_index=True) if len(parts) else whole
    both = both.astype(dict.fromkeys(("client_id", "service", "staff"), object))
    client, service = (pd.factorize(both[name], sort=True)[0] for name in ("client_id", "service"))
    day = both["date"].to_numpy()
    order = np.lexsort((day, service, client))
    # Of one service for two cars on a day the first seller is told.
    first = np.ones(len(both), dtype=bool)
    first[1:] = np.any([np.diff(key[order].astype(np.int64)) != 0 for key in (client, service, day)], axis=0)
    return both.iloc[order[first]].reset_index(drop=True)


def visits_left(rows: pd.DataFrame) -> Ints:
    """How many visits of the same client and stream follow each row of `served`."""
    client, service = (rows[name].to_numpy(dtype=object) for name in ("client_id", "service"))
    ends = np.ones(len(rows), dtype=bool)
    ends[:-1] = (client[1:] != client[:-1]) | (service[1:] != service[:-1])
    last = np.flatnonzero(ends)
    place = np.arange(len(rows))
    return np.asarray(last[np.searchsorted(last, place)] - place, dtype=np.int64)


@once_for("visits", "services", "records.services")
def usual_sellers_on(portfolio: Portfolio, day: pd.Timestamp) -> pd.DataFrame:
    """`usual_sellers` of everything that was served."""
    return usual_sellers(served(portfolio), day)


def usual_sellers(rows: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """The usual seller of each client and stream at the end of `day`: of most of the latest visits, ties to the last.

    `rows` are those of `served`. Columns: client_id, service, staff, times (of the latest `of` visits), of, last (the
    last day with them), visits (how many there were in all). A seller with fewer than `LEAST_VISITS`, or under
    `LEAST_SHARE` of them, is nobody's usual one.
    """
    known = rows[(rows["date"] <= day).to_numpy()].reset_index(drop=True)
    left = visits_left(known)
    ends = np.flatnonzero(left == 0)
    latest = np.flatnonzero(left < USUAL_STAFF_VISITS)
    stream = np.searchsorted(ends, latest)
    of = np.bincount(stream, minlength=len(ends))
    staff, names = pd.factorize(known["staff"].iloc[latest])
    key = stream * max(len(names), 1) + staff
    # Rows of a stream stand by date: the last one of a key is the last day with that seller.
    order = np.argsort(key, kind="stable")
    closes = np.flatnonzero(np.diff(key[order], append=-1))
    times = np.diff(closes, prepend=-1)
    row = latest[order[closes]]
    table = pd.DataFrame({"stream": stream[order[closes]], "row": row, "times": times})
    table = table[(known["staff"].iloc[table["row"]] != "").to_numpy()]
    best = table.sort_values(["stream", "times", "row"]).drop_duplicates("stream", keep="last")
    best = best.assign(of=of[best["stream"]], visits=np.diff(ends, prepend=-1)[best["stream"]])
    usual = best[(best["times"] >= LEAST_VISITS) & (best["times"] >= LEAST_SHARE * best["of"])]
    told = known.iloc[usual["row"]].reset_index(drop=True).rename(columns={"date": "last"})
    found = told.assign(**{name: usual[name].to_numpy() for name in ("times", "of", "visits")})
    return found[["client_id", "service", "staff", "times", "of", "last", "visits"]]
