"""What the shop's calendar says of every client: its open days, its season, and whose visits follow the year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis import schema
from analysis.arrays import Array, Bools, Dates, Ints
from analysis.calendar.clock import Clock
from analysis.calendar.open_days import OpenDays
from analysis.calendar.season import (
    MONTHS,
    Coming,
    Season,
    SeasonCode,
    on_chances,
    p_no_visit_in_season,
    season,
)
from analysis.calendar.year_forecast import HIGH, LOW, by_the_year
from analysis.calendar.year_habits import YearHabits, year_habits
from analysis.client_rhythm import ClientRhythms
from analysis.rhythm import Rhythms
from analysis.visits import Visits

#: An erratic client's interval begins so early that its start says nothing: due is three quarters of the usual gap.
DUE_FROM_SHARE = 0.75


@dataclass(frozen=True)
class ShopYear:
    """What the shop's year looks like. `season`, `years`: how the months' factors are known, as in `Season`.

    `closed_weekdays`: Monday is 0; `holidays`: (month, day) of dates the shop keeps closed every year; `closed_runs`:
    first and last day of each run of closed days to expect, as in earlier years.
    """

    season: SeasonCode
    years: int
    months: pd.DataFrame  # schema.SEASON
    closed_weekdays: tuple[int, ...]
    holidays: tuple[tuple[int, int], ...]
    closed_runs: tuple[tuple[dt.date, dt.date], ...]

    @property
    def busiest(self) -> tuple[int, float]:
        """Month (1-12) and factor of the month with most visits a day."""
        place = int(self.months["factor"].to_numpy().argmax())
        return place + 1, float(self.months["factor"].iloc[place])

    @property
    def quietest(self) -> tuple[int, float]:
        """The same of the month with fewest."""
        place = int(self.months["factor"].to_numpy().argmin())
        return place + 1, float(self.months["factor"].iloc[place])


@dataclass(frozen=True)
class ShopCalendar:
    """`season` is the whole shop's, as shown; `coming` what the season of those without habits of the year brings."""

    open_days: OpenDays
    season: Season
    coming: Coming
    habits: YearHabits
    clock: Clock

    @classmethod
    def of(cls, seen: Visits, fitted: ClientRhythms) -> ShopCalendar:
        """From the visits up to today, nothing later."""
        client, day = seen.table["client"].to_numpy(), seen.table["day"].to_numpy()
        open_days = OpenDays.of(day, seen.today)
        habits = year_habits(client, day, seen.today, seen.clients)
        # Who follows the year is expected by their own; counted again in the season they would weigh on everyone else.
        others = day[~(habits.seasonal | habits.yearly)[client]]
        weeks = fitted.rhythms.weekly_visits.shape[1]
        coming = Coming.of(season(others, seen.today, open_days), open_days, weeks)
        return cls(open_days, season(day, seen.today, open_days), coming, habits, fitted.clock)

    def follow_the_year(self, seen: Visits, fitted: ClientRhythms, horizon_days: int) -> ClientRhythms:
        """The rhythms with what the year says of those whose next visit it tells."""
        client, day = seen.table["client"].to_numpy(), seen.table["day"].to_numpy()
        told = by_the_year(fitted.rhythms, self.habits, client, day, seen.today, horizon_days)
        source = np.where(self.habits.yearly, "own", fitted.interval_source).astype(object)
        return replace(fitted, rhythms=told, interval_source=source)

    def year(self) -> ShopYear:
        """The shop's part of it, for those who show it."""
        found, days = self.season, self.open_days
        months = pd.DataFrame(
            {
                "month": np.arange(1, MONTHS + 1),
                "factor": np.round(found.factor, 4),
                "low": np.round(found.low, 4),
                "high": np.round(found.high, 4),
            }
        )
        return ShopYear(
            found.code,
            found.years,
            months[list(schema.SEASON)],
            tuple(int(weekday) for weekday in np.flatnonzero(days.closed_weekdays)),
            days.holidays,
            tuple((_date(start), _date(end - 1)) for start, end in days.coming_runs),
        )

    def due_after(self, rhythms: Rhythms) -> Array:
        """The silence from which each client's next visit is due, in days."""
        own = np.maximum(rhythms.interval_low, DUE_FROM_SHARE * rhythms.interval_days)
        return np.asarray(np.where(self.habits.waits, self.habits.quantile(LOW) - self.habits.last_day, own))

    def late_after(self, rhythms: Rhythms) -> Array:
        """The silence after which each client is late, in days, had the shop always been open."""
        habits = self.habits
        return np.asarray(
            np.where(habits.waits, habits.quantile(HIGH) - habits.last_day, rhythms.interval_high)
        )

    def shut_while_due(self, rhythms: Rhythms) -> Array:
        """Days the shop was shut since each client's next visit was due: they make nobody late."""
        due = self.habits.last_day + np.ceil(self.due_after(rhythms)).astype(np.int64)
        return self.clock.closed_between(due, self.open_days.today)

    def weekly_visits(self, rhythms: Rhythms) -> Array:
        """Visits expected of each client in the coming weeks: (n, weeks)."""
        weekly = rhythms.weekly_visits
        return np.asarray(np.where(self.told_by_the_year[:, None], weekly, weekly @ self.coming.moved))

    def season_due(self) -> Dates:
        """When the visits of each seasonal client who waits for their season begin, NaT for all others."""
        habits = self.habits
        waits = habits.seasonal & habits.waits
        due = np.where(waits, np.round(habits.due), 0).astype(np.int64).astype("datetime64[D]")
        return np.asarray(np.where(waits, due, np.datetime64("NaT")).astype("datetime64[s]"))

    @property
    def told_by_the_year(self) -> Bools:
        """Whose chances are those of their own earlier years, which need no season on top."""
        return self.habits.waits | self.habits.in_season

    def in_season(
        self, rhythms: Rhythms, p_no_visit: Array, expected_visits: Array, horizon_days: int
    ) -> tuple[Array, Array]:
        """The chance of no visit and the visits expected within the horizon, as the season has them."""
        factor = on_chances(self.coming.factor, rhythms.weekly_visits, horizon_days)
        factor = np.where(self.told_by_the_year, 1.0, factor)
        away = p_no_visit_in_season(p_no_visit, rhythms.p_alive, factor)
        return away, np.maximum(expected_visits * factor, 1 - away)

    def next_visit(self, rhythms: Rhythms) -> tuple[Ints, Ints, Ints]:
        """First, middle and last day of when each next visit is to be expected; the middle one is an open day."""
        today = self.open_days.today
        low = today + np.maximum(np.round(rhythms.next_low), 1).astype(np.int64)
        day = today + np.maximum(np.round(rhythms.next_days), 1).astype(np.int64)
        high = today + np.maximum(np.ceil(rhythms.next_high), 1).astype(np.int64)
        opened = self.open_days.nearest_open(day, low, high)
        return np.minimum(low, opened), opened, np.maximum(high, opened)


def _date(day: int) -> dt.date:
    return dt.date(1970, 1, 1) + dt.timedelta(days=day)
