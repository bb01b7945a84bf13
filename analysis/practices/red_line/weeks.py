"""Weeks from Monday to Sunday, by their number since 1970."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.arrays import Array, Ints

_MONDAY = 3  # 1970-01-01 was a Thursday


def week_of(day: Array) -> Ints:
    """The number of the week (Monday to Sunday) of days since 1970."""
    return ((np.asarray(day, dtype=np.float64) + _MONDAY) // 7).astype(np.int64)


def mondays(first: int, number: int) -> Ints:
    """The first day of so many weeks."""
    return (first + np.arange(number, dtype=np.int64)) * 7 - _MONDAY


def places(day: pd.Series, first: int, number: int) -> Ints:
    """The place of each day's week among those since `first`; what lies before them goes beyond their end."""
    place = week_of(day.to_numpy(dtype=float)) - first
    return np.where(place < 0, number, place)
