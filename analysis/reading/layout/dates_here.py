"""Dates as far as a layout is told by them: whether a text is one, and which way a column's days go."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.reading.values.columns import EMPTY, Column, Dates, Flags
from analysis.reading.values.dates import are_dates, read_dates

#: Only years of two figures depend on it, and whether they are dates does not.
_WEEKDAY = r"^[A-Za-zÀ-ÿ]{3,10}\.?,?\s+(\d)"
_ANY_DAY = dt.date(2026, 1, 1)


@lru_cache(maxsize=20_000)
def are_dates_here(text: str) -> bool:
    """Whether the text is a date in one order or the other; a bare number is none."""
    return bool(which_are_dates(pa.array([text]))[0])


def which_are_dates(texts: pa.StringArray) -> Flags:
    """Per text whether it is a date, a weekday before it or not; a bare number is none."""
    bare = pc.match_substring_regex(texts, r"^[\d.]+$").to_numpy(zero_copy_only=False).astype(bool)
    return np.asarray(are_dates(pc.replace_substring_regex(texts, _WEEKDAY, r"\1"), _ANY_DAY) & ~bare)


def share_of_dates(column: Column, rows: npt.NDArray[np.int64]) -> float:
    """Of the column's filled cells in these rows, how many are dates, 0-1; 0 where none is filled."""
    codes = column.codes[rows]
    codes = codes[codes != EMPTY]
    if not len(codes):
        return 0.0
    distinct, counts = np.unique(codes, return_counts=True)
    dates = which_are_dates(column.uniques.take(pa.array(distinct)))
    return float(counts[dates].sum() / counts.sum())


def days_of(column: Column) -> Dates:
    """The days of a column's rows in the order its own texts tell, the day first where they tell none."""
    read = read_dates(column.uniques, _ANY_DAY)
    return column.spread(read.days(read.slots.majority).astype("datetime64[D]"), np.datetime64("NaT", "D"))
