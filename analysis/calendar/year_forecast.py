"""What to expect of clients whose visits follow the year: the dates and chances that a rhythm of days cannot tell."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import special

from analysis.arrays import Array, Bools, Ints, sum_by
from analysis.calendar.open_days import WEEKDAYS
from analysis.calendar.season import on_chances
from analysis.calendar.year_habits import MONTHS, NEARLY, YEAR, YearHabits, month_of
from analysis.rhythm import Rhythms

LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9
RHYTHM_SEASONS = 1.0  # in season, what the rhythm expects weighs as much as one earlier season


def by_the_year(
    rhythms: Rhythms, habits: YearHabits, client: Ints, day: Ints, today: int, horizon_days: int
) -> Rhythms:
    """The rhythms, but as the year has it for those who wait for their time of it or are in season.

    `client`, `day`: the visits the habits were learned from.
    """
    other_years = _OtherYears.of(habits, client, day, today, horizon_days, rhythms.weekly_visits.shape[1])
    told = _where(habits.waits, _waiting(rhythms, habits, other_years, today, horizon_days), rhythms)
    return _where(habits.in_season, _in_season(rhythms, habits, other_years, today, horizon_days), told)


def _where(who: Bools, told: dict[str, Array], otherwise: Rhythms) -> Rhythms:
    by_dimensions = {1: who, 2: who[:, None]}
    return replace(
        otherwise,
        **{
            name: np.where(by_dimensions[values.ndim], values, getattr(otherwise, name))
            for name, values in told.items()
        },
    )


@dataclass(frozen=True)
class _OtherYears:
    """Visits on the same dates of earlier years, in all: per client in each coming week and within the horizon.

    `with_visit`: in how many of those years there was any within the horizon.
    """

    weekly: Array
    within: Array
    with_visit: Array

    @classmethod
    def of(
        cls, habits: YearHabits, client: Ints, day: Ints, today: int, horizon_days: int, weeks: int
    ) -> _OtherYears:
        n = len(habits.waits)
        ago = ((today - day) // YEAR).astype(np.int64)
        ahead = YEAR - (today - day) % YEAR  # days from today to the same date of the coming year
        week = np.minimum(((ahead - 1) / WEEKDAYS).astype(np.int64), weeks)
        weekly = np.bincount(client * (weeks + 1) + week, minlength=n * (weeks + 1)).reshape(n, -1)[:, :weeks]
        inside = ahead <= horizon_days
        most = int(ago.max(initial=0)) + 1
        years = np.unique(client[inside] * most + ago[inside]) // most
        return cls(
            weekly.astype(float), sum_by(client, inside, n), np.bincount(years, minlength=n).astype(float)
        )


def _waiting(
    rhythms: Rhythms, habits: YearHabits, other_years: _OtherYears, today: int, horizon_days: int
) -> dict[str, Array]:
    """Of those who come at their time of the year: logistic about it, given that they have not come by today."""
    passed = habits.come_by(today)
    alive = habits.returns * (1 - passed) / (1 - habits.returns * passed)

    def ahead(level: float) -> Array:
        """Days from today by which that share of those still to come will have come."""
        return np.asarray(habits.due + habits.spread * special.logit(passed + level * (1 - passed)) - today)

    ends = today + WEEKDAYS * np.arange(rhythms.weekly_visits.shape[1] + 1)
    by_week = (habits.come_by_each(ends) - passed[:, None]) / (1 - passed[:, None])
    p_no_visit = 1 - alive * (habits.come_by(today + horizon_days) - passed) / (1 - passed)
    yearly, seasons = habits.yearly, habits.seasons
    weekly = np.where(yearly[:, None], np.diff(by_week, axis=1), other_years.weekly / seasons[:, None])
    within = np.where(yearly, 0.0, other_years.within / seasons)
    half_gone = np.clip((2 * habits.returns - 1) / habits.returns, NEARLY, 1 - NEARLY)

    def gap(quantile: Array, rhythm: Array) -> Array:
        """A yearly client's gap ends at that day; a seasonal one's usual gap is that of their season."""
        return np.where(yearly, quantile - habits.last_day, rhythm)

    return {
        "interval_low": gap(habits.quantile(LOW), rhythms.interval_low),
        "interval_days": gap(habits.due, rhythms.interval_days),
        "interval_high": gap(habits.quantile(HIGH), rhythms.interval_high),
        "gone_after_days": habits.due + habits.spread * special.logit(half_gone) - habits.last_day,
        "p_alive": alive,
        "p_no_visit": p_no_visit,
        "expected_visits": np.maximum(alive * within, 1 - p_no_visit),
        "next_low": ahead(LOW),
        "next_days": ahead(MIDDLE),
        "next_high": ahead(HIGH),
        "weekly_visits": alive[:, None] * weekly,
    }


def _in_season(
    rhythms: Rhythms, habits: YearHabits, other_years: _OtherYears, today: int, horizon_days: int
) -> dict[str, Array]:
    """Of those in season: the same dates of their earlier seasons, and as one more of them what the rhythm expects.

    The rhythm knows nothing of the season's end: what it expects is cut to the client's own months.
    """
    weekly = rhythms.weekly_visits * _own_weeks(habits, today, rhythms.weekly_visits.shape[1])
    factor = on_chances(_own_weeks(habits, today, weekly.shape[1]), rhythms.weekly_visits, horizon_days)
    earlier = habits.seasons - 1  # this one's dates are still to come
    all_of = earlier + RHYTHM_SEASONS
    without = np.maximum(earlier - other_years.with_visit, 0)
    p_no_visit = (without + RHYTHM_SEASONS * rhythms.p_no_visit) / all_of
    expected = (other_years.within + RHYTHM_SEASONS * factor * rhythms.expected_visits) / all_of
    return {
        "p_no_visit": p_no_visit,
        "expected_visits": np.maximum(expected, 1 - p_no_visit),
        "weekly_visits": (other_years.weekly + RHYTHM_SEASONS * weekly) / all_of[:, None],
    }


def _own_weeks(habits: YearHabits, today: int, weeks: int) -> Array:
    """How much of each coming week lies in each client's own months: (n, weeks)."""
    ahead = today + 1 + np.arange(weeks * WEEKDAYS)
    in_month = month_of(ahead)[:, None] % MONTHS == np.arange(MONTHS)
    return np.asarray(habits.months @ in_month.reshape(weeks, WEEKDAYS, MONTHS).mean(axis=1).T)
