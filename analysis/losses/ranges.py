"""How sure a loss is: the range four in five such figures would lie in, of any sum of losses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.arrays import Array, Names
from analysis.intervals import Z


@dataclass(frozen=True)
class LossRange:
    """A loss and the two ends of its 80% range; the lower one is never below zero."""

    value: float
    low: float
    high: float


def loss_range(losses: pd.DataFrame, measure: Literal["lost_visits", "lost_revenue"]) -> LossRange:
    """The sum of some rows of `schema.LOSSES` in one lens, with its range.

    What is not known of a client's pace moves all of their rows together; clients are independent of each other.
    """
    value = float(losses[measure].sum())
    of_client = losses.groupby("client_id")[f"{measure}_sd"].sum().to_numpy(dtype=float)
    half = Z * float(np.sqrt((of_client**2).sum()))
    return LossRange(value, max(0.0, value - half), value + half)


def half_ranges(
    losses: pd.DataFrame, by: str, measure: Literal["lost_visits", "lost_revenue"]
) -> tuple[Names, Array]:
    """Half the width of the range of each value of `by` (month, service, staff...), and these values in order."""
    of_client = losses.groupby([by, "client_id"], observed=True)[f"{measure}_sd"].sum()
    half = Z * np.sqrt((of_client**2).groupby(level=0).sum())
    return half.index.to_numpy(), half.to_numpy(dtype=float)
