"""Clients as clocks: gamma ticks of mean 1, and days that move the clock by one over the client's usual gap.

A closed day does not move it, a drifting pace moves it ever faster or slower, a late episode at a fraction.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import special

from analysis.arrays import Array, Bools, Ints

DAYS_A_YEAR = 365
FIRST_DAY = dt.date(2021, 1, 4)  # a Monday
#: Clients who were there before the export begins first came up to so long ago.
BEFORE_DAYS = 400
#: The last clients to come first have a fifth of the days to show a rhythm.
NEWEST_AT = 0.8
SUNDAY, AUGUST, AUGUST_CLOSED_DAYS = 3, 8, 21  # 1970-01-01 was a Thursday: Sundays are 3 days later

#: Usual gaps of a service shop: about five weeks, two thirds of the clients within a factor of 1.6.
MEDIAN_GAP_DAYS, LOG_GAP_SPREAD = 35.0, 0.5
#: As BG/NBD and Pareto/NBD assume them: gamma distributed rates of this shape.
GAMMA_PACE_SHAPE = 1.5
SHORTEST_GAP_DAYS, LONGEST_GAP_DAYS = 7.0, 400.0
#: A disrupted gap (a holiday, an illness) lasts about so many usual ones, with this regularity.
DISRUPTED_TIMES, DISRUPTED_K = 3.0, 1.5
#: A late episode: a slow stretch of so many days at a pace so many times slower, or nothing for so many usual gaps.
SLOW_DAYS, SLOW_TIMES = (120.0, 300.0), (1.5, 3.0)
ABSENT_GAPS, ABSENT_SHARE = (2.0, 5.0), 0.5
MEDIAN_TICKET, LOG_TICKET_SPREAD = 32.0, 0.4


@dataclass(frozen=True)
class Plan:
    """What a shop is like; its export begins on `FIRST_DAY`."""

    clients: int = 400
    k: float = 4.0  # regularity of the gaps: 1 = random
    k_spread: float = 0.0  # standard deviation of its logarithm between clients
    pace: Literal["lognormal", "gamma"] = "lognormal"  # how usual gaps differ between clients
    days: int = 3 * DAYS_A_YEAR
    after_days: int = 0  # simulated beyond
    already_clients: float = 0.6  # share who came before the export begins
    dropout: float = 0.0  # mean chance of leaving for good after a visit
    disrupted: float = 0.0  # share of gaps
    drift: float = 0.0  # standard deviation, between clients, of the change of the pace's logarithm in a year
    late_share: float = 0.0  # of the clients have a late episode that begins in the last year
    closed_august: bool = False
    seed: int = 1


@dataclass(frozen=True)
class Lives:
    """Of each client (n) the ticks counted up to the end of each day of the export (columns).

    `ticks_without`: had there been no episode and nobody left; `last_tick`: the one they leave with, infinity for who
    stays; `ticks_before`: at the start of the export; `ticket`: the usual money of a visit. `clock`: what each client's
    clock read at the end of each day, `times` (n, ticks): when it ticks; `k`: regularity; `leaving`: chance a visit.
    """

    ticks: Ints
    ticks_without: Ints
    ticks_before: Ints
    last_tick: Array
    ticket: Array
    clock: Array
    times: Array
    k: Array
    leaving: Array
    disrupted: float

    def p_no_visit(self, day: int, horizon_days: int) -> Array:
        """The best that can be said on a day of who will not come: each client's own truth known, but not their ticks.

        By Bayes: whoever left with the last visit stays silent, the others if this gap is longer than that.
        """
        here = np.arange(len(self.times))
        last = self.times[here, np.maximum(self.ticks[:, day] - 1, 0)]
        now, later = (self.clock[:, at] - last for at in (day, day + horizon_days))
        lasts = [self.leaving + (1 - self.leaving) * self._longer(gap) for gap in (later, now)]
        return np.asarray(lasts[0] / np.maximum(lasts[1], np.finfo(float).tiny))

    def _longer(self, gap: Array) -> Array:
        """Probability of a gap longer than that, on the client's clock."""
        usual = special.gammaincc(self.k, self.k * gap)
        holiday = special.gammaincc(DISRUPTED_K, DISRUPTED_K * gap / DISRUPTED_TIMES)
        return np.asarray((1 - self.disrupted) * usual + self.disrupted * holiday)


