"""Shops drawn at random with a known truth, as much of a Portfolio as the practices of growth look at."""

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.notebook import Notebook
from analysis.portfolio import Portfolio

AS_OF = dt.date(2026, 10, 31)
_DAYS = 3 * 365
_USUAL = 30.0
_REGULAR = 5.0
_TICKET, _SPREAD = 30.0, 0.5


@dataclass(frozen=True)
class Records:
    joined: pd.Series
    walk_ins: pd.DataFrame
    referrals: pd.DataFrame


@dataclass(frozen=True)
class Shop:
    clients: pd.DataFrame
    visits: pd.DataFrame
    records: Records
    services: pd.DataFrame
    as_of: dt.date = AS_OF
    has_amounts: bool = True
    has_services: bool = True
    has_staff: bool = False
    notebook: Notebook = field(default_factory=Notebook)


@dataclass(frozen=True)
class Truth:
    """Of each client, in the order of their ids: whether they began within the file, and how they came."""

    new: np.ndarray
    source: np.ndarray


def drawn_shop(
    *,
    newcomers: int = 300,
    old: int = 200,
    leaves: dict[str, float] | None = None,
    dearer: dict[str, float] | None = None,
    days: int = _DAYS,
    seed: int = 1,
) -> tuple[Portfolio, Truth]:
    """Newcomers spread over the file, and old clients who come with the same rhythm from long before it.

    `leaves`: by source, the probability of never coming again after any visit; `dearer`: what a visit of a source
    brings against one of the others. Nothing says when anyone joined.
    """
    random = np.random.default_rng(seed)
    leaves = leaves or {"calle": 0.1}
    sources = np.array(list(leaves))
    rows: list[tuple[str, int, float]] = []
    new = np.arange(newcomers + old) < newcomers
    came = sources[random.integers(0, len(sources), newcomers + old)]
    for number in range(newcomers + old):
        price = _TICKET * (dearer or {}).get(came[number], 1.0)
        usual = _USUAL * np.exp(random.normal(0, 0.3))
        day = random.uniform(0, days) if new[number] else -random.uniform(400, 800)
        stays = leaves[came[number]] if new[number] else 0.0
        while day <= days:
            if day >= 0:
                ticket = price * np.exp(random.normal(-(_SPREAD**2) / 2, _SPREAD))
                rows.append((f"c{number:04}", int(day), round(float(ticket), 2)))
            if random.random() < stays:
                break
            day += max(1.0, random.gamma(_REGULAR, usual / _REGULAR))
    return shop_of(
        rows, days, dict(zip((f"c{n:04}" for n in range(newcomers + old)), came, strict=True))
    ), Truth(new, came)


def shop_of(rows: list[tuple[str, int, float]], days: int, source: dict[str, str]) -> Portfolio:
    """From client, day of the file and amount; the file ends on `AS_OF`, its day `days`."""
    start = pd.Timestamp(AS_OF) - pd.Timedelta(days=days)
    visits = pd.DataFrame(rows, columns=["client_id", "day", "amount"]).drop_duplicates(["client_id", "day"])
    visits["date"] = (start + pd.to_timedelta(visits.pop("day"), unit="D")).astype("datetime64[s]")
    visits = visits.sort_values(["client_id", "date"], ignore_index=True).assign(service="Corte", staff="")
    days_of = visits.groupby("client_id")["date"]
    clients = pd.DataFrame(
        {
            "first_visit": days_of.min(),
            "last_visit": days_of.max(),
            "visits": days_of.size(),
            "interval_days": _USUAL,
            "service": "Corte",
            "staff": "",
            "state": "on_time",
        }
    ).reset_index()
    ids = clients["client_id"]
    records = Records(
        joined=pd.Series(dtype="datetime64[s]"),
        walk_ins=pd.DataFrame(
            {"date": pd.Series(dtype="datetime64[s]"), "service": "", "staff": "", "amount": 0.0}
        ).head(0),
        referrals=pd.DataFrame({"client_id": ids, "referrer_id": "", "source": ids.map(source)}),
    )
    services = pd.DataFrame({"service": ["Corte"], "standard_days": [_USUAL]})
    return Shop(clients, visits, records, services)  # type: ignore[return-value]


def joined(shop: Portfolio, days: pd.Series | None = None) -> Portfolio:
    """The same shop whose export says since when each is a client: since their first visit, or since `days`."""
    first = shop.clients.set_index("client_id")["first_visit"]
    return with_records(shop, joined=first if days is None else days)


def with_records(shop: Portfolio, **records: object) -> Portfolio:
    kept: Any = shop.records
    return replace(shop, records=replace(kept, **records))
