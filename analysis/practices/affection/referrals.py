"""Who brings whom, and whether those who come recommended stay longer and are worth more.

Clients are compared by how they came: brought by another client, by any other source as the export writes it, or not
known. All are followed for the same year from their first visit. Those who were there when the export begins are left
out: nobody knows how long they had been coming. The intervals hold four times in five. Observational: whoever has
friends among the clients may differ in more than that.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.intervals import half_of_mean, of_share
from analysis.portfolio import Portfolio
from analysis.practices.once import once_for
from analysis.schema import BANDS

#: A year's follow-up; stayed: a visit in its second half.
FOLLOWED_DAYS, HALF_DAYS = 365, 182
#: Who first came within so many days of the export's first day may have been a client for years.
OLD_DAYS = 91
#: Groups with fewer clients are joined as "other", and of fewer nothing is said in a title.
FEWEST = 8
MOST_SOURCES = 4
REFERRED, OTHERS, UNKNOWN = "referred", "others", "unknown"


def ways(portfolio: Portfolio) -> pd.DataFrame:
    """A row per way of coming: kind, source (as written, for kind "source"), all clients, and how they did.

    clients: all who came so; followed: those with a whole year since their first visit; stayed: share of them with a
    visit in the second half of that year, with stayed_low and stayed_high; value: money of that year per client, with
    value_low and value_high, NaN without amounts. First the referred, then sources by clients, others, unknown.
    """
    clients = portfolio.clients
    told = portfolio.records.referrals.set_index("client_id").astype(object).reindex(clients["client_id"])
    referred = told["referrer_id"].fillna("").ne("").to_numpy()
    source = told["source"].fillna("").astype(str).str.strip()
    kind = np.select([referred, source.ne("").to_numpy()], [REFERRED, "source"], UNKNOWN)
    counts = source[kind == "source"].value_counts()
    named = [name for name, count in counts.items() if count >= FEWEST][:MOST_SOURCES]
    kind = np.where((kind == "source") & ~source.isin(named).to_numpy(), OTHERS, kind)
    group = np.where(kind == "source", source.to_numpy(dtype=object), "")
    people = _first_year(portfolio).assign(kind=kind, source=group)
    order = [(REFERRED, ""), *(("source", name) for name in named), (OTHERS, ""), (UNKNOWN, "")]
    rows = [_way(people[(people["kind"] == of) & (people["source"] == name)], of, name) for of, name in order]
    return pd.DataFrame([asdict(row) for row in rows if row.clients])


@dataclass(frozen=True)
class Standing:
    """Whether the referred do better than all others: `stay`, `worth`, `both`, `same`, `less` or `few`.

    By share who stayed where a difference shows; intervals that overlap are no difference.
    """

    code: Literal["stay", "worth", "both", "same", "less", "few"]
    referred: int = 0
    stayed: float = math.nan
    other_stayed: float = math.nan
    value: float = math.nan
    other_value: float = math.nan


def standing(portfolio: Portfolio) -> Standing:
    """The referred against everyone whose coming is told otherwise or not at all."""
    told = portfolio.records.referrals
    brought = told.loc[told["referrer_id"] != "", "client_id"]
    people = _first_year(portfolio)
    is_referred = portfolio.clients["client_id"].isin(brought).to_numpy()
    one, other = _way(people[is_referred], REFERRED, ""), _way(people[~is_referred], OTHERS, "")
    if min(one.followed, other.followed) < FEWEST:
        return Standing("few", len(brought))
    stay = one.stayed_low > other.stayed_high
    money = one.value_low > other.value_high
    less = one.stayed_high < other.stayed_low or one.value_high < other.value_low
    code: Literal["stay", "worth", "both", "same", "less"] = (
        "both" if stay and money else "stay" if stay else "worth" if money else "less" if less else "same"
    )
    return Standing(code, len(brought), one.stayed, other.stayed, one.value, other.value)


def by_band(portfolio: Portfolio) -> pd.DataFrame:
    """A row per band: band, clients, referrers (clients who brought somebody), brought, each (brought per client)."""
    brought = _brought(portfolio)
    table = portfolio.clients[["client_id", "band"]].assign(
        brought=portfolio.clients["client_id"].map(brought).fillna(0).astype("int64").to_numpy()
    )
    by = table.assign(referrers=table["brought"] > 0, clients=1).groupby("band", observed=True)
    found = by[["clients", "referrers", "brought"]].sum().reindex(list(BANDS)).fillna(0).astype("int64")
    people = found["clients"].where(found["clients"] > 0)
    return found.assign(each=found["brought"] / people).rename_axis("band").reset_index()


def to_thank(portfolio: Portfolio) -> pd.DataFrame:
    """Clients who brought others: client_id, brought, names (of those brought), still (of them come), value.

    value: what those brought left in the last twelve months, NaN without amounts. Who brought most stands first, then
    by value.
    """
    told = portfolio.records.referrals
    pairs = told[(told["referrer_id"] != "") & (told["referrer_id"] != told["client_id"])]
    people = portfolio.clients.set_index("client_id")
    pairs = pairs[pairs["referrer_id"].isin(people.index)]
    rows = people.loc[pairs["client_id"]]
    each = pd.DataFrame(
        {
            "client_id": pairs["referrer_id"].to_numpy(),
            "name": rows["client_name"].to_numpy(),
            "still": (rows["state"] != "lapsed").to_numpy(),
            "value": rows["revenue_12m"].to_numpy(dtype=float),
        }
    )
    table = each.groupby("client_id", sort=True).agg(
        brought=("name", "size"),
        names=("name", tuple),
        still=("still", "sum"),
    )
    table["value"] = each.groupby("client_id", sort=True)["value"].sum(min_count=1)
    return table.sort_values(["brought", "value"], ascending=False, kind="stable").reset_index()


def _brought(portfolio: Portfolio) -> pd.Series:
    """How many clients each client brought, by client_id."""
    told = portfolio.records.referrals
    pairs = told[(told["referrer_id"] != "") & (told["referrer_id"] != told["client_id"])]
    return pairs.groupby("referrer_id").size()


@once_for("as_of", "clients", "visits")
def _first_year(portfolio: Portfolio) -> pd.DataFrame:
    """Per client: followed, stayed and value, as of `ways`; in the order of `portfolio.clients`."""
    clients, visits = portfolio.clients, portfolio.visits
    first = clients.set_index("client_id")["first_visit"]
    since = (visits["date"] - visits["client_id"].map(first)).dt.days
    within = since <= FOLLOWED_DAYS
    late = visits.loc[within & (since > HALF_DAYS), "client_id"].unique()
    value = visits["amount"].where(within).groupby(visits["client_id"]).sum(min_count=1)
    begins = visits["date"].min() + pd.Timedelta(days=OLD_DAYS)
    old_enough = first + pd.Timedelta(days=FOLLOWED_DAYS) <= pd.Timestamp(portfolio.as_of)
    return pd.DataFrame(
        {
            "followed": (old_enough & (first > begins)).to_numpy(),
            "stayed": clients["client_id"].isin(late).to_numpy(),
            "value": clients["client_id"].map(value).to_numpy(dtype=float),
        }
    )


@dataclass(frozen=True)
class Way:
    """How the clients who came in one way did; columns of `ways`."""

    kind: str
    source: str
    clients: int
    followed: int
    stayed: float
    stayed_low: float
    stayed_high: float
    value: float
    value_low: float
    value_high: float


def _way(people: pd.DataFrame, kind: str, source: str) -> Way:
    followed = people[people["followed"]]
    n, stayed = len(followed), int(followed["stayed"].sum())
    low, high = of_share(stayed, n)
    value = followed["value"].dropna().to_numpy(dtype=float)
    mean, half = (float(value.mean()), half_of_mean(value)) if len(value) else (math.nan, math.nan)
    return Way(
        kind=kind,
        source=source,
        clients=len(people),
        followed=n,
        stayed=stayed / n if n else math.nan,
        stayed_low=float(low),
        stayed_high=float(high),
        value=mean,
        value_low=max(mean - half, 0.0),
        value_high=mean + half,
    )
