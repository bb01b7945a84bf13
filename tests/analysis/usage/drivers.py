"""A simulated workshop whose truth is known: how much each one drives, and when they will next come for oil."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tests.analysis.books import Row, line

FIRST_DAY = dt.date(2023, 1, 1)
OIL, YEARLY, REPAIR = "Oil change", "Inspection", "Repair"
#: Days simulated beyond the export's end, in which the next visit falls.
BEYOND = 1200


@dataclass(frozen=True)
class Workshop:
    """`lines` up to as_of; of each client (by id) the true units a day, and the day they next come for oil."""

    lines: list[Row]
    as_of: dt.date
    per_day: pd.Series
    next_oil: pd.Series


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
    per_day = usual * np.exp(random.normal(0, 0.6, clients))
    driven = odometers(random, per_day, days + BEYOND, unsteady)
    lines: list[Row] = []
    next_oil = {}
    for name, meter in zip(names, driven, strict=True):
        joined = int(random.integers(-200, days - 150))
        came = [
            *((day, OIL) for day in oil_days(random, meter, joined, oil_units, limit_days)),
            *((day, YEARLY) for day in renewals(random, joined, len(meter), 365.0, 0.04)),
            *((day, REPAIR) for day in renewals(random, joined, len(meter), 300.0, 0.5)),
        ]
        next_oil[name] = min((day for day, service in came if service == OIL and day > days), default=np.nan)
        past = sorted((day, service) for day, service in came if 0 <= day <= days)
        for day in sorted({day for day, _ in past}):
            reading = round(meter[day]) if random.random() < read_share else None
            if reading and random.random() < slips:
                reading //= 10
            date = (FIRST_DAY + dt.timedelta(days=day)).isoformat()
            lines += [
                line(name, date, amount=80.0, service=service, meter=reading)
                for on, service in past
                if on == day
            ]
    as_of = FIRST_DAY + dt.timedelta(days=days)
    return Workshop(lines, as_of, pd.Series(per_day, names), pd.Series(next_oil))


def odometers(random: np.random.Generator, per_day: np.ndarray, days: int, unsteady: float) -> np.ndarray:
    """What each car's meter shows at the end of each day: (cars, days)."""
    months = np.exp(random.normal(-(unsteady**2) / 2, unsteady, (len(per_day), days // 30 + 1)))
    daily = per_day[:, None] * np.repeat(months, 30, axis=1)[:, :days]
    return np.cumsum(daily, axis=1) + random.uniform(5_000, 120_000, len(per_day))[:, None]


def oil_days(
    random: np.random.Generator, meter: np.ndarray, joined: int, units: float, limit_days: float
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
