"""What the owner can set; everything else is learned from the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

#: Three months: long enough for a client of every two months to have come, short enough that a call still helps.
DEFAULT_HORIZON_DAYS = 91


@dataclass(frozen=True)
class Settings:
    """Choices that change the results. Hashable through `key`, for caches."""

    as_of: dt.date | None = None  # None = the last date of a completed line in the data
    horizon_days: int = DEFAULT_HORIZON_DAYS
    standards: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))  # service -> days
    unit_intervals: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType({})
    )  # service -> km, hours
    average_ticket: float | None = None  # used only where the export has no amounts
    #: "frequency.adds" -> points, as in `analysis.affection_weights`; what is left out is as there
    affection_weights: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def key(self) -> tuple[object, ...]:
        return (
            self.as_of,
            self.horizon_days,
            tuple(sorted(self.standards.items())),
            tuple(sorted(self.unit_intervals.items())),
            self.average_ticket,
            tuple(sorted(self.affection_weights.items())),
        )