def lives(plan: Plan) -> Lives:
    """The lives of a shop's clients; with late episodes and without the ticks are the same."""
    people, chance, late, gaps = np.random.default_rng(plan.seed).spawn(4)
    day = np.arange(-BEFORE_DAYS, plan.days + plan.after_days)
    usual = _usual_gaps(plan, people)
    start = _starts(plan, people)
    drift = people.normal(0.0, 1.0, plan.clients) * plan.drift / DAYS_A_YEAR
    is_open = _open(plan, day)
    here = (day >= start[:, None]) & is_open
    speed = here * np.exp(drift[:, None] * (day - plan.days)) / usual[:, None]
    slowed = _episodes(plan, late, usual, day)
    leaving = _chances_of_leaving(plan, chance)
    last = _last_ticks(leaving, chance)
    last[(slowed < 1).any(axis=1)] = np.inf  # their absence is an episode's
    clock = np.cumsum(speed, axis=1)
    k = plan.k * np.exp(gaps.normal(0.0, 1.0, plan.clients) * plan.k_spread)
    times = _tick_times(plan, gaps, k, float(clock[:, -1].max()))
    arrived = np.logical_or.accumulate(here, axis=1)
    without = _count(times, clock, arrived)
    clock = np.cumsum(speed * slowed, axis=1)
    ticks = np.minimum(_count(times, clock, arrived), last[:, None]).astype(np.int64)
    ticket = np.round(MEDIAN_TICKET * np.exp(people.normal(0.0, LOG_TICKET_SPREAD, plan.clients)), 2)
    return Lives(
        ticks[:, BEFORE_DAYS:],
        without[:, BEFORE_DAYS:],
        ticks[:, BEFORE_DAYS - 1],
        last,
        ticket,
        clock[:, BEFORE_DAYS:],
        times,
        k,
        leaving,
        plan.disrupted,
    )


def _usual_gaps(plan: Plan, random: np.random.Generator) -> Array:
    if plan.pace == "gamma":
        rate = random.gamma(GAMMA_PACE_SHAPE, 1 / GAMMA_PACE_SHAPE, plan.clients) / MEDIAN_GAP_DAYS
        return np.clip(1 / rate, SHORTEST_GAP_DAYS, LONGEST_GAP_DAYS)
    gap = MEDIAN_GAP_DAYS * np.exp(random.normal(0.0, LOG_GAP_SPREAD, plan.clients))
    return np.clip(gap, SHORTEST_GAP_DAYS, LONGEST_GAP_DAYS)


def _starts(plan: Plan, random: np.random.Generator) -> Ints:
    """The day each client first comes (the first open one from then on)."""
    already = random.random(plan.clients) < plan.already_clients
    before = random.integers(-BEFORE_DAYS, 0, plan.clients)
    return np.where(already, before, random.integers(0, int(plan.days * NEWEST_AT), plan.clients))


def _open(plan: Plan, day: Ints) -> Bools:
    """Every day but Sundays, and three weeks of August where the shop closes then."""
    date = np.datetime64(FIRST_DAY, "D") + day
    open_days = date.astype(np.int64) % 7 != SUNDAY
    if plan.closed_august:
        month = date.astype("datetime64[M]")
        in_august = month.astype(np.int64) % 12 + 1 == AUGUST
        open_days &= ~(in_august & ((date - month).astype(np.int64) < AUGUST_CLOSED_DAYS))
    return np.asarray(open_days)


def _episodes(plan: Plan, random: np.random.Generator, usual: Array, day: Ints) -> Array:
    """(n, days): what is left of the usual pace, 1 outside an episode."""
    n = plan.clients
    has = random.random(n) < plan.late_share
    begins = plan.days - DAYS_A_YEAR + random.integers(0, DAYS_A_YEAR, n)
    absent = random.random(n) < ABSENT_SHARE
    lasts = np.where(absent, usual * random.uniform(*ABSENT_GAPS, n), random.uniform(*SLOW_DAYS, n))
    remains = np.where(absent, 0.0, 1 / random.uniform(*SLOW_TIMES, n))
    late = has[:, None] & (day >= begins[:, None]) & (day < (begins + lasts)[:, None])
    return np.where(late, remains[:, None], 1.0)


def _chances_of_leaving(plan: Plan, random: np.random.Generator) -> Array:
    """With each visit; they differ between clients as a beta, as BG/NBD has them."""
    if plan.dropout == 0:
        return np.zeros(plan.clients)
    return np.maximum(random.beta(1.0, 1 / plan.dropout - 1, plan.clients), np.finfo(float).tiny)


def _last_ticks(leaving: Array, random: np.random.Generator) -> Array:
    """The visit each client leaves with, infinity for who never does."""
    with np.errstate(divide="ignore"):
        return np.ceil(np.log(random.random(len(leaving))) / np.log1p(-leaving)).clip(min=1.0)


def _tick_times(plan: Plan, random: np.random.Generator, k: Array, until: float) -> Array:
    """(n, ticks): when each client's clock ticks, the first time at 0, the last after `until`."""
    n = plan.clients
    pieces, reached = [np.zeros((n, 1))], np.zeros(n)
    while reached.min() <= until:
        gaps = random.gamma(k[:, None], 1 / k[:, None], (n, int(until) + 1))
        holiday = random.gamma(DISRUPTED_K, DISRUPTED_TIMES / DISRUPTED_K, gaps.shape)
        gaps = np.where(random.random(gaps.shape) < plan.disrupted, holiday, gaps)
        pieces.append(reached[:, None] + np.cumsum(gaps, axis=1))
        reached = pieces[-1][:, -1]
    return np.hstack(pieces)


def _count(times: Array, clock: Array, arrived: Bools) -> Ints:
    """(n, days): ticks up to each reading of the clock, 0 before the client's first day."""
    # One search for all: each client's times and clock stand on a stretch of their own.
    stretch = (float(times.max()) + 1) * np.arange(len(times))[:, None]
    found = np.searchsorted((times + stretch).ravel(), clock + stretch, side="right")
    return np.where(arrived, found - times.shape[1] * np.arange(len(times))[:, None], 0)
