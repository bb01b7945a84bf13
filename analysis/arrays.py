"""What the arrays of the analysis hold, for the type checker and the reader."""

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
