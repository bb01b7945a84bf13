"""Dates as far as a layout is told by them: whether a text is one, and which way a column's days go."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import numpy as np
import pyarrow as pa

from analysis.reading.values.columns import Column, Dates
from analysis.reading.values.dates import NAT, are_dates, read_dates

#: Only years of two figures depend on it, and whether they are dates does not.
_ANY_DAY = dt.date(2026, 1, 1)


@lru_cache(maxsize=20_000)
def are_dates_here(text: str) -> bool:
    """Whether the text is a date in one order or the other; a bare number is none."""
    return not text.replace(".", "").isdigit() and bool(are_dates(pa.array([text]), _ANY_DAY)[0])


def days_of(column: Column) -> Dates:
    """The days of a column's rows in the order its own texts tell, the day first where they tell none."""
    read = read_dates(column.uniques, _ANY_DAY)
    return column.spread(read.days(read.slots.majority).astype("datetime64[D]"), np.datetime64(NAT, "D"))
