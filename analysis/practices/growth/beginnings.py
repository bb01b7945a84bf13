"""When each client began, and whether the export can know it: the first row of a file is not the first visit.

A client is known to be new where their date of joining says so, or where the file has watched the shop long enough
before them. How long is enough is learned from the shop's own gaps: a client from before the file shows up in it after
the rest of the gap they were in, so that the gaps tell how many of them still show up late, looking like new ones.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.arrays import Array, Bools, Dates, Ints, Names, as_dates, as_days
from analysis.portfolio import Portfolio
from analysis.practices.once import once_for
from analysis.visits import EPOCH

#: first: their first visit ever; before: a client before the file began; unclear: one of the two.
Known = Literal["first", "before", "unclear"]

#: No shop's rhythm is known from less than this.
_LEAST_LEAD = 120
#: In half a year from when new can be told, no more than this share of those first seen may be old clients.
_FALSE_NEW = 0.1
_HALF_A_YEAR, _STEP = 182, 7
#: So many clients with one date of joining (and this share of all) were registered in a batch.
_BATCH, _BATCH_SHARE = 10, 0.05
#: Of the clients who come back, this share has come within `silence_days` of any day.
_BACK_BY_THEN = 0.95
_LEAST_SILENCE = 60.0


@dataclass(frozen=True)
class Beginnings:
    """Arrays have an entry per client, in the order of `client_id`.

    tells_from: from this day on a client first seen is a new one, whatever their date of joining; None if never.
    silence_days: of the clients who come back, 95 in 100 have done so within so many days, counted from any day.
    """

    since: dt.date  # first day of the file
    tells_from: dt.date | None
    silence_days: float
    client_id: Names
    began: Dates  # first visit in the file
    known: Names  # of Known
    by_joining: Bools  # whether their date of joining says so

    def of(self, known: Known) -> Bools:
        return np.asarray(self.known == known)


@once_for("as_of", "clients", "visits", "records.walk_ins", "records.joined")
def beginnings(portfolio: Portfolio) -> Beginnings:
    """When every client of the Portfolio began."""
    client, ids = numbered(portfolio.visits)
    clients = portfolio.clients.set_index("client_id").reindex(pd.Index(ids))
    began = as_days(clients["first_visit"].to_numpy())
    since = float(_first_day(portfolio))
    today = float(as_days(np.datetime64(portfolio.as_of)))
    joined = _joined(portfolio, ids)
    told = joined <= began
    waits = _Waits.of(client, as_days(portfolio.visits["date"].to_numpy()))
    returns = clients["visits"].to_numpy() > 1
    tells_from = _tells_from(began[~told], returns[~told], waits, since, today)
    known = np.select(
        [told & (joined < since), told, began >= (np.inf if tells_from is None else tells_from)],
        ["before", "first", "first"],
        "unclear",
    )
    return Beginnings(
        since=_date(since),
        tells_from=None if tells_from is None else _date(tells_from),
        silence_days=max(_LEAST_SILENCE, waits.longer_than(1 - _BACK_BY_THEN)),
        client_id=ids,
        began=as_dates(began),
        known=known.astype(object),
        by_joining=told,
    )


def numbered(visits: pd.DataFrame) -> tuple[Ints, Names]:
    """Which client each of the Portfolio's visits is of (they stand client by client, by date), and their ids."""
    ids = visits["client_id"].to_numpy(dtype=object)
    first = np.ones(len(ids), dtype=bool)
    first[1:] = ids[1:] != ids[:-1]
    return np.asarray(np.cumsum(first) - 1), ids[first]


def _date(day: float) -> dt.date:
    return EPOCH + dt.timedelta(days=round(day))


def _first_day(portfolio: Portfolio) -> float:
    days = [portfolio.visits["date"].min(), portfolio.records.walk_ins["date"].min()]
    return float(min(as_days(np.datetime64(day)) for day in days if not pd.isna(day)))


def _joined(portfolio: Portfolio, ids: Names) -> Array:
    """The day each client joined, NaN where it is not said or many share it: that day a list was typed in."""
    joined = portfolio.records.joined
    alike = joined.map(joined.value_counts())
    one_by_one = joined[alike <= max(_BATCH, _BATCH_SHARE * len(joined))]
    return as_days(one_by_one.reindex(ids).to_numpy(dtype="datetime64[s]"))


@dataclass(frozen=True)
class _Waits:
    """How long clients who come back are still away, seen from any day. Every client counts the same.

    gaps: lengths in order; weight: of each day of a gap, so that all days of all clients add up to one.
    """

    gaps: Array
    weight: Array

    @classmethod
    def of(cls, client: Ints, day: Array) -> _Waits:
        gap = np.diff(day)
        own = client[1:] == client[:-1]
        client, gap = client[1:][own], gap[own]
        total = np.bincount(client, weights=gap)
        people = max(int((total > 0).sum()), 1)
        order = np.argsort(gap, kind="stable")
        return cls(gap[order], (1 / (total[client] * people))[order])

    def beyond(self, days: Array) -> Array:
        """Share of days from which the next visit is more than `days` away."""
        start = np.searchsorted(self.gaps, days, side="right")
        weight = np.append(np.cumsum(self.weight[::-1])[::-1], 0.0)
        length = np.append(np.cumsum((self.weight * self.gaps)[::-1])[::-1], 0.0)
        return np.asarray(length[start] - days * weight[start])

    def longer_than(self, share: float) -> float:
        """The least number of days after which no more than `share` are still away; 0 where nobody came back."""
        if not len(self.gaps):
            return 0.0
        days = np.arange(0.0, self.gaps[-1] + 1)
        return float(days[np.argmax(self.beyond(days) <= share)])


def _tells_from(began: Array, returns: Bools, waits: _Waits, since: float, today: float) -> float | None:
    """The first day from which hardly any of those first seen can be old clients; None if there is none."""
    if not len(began):
        return since
    starts = np.arange(since + _LEAST_LEAD, today - _STEP, _STEP)
    if not len(starts):
        return None
    ends = np.minimum(starts + _HALF_A_YEAR, today + 1)
    ordered, of_returning = np.sort(began), np.sort(began[returns])
    first_seen = _between(ordered, starts, ends)
    old = np.searchsorted(of_returning, starts) * (waits.beyond(starts - since) - waits.beyond(ends - since))
    enough = old <= np.maximum(_FALSE_NEW * first_seen, 1.0)
    return float(starts[np.argmax(enough)]) if enough.any() else None


def _between(ordered: Array, starts: Array, ends: Array) -> Ints:
    return np.searchsorted(ordered, ends) - np.searchsorted(ordered, starts)
