"""The owner's own calendar day."""

from __future__ import annotations

import datetime as dt

from analysis.portfolio import Portfolio


def today(results: Portfolio | None = None) -> dt.date:
    """The day by the owner's clock; not before the day the `results` reach, where that clock is behind."""
    day = dt.date.today()  # noqa: DTZ011 - the owner's own calendar day
    return day if results is None else max(day, results.as_of)
