"""On which days the shop opens, learned from its visits: weekdays it keeps closed, holidays, and weeks it shuts.

Nothing in an export says in which country the shop is, so no list of public holidays is asked: a day is closed where
the shop's own past says so, with enough visits on the days beside it for an empty one to mean something.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from analysis.arrays import Array, Bools, Ints
from analysis.calendar.clock import closed_runs

WEEKDAYS = 7  # Monday first
YEAR = 364  # whole weeks: a shop closes from a Monday to a Sunday, not from one date to another
AHEAD_DAYS = 2 * YEAR
#: A weekday is closed where it has at most this share of a usual day's visits (one Sunday in December may be open)...
CLOSED_SHARE = 0.02
#: ... and chance would leave a day a fifth as busy as usual so empty this seldom (Poisson).
BUSY_SHARE, SURELY = 0.2, 0.001
#: The latest weeks decide, as many as it takes to be sure; a weekday open in two of the last four is open.
WEEKS_LOOKED_AT, LATEST_WEEKS, OPEN_AGAIN = (13, 26, 52, 104), 4, 2
#: A date is a holiday where it never had a visit in at least two years, and this many would have come otherwise.
HOLIDAY_YEARS, HOLIDAY_MISSED = 2, 9.0
AROUND_DAYS = 28
DATE = 100  # month and day as one number: 1225
EASTER_HOLIDAYS = (-3, -2, 1)  # Maundy Thursday, Good Friday, Easter Monday
#: A run of closed days as near to Easter as this, and no longer than two weeks, moves with Easter.
EASTER_BEFORE, EASTER_AFTER, EASTER_RUN_DAYS = 9, 8, 16
EPOCH = pd.Timestamp(1970, 1, 1)
SAME_RUN = 0.5  # last year's run is a habit if at least half of it was closed the year before, too, where that is known
DISPLACED_SLACK = 7  # ... give or take a week


@dataclass(frozen=True)
class OpenDays:
    """Days from `first` on that the shop opens: `is_open[i]` is day `first + i`, up to two years after `today`.

    `closed_weekdays` (7,), Monday first; `weekday_share` (7,): each weekday's part of a week's visits;
    `coming_runs`: runs of closed days (start, end excluded) to expect after today because past years had them;
    `holidays`: (month, day) of each date the shop keeps closed every year.
    """

    first: int
    today: int
    is_open: Bools
    closed_weekdays: Bools
    weekday_share: Array
    coming_runs: tuple[tuple[int, int], ...]
    holidays: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, day: Ints, today: int) -> OpenDays:
        """From the days of a shop's visits, none after `today`."""
        first = int(day.min())
        visits = np.bincount(day - first, minlength=today - first + 1)
        runs = closed_runs(day, today)
        shut = np.zeros(len(visits) + AHEAD_DAYS, dtype=bool)
        for start, end in runs:
            shut[start - first : end - first] = True
        closed = _closed_weekdays(visits, shut[: len(visits)], first)
        share = _weekday_share(visits, closed, first)
        coming = _coming_runs(runs, first, today)
        for start, end in coming:
            shut[start - first : end - first] = True
        calendar = pd.DatetimeIndex((first + np.arange(len(shut))).astype("datetime64[D]"))
        fixed, movable = _holidays(visits, shut[: len(visits)], share, calendar, first)
        on_holiday = np.isin(
            DATE * calendar.month + calendar.day, [DATE * month + day for month, day in fixed]
        )
        on_holiday |= np.isin(_after_easter(calendar), movable)
        on_holiday[: len(visits)] &= visits == 0
        is_open = ~shut & ~on_holiday & ~closed[_weekday(first + np.arange(len(shut)))]
        is_open[: len(visits)] |= visits > 0
        return cls(first, today, is_open, closed, share, coming, fixed)

    def open_on(self, day: Ints) -> Bools:
        """Whether the shop opens on each day; beyond what is known by its weekday alone."""
        index = np.asarray(day) - self.first
        known = (index >= 0) & (index < len(self.is_open))
        inside = self.is_open[np.clip(index, 0, len(self.is_open) - 1)]
        return np.asarray(np.where(known, inside, ~self.closed_weekdays[_weekday(np.asarray(day))]))

    def share_on(self, day: Ints) -> Array:
        """How much of an average day's visits each day gets: 0 when closed, 1 on average over a usual week."""
        share = WEEKDAYS * self.weekday_share[_weekday(np.asarray(day))]
        return np.asarray(share * self.open_on(day))

    def nearest_open(self, day: Ints, low: Ints, high: Ints) -> Ints:
        """The open day nearest to each `day` inside its window (the later of two as near), else the next one open."""
        grid = np.arange(min(self.today, int(day.min(initial=self.today))), int(day.max(initial=0)) + YEAR)
        opens = self.open_on(grid)
        place = np.arange(len(grid))
        after = np.minimum.accumulate(np.where(opens, place, len(grid) - 1)[::-1])[::-1]
        before = np.maximum.accumulate(np.where(opens, place, -1))
        here = day - grid[0]
        later, sooner = after[here] + grid[0], before[here] + grid[0]
        can_be_sooner = (before[here] >= 0) & (sooner >= low) & (sooner > self.today)
        nearer = (day - sooner < later - day) | (later > high)
        return np.asarray(np.where(can_be_sooner & nearer, sooner, later))


def _weekday(day: Ints) -> Ints:
    return np.asarray((day + 3) % WEEKDAYS)  # the first of January 1970 was a Thursday


