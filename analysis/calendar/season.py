"""The season of the whole shop: how busy each month of the year is, where two years or more show it.

Counts of visits per calendar month are a trend (piecewise log-linear, a bend a year) times a factor of the month. The
factors are shrunk toward 1 by a gamma prior whose variance is the shop's own (Poisson-gamma, method of moments), and
stand only if they repeat from year to year: the variation between months is tested against what is left inside the
same months of different years. With under two years nothing can tell a season from a trend, so there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy import special, stats

from analysis.arrays import Array, Ints, sum_by
from analysis.calendar.open_days import WEEKDAYS, OpenDays

MONTHS = 12
FEWEST_YEARS, MOST_YEARS = 2, 5  # what is older says little of next year
DAYS_A_YEAR = 365.25
MISSING_DAYS = 14  # a file that begins some days into its first year still has that year
FEWEST_VISITS = 240  # ten a month over two years: fewer show no season whatever it is
REPEATS_BELOW = 0.01  # chance of months as different as these in a shop without a season
INTERVAL = (0.1, 0.9)
#: The mixture has moved by itself about this much of the way toward the latest months (measured on simulated shops).
FOLLOWED_BY_ITSELF, LATEST_DAYS = 0.35, 91
FIT_STEPS, LEAST_FACTOR_SPREAD = 12, 10.0
NEARLY_NOTHING = 1e-12
LEAST_OPEN = 0.05  # a month that is always closed has no share of open days to divide by

SeasonCode = Literal["too_short", "too_few", "flat", "known"]


@dataclass(frozen=True)
class Season:
    """Factor of each month of the year (January first): 1 = as many visits a day as in an average month.

    `code`: `known`; `flat` (months differ no more than by chance, factors are 1), `too_short` (under two years) or
    `too_few` visits. `low`, `high`: 80% interval. `years`: full years looked at. `open_share`: how much of its usual
    weeks each month was open in those years, 1 where it is not known.
    """

    code: SeasonCode
    years: int
    factor: Array
    low: Array
    high: Array
    open_share: Array

    @classmethod
    def unknown(cls, code: SeasonCode, years: int) -> Season:
        one = np.ones(MONTHS)
        return cls(code, years, one, one, one, one)

    @property
    def known(self) -> bool:
        return self.code == "known"

    def on(self, day: Ints) -> Array:
        """The factor of each day's month."""
        return self.factor[_month(day)]


def season(day: Ints, today: int, open_days: OpenDays) -> Season:
    """The season told by the days of all visits, none after `today`."""
    years = int((today - open_days.first + 1 + MISSING_DAYS) / DAYS_A_YEAR)
    if years < FEWEST_YEARS:
        return Season.unknown("too_short", years)
    years = min(years, MOST_YEARS)
    start = (
        (pd.Timestamp(today, unit="D") - pd.DateOffset(years=years)).to_datetime64().astype("datetime64[D]")
    )
    first = max(int(start.astype(np.int64)) + 1, open_days.first)
    days = np.arange(first, today + 1)
    if (day >= first).sum() < FEWEST_VISITS:
        return Season.unknown("too_few", years)
    year = np.minimum(((today - days) / DAYS_A_YEAR).astype(np.int64), years - 1)
    cell, place = np.unique((years - 1 - year) * MONTHS + _month(days), return_inverse=True)
    inside = day[day >= first]
    visits = np.bincount(place[inside - first], minlength=len(cell)).astype(float)
    # Weekdays weigh by how busy they are; closed runs and holidays are part of what a month brings.
    exposure = sum_by(place, WEEKDAYS * open_days.weekday_share[(days + 3) % WEEKDAYS], len(cell))
    when = np.bincount(place, weights=days - first) / np.bincount(place) / DAYS_A_YEAR
    found = factors(visits, exposure, cell % MONTHS, when)
    if found is None:
        return Season.unknown("flat", years)
    opened = np.bincount(_month(days), weights=open_days.share_on(days), minlength=MONTHS)
    usual = np.bincount(_month(days), minlength=MONTHS)
    return Season("known", years, *found, open_share=opened / usual)


def factors(visits: Array, exposure: Array, month: Ints, when: Array) -> tuple[Array, Array, Array] | None:
    """Factors of the months and their 80% interval (12,), or None where they do not repeat.

    One entry per month of each year: `visits` counted, `exposure` (days, weighed by weekday), `month` 0-11, `when` in
    years since the start.
    """
    fitted, trend = _fit(visits, exposure, month, when)
    free = len(visits) - MONTHS - _trend(when).shape[1]
    noise = max(1.0, float(((visits - fitted) ** 2 / np.maximum(fitted, 0.5)).sum() / free))
    came, usual = (sum_by(month, number, MONTHS) for number in (visits, trend))
    usual = usual * float((came / usual).mean())  # the average month has factor 1
    between = float(((came - usual) ** 2 / usual).sum() / (MONTHS - 1)) / noise
    if stats.f.sf(between, MONTHS - 1, free) >= REPEATS_BELOW:
        return None
    spread = float(((came - usual) ** 2 - noise * usual).sum() / (usual**2).sum())
    return shrunk(came / noise, usual / noise, spread)


