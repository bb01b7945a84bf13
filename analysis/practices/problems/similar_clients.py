"""Whether clients came back after a moment of theirs, beside similar clients at the same point without such a moment.

A case is a client on a day. What counts is a visit within the horizon after it: the settings', or twice the client's
own usual gap up to then where that is longer. Only cases whose horizon has closed are counted. Similar clients are
those who never had a problem on record, with as many visits by then (by class), as usual a gap (by half octave) and in
the same half year, who had kept away for as long: each case is set beside all such moments, so that neither rhythm nor
tenure nor the silence itself makes the difference. Intervals hold four times in five, and count people, not moments.
What is left is still no experiment: whoever solves problems well may also keep the clients who would have stayed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.arrays import Array, Bools, Ints
from analysis.intervals import of_share
from analysis.portfolio import Portfolio

#: Of fewer cases nothing is said, though they are shown.
FEWEST_CASES = 8
_FEWEST_VISITS = 2  # one gap, or there is no rhythm to be similar in
_VISIT_CLASSES = (4, 8, 16, 32)
_HALF_YEAR = 182
_GAPS = 2.0

Verdict = Literal["more", "less", "alike", "few"]


@dataclass(frozen=True)
class Share:
    """How many of `people` came back; `share` with its 80% interval, NaN where there is nobody."""

    cases: int
    people: int
    share: float
    low: float
    high: float

    @classmethod
    def of(cls, share: float, cases: int, people: int) -> Share:
        low, high = of_share(share * people, people)
        return cls(cases, people, share, float(low), float(high))


@dataclass(frozen=True)
class Difference:
    """One share less another, with its interval (Newcombe 1998, method 10)."""

    value: float
    low: float
    high: float
    enough: bool

    @classmethod
    def of(cls, one: Share, other: Share) -> Difference:
        value = one.share - other.share
        low = value - math.hypot(one.share - one.low, other.high - other.share)
        high = value + math.hypot(one.high - one.share, other.share - other.low)
        return cls(value, low, high, min(one.cases, other.cases) >= FEWEST_CASES)

    @property
    def verdict(self) -> Verdict:
        """Whether the first came back more, less, or by nothing that is sure."""
        if not self.enough:
            return "few"
        return "more" if self.low > 0 else "less" if self.high < 0 else "alike"


@dataclass(frozen=True)
class Compared:
    """A group of cases beside similar clients; `too_recent` and `too_new` were left out, `alone` have nobody."""

    group: str
    came_back: Share
    similar: Share
    too_recent: int
    too_new: int
    alone: int

    @property
    def difference(self) -> Difference:
        return Difference.of(self.came_back, self.similar)


def compared(portfolio: Portfolio, cases: pd.DataFrame, groups: Sequence[str]) -> tuple[Compared, ...]:
    """One for each of `groups`. `cases`: client_id, day, group."""
    lines = _Lines.of(portfolio)
    found = _judged(portfolio, lines, cases)
    pool = _Pool.of(portfolio, lines)
    return tuple(_compared(group, found[found["group"] == group], pool) for group in groups)


@dataclass(frozen=True)
class _Lines:
    """Every visit of every client in order: what was known of the client on that day, and when they came next."""

    client: Ints
    day: Ints
    visits: Ints  # so far, this one too
    gap: Array  # mean of the gaps so far, NaN at the first visit
    next_day: Array  # inf where none followed
    codes: pd.Index

    @classmethod
    def of(cls, portfolio: Portfolio) -> _Lines:
        visits = portfolio.visits
        code, codes = pd.factorize(visits["client_id"])
        day = visits["date"].to_numpy().astype("datetime64[D]").astype(np.int64)
        order = np.lexsort((day, code))
        client, day = code[order].astype(np.int64), day[order]
        first = np.flatnonzero(np.diff(client, prepend=-1))
        start = np.repeat(first, np.diff(np.append(first, len(client))))
        so_far = np.arange(len(client)) - start
        with np.errstate(invalid="ignore"):
            gap = np.where(so_far > 0, (day - day[start]) / np.maximum(so_far, 1), np.nan)
        following = np.append(day[1:].astype(float), np.inf)
        last = np.append(client[1:] != client[:-1], True)
        return cls(client, day, so_far + 1, gap, np.where(last, np.inf, following), pd.Index(codes))

    def last_until(self, client: Ints, day: Ints) -> Ints:
        """The place of each client's last visit up to a day, -1 where there is none."""
        reach = int(self.day.max(initial=0)) + 2
        at = np.clip(day, -1, reach - 1) + 1
        place = (
            np.searchsorted(self.client * (reach + 1) + self.day + 1, client * (reach + 1) + at, side="right")
            - 1
        )
        theirs = (place >= 0) & (client >= 0) & (self.client[np.maximum(place, 0)] == client)
        return np.where(theirs, place, -1)


