"""What the arrays of the analysis hold, and the few things done to them everywhere."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Weights = npt.NDArray[np.float32]  # tables of the rhythm model: seven digits are enough and halve the memory
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Dates = npt.NDArray[np.datetime64]
Names = npt.NDArray[np.object_]  # texts: ids, services, sellers, codes


def sum_by(row: Ints, values: Array | Bools | Ints, rows: int) -> Array:
    """The sum of the values of each row, 0 where it has none: (rows,)."""
    return np.bincount(row, weights=values, minlength=rows).astype(np.float64, copy=False)


def as_dates(day: npt.ArrayLike) -> Dates:
    """Days since 1970 as dates, rounded to the nearest."""
    whole = np.round(np.asarray(day, dtype=np.float64)).astype(np.int64)
    return whole.astype("datetime64[D]").astype("datetime64[s]")


def as_days(dates: npt.ArrayLike) -> Array:
    """Dates as days since 1970; NaN for none."""
    days = np.asarray(dates).astype("datetime64[D]")
    return np.where(np.isnat(days), np.nan, days.astype(np.int64).astype(float))
