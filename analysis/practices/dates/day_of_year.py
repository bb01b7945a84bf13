"""Days that come round every year."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

_FEBRUARY, _LEAP_DAY = 2, 29


def next_time(days: pd.Series, as_of: dt.date) -> pd.Series:
    """The first time that each day of the year comes round, from as_of on.

    29 February is kept on the 28th of a year that has none.
    """
    month, day = days.dt.month.to_numpy(), days.dt.day.to_numpy()
    passed = month * 100 + day < as_of.month * 100 + as_of.day
    year = as_of.year + passed.astype(np.int64)
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    moved = is_leap_day(days).to_numpy() & ~leap
    made = pd.to_datetime({"year": year, "month": month, "day": np.where(moved, _LEAP_DAY - 1, day)})
    return pd.Series(made.to_numpy().astype("datetime64[s]"), index=days.index)


def is_leap_day(days: pd.Series) -> pd.Series:
    """Whether each day is a 29 February."""
    february: pd.Series = days.dt.month == _FEBRUARY
    return pd.Series(february & (days.dt.day == _LEAP_DAY))
