"""Who each client is and what becomes of them: the truth, planted before the first visit is simulated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sample_data.arrays import Bools, Floats, Ints, Texts
from sample_data.opening_days import OpeningDays

#: Nobody leaves before having been a client this long: a shorter life shows no rhythm to lose.
SETTLED_DAYS = 200

#: Whoever leaves over the price does so within this many days of a rise.
PRICE_PUTS_OFF = 49.0

#: A client who drifts needs this long from the first longer gap to the last visit.
DRIFT_BEFORE_LEAVING = (110.0, 200.0)

#: Those who are drifting away now began this many days before the end: some longer gaps show, and a call still helps.
DRIFTING_SINCE = (85.0, 170.0)


#: What clients would say if asked, 0-10: mean and spread; and how much less those who leave over something.
MOOD = (8.4, 1.0)
UNHAPPY = {"drift": 2.5, "drifting": 2.0, "bad_problem": 4.5, "price": 1.5}


@dataclass(frozen=True)
class Seller:
    """Someone who serves clients, from the beginning and to the end unless dated."""

    name: str
    share: float  # of the clients who have a usual seller
    since: dt.date | None = None
    until: dt.date | None = None  # the last day at work


@dataclass(frozen=True)
class Plan:
    """Shares of a shop's clients, each adding up to one."""

    kinds: Mapping[str, float]  # regular | erratic | seasonal | yearly | one_time
    fates: Mapping[
        str, float
    ]  # stays | drift | drifting | moved | bad_problem | price; of regular and erratic ones
    sellers: tuple[Seller, ...]
    seasons: tuple[tuple[int, ...], ...]  # months in which a seasonal client comes
    regular_k: float  # median regularity of regular clients
    erratic_k: float
    already_clients: float  # share who were clients before the export begins
    follow_seller: float  # share of a leaving seller's clients who leave with them
    price_rise: tuple[int, int]  # month and day on which prices rise


def lives(rng: np.random.Generator, plan: Plan, days: OpeningDays, count: int) -> pd.DataFrame:
    """One row per client.

    Columns: kind; k (regularity of the gaps); start (day of the first visit, negative for those who came before
    the export begins); season (months as "6 7 8", "" = all year); drift (day on which the gaps begin to lengthen)
    and left (day after which they never come), NaN for never; why they left or are leaving; seller at first and
    seller_now; mood (0-10, what they would say if asked).
    """
    kind = _shares(rng, plan.kinds, count)
    repeats = np.isin(kind, ["regular", "erratic"])
    needs_years = np.isin(kind, ["seasonal", "yearly"])
    early = needs_years | (rng.random(count) < plan.already_clients) & (kind != "one_time")
    start = np.where(early, -rng.integers(30, 2400, count), rng.integers(0, days.end - 20, count))

    fate = np.where(repeats, _shares(rng, plan.fates, count), "stays")
    left, drift = _departures(rng, plan, days, start, fate)
    fate = np.where(np.isnan(left) & np.isnan(drift), "stays", fate)

    names = np.array([seller.name for seller in plan.sellers])
    first_seller, seller_now = _sellers(rng, plan, days, start, names)
    last_day = _last_day_of(plan, days, first_seller)
    settled = repeats & np.isfinite(last_day) & (start < last_day - SETTLED_DAYS) & ~(left < last_day)
    follows = settled & (rng.random(count) < plan.follow_seller)
    left = np.where(follows, last_day, left)
    drift = np.where(follows, np.nan, drift)
    fate = np.where(follows, "seller_left", fate)
    seller_now = np.where(left <= last_day, first_seller, seller_now)  # nobody hands over who is gone

    k = np.select([kind == "yearly", kind == "erratic"], [400.0, plan.erratic_k], plan.regular_k)
    season = rng.choice([" ".join(map(str, months)) for months in plan.seasons], count)
    unhappy = pd.Series(fate).map(UNHAPPY).fillna(0.0)
    return pd.DataFrame(
        {
            "kind": kind,
            "k": k * np.exp(rng.normal(0.0, 0.25, count) * repeats),
            "start": start,
            "season": np.where(kind == "seasonal", season, ""),
            "drift": drift,
            "left": left,
            "why": np.select([fate == "stays", fate == "drifting"], ["", "drift"], fate),
            "seller": first_seller,
            "seller_now": seller_now,
            "mood": np.clip(rng.normal(*MOOD, count) - unhappy, 1.0, 10.0),
        }
    )


