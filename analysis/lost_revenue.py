"""What late visits cost, in two lenses that are never added: the client's own pace and the service's standard.

In the owner's words: your client's usual pace, leaving out gaps clearly too long for them, gives the visits expected;
we subtract those made, and count it only if a whole visit is missing and it exceeds their natural ups and downs.

A gap of g days at a pace of mu loses (g - mu) / mu visits, spread evenly over its late days; a gap shorter than mu
gives back on the visit that closes it. At monthly rhythm and one visit every month and a half: 12 expected, 8 made,
4 lost.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.arrays import Array, Bools, Ints, sum_by
from analysis.clean_rhythm import CleanRhythm
from analysis.clock import Clock

OPEN_GAP_DAYS = 182  # an open silence costs at most half a year: after that nobody was waiting for them
MIN_LOST_VISITS = 1.0
ROUNDING = 1e-9  # a whole visit in floating point may fall a hair short of 1
#: How many standard deviations of the client's natural ups and downs a shortfall must exceed, and where timing is so
#: irregular that it must exceed more of them, or that no loss of a client's own can be named at all: a true regularity
#: of 2 and of 1.5, which the clean rhythm estimates half a unit higher.
GATE, GATE_IRREGULAR = 0.75, 1.5
IRREGULAR_BELOW_K, UNNAMEABLE_BELOW_K = 2.5, 2.0
MIN_CLOSED_GAPS = 3  # own lens: with fewer gaps there is no own pace to fall behind


@dataclass(frozen=True)
class Window:
    """Days (since 1970) that count: start < day <= end."""

    start: int
    end: int


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


def late_days(gaps: Gaps, clock: Clock, pace: CleanRhythm, window: Window, counted: Bools) -> pd.DataFrame:
    """Lost visits of every gap and month inside the window, after the gate.

    Returns row, visit, month (datetime64[M]), late_days, lost_visits. `counted[row]` says whose losses count.
    """
    mu = pace.mu[gaps.row]
    opened, closed = clock.at(gaps.opened), clock.at(gaps.closed)
    begins = opened + mu  # from here on the gap is late
    ends = np.where(gaps.is_open, np.minimum(closed, begins + OPEN_GAP_DAYS), closed)
    months = np.arange(
        np.datetime64(window.start + 1, "D").astype("datetime64[M]"),
        np.datetime64(window.end, "D").astype("datetime64[M]") + 1,
    )
    edges = np.append(months, months[-1] + 1).astype("datetime64[D]").astype(np.int64)
    # A month's days are (day before its first, its last]; the clock counts open days before a day.
    edges = np.clip(edges - 1, window.start, window.end)
    from_, to = clock.at(edges[:-1]), clock.at(edges[1:])

    late = np.flatnonzero(counted[gaps.row] & (ends > begins) & (ends > from_[0]) & (begins < to[-1]))
    pieces = []
    for month, start, end in zip(months, from_, to, strict=True):
        days = np.minimum(ends[late], end) - np.maximum(begins[late], start)
        some = days > 0
        pieces.append(
            pd.DataFrame({"gap": late[some], "month": np.full(some.sum(), month), "late_days": days[some]})
        )
    found = pd.concat(pieces, ignore_index=True)
    row = gaps.row[found["gap"].to_numpy()]
    per_row = sum_by(row, found["late_days"].to_numpy(), gaps.rows)

    lost = _after_gate(gaps, opened, closed, ends, per_row, pace, (from_[0], to[-1]))
    kept = lost[row] > 0
    found, row = found[kept], row[kept]
    share = found["late_days"].to_numpy() / per_row[row]
    return pd.DataFrame(
        {
            "row": row,
            "visit": gaps.visit[found["gap"].to_numpy()],
            "month": found["month"].to_numpy().astype("datetime64[s]"),
            "late_days": found["late_days"].to_numpy(),
            "lost_visits": lost[row] * share,
        }
    )


def _after_gate(
    gaps: Gaps,
    opened: Array,
    closed: Array,
    ends: Array,
    late: Array,
    pace: CleanRhythm,
    window: tuple[float, float],
) -> Array:
    """Net lost visits of each row: a whole visit missing and more than its natural ups and downs, else 0."""
    start, end = window
    mu = pace.mu
    early = ~gaps.is_open & (closed > start) & (closed <= end) & (closed - opened < mu[gaps.row])
    gained = sum_by(gaps.row[early], (closed - opened)[early] / mu[gaps.row][early] - 1, gaps.rows)
    net = late / mu + gained
    seen = np.maximum(0, np.minimum(ends, end) - np.maximum(opened, start))
    exposure = sum_by(gaps.row, seen, gaps.rows)
    natural = np.sqrt(exposure / (mu * pace.k))
    gate = GATE if pace.shop_k >= IRREGULAR_BELOW_K else GATE_IRREGULAR
    return np.where((net >= MIN_LOST_VISITS - ROUNDING) & (net >= gate * natural), net, 0.0)
