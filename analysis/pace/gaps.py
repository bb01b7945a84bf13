"""Gaps between visits, closed and still open, of rows that are clients or streams."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.arrays import Bools, Ints


@dataclass(frozen=True)
class Gaps:
    """Gaps of rows (clients or streams) on the shop's clock: from the visit that opened it to the one that closed it.

    `opened`, `closed`: calendar days; the open gap of each row closes today (`is_open`). `visit` is the index of the
    visit that opened the gap. Sorted by row and day.
    """

    row: Ints
    visit: Ints
    opened: Ints
    closed: Ints
    is_open: Bools
    rows: int

    @classmethod
    def of(cls, row: Ints, day: Ints, today: int, rows: int) -> Gaps:
        """Gaps of visits sorted by row and day; every visit opens one."""
        last = np.ones(len(row), dtype=bool)
        last[:-1] = row[1:] != row[:-1]
        closed = np.where(last, today, np.append(day[1:], today))
        return cls(row, np.arange(len(row)), day, closed, last, rows)
