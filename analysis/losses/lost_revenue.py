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

from analysis.arrays import Array, Bools, sum_by
from analysis.calendar.clock import Clock
from analysis.pace.clean_rhythm import CleanRhythm
from analysis.pace.gaps import Gaps

OPEN_GAP_DAYS = 182  # an open silence costs at most half a year: after that nobody was waiting for them
MIN_LOST_VISITS = 1.0
ROUNDING = 1e-9  # a whole visit in floating point may fall a hair short of 1
#: How many standard deviations of the client's natural ups and downs a shortfall must exceed at least, and where timing
#: is so irregular that it must exceed more of them, or that no loss of a client's own can be named at all.
GATE, GATE_IRREGULAR = 0.75, 1.5
IRREGULAR_BELOW_K, UNNAMEABLE_BELOW_K = 2.0, 2.2
MIN_CLOSED_GAPS = 3  # own lens: with fewer gaps there is no own pace to fall behind


@dataclass(frozen=True)
class Window:
    """Days (since 1970) that count: start < day <= end."""

    start: int
    end: int


@dataclass(frozen=True)
class Shortfall:
    """Per row, of a window: `net` visits short of the pace (below zero: ahead of it), before any gate.

    `expected`: visits the days waited for at that pace; `drifted`: variance of net for not knowing the pace's drift
    better; `natural`: standard deviation of net by ups and downs and by drift alone.
    """

    net: Array
    expected: Array
    drifted: Array
    natural: Array


@dataclass(frozen=True)
class Lateness:
    """The gaps on the clock, each with the days it is late; what a window shows of them.

    mu: the pace of each row in the window; mu_variance: how unsure its drift leaves it, as a share of its square.
    opened, closed, begins, ends: open days of the clock, per gap. A gap is late from `begins` to `ends`; start < day <=
    end are the window's.
    """

    gaps: Gaps
    pace: CleanRhythm
    mu: Array
    mu_variance: Array
    opened: Array
    closed: Array
    begins: Array
    ends: Array
    start: float
    end: float

    @classmethod
    def of(cls, gaps: Gaps, clock: Clock, pace: CleanRhythm, window: Window) -> Lateness:
        """Every row is held to its pace in the middle of the window."""
        opened, closed = clock.at(gaps.opened), clock.at(gaps.closed)
        start, end = clock.at(np.array([window.start, window.end]))
        last = opened[gaps.is_open]  # one of each row
        age = last - (start + end) / 2
        mu = pace.mu_at(age)
        begins = opened + mu[gaps.row]
        ends = np.where(gaps.is_open, np.minimum(closed, begins + OPEN_GAP_DAYS), closed)
        unsure = pace.drift_variance_at(age)
        return cls(gaps, pace, mu, unsure, opened, closed, begins, ends, float(start), float(end))

    def days(self, start: float, end: float) -> Array:
        """Late days of each gap between two times of the clock."""
        return np.asarray(np.maximum(0.0, np.minimum(self.ends, end) - np.maximum(self.begins, start)))

    def shortfall(self) -> Shortfall:
        """Late days less what early visits give back, in visits; early ones on the visit that closes the gap."""
        row, rows = self.gaps.row, self.gaps.rows
        late = sum_by(row, self.days(self.start, self.end), rows) / self.mu
        length, mu = self.closed - self.opened, self.mu[row]
        closes = ~self.gaps.is_open & (self.closed > self.start) & (self.closed <= self.end)
        gained = sum_by(row, np.where(closes & (length < mu), length / mu - 1, 0.0), rows)
        seen = np.maximum(0.0, np.minimum(self.ends, self.end) - np.maximum(self.opened, self.start))
        expected = sum_by(row, seen, rows) / self.mu
        drifted = expected**2 * self.mu_variance
        return Shortfall(late + gained, expected, drifted, np.sqrt(expected / self.pace.k + drifted))


def lost_visits(short: Shortfall, counted: Bools, gate: float) -> Array:
    """Lost visits of each row: a whole visit missing and more than its natural ups and downs, else 0."""
    enough = (short.net >= MIN_LOST_VISITS - ROUNDING) & (short.net >= gate * short.natural)
    return np.where(counted & enough, short.net, 0.0)


def late_days(lateness: Lateness, clock: Clock, window: Window, lost: Array) -> pd.DataFrame:
    """Lost visits of every gap and month inside the window: row, visit, month (datetime64[M]), late_days, lost_visits.

    `lost` are the lost visits of each row, spread over its late days.
    """
    months = np.arange(
        np.datetime64(window.start + 1, "D").astype("datetime64[M]"),
        np.datetime64(window.end, "D").astype("datetime64[M]") + 1,
    )
    firsts = np.append(months, months[-1] + 1).astype("datetime64[D]").astype(np.int64)
    # A month's days are (day before its first, its last]; the clock counts open days before a day.
    edges = clock.at(np.clip(firsts - 1, window.start, window.end))
    gaps = lateness.gaps
    all_late = lateness.days(lateness.start, lateness.end)
    late = np.flatnonzero((lost[gaps.row] > 0) & (all_late > 0))
    begins, ends = lateness.begins[late], lateness.ends[late]
    days = np.maximum(0.0, np.minimum(ends, edges[1:, None]) - np.maximum(begins, edges[:-1, None]))
    month, place = np.nonzero(days > 0)
    row = gaps.row[late[place]]
    days = days[month, place]
    per_visit = lost / np.maximum(sum_by(row, days, gaps.rows), ROUNDING)
    return pd.DataFrame(
        {
            "row": row,
            "visit": gaps.visit[late[place]],
            "month": months[month].astype("datetime64[s]"),
            "late_days": days,
            "lost_visits": per_visit[row] * days,
        }
    )