def shrunk(came: Array, usual: Array, spread: float) -> tuple[Array, Array, Array]:
    """Mean and 80% interval of came/usual under a gamma prior of mean 1 and variance `spread` (Poisson counts)."""
    prior = 1 / max(spread, 1e-6)
    shape, rate = came + prior, usual + prior
    low, high = (special.gammaincinv(shape, level) / rate for level in INTERVAL)
    scale = MONTHS / (shape / rate).sum()
    return shape / rate * scale, low * scale, high * scale


@dataclass(frozen=True)
class Coming:
    """What the season and the shop's closed days make of the coming weeks.

    `moved[v, w]`: how much of the visits that rhythms alone expect in week v come in week w. With a known season a
    week has its months' factor; without one, visits of closed days come in the weeks after, half of them in each.
    `factor` (weeks,): the season's part of it, 1 where it is not known, which is what a client's chances follow.
    """

    moved: Array
    factor: Array

    @classmethod
    def of(cls, of_shop: Season, open_days: OpenDays, weeks: int) -> Coming:
        days = open_days.today + 1 + np.arange(weeks * WEEKDAYS)
        opened = open_days.share_on(days)
        if not of_shop.known:
            share = np.minimum(opened.reshape(weeks, WEEKDAYS).mean(axis=1), 1.0)
            return cls(_displaced(share), np.ones(weeks))
        latest = of_shop.on(open_days.today - np.arange(LATEST_DAYS)).mean()
        usually_open = np.maximum(of_shop.open_share[_month(days)], LEAST_OPEN)
        daily = of_shop.on(days) * opened / usually_open / latest**FOLLOWED_BY_ITSELF
        weekly = daily.reshape(weeks, WEEKDAYS).mean(axis=1)
        return cls(np.diag(weekly), weekly)


def on_chances(factor: Array, weekly_visits: Array, horizon_days: int) -> Array:
    """The factor on each client's chances within the horizon, by when their visits are expected: (n,).

    `factor` (weeks,) or (n, weeks); `weekly_visits` (n, weeks) by rhythm alone. A horizon longer than the weeks has
    the factor of the weeks.
    """
    weeks = min(-(-horizon_days // WEEKDAYS), weekly_visits.shape[1])
    factor = np.broadcast_to(factor, weekly_visits.shape)[:, :weeks]
    expected = weekly_visits[:, :weeks]
    total = expected.sum(axis=1)
    weighed = (expected * factor).sum(axis=1) / np.maximum(total, NEARLY_NOTHING)
    return np.asarray(np.where(total > 0, weighed, factor.mean(axis=1)))


def p_no_visit_in_season(p_no_visit: Array, p_alive: Array, factor: Array) -> Array:
    """Chance of no visit where the season multiplies the hazard of those who are still clients by `factor`.

    The part of it that is having left already does not change: p' = gone + (1 - gone) q^factor.
    """
    gone = np.minimum(1 - p_alive, p_no_visit)
    stays = np.maximum(1 - gone, NEARLY_NOTHING)
    away = np.clip((p_no_visit - gone) / stays, 0, 1)
    return np.asarray(np.clip(gone + stays * away**factor, 0, 1))


def _displaced(share: Array) -> Array:
    """Where the visits of each week come when weeks are open for `share` of their usual days: (weeks, weeks).

    Clients do not need less because the shop was shut: who waits comes in the open weeks after, half of them in each.
    What waits beyond the last week is not counted in it.
    """
    moved = np.diag(share)
    for week, opened in enumerate(share):
        waiting = 1 - opened
        for later in range(week + 1, len(share)):
            comes = waiting * share[later] / 2
            moved[week, later] = comes
            waiting -= comes
    return moved


def _fit(visits: Array, exposure: Array, month: Ints, when: Array) -> tuple[Array, Array]:
    """Fitted visits of each cell, and the part of them that is trend alone: a Poisson regression by IRLS."""
    months = np.eye(MONTHS)[month]
    x = np.column_stack([months, np.ones(len(when)), _trend(when)])
    # A month without any visit has no logarithm: month effects are held within what a prior this wide allows.
    ridge = np.diag(np.r_[np.full(MONTHS, 1 / LEAST_FACTOR_SPREAD), np.zeros(x.shape[1] - MONTHS)])
    beta = np.zeros(x.shape[1])
    beta[MONTHS] = np.log(visits.sum() / exposure.sum())
    offset = np.log(np.maximum(exposure, 1e-3))
    for _ in range(FIT_STEPS):
        mean = np.exp(np.clip(offset + x @ beta, -20, 20))
        gradient = x.T @ (visits - mean) - ridge @ beta
        beta = beta + np.clip(np.linalg.lstsq(x.T * mean @ x + ridge, gradient, rcond=None)[0], -2, 2)
    log_trend = offset + x[:, MONTHS:] @ beta[MONTHS:]
    return np.exp(offset + x @ beta), np.exp(log_trend)


def _trend(when: Array) -> Array:
    """Time in years, and time since each year's end but the last: a line that may bend once a year."""
    bends = np.arange(1, round(when.max()))
    return np.column_stack([when, *(np.maximum(when - bend, 0) for bend in bends)])


def _month(day: Ints) -> Ints:
    """Month of the year, 0-11."""
    return np.asarray(
        np.asarray(day).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % MONTHS
    )