def _judged(portfolio: Portfolio, lines: _Lines, cases: pd.DataFrame) -> pd.DataFrame:
    """The cases with what came of them, where there is a rhythm (`known`) and the horizon has closed (`closed`)."""
    client = lines.codes.get_indexer(pd.Index(cases["client_id"])).astype(np.int64)
    day = cases["day"].to_numpy().astype("datetime64[D]").astype(np.int64)
    place = lines.last_until(client, day)
    known = (place >= 0) & (lines.visits[place] >= _FEWEST_VISITS)
    horizon = _horizon(portfolio, lines.gap[place])
    today = np.datetime64(portfolio.as_of, "D").astype(np.int64)
    return pd.DataFrame(
        {
            "group": cases["group"].to_numpy(dtype=object),
            "client": client,
            "place": place,
            "known": known,
            "closed": known & (day + horizon <= today),
            "silence": day - lines.day[place],
            "horizon": horizon,
            "returned": lines.next_day[place] <= day + horizon,
        }
    )


def _horizon(portfolio: Portfolio, gap: Array) -> Array:
    own = np.ceil(_GAPS * np.nan_to_num(gap))
    return np.maximum(own, portfolio.settings.horizon_days)


@dataclass(frozen=True)
class _Pool:
    """The visits of those who never had a problem, sorted by who is similar to whom."""

    lines: _Lines
    of_line: Ints  # what each visit is similar in
    place: Ints  # of the pool's visits among the lines
    key: Ints  # of the same, ascending
    today: int

    @classmethod
    def of(cls, portfolio: Portfolio, lines: _Lines) -> _Pool:
        troubled = lines.codes.isin(portfolio.records.problems["client_id"])
        today = int(np.datetime64(portfolio.as_of, "D").astype(np.int64))
        gap = np.round(2 * np.log2(np.maximum(np.nan_to_num(lines.gap), 1.0))).astype(np.int64)
        tenure = np.searchsorted(_VISIT_CLASSES, lines.visits, side="right")
        half_year = (today - lines.day) // _HALF_YEAR
        key = (half_year * 64 + gap) * 8 + tenure
        place = np.flatnonzero((lines.visits >= _FEWEST_VISITS) & ~troubled[lines.client])
        place = place[np.argsort(key[place], kind="stable")]
        return cls(lines, key, place, key[place], today)

    def similar(self, place: int, silence: int, horizon: float) -> tuple[Ints, Bools]:
        """Clients at a similar moment who had kept away as long, and whether each came back within the horizon."""
        start, end = np.searchsorted(self.key, [self.of_line[place], self.of_line[place] + 1])
        there = self.place[start:end]
        moment = self.lines.day[there] + silence
        came = self.lines.next_day[there]
        fit = (came > moment) & (moment + horizon <= self.today)
        return self.lines.client[there[fit]], came[fit] <= moment[fit] + horizon


def _compared(group: str, cases: pd.DataFrame, pool: _Pool) -> Compared:
    counted = cases[cases["closed"]]
    beside = [
        pool.similar(int(place), int(silence), float(horizon))
        for place, silence, horizon in zip(
            counted["place"], counted["silence"], counted["horizon"], strict=True
        )
    ]
    shares = [float(came.mean()) for _, came in beside if len(came)]
    people = len(np.unique(np.concatenate([who for who, _ in beside]))) if beside else 0
    return Compared(
        group=group,
        came_back=Share.of(
            float(counted["returned"].mean()) if len(counted) else math.nan,
            len(counted),
            int(counted["client"].nunique()),
        ),
        similar=Share.of(float(np.mean(shares)) if shares else math.nan, len(shares), people),
        too_recent=int((cases["known"] & ~cases["closed"]).sum()),
        too_new=int((~cases["known"]).sum()),
        alone=len(counted) - len(shares),
    )
