"""Sales of the last six months: new clients against existing ones, and which of the two the shop lacks.

[six points] "Mostly existing: prospecting lacks. Mostly new: care lacks. Half and half." The target is the owner's to
change (`Notebook.choices["new_share_target"]`): services that people need again and again live from existing clients.
A client is new whose first visit ever lies in the six months (`beginnings` tells how that is known); all they spent in
them counts as sales to new clients. Lines without a client's name are neither and stand apart.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.arrays import Array, Bools, as_days, sum_by
from analysis.portfolio import Portfolio
from analysis.practices.growth.narrowed import Narrowed, narrowed
from analysis.practices.growth.periods import SIX_MONTHS, Period, last_months, months_before
from analysis.practices.survival import Share, share_of

TARGET = "new_share_target"
HALF = 0.5
#: Around the target, so much of the smaller of its two sides is "about there": 40-60% for half and half.
_TOLERANCE = 0.2
#: Fewer clients than these are judged by chance.
FEWEST_CLIENTS = 10
_MOST_MONTHS = 24
#: Of those first seen, so many may be of unknown past; they count as existing.
_UNCLEAR = 0.1

Verdict = Literal["prospecting", "care", "balanced", "unsure", "too_few", "cannot_tell"]
Standing = Literal["above", "below", "usual", "unknown"]


@dataclass(frozen=True)
class Side:
    """New clients, existing ones, or nobody's lines: how many, their visits (or lines) and what they brought."""

    clients: int
    visits: int
    value: float


@dataclass(frozen=True)
class NewAndExisting:
    """`share`: of value (money, or visits without amounts) by new clients; `of_clients`: of the clients who came.

    Both unknown where the code is `cannot_tell`. trend: a row per month end for which new can be told, the last one the
    period's: end, share, low, high, new_clients, clients, new_value, value; each is of the six months up to it.
    usual: the share of the earlier periods of six months together, NaN where there are none; standing: this period's
    beside it.
    """

    period: Period
    code: Verdict
    target: float
    share: Share
    of_clients: Share
    new: Side
    existing: Side
    walk_ins: Side
    first_seen: int  # clients whose first visit in the file lies in the period
    unclear: int  # of them, those who may have come before the file begins
    tells_from: dt.date | None
    trend: pd.DataFrame
    usual: float
    usual_months: int
    standing: Standing
    money: bool


def target_of(portfolio: Portfolio) -> float:
    """The share of new clients that the owner aims at."""
    return min(max(float(portfolio.notebook.choices.get(TARGET, HALF)), 0.01), 0.99)


def new_and_existing(
    portfolio: Portfolio, service: str | None = None, seller: str | None = None
) -> NewAndExisting:
    """The last six months of the shop, or of the clients of a service or of a seller."""
    shop = narrowed(portfolio, service, seller)
    months = _Months.of(shop, portfolio.as_of)
    windows = [months.window(end) for end in range(months.windows)]
    told = {end: window for end, window in enumerate(windows) if window.tells}
    now = windows[0] if windows else months.window(0)
    target = target_of(portfolio)
    can_tell = 0 in told
    share = now.share if can_tell else Share()
    earlier = [told[end] for end in range(SIX_MONTHS, len(windows), SIX_MONTHS) if end in told]
    value = sum(window.value for window in earlier)
    usual = sum(window.new_value for window in earlier) / value if value > 0 else math.nan
    period = last_months(portfolio.as_of, SIX_MONTHS)
    nobody = shop.walk_ins[period.holds(shop.walk_ins["date"])]
    return NewAndExisting(
        period=period,
        code=_verdict(share, target, now.clients) if can_tell else "cannot_tell",
        target=target,
        share=share,
        of_clients=share_of(now.new_clients, now.clients) if can_tell else Share(),
        new=Side(now.new_clients, now.new_visits, now.new_value),
        existing=Side(now.clients - now.new_clients, now.visits - now.new_visits, now.value - now.new_value),
        walk_ins=Side(0, len(nobody), float(nobody["value"].sum())),
        first_seen=now.first_seen,
        unclear=now.unclear,
        tells_from=shop.since.tells_from,
        trend=_trend(told, portfolio.as_of),
        usual=usual,
        usual_months=SIX_MONTHS * len(earlier),
        standing=_standing(share, usual),
        money=shop.money,
    )


