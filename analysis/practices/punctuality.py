"""A late client loses little, the provider loses much: the arithmetic of a slipping rhythm.

People count it in months: at monthly rhythm a client comes 12 times a year, every month and a half 8 times, every two
months 6. A year here is therefore twelve months of thirty days, and a service's standard in days fits in with it.
"""

from __future__ import annotations

from dataclasses import dataclass

MONTH_DAYS = 30
YEAR_DAYS = 12 * MONTH_DAYS


@dataclass(frozen=True)
class Slip:
    """What a rhythm that slips costs in a year. Negative losses are gains: the client comes more often."""

    usual_visits: float
    visits: float
    lost_visits: float
    lost_revenue: float | None  # None where no ticket is known


def slip(usual_days: float, actual_days: float, ticket: float | None = None) -> Slip:
    """A client due every `usual_days` who comes every `actual_days`, at `ticket` money a visit.

    Raises ValueError for an interval that is not above zero.
    """
    if usual_days <= 0 or actual_days <= 0:
        raise ValueError("intervals are days above zero")
    usual, made = YEAR_DAYS / usual_days, YEAR_DAYS / actual_days
    lost = usual - made
    return Slip(usual, made, lost, None if ticket is None else lost * ticket)
