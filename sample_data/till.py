"""From visits to the lines of a till: who served, what it cost, and the visits that did not happen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sample_data.arrays import Bools, Floats, Ints, Texts
from sample_data.lives import Plan
from sample_data.opening_days import OpeningDays
from sample_data.streams import Service

#: A line in eight is done by whoever is free, not by the client's usual seller.
SERVED_BY_ANOTHER = 0.12

#: Share of visits with an appointment that came to nothing before them.
CANCELLED = 0.03
NO_SHOW = 0.015

#: How much more often than others a client who is drifting away, or about to leave, cancels or does not show up.
UNRELIABLE = 3.5

#: A client who leaves has one last appointment and does not come, this often.
LAST_NO_SHOW = 0.35

#: Share of clients whose next visit is already in the diary, if it falls within `BOOKED_WITHIN` days.
BOOKS_AHEAD = 0.3
BOOKED_WITHIN = 45

#: While drifting away a client chooses the cheaper thing.
CHEAPER = 0.88


@dataclass(frozen=True)
class Prices:
    """How prices rise over the years and differ between clients."""

    rises: Mapping[int, float]  # year -> factor on the first year's prices
    rounding: float  # prices end in multiples of this
    spread: float  # log-sd of what one client pays against another for the same service


def lines(
    rng: np.random.Generator,
    days: OpeningDays,
    menu: tuple[Service, ...],
    plan: Plan,
    prices: Prices,
    clients: pd.DataFrame,
    visits: pd.DataFrame,
) -> pd.DataFrame:
    """The till's lines for all visits of named clients: client, day, service, staff, amount, status."""
    came = visits.copy()
    client, day = came["client"].to_numpy(), came["day"].to_numpy()
    came["staff"] = _staff(rng, days, menu, plan, clients, came)
    size = np.exp(rng.normal(0.0, prices.spread, len(clients)))
    drifting = day > clients["drift"].fillna(np.inf).to_numpy()[client]
    charged = size[client] * np.where(drifting, CHEAPER, 1.0)
    came["amount"] = price(days, menu, prices, came["service"], day, charged)
    came["status"] = "completed"
    done = came[day < days.end]
    return pd.concat(
        [
            done,
            _bookings(rng, days, came[day >= days.end]),
            _came_to_nothing(rng, days, clients, done),
            _last_no_shows(rng, days, clients, done),
        ],
        ignore_index=True,
    )


def price(
    days: OpeningDays,
    menu: tuple[Service, ...],
    prices: Prices,
    service: pd.Series[str],
    day: Ints,
    size: Floats,
) -> Floats:
    """What a line costs: the list price of its year, times `size` where the service depends on the client."""
    listed = service.map({item.name: item.price for item in menu}).to_numpy(dtype="float64")
    sized = service.map({item.name: item.sized for item in menu}).to_numpy(dtype=bool)
    year = pd.Series(days.dates(day).year)
    amount = listed * np.where(sized, size, 1.0) * year.map(prices.rises).to_numpy(dtype="float64")
    return np.maximum(np.round(amount / prices.rounding), 1.0) * prices.rounding


def walk_ins(
    rng: np.random.Generator,
    days: OpeningDays,
    menu: tuple[Service, ...],
    plan: Plan,
    prices: Prices,
    count: int,
    wants: Mapping[str, float],
) -> pd.DataFrame:
    """Lines of people whose name nobody asked: client is -1. `wants` has how often each service is asked for."""
    day = days.some(rng, count)
    service = pd.Series(
        rng.choice(list(wants), size=count, p=np.array(list(wants.values())) / sum(wants.values()))
    )
    amount = price(days, menu, prices, service, day, np.exp(rng.normal(0.0, prices.spread, count)))
    staff = _whoever_is_free(rng, days, plan, day)
    columns = {
        "client": -1,
        "day": day,
        "service": service,
        "staff": staff,
        "amount": amount,
        "status": "completed",
    }
    return pd.DataFrame(columns)


def refunds(rng: np.random.Generator, days: OpeningDays, lines: pd.DataFrame, chosen: Bools) -> pd.DataFrame:
    """The money of the chosen completed lines given back a few days later, as negative lines."""
    given_back = lines[chosen & lines["status"].eq("completed")].copy()
    later = days.open_from(given_back["day"].to_numpy() + rng.integers(0, 5, len(given_back)))
    given_back = given_back.assign(day=later, amount=-given_back["amount"], status="refund")
    return given_back[later < days.end]


