"""What the owner can set; everything else is learned from the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Annotated

from msgspec import Meta

#: Three months: long enough for a client of every two months to have come, short enough that a call still helps.
DEFAULT_HORIZON_DAYS = 91
LONGEST_HORIZON_DAYS = 730
_CENTURY = 36_525

#: What a settings file may hold beside what the pages let the owner set: no figure that nothing can be reckoned with.
_Horizon = Annotated[int, Meta(ge=1, le=LONGEST_HORIZON_DAYS)]
_Days = Annotated[float, Meta(gt=0, le=_CENTURY)]
_Positive = Annotated[float, Meta(gt=0, le=1e12)]


@dataclass(frozen=True)
class Settings:
    """Choices that change the results. Hashable through `key`, for caches."""

    as_of: dt.date | None = None  # None = the last date of a completed line in the data
    horizon_days: _Horizon = DEFAULT_HORIZON_DAYS
    standards: Mapping[str, _Days] = field(default_factory=lambda: MappingProxyType({}))  # service -> days
    unit_intervals: Mapping[str, _Positive] = field(
        default_factory=lambda: MappingProxyType({})
    )  # service -> km, hours
    average_ticket: _Positive | None = None  # used only where the export has no amounts
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
