"""The days a shop is open, and the clock its clients live by.

The clock runs only while the shop is open, and faster on busy days. A rhythm simulated on it never falls on a
Sunday or a holiday, and crowds into Saturdays and December, without any visit being moved by hand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sample_data.arrays import Days, Floats, Ints

#: Future bookings lie beyond the last day of the export.
BOOKABLE_DAYS = 75


@dataclass(frozen=True)
class OpeningDays:
    """Days are counted from `first` (day 0); `end` is the number of days up to and including the last one."""

    first: dt.date
    end: int
    busyness: Floats  # one per day, 0 = closed, mean 1; reaches `BOOKABLE_DAYS` beyond `end`

    @property
    def last(self) -> dt.date:
        return self.first + dt.timedelta(days=self.end - 1)

    def day(self, date: dt.date) -> int:
        return (date - self.first).days

    def dates(self, days: Days) -> pd.DatetimeIndex:
        """Days as dates; NaN becomes NaT."""
        offsets = pd.to_timedelta(np.asarray(days, dtype="float64"), unit="D")
        return pd.DatetimeIndex(pd.Timestamp(self.first) + offsets).as_unit("s")

    def moments(self, days: Days) -> Floats:
        """The clock's reading at the opening of each day; before the first day it runs one unit a day."""
        days = np.asarray(days, dtype="float64")
        clock = np.concatenate([[0.0], np.cumsum(self.busyness)])
        return np.where(days < 0, days, np.interp(days, np.arange(len(clock)), clock))

    def days_at(self, moments: Floats) -> Ints:
        """The (open) day on which the clock passes each moment; moments lie after the first day's opening."""
        return np.searchsorted(np.cumsum(self.busyness), moments, side="left")

    def open_from(self, days: Ints) -> Ints:
        """Each day itself if open, else the next open one."""
        open_days = np.flatnonzero(self.busyness)
        return open_days[np.minimum(np.searchsorted(open_days, days), len(open_days) - 1)]

    def some(self, rng: np.random.Generator, count: int) -> Ints:
        """Days up to the last one, drawn as often as they are busy."""
        busyness = self.busyness[: self.end]
        return rng.choice(self.end, size=count, p=busyness / busyness.sum())


def opening_days(
    first: dt.date,
    last: dt.date,
    weekdays: tuple[float, ...],
    months: tuple[float, ...],
    closed: Iterable[dt.date],
) -> OpeningDays:
    """A calendar from how busy each weekday (Monday first) and each month is, 0 = closed, and the days closed."""
    dates = pd.date_range(first, last + dt.timedelta(days=BOOKABLE_DAYS))
    busyness = np.asarray(weekdays)[dates.day_of_week] * np.asarray(months)[dates.month - 1]
    busyness[dates.isin(pd.DatetimeIndex(list(closed)))] = 0.0
    return OpeningDays(first, (last - first).days + 1, busyness / busyness.mean())


def days_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """All days from the first to the last, both included."""
    return [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]


def holidays_in_spain(year: int) -> list[dt.date]:
    """National holidays; regional and local ones are left out."""
    fixed = [(1, 1), (1, 6), (5, 1), (8, 15), (10, 12), (11, 1), (12, 6), (12, 8), (12, 25)]
    good_friday = easter(year) - dt.timedelta(days=2)
    return [good_friday, *(dt.date(year, month, day) for month, day in fixed)]


def holidays_in_england(year: int) -> list[dt.date]:
    """Bank holidays, without the days that stand in for those on a weekend."""
    sunday = easter(year)
    fixed = [dt.date(year, 1, 1), dt.date(year, 12, 25), dt.date(year, 12, 26)]
    mondays = [
        _monday_from(dt.date(year, 5, 1)),
        _monday_from(dt.date(year, 5, 25)),
        _monday_from(dt.date(year, 8, 25)),
    ]
    return [*fixed, *mondays, sunday - dt.timedelta(days=2), sunday + dt.timedelta(days=1)]


def easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm in Meeus, "Astronomical Algorithms")."""
    golden, (century, of_century) = year % 19, divmod(year, 100)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - moon + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


def _monday_from(date: dt.date) -> dt.date:
    return date + dt.timedelta(days=-date.weekday() % 7)