def _shares(rng: np.random.Generator, shares: Mapping[str, float], count: int) -> Texts:
    """Labels in exactly these shares, shuffled: a small shop has every kind of client too."""
    bounds = np.round(np.cumsum(list(shares.values())) * count).astype(int)
    labels = np.repeat(list(shares), np.diff(bounds, prepend=0))
    return rng.permutation(labels)


def _departures(
    rng: np.random.Generator, plan: Plan, days: OpeningDays, start: Ints, fate: Texts
) -> tuple[Floats, Floats]:
    """The days on which clients leave for good, and on which those who drift began to; NaN for never."""
    count = len(start)
    earliest = np.maximum(start, 0) + SETTLED_DAYS
    room = days.end - 15 - earliest
    left = np.where(room > 0, earliest + rng.random(count) * np.maximum(room, 0), np.nan)
    left = np.where(fate == "price", _after_price_rise(rng, plan, days, earliest), left)
    left[np.isin(fate, ["stays", "drifting"])] = np.nan

    drift = np.where(fate == "drift", left - rng.uniform(*DRIFT_BEFORE_LEAVING, count), np.nan)
    now_drifting: Bools = (fate == "drifting") & (start < days.end - SETTLED_DAYS - DRIFTING_SINCE[1])
    drift = np.where(now_drifting, days.end - rng.uniform(*DRIFTING_SINCE, count), drift)
    return left, drift


def _last_day_of(plan: Plan, days: OpeningDays, seller: Texts) -> Floats:
    """The last day at work of each client's seller, infinity for those who stay."""
    last = {member.name: float(days.day(member.until)) for member in plan.sellers if member.until}
    return pd.Series(seller).map(last).fillna(np.inf).to_numpy(dtype="float64")


def _after_price_rise(rng: np.random.Generator, plan: Plan, days: OpeningDays, earliest: Ints) -> Floats:
    """A day soon after the first price rise after `earliest`, NaN if there is none left."""
    years = range(days.first.year, days.last.year + 1)
    rises = np.array([days.day(dt.date(year, *plan.price_rise)) for year in years])
    rises = np.append(rises[rises > 0].astype("float64"), np.nan)
    coming = rises[np.searchsorted(rises[:-1], earliest)]
    return coming + rng.uniform(0.0, PRICE_PUTS_OFF, len(earliest))


def _sellers(
    rng: np.random.Generator, plan: Plan, days: OpeningDays, start: Ints, names: Texts
) -> tuple[Texts, Texts]:
    """Each client's seller at first, and the one who serves them now: whoever left handed their clients over."""
    since = np.array([days.day(seller.since) if seller.since else -10_000 for seller in plan.sellers])
    until = np.array([days.day(seller.until) if seller.until else days.end for seller in plan.sellers])
    stays = until == days.end
    shares = np.array([seller.share for seller in plan.sellers])
    chosen = rng.choice(len(names), size=len(start), p=shares / shares.sum())
    veterans = np.flatnonzero(stays & (since < 0))
    not_there = (since[chosen] > np.maximum(start, 0)) | (until[chosen] < start)
    chosen = np.where(not_there, rng.choice(veterans, size=len(start)), chosen)
    heirs = np.flatnonzero(stays)
    heir = rng.choice(heirs, size=len(start))
    return names[chosen], np.where(stays[chosen], names[chosen], names[heir])
