"""Affection as it was on any day of the past, told by what was known that day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.affection import Affection, affection
from analysis.affection_weights import Weights
from analysis.arrays import Array, Bools, Names
from analysis.client_rhythm import ClientRhythms
from analysis.events import Events
from analysis.signals import felt_columns
from analysis.visits import Visits, days_since_epoch


@dataclass(frozen=True)
class Then:
    """Affection on one day: `felt` has an entry for every client, `there` says who had come by then."""

    client_id: Names
    there: Bools
    felt: Affection


@dataclass(frozen=True, eq=False)
class AffectionThen:
    """What it takes to score everyone on any day; scoring a day costs milliseconds, so none is kept.

    Every day is measured alike: with its own visits and events, and with what is known today of each client's rhythm.
    """

    seen: Visits
    happened: Events
    late_after: Array
    early_before: Array
    gone_after: Array
    weights: Weights

    @classmethod
    def of(cls, seen: Visits, happened: Events, fitted: ClientRhythms, weights: Weights) -> AffectionThen:
        rhythms = fitted.rhythms
        # Neither services nor sellers tell affection, and they are what weighs.
        lean = replace(
            seen,
            table=seen.table[["client", "day", "amount"]],
            streams=seen.streams.head(0),
            staff_days=seen.staff_days.head(0),
            brought=None,
        )
        return cls(
            lean, happened, rhythms.interval_high, rhythms.interval_low, rhythms.gone_after_days, weights
        )

    def on(self, day: dt.date | pd.Timestamp) -> Then:
        """As it was known at the end of `day`."""
        date = day.date() if isinstance(day, dt.datetime) else day
        signs = felt_columns(
            self.seen, self.happened, days_since_epoch(date), self.late_after, self.early_before
        )
        felt = affection(signs, self.late_after, self.gone_after, self.weights)
        return Then(self.seen.client_id, np.asarray(signs["visits"]) > 0, felt)