def _closed_weekdays(visits: Ints, shut: Bools, first: int) -> Bools:
    """Weekdays without visits over the latest weeks, where a day but a fifth as busy as usual would have had some."""
    weekday = _weekday(first + np.arange(len(visits)))
    latest = slice(max(0, len(visits) - LATEST_WEEKS * WEEKDAYS), None)
    open_lately = np.bincount(weekday[latest], weights=visits[latest] > 0, minlength=WEEKDAYS)
    closed = np.zeros(WEEKDAYS, dtype=bool)
    for weeks in WEEKS_LOOKED_AT:
        if len(visits) < weeks * WEEKDAYS:
            break
        seen = ~shut[-weeks * WEEKDAYS :]
        count = np.bincount(
            weekday[-weeks * WEEKDAYS :][seen], weights=visits[-weeks * WEEKDAYS :][seen], minlength=WEEKDAYS
        )
        if not count.any():  # looked at from long after the last visit
            continue
        usual = np.median(count[count > CLOSED_SHARE * count.max()])
        # The chance of at most this many visits where a fifth of the usual number was to be expected.
        chance = special.pdtr(count, BUSY_SHARE * usual)
        closed |= (count <= CLOSED_SHARE * usual) & (chance < SURELY)
    return np.asarray(closed & (open_lately < OPEN_AGAIN))


def _weekday_share(visits: Ints, closed: Bools, first: int) -> Array:
    """Each weekday's part of the visits of the last year; open days lean on each other by a visit's worth."""
    late = visits[-YEAR:]
    count = np.bincount(
        _weekday(first + len(visits) - len(late) + np.arange(len(late))), weights=late, minlength=WEEKDAYS
    )
    leaning = np.where(closed, 0.0, count + 1.0)
    return np.asarray(leaning / leaning.sum())


def _coming_runs(runs: list[tuple[int, int]], first: int, today: int) -> tuple[tuple[int, int], ...]:
    """Last year's closed runs a year on, but for those that the year before, where the file knows it, did not have."""
    past = np.zeros(today - first + 1, dtype=bool)
    for start, end in runs:
        past[max(0, start - DISPLACED_SLACK - first) : end + DISPLACED_SLACK - first] = True
    coming = []
    for start, end in runs:
        back = _a_year_on(start, end, -1) - first
        before = past[max(0, back) : max(0, back + end - start)]
        is_habit = back < 0 or before.mean() >= SAME_RUN
        if end > today - YEAR and is_habit:
            begins = _a_year_on(start, end, 1)
            coming.append((begins, begins + end - start))
    return tuple((max(start, today + 1), end) for start, end in coming if end > today + 1)


def _a_year_on(start: int, end: int, years: int) -> int:
    """The same week of another year; the same days before Easter or of Christmas where the run is one of theirs."""
    date = pd.Timestamp(start, unit="D")
    if start <= _christmas(date.year) < end:
        return start + _christmas(date.year + years) - _christmas(date.year)
    easter = _easter(date.year)
    if (
        easter - EASTER_BEFORE <= start
        and end <= easter + EASTER_AFTER + 1
        and end - start <= EASTER_RUN_DAYS
    ):
        return start + _easter(date.year + years) - easter
    return start + years * YEAR


def _christmas(year: int) -> int:
    return (pd.Timestamp(year, 12, 25) - EPOCH).days


def _easter(year: int) -> int:
    """Easter Sunday in days since 1970."""
    return (pd.Timestamp(year, 1, 1) + pd.offsets.Easter() - EPOCH).days


def _after_easter(calendar: pd.DatetimeIndex) -> Ints:
    """Days from its year's Easter Sunday to each date."""
    years, place = np.unique(calendar.year, return_inverse=True)
    easter = np.array([_easter(int(year)) for year in years])
    return np.asarray(calendar.to_numpy().astype("datetime64[D]").astype(np.int64) - easter[place])


def _holidays(
    visits: Ints, shut: Bools, share: Array, calendar: pd.DatetimeIndex, first: int
) -> tuple[tuple[tuple[int, int], ...], list[int]]:
    """Dates, and days from Easter, that never had a visit though at least nine were to be expected over the years."""
    known = calendar[: len(visits)]
    year, easter = known.year.to_numpy(), _after_easter(known)
    date = DATE * known.month.to_numpy() + known.day.to_numpy()
    # The weekday's share of what came in the eight weeks around: 0 on closed weekdays, which are no holidays.
    usual = _around(visits) * WEEKDAYS * share[_weekday(first + np.arange(len(visits)))]
    counts = (usual > 0) & ~shut

    def kept(key: Ints, where: Bools) -> Ints:
        values, place = np.unique(key[where], return_inverse=True)
        missed, came = (np.bincount(place, weights=number[where]) for number in (usual, visits))
        years = np.bincount(np.unique(np.column_stack([place, year[where]]), axis=0)[:, 0])
        return np.asarray(values[(came == 0) & (years >= HOLIDAY_YEARS) & (missed >= HOLIDAY_MISSED)])

    if not counts.any():
        return (), []
    movable = kept(easter, counts & np.isin(easter, EASTER_HOLIDAYS))
    fixed = kept(date, counts & ~np.isin(easter, movable))
    return tuple((int(day) // DATE, int(day) % DATE) for day in fixed), movable.tolist()


def _around(visits: Ints) -> Array:
    """Mean visits a day in the four weeks before and after each day."""
    before = np.concatenate([[0], np.cumsum(visits)])
    place = np.arange(len(visits))
    start, end = np.maximum(place - AROUND_DAYS, 0), np.minimum(place + AROUND_DAYS + 1, len(visits))
    return np.asarray((before[end] - before[start]) / (end - start))
