"""Stretches of whole months that end where the data does, and those a year or half a year before."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

SIX_MONTHS, YEAR = 6, 12
DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True)
class Period:
    """From `first` to `last`, both days included."""

    first: dt.date
    last: dt.date

    def holds(self, dates: pd.Series) -> pd.Series:
        return dates.between(pd.Timestamp(self.first), pd.Timestamp(self.last))


def months_before(as_of: dt.date, months: int) -> dt.date:
    """The same day so many months earlier. The last day of a month stays one: from 30 April back to 31 March."""
    day = pd.Timestamp(as_of)
    earlier = day - pd.DateOffset(months=months)
    return (earlier + pd.offsets.MonthEnd(0) if day.is_month_end else earlier).date()


def last_months(as_of: dt.date, months: int, before: int = 0) -> Period:
    """The `months` months up to the day `before` months ahead of `as_of`."""
    start = months_before(as_of, before + months) + dt.timedelta(days=1)
    return Period(start, months_before(as_of, before))
