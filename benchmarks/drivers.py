"""A simulated workshop whose truth is known: how much each one drives, and when they will next come for oil."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.arrays import Array
from analysis.book import TABLES, Book

FIRST_DAY = dt.date(2023, 1, 1)
OIL, YEARLY, REPAIR = "Oil change", "Inspection", "Repair"
#: Days simulated beyond the export's end, in which the next visit falls.
BEYOND = 1200
SPREAD = 0.6  # of the logarithm of the rates


@dataclass(frozen=True)
class Workshop:
    """The sales up to as_of; of each client (by id) the true units a day, and the day they next come for oil."""

    sales: pd.DataFrame
    as_of: dt.date
    per_day: pd.Series
    next_oil: pd.Series

    def book(self, *, metered: bool = True) -> Book:
        """The export as a Book; without its meter readings where it is not to be `metered`."""
        sales = self.sales if metered else self.sales.drop(columns="meter")
        known = frozenset(sales.columns)
        canonical = sales.reindex(columns=list(TABLES["sales"])).astype(dict(TABLES["sales"]))
        return Book(tables={"sales": canonical}, known={"sales": known})


def workshop(
    clients: int = 150,
    *,
    days: int = 900,
    oil_units: float = 5_000.0,
    limit_days: float = 10_000.0,
    usual: float = 35.0,
    unsteady: float = 0.25,
    read_share: float = 0.9,
    slips: float = 0.0,
    seed: int = 1,
) -> Workshop:
    """Drivers with rates spread log-normally about `usual`; each month is busier or quieter by `unsteady`.

    Oil is done every `oil_units` or `limit_days`, whichever comes first, a little late; an inspection falls due every
    year, repairs at random. Of the visits `read_share` have a reading, of which `slips` lost a digit.
    """
    random = np.random.default_rng(seed)
    names = [f"d{number:04}" for number in range(clients)]
    per_day = usual * np.exp(random.normal(0, SPREAD, clients))
    rows: list[tuple[str, int, str, float]] = []
    next_oil = {}
    for name, meter in zip(names, odometers(random, per_day, days + BEYOND, unsteady), strict=True):
        joined = int(random.integers(-200, days - 150))
        came = [
            *((day, OIL) for day in oil_days(random, meter, joined, oil_units, limit_days)),
            *((day, YEARLY) for day in renewals(random, joined, len(meter), 365.0, 0.04)),
            *((day, REPAIR) for day in renewals(random, joined, len(meter), 300.0, 0.5)),
        ]
        next_oil[name] = min((day for day, service in came if service == OIL and day > days), default=np.nan)
        past = sorted({(day, service) for day, service in came if 0 <= day <= days})
        read = {
            day: _reading(random, meter[day], read_share, slips) for day in sorted({day for day, _ in past})
        }
        rows += [(name, day, service, read[day]) for day, service in past]
    sales = pd.DataFrame(rows, columns=["client_id", "day", "service", "meter"])
    sales["date"] = (pd.Timestamp(FIRST_DAY) + pd.to_timedelta(sales.pop("day"), unit="D")).dt.as_unit("s")
    as_of = FIRST_DAY + dt.timedelta(days=days)
    return Workshop(
        sales.assign(status="completed", amount=80.0), as_of, pd.Series(per_day, names), pd.Series(next_oil)
    )


def odometers(random: np.random.Generator, per_day: Array, days: int, unsteady: float) -> Array:
    """What each car's meter shows at the end of each day: (cars, days)."""
    months = np.exp(random.normal(-(unsteady**2) / 2, unsteady, (len(per_day), days // 30 + 1)))
    daily = per_day[:, None] * np.repeat(months, 30, axis=1)[:, :days]
    return np.asarray(np.cumsum(daily, axis=1) + random.uniform(5_000, 120_000, len(per_day))[:, None])


def oil_days(
    random: np.random.Generator, meter: Array, joined: int, units: float, limit_days: float
) -> Iterator[int]:
    """The days a car comes for oil, until the meter's last."""
    day = joined
    while day < len(meter):
        yield day
        at = max(day, 0)
        reached = int(np.searchsorted(meter, meter[at] + units * np.exp(random.normal(0, 0.06))))
        due = min(reached, day + limit_days * np.exp(random.normal(0, 0.04)))
        day = max(round(due + random.exponential(0.08) * min(due - at, 200)), at + 1)


def renewals(
    random: np.random.Generator, joined: int, until: int, usual_days: float, variation: float
) -> Iterator[int]:
    """The days of a service that follows the calendar, as steadily as its variation says."""
    day = joined + random.uniform(0, usual_days)
    while day < until:
        yield int(day)
        day += random.gamma(1 / variation**2, usual_days * variation**2)


def _reading(random: np.random.Generator, meter: float, read_share: float, slips: float) -> float:
    """What was written down of a meter: nothing, all of it, or all but the last digit."""
    if random.random() >= read_share:
        return float("nan")
    return float(round(meter) // 10 if random.random() < slips else round(meter))