def _verdict(share: Share, target: float, clients: int) -> Verdict:
    if clients < FEWEST_CLIENTS or not share.known:
        return "too_few"
    about = _TOLERANCE * min(target, 1 - target)
    if share.high < target - about:
        return "prospecting"
    if share.low > target + about:
        return "care"
    return "balanced" if abs(share.share - target) <= about else "unsure"


def _standing(share: Share, usual: float) -> Standing:
    if math.isnan(usual) or not share.known:
        return "unknown"
    return "above" if share.low > usual else "below" if share.high < usual else "usual"


@dataclass(frozen=True)
class _Window:
    """Six months of a shop."""

    tells: bool
    share: Share
    new_clients: int
    clients: int
    new_visits: int
    visits: int
    new_value: float
    value: float
    first_seen: int
    unclear: int


@dataclass(frozen=True)
class _Months:
    """Visits and value of every client in every month, the last month first: arrays (clients, months)."""

    edges: Array  # last days of the months as days since 1970, the latest first; one more than months
    visits: Array
    value: Array
    shop: Narrowed

    @classmethod
    def of(cls, shop: Narrowed, as_of: dt.date) -> _Months:
        count = _MOST_MONTHS + SIX_MONTHS
        edges = as_days([np.datetime64(months_before(as_of, month)) for month in range(count + 1)])
        day = as_days(shop.visits["date"].to_numpy())
        month = count - np.searchsorted(edges[::-1], day, side="left")
        shown = (month >= 0) & (month < count)
        clients = len(shop.client_id)
        cell = shop.visits["client"].to_numpy()[shown] * count + month[shown]

        def table(values: Array | Bools) -> Array:
            return sum_by(cell, values[shown], clients * count).reshape(clients, count)

        return cls(edges, table(np.ones(len(day))), table(shop.visits["value"].to_numpy()), shop)

    @property
    def windows(self) -> int:
        """How many windows of six months, a month apart, the file holds whole."""
        since = float(as_days(np.datetime64(self.shop.since.since)))
        whole = int((self.edges[SIX_MONTHS:] + 1 >= since).sum())
        return min(whole, _MOST_MONTHS)

    def window(self, end: int) -> _Window:
        """The six months that end so many months before the last."""
        months = slice(end, end + SIX_MONTHS)
        visits, value = self.visits[:, months].sum(axis=1), self.value[:, months].sum(axis=1)
        came = visits > 0
        began = self.shop.began
        first = came & (began > self.edges[end + SIX_MONTHS]) & (began <= self.edges[end])
        new, unclear = first & self.shop.of("first"), first & self.shop.of("unclear")
        total, by_new = float(value.sum()), float(value[new].sum())
        return _Window(
            tells=bool(came.any()) and bool(unclear.sum() <= _UNCLEAR * first.sum()),
            share=_weighted(value, new),
            new_clients=int(new.sum()),
            clients=int(came.sum()),
            new_visits=int(visits[new].sum()),
            visits=int(visits.sum()),
            new_value=by_new,
            value=total,
            first_seen=int(first.sum()),
            unclear=int(unclear.sum()),
        )


def _weighted(value: Array, chosen: Bools) -> Share:
    """The share of the value that the chosen clients brought; as sure as so many clients of equal value (Kish 1965)."""
    value = np.maximum(value, 0.0)
    total = float(value.sum())
    if total <= 0:
        return Share()
    worth = total**2 / float((value**2).sum())
    share = float(value[chosen].sum()) / total
    return share_of(share * worth, worth, int((value > 0).sum()))


def _trend(windows: dict[int, _Window], as_of: dt.date) -> pd.DataFrame:
    """A row per window, the earliest first."""
    ordered = sorted(windows.items(), reverse=True)
    return pd.DataFrame(
        {
            "end": pd.to_datetime([months_before(as_of, end) for end, _ in ordered]).astype("datetime64[s]"),
            **{
                name: np.array([getattr(window.share, name) for _, window in ordered], dtype=float)
                for name in ("share", "low", "high")
            },
            **{
                name: [getattr(window, name) for _, window in ordered]
                for name in ("new_clients", "clients", "new_value", "value")
            },
        }
    )
