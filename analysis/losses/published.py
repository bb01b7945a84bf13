"""What a month's loss was when the month closed, so that later changes show as a correction and never silently.

A loss published at the end of a month moves: a client who was late has come or has not, a pace is better known. Each
month is measured here from the visits up to its last day alone, by what the shop's rows shared at the first of these
closes. Which clients and services are measured at all is decided today, so that only what is compared differs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import schema
from analysis.arrays import Array, Bools, Ints, sum_by
from analysis.calendar.clock import Clock
from analysis.losses.gate import learned_gate
from analysis.losses.lenses import Yardstick
from analysis.losses.lost_revenue import MIN_CLOSED_GAPS, Lateness, Window, late_days, lost_visits
from analysis.pace.clean_rhythm import CleanRhythm, clean_rhythm
from analysis.pace.gaps import Gaps
from analysis.tickets import expected_ticket
from analysis.visits import Visits

CLOSES = 3
DAYS_A_YEAR = 365
#: Nobody is late before this share of their mean gap: a cheap first look at whose pace is worth working out.
LATE_FROM_SHARE = 0.7


def published_losses(yard: Yardstick | None, seen: Visits) -> pd.DataFrame:
    """`schema.PUBLISHED_LOSSES` of the last months closed before as_of, oldest first; money NaN where it is unknown.

    No rows where the own lens has no figure, or for months that closed in the first year of the export.
    """
    closes = [] if yard is None else _closes(seen)
    if yard is None or not closes:
        return schema.empty_frame(schema.PUBLISHED_LOSSES)
    known = [_Known.on(yard, seen, close) for close in closes]
    first = known[0]
    pace = clean_rhythm(*first.gap_days, first.gaps.rows, first.lean)
    gate = learned_gate(first.lateness(pace).shortfall(), first.closed_gaps, pace, first.counted)
    may_be_late = [then.may_be_late() for then in known]
    late = [then.those(which) for then, which in zip(known, may_be_late, strict=True)]
    paces = [pace.take(may_be_late[0]), *_paces(late[1:], pace)]
    rows = []
    for then, its_pace in zip(late, paces, strict=True):
        lateness = then.lateness(its_pace)
        lost = lost_visits(lateness.shortfall(), then.counted, gate)
        found = late_days(lateness, then.clock, then.window, lost)
        found = found[found["month"] == then.month]
        visits = found["lost_visits"].to_numpy()
        money = float((visits * then.ticket[found["row"].to_numpy()]).sum())
        rows.append((then.month, float(visits.sum()), money if yard.knows_money else np.nan))
    return pd.DataFrame(rows, columns=list(schema.PUBLISHED_LOSSES)).astype({"month": "datetime64[s]"})


def _closes(seen: Visits) -> list[int]:
    """Last days of the months closed before as_of, as far as a year of visits lay behind them; oldest first."""
    months = np.datetime64(seen.as_of, "M") - np.arange(CLOSES - 1, -1, -1)
    ends = months.astype("datetime64[D]").astype(np.int64) - 1
    first = int(seen.table["day"].min())
    return [int(end) for end in ends if end - DAYS_A_YEAR >= first]


@dataclass(frozen=True)
class _Known:
    """Rows of a yardstick as they were known at the end of `month`; `lean` is the usual gap to lean on."""

    gaps: Gaps
    clock: Clock
    window: Window
    month: np.datetime64
    counted: Bools
    lean: Array
    ticket: Array

    @classmethod
    def on(cls, yard: Yardstick, seen: Visits, close: int) -> _Known:
        """Every row that had gaps enough by then."""
        past = yard.gaps.opened <= close
        rows = np.flatnonzero(np.bincount(yard.gaps.row[past], minlength=yard.gaps.rows) > MIN_CLOSED_GAPS)
        kept = past & np.isin(yard.gaps.row, rows)
        row, day = np.searchsorted(rows, yard.gaps.row[kept]), yard.gaps.opened[kept]
        gaps = Gaps.of(row, day, close, len(rows))
        amount = yard.lines["amount"].to_numpy(dtype=float)[yard.gaps.visit[kept]]
        all_days = seen.table["day"].to_numpy()
        month = np.datetime64(close, "D").astype("datetime64[M]")
        return cls(
            gaps,
            Clock.of(all_days[all_days <= close], close),
            Window(close - DAYS_A_YEAR, close),
            month,
            yard.counted[rows],
            _medians(gaps, yard.group[rows]),
            yard.ticket[rows]
            if np.isnan(amount).all()
            else expected_ticket(row, amount, yard.group[rows], len(rows)),
        )

    @property
    def closed_gaps(self) -> Ints:
        return np.bincount(self.gaps.row, minlength=self.gaps.rows) - 1

    @property
    def gap_days(self) -> tuple[Ints, Array]:
        """Row and open days of each closed gap."""
        closed = ~self.gaps.is_open
        length = self.clock.at(self.gaps.closed[closed]) - self.clock.at(self.gaps.opened[closed])
        return self.gaps.row[closed], length

    def lateness(self, pace: CleanRhythm) -> Lateness:
        return Lateness.of(self.gaps, self.clock, pace, self.window)

    def may_be_late(self) -> Ints:
        """Rows with a gap in the month, long enough by its end for anybody to be late in it."""
        length = (self.gaps.closed - self.gaps.opened).astype(float)
        closed = np.where(self.gaps.is_open, 0.0, length)
        mean = sum_by(self.gaps.row, closed, self.gaps.rows) / np.maximum(self.closed_gaps, 1)
        begins = int(self.month.astype("datetime64[D]").astype(np.int64))
        late = (self.gaps.closed >= begins) & (length > LATE_FROM_SHARE * mean[self.gaps.row])
        return np.flatnonzero((sum_by(self.gaps.row, late, self.gaps.rows) > 0) & self.counted)

    def those(self, rows: Ints) -> _Known:
        """The same of some of the rows."""
        kept = np.isin(self.gaps.row, rows)
        gaps = Gaps(
            np.searchsorted(rows, self.gaps.row[kept]),
            self.gaps.visit[kept],
            self.gaps.opened[kept],
            self.gaps.closed[kept],
            self.gaps.is_open[kept],
            len(rows),
        )
        return _Known(
            gaps,
            self.clock,
            self.window,
            self.month,
            self.counted[rows],
            self.lean[rows],
            self.ticket[rows],
        )


def _paces(known: Sequence[_Known], shared: CleanRhythm) -> list[CleanRhythm]:
    """The clean pace of each one's rows, all worked out in one go."""
    if not known:
        return []
    ends = np.cumsum([then.gaps.rows for then in known])
    starts = ends - [then.gaps.rows for then in known]
    gaps = [then.gap_days for then in known]
    row = np.concatenate([of + start for (of, _), start in zip(gaps, starts, strict=True)])
    days = np.concatenate([length for _, length in gaps])
    lean = np.concatenate([then.lean for then in known])
    pace = clean_rhythm(row, days, int(ends[-1]), lean, shared.shop)
    return [pace.take(slice(int(start), int(end))) for start, end in zip(starts, ends, strict=True)]


def _medians(gaps: Gaps, group: Ints) -> Array:
    """Median closed gap of each row's group."""
    closed = ~gaps.is_open
    length = pd.Series((gaps.closed - gaps.opened)[closed].astype(float))
    medians = length.groupby(group[gaps.row[closed]]).median()
    return np.asarray(medians.reindex(group).fillna(length.median()), dtype=np.float64)
