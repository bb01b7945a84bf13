"""Clients whose visits follow the year: those who come in certain months only, and those who come once a year.

A rhythm of days knows nothing of summers. Between two seasons its silence looks like a loss, and a yearly check-up is
further away than any window it can give. Both are told here by what their own earlier years did.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from analysis.arrays import Array, Bools, Ints, sum_by

MONTHS, YEAR = 12, 365.25
#: Seasonal: this many visits over more than a year, in two seasons at least, within half of the year's months...
SEASONAL_VISITS, SEASONAL_SPAN_DAYS, SEASONS, SEASONAL_MONTHS = 4, 400, 2, 6
#: ... where as many months strewn over the years would fall so close together this seldom: into one arc of the year
#: (n a^(n-1), a its share of it: Stevens 1939, for n points on a circle), or into as few of its months.
BY_CHANCE = 0.02
#: Yearly: every gap this near to a year, or to two where one was skipped, and two of them; one is enough where the
#: shop's gaps pile up there, and of three or more one may be an odd one.
YEARLY_SLACK_DAYS, YEARLY_GAPS, GAPS_WITH_AN_ODD_ONE = 60, 2, 3
PILE_DAYS, PILE_TIMES, PILE_GAPS = 45, 2.0, 5
#: What the few dates of a client lean on: days a season's start (or a yearly visit) strays, worth so many of them.
STRAYS_DAYS, STRAYS_PSEUDO = 20.0, 4.0
YEAR_PSEUDO_GAPS = 2.0
#: Four of five come back for another season, until the shop shows otherwise.
RETURNS, RETURNS_OF = 4.0, 5.0
SD_OF_LOGISTIC = np.pi / np.sqrt(3)
NEARLY = 1e-9


@dataclass(frozen=True)
class YearHabits:
    """Per client: what their own years say. Days are since 1970; where `waits` is False only the kind is of use.

    seasonal, yearly: the kind. `waits`: their next visit is told by the year: all yearly clients, and seasonal ones who
    have not come in the season that is next (or now). `in_season`: it is a seasonal client's season and they came in
    it. `due`: middle of when they usually come next; `spread`: scale of a logistic distribution around it; `returns`:
    chance that they come in another season at all; `seasons`: how many they came in.
    """

    seasonal: Bools
    yearly: Bools
    waits: Bools
    in_season: Bools
    last_day: Ints
    due: Array
    spread: Array
    returns: Array
    seasons: Array
    months: Bools  # (n, 12), January first: the run of months that holds all visits of a client

    def quantile(self, level: float) -> Array:
        """The day by which that share of their next visits would have come, seen from their last one."""
        return np.asarray(self.due + self.spread * special.logit(level))

    def come_by(self, day: Ints | int) -> Array:
        """Chance that a next visit has come by `day`, given that there is one."""
        return np.asarray(np.minimum(special.expit((day - self.due) / self.spread), 1 - NEARLY))

    def come_by_each(self, days: Ints) -> Array:
        """`come_by` of several days: (n, days)."""
        return np.asarray(special.expit((days - self.due[:, None]) / self.spread[:, None]))


def year_habits(client: Ints, day: Ints, today: int, clients: int) -> YearHabits:
    """Habits of `clients` from their visits, sorted by client and day, none after `today`; every client has one."""
    ends = np.flatnonzero(np.diff(client, append=clients))
    last_day = day[ends]
    once = _yearly(client, day, today, clients, last_day)
    found = _seasonal(client, day, today, clients)
    yearly, seasonal = once.who, found.seasonal & ~once.who
    return YearHabits(
        seasonal,
        yearly,
        yearly | (seasonal & found.waits),
        seasonal & found.in_season,
        last_day,
        np.where(yearly, once.due, found.due),
        np.where(yearly, once.spread, found.spread),
        np.where(yearly, once.returns, found.returns),
        found.seasons,
        found.months,
    )


@dataclass(frozen=True)
class _Yearly:
    """Who comes once a year, the day they are due, how far they stray from it, and of all of them who comes again.

    `returns`: chance to come about a year after the last visit.
    """

    who: Bools
    due: Array
    spread: Array
    returns: float


def _yearly(client: Ints, day: Ints, today: int, clients: int, last_day: Ints) -> _Yearly:
    same = client[1:] == client[:-1]
    row, gap = client[1:][same], np.diff(day)[same]
    skipped = gap > 1.5 * YEAR  # a year without
    off = gap - np.where(skipped, 2, 1) * YEAR
    at_a_year = (np.abs(off) <= PILE_DAYS)[~skipped].sum()
    beside = (np.abs(off) > PILE_DAYS) & (np.abs(off) <= 3 * PILE_DAYS) & ~skipped
    piled = at_a_year >= max(PILE_GAPS, PILE_TIMES * beside.sum() / 2)
    shown_by = 1 if piled else YEARLY_GAPS

    is_near = np.abs(off) <= YEARLY_SLACK_DAYS
    gaps = np.bincount(row, minlength=clients)
    near, ones = (sum_by(row, which, clients) for which in (is_near, is_near & ~skipped))
    who = (near >= shown_by) & (ones >= 1) & (gaps - near <= (gaps >= GAPS_WITH_AN_ODD_ONE))
    mine = is_near & who[row]
    strays = (off[mine] ** 2).sum() + STRAYS_PSEUDO * STRAYS_DAYS**2
    sd = np.sqrt(strays / (mine.sum() + STRAYS_PSEUDO))
    # Nobody is known as yearly without having returned: those returns say nothing of how many do.
    came = np.maximum(ones[who] - shown_by, 0).sum()
    stayed_away = (mine & skipped).sum() + (who & (today - last_day > YEAR + YEARLY_SLACK_DAYS)).sum()
    return _Yearly(
        np.asarray(who),
        last_day + YEAR + sum_by(row, off * is_near, clients) / (near + YEAR_PSEUDO_GAPS),
        sd * np.sqrt(1 + 1 / (near + YEAR_PSEUDO_GAPS)) / SD_OF_LOGISTIC,
        float((RETURNS + came) / (RETURNS_OF + came + stayed_away)),
    )


def _seasonal(client: Ints, day: Ints, today: int, clients: int) -> YearHabits:
    """Habits of those who come in certain months only; nobody is yearly here."""
    month = month_of(day)
    present = np.zeros((clients, MONTHS), dtype=bool)
    present[client, month % MONTHS] = True
    opens, arc = _arc(present)
    number = (month - opens[client]) // MONTHS  # of the season, one a year from the month it opens in
    new_season = np.ones(len(client), dtype=bool)
    new_season[1:] = (client[1:] != client[:-1]) | (number[1:] != number[:-1])
    new_month = new_season.copy()
    new_month[1:] |= month[1:] != month[:-1]
    first, last = np.searchsorted(client, np.arange(clients)), np.flatnonzero(np.diff(client, append=clients))
    seasons, months = (sum_by(client, mark, clients) for mark in (new_season, new_month))
    few = present.sum(axis=1)
    into_an_arc = months * (arc / MONTHS) ** (months - 1)
    into_few_months = special.comb(MONTHS, few) * (few / MONTHS) ** months
    by_chance = np.minimum(into_an_arc, into_few_months)
    seasonal = (
        (last - first + 1 >= SEASONAL_VISITS)
        & (day[last] - day[first] >= SEASONAL_SPAN_DAYS)
        & (seasons >= SEASONS)
        & (arc <= SEASONAL_MONTHS)
        & (by_chance < BY_CHANCE)
    )
    now = int(month_of(np.array([today]))[0])
    this = (now - opens) // MONTHS
    over = (now - opens) % MONTHS >= arc  # this season is over
    latest = number[last]
    waits = seasonal & np.where(over, latest == this, latest == this - 1)

    # A season's first visit, in days from the first of the month it opens in.
    start = opens[client] + number * MONTHS
    began = np.where(new_season, day - _first_of(start), 0).astype(float)
    mean = sum_by(client, began, clients) / np.maximum(seasons, 1)
    off = np.where(new_season & seasonal[client], began - mean[client], 0.0)
    free = (seasons[seasonal] - 1).sum()
    sd = np.sqrt(((off**2).sum() + STRAYS_PSEUDO * STRAYS_DAYS**2) / (free + STRAYS_PSEUDO))
    due = _first_of(opens + (latest + 1) * MONTHS) + mean
    spread = sd * np.sqrt(1 + 1 / np.maximum(seasons, 1)) / SD_OF_LOGISTIC
    ended = this - ~over  # the latest season that is over
    # Of the seasons after the two that show the habit.
    could = np.maximum(ended, latest) - number[first] - 1
    returns = (RETURNS + (seasons[seasonal] - SEASONS).sum()) / (RETURNS_OF + could[seasonal].sum())
    return YearHabits(
        seasonal,
        np.zeros(clients, dtype=bool),
        waits,
        seasonal & ~over & (latest == this),
        day[last],
        due,
        spread,
        np.full(clients, returns),
        np.maximum(seasons, 1),
        (np.arange(MONTHS) - opens[:, None]) % MONTHS < arc[:, None],
    )


def _arc(present: Bools) -> tuple[Ints, Ints]:
    """The shortest run of months around the year that holds all of a client's: its first month and its length."""
    twice = np.concatenate([present, present], axis=1)
    run = np.zeros(len(present), dtype=np.int64)
    longest, ends = run.copy(), run.copy()
    for place in range(2 * MONTHS):
        ends = np.where(twice[:, place] & (run > longest), place, ends)
        longest = np.where(twice[:, place], np.maximum(longest, run), longest)
        run = np.where(twice[:, place], 0, run + 1)
    return ends % MONTHS, MONTHS - longest


def month_of(day: Ints) -> Ints:
    """Months since 1970."""
    return np.asarray(day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64))


def _first_of(month: Ints) -> Ints:
    """Days since 1970 of the first of a month counted since 1970."""
    return np.asarray(month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64))