def _staff(
    rng: np.random.Generator,
    days: OpeningDays,
    menu: tuple[Service, ...],
    plan: Plan,
    clients: pd.DataFrame,
    came: pd.DataFrame,
) -> Texts:
    """The client's usual seller or the service's specialist, now and then another who is there that day."""
    client, day = came["client"].to_numpy(), came["day"].to_numpy()
    at_work = {seller.name: seller.until for seller in plan.sellers}
    last_day = clients["seller"].map({name: days.day(until) for name, until in at_work.items() if until})
    gone = day > last_day.fillna(np.inf).to_numpy()[client]
    usual = np.where(gone, clients["seller_now"].to_numpy()[client], clients["seller"].to_numpy()[client])
    specialist = came["service"].map({service.name: service.specialist for service in menu})
    usual = specialist.where(specialist.notna(), pd.Series(usual, index=came.index)).to_numpy()
    # One choice a visit: whoever does the cut does the colour too.
    first_line = ~came.duplicated(["client", "day"]).to_numpy()
    visit = np.cumsum(first_line) - 1
    another = (rng.random(int(first_line.sum())) < SERVED_BY_ANOTHER)[visit] & specialist.isna().to_numpy()
    return np.where(another, _whoever_is_free(rng, days, plan, day[first_line])[visit], usual)


def _whoever_is_free(rng: np.random.Generator, days: OpeningDays, plan: Plan, day: Ints) -> Texts:
    since = np.array([days.day(seller.since) if seller.since else -1 for seller in plan.sellers])
    until = np.array(
        [days.day(seller.until) if seller.until else len(days.busyness) for seller in plan.sellers]
    )
    there = (since <= day[:, None]) & (day[:, None] <= until)
    draw = np.where(there, rng.random(there.shape), -1.0)
    free: Texts = np.array([seller.name for seller in plan.sellers], dtype=object)[draw.argmax(axis=1)]
    return free


def _bookings(rng: np.random.Generator, days: OpeningDays, coming: pd.DataFrame) -> pd.DataFrame:
    """The next visit of some clients, already in the diary on the last day."""
    following = coming.groupby("client")["day"].transform("min")
    booked = coming[coming["day"].eq(following) & (following < days.end + BOOKED_WITHIN)]
    visitors = booked["client"].unique()
    ahead = visitors[rng.random(len(visitors)) < BOOKS_AHEAD]
    return booked[booked["client"].isin(ahead)].assign(status="booked")


def _came_to_nothing(
    rng: np.random.Generator, days: OpeningDays, clients: pd.DataFrame, done: pd.DataFrame
) -> pd.DataFrame:
    """Appointments cancelled or missed some days before the visit that made up for them."""
    client, day = done["client"].to_numpy(), done["day"].to_numpy()
    warning = np.fmin(clients["drift"].to_numpy(), clients["left"].to_numpy() - 60)
    shaky = np.where(day > np.nan_to_num(warning, nan=np.inf)[client], UNRELIABLE, 1.0)
    first_line = ~done.duplicated(["client", "day"]).to_numpy()
    visit = np.cumsum(first_line) - 1
    draw, days_before = rng.random(visit.max() + 1)[visit], rng.integers(2, 9, visit.max() + 1)[visit]
    status = np.select(
        [draw < NO_SHOW * shaky, draw < (NO_SHOW + CANCELLED) * shaky], ["no_show", "cancelled"], ""
    )
    missed_day = days.open_from(day - days_before)
    missed = done.assign(day=missed_day, status=status)[(status != "") & (day > days_before)]
    return _without_a_visit_that_day(missed, done)


def _last_no_shows(
    rng: np.random.Generator, days: OpeningDays, clients: pd.DataFrame, done: pd.DataFrame
) -> pd.DataFrame:
    """The appointment after the last visit, to which a client who has left does not come."""
    last = done[done["day"].eq(done.groupby("client")["day"].transform("max"))]
    left = clients["left"].to_numpy()[last["client"].to_numpy()]
    visitors = last["client"].unique()
    missing = visitors[rng.random(len(visitors)) < LAST_NO_SHOW]
    chosen = last[last["client"].isin(missing) & ~np.isnan(left) & (left < days.end - 40)]
    wait = pd.Series(rng.integers(20, 36, len(clients)))
    missed_day = days.open_from(chosen["day"].to_numpy() + chosen["client"].map(wait).to_numpy())
    return _without_a_visit_that_day(chosen.assign(day=missed_day, status="no_show"), done)


def _without_a_visit_that_day(missed: pd.DataFrame, done: pd.DataFrame) -> pd.DataFrame:
    came = pd.MultiIndex.from_frame(done[["client", "day"]])
    return missed[~pd.MultiIndex.from_frame(missed[["client", "day"]]).isin(came)]
