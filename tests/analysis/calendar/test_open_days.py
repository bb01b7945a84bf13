"""Open and closed days, planted in shops whose visits are drawn from a seed."""

import datetime as dt
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.calendar.open_days import OpenDays

MONDAY, SUNDAY = 0, 6
TODAY = dt.date(2026, 10, 31)  # a Saturday
Closed = Callable[[dt.date], bool]


def day_of(date: dt.date) -> int:
    return (date - dt.date(1970, 1, 1)).days


def shop(closed: Closed, *, years: float = 2.0, visits_a_day: float = 8.0, seed: int = 1) -> np.ndarray:
    """Days of the visits of a shop that gets about so many on each day it opens."""
    random = np.random.default_rng(seed)
    days = day_of(TODAY) - np.arange(int(365.25 * years))[::-1]
    opens = np.array([not closed(dt.date(1970, 1, 1) + dt.timedelta(days=int(day))) for day in days])
    return np.repeat(days, random.poisson(visits_a_day, len(days)) * opens)


def found(closed: Closed, **shape: float) -> OpenDays:
    return OpenDays.of(shop(closed, **shape), day_of(TODAY))  # type: ignore[arg-type]


def weekend(date: dt.date) -> bool:
    return date.weekday() in (SUNDAY, MONDAY)


def august(date: dt.date) -> bool:
    return date.month == 8 and 3 <= date.day <= 23


def test_closed_sundays_and_mondays_are_learned():
    calendar = found(weekend)
    assert np.flatnonzero(calendar.closed_weekdays).tolist() == [MONDAY, SUNDAY]
    assert calendar.weekday_share[[MONDAY, SUNDAY]].tolist() == [0, 0]
    assert calendar.weekday_share.sum() == pytest.approx(1)


def test_a_shop_open_every_day_has_no_closed_weekday():
    assert not found(lambda _: False).closed_weekdays.any()


def test_a_quiet_sunday_is_no_closed_one():
    visits = shop(lambda date: date.weekday() == SUNDAY and date.day > 7)  # open one Sunday in four
    assert not OpenDays.of(visits, day_of(TODAY)).closed_weekdays.any()


def test_one_sunday_before_christmas_does_not_open_all_of_them():
    def closed(date: dt.date) -> bool:
        return weekend(date) and date != dt.date(2025, 12, 21)

    assert found(closed).closed_weekdays[SUNDAY]


def test_a_month_of_a_small_shop_says_nothing_of_its_mondays():
    visits = shop(weekend, years=1 / 12, visits_a_day=1)
    assert not OpenDays.of(visits, day_of(TODAY)).closed_weekdays.any()


def test_mondays_that_are_open_again_are_open():
    def closed(date: dt.date) -> bool:
        return date.weekday() == SUNDAY or (date.weekday() == MONDAY and date < dt.date(2026, 10, 1))

    assert np.flatnonzero(found(closed).closed_weekdays).tolist() == [SUNDAY]


def test_august_closes_again_next_year():
    calendar = found(lambda date: weekend(date) or august(date), years=1.5)
    # Shut from Sunday the 2nd to Monday the 24th of August 2026: the same weekdays of 2027.
    assert calendar.coming_runs == ((day_of(dt.date(2027, 8, 1)), day_of(dt.date(2027, 8, 24))),)
    inside, before = day_of(dt.date(2027, 8, 11)), day_of(dt.date(2027, 7, 28))
    assert calendar.open_on(np.array([inside, before])).tolist() == [False, True]


def test_weeks_that_were_closed_once_in_two_years_are_no_habit():
    def closed(date: dt.date) -> bool:
        return dt.date(2026, 3, 2) <= date <= dt.date(2026, 3, 15)  # the builders were in

    assert found(closed, years=2.5).coming_runs == ()
    assert len(found(closed, years=1.0).coming_runs) == 1  # a single year can tell no better


def test_holy_week_moves_with_easter():
    easters = {2025: dt.date(2025, 4, 20), 2026: dt.date(2026, 4, 5), 2027: dt.date(2027, 3, 28)}

    def closed(date: dt.date) -> bool:
        easter = easters.get(date.year)
        return easter is not None and -6 <= (date - easter).days <= 1

    [(start, end)] = found(closed).coming_runs
    assert (start, end) == (day_of(dt.date(2027, 3, 22)), day_of(dt.date(2027, 3, 30)))


def test_christmas_week_keeps_its_dates():
    def closed(date: dt.date) -> bool:
        return (date.month, date.day) >= (12, 24) or (date.month, date.day) <= (1, 1)

    [(start, end)] = found(closed).coming_runs
    assert (start, end) == (day_of(dt.date(2026, 12, 24)), day_of(dt.date(2027, 1, 2)))


def test_dates_kept_closed_every_year_are_holidays():
    calendar = found(
        lambda date: (date.month, date.day) in {(12, 25), (1, 6), (5, 1)} or weekend(date), years=3
    )
    assert calendar.holidays == ((1, 6), (5, 1), (12, 25))
    assert not calendar.open_on(np.array([day_of(dt.date(2027, 1, 6))]))[0]
    assert calendar.open_on(np.array([day_of(dt.date(2027, 1, 7))]))[0]


def test_a_date_without_visits_in_a_quiet_shop_is_no_holiday():
    assert found(lambda date: (date.month, date.day) == (12, 25), visits_a_day=2).holidays == ()


def test_next_visits_move_to_the_nearest_open_day_inside_their_window():
    calendar = found(weekend)
    sunday, monday = day_of(dt.date(2026, 11, 15)), day_of(dt.date(2026, 11, 16))
    day = np.array([sunday, monday, sunday, monday, sunday + 2])
    low = np.array([sunday - 5, sunday - 5, sunday, sunday - 5, sunday])
    high = np.array([sunday + 5, sunday + 5, sunday + 5, monday, sunday + 5])
    moved = calendar.nearest_open(day, low, high)
    # Saturday; Tuesday; Tuesday (no Saturday in the window); Saturday (no Tuesday in it); open already.
    assert (moved - sunday).tolist() == [-1, 2, 2, -1, 2]


def test_a_date_with_nothing_open_in_its_window_waits_for_the_next_open_day():
    calendar = found(lambda date: weekend(date) or august(date))
    day = np.array([day_of(dt.date(2027, 8, 10))])
    assert calendar.nearest_open(day, day - 2, day + 2).tolist() == [day_of(dt.date(2027, 8, 24))]


def test_no_date_moves_into_the_past():
    visits = shop(lambda date: date.weekday() == SUNDAY)
    tomorrow = np.array([day_of(TODAY) + 1])  # a Sunday; yesterday's Saturday is nearer than Monday, but gone
    assert OpenDays.of(visits, day_of(TODAY)).nearest_open(tomorrow, tomorrow - 3, tomorrow + 3).tolist() == [
        day_of(TODAY) + 2
    ]


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 120), st.integers(0, 400))
def test_whole_weeks_later_the_weekdays_are_the_same(weeks: int, seed: int):
    visits = shop(weekend, years=1, visits_a_day=3, seed=seed)
    now, later = (OpenDays.of(visits + 7 * w, day_of(TODAY) + 7 * w) for w in (0, weeks))
    assert now.closed_weekdays.tolist() == later.closed_weekdays.tolist()
    assert now.weekday_share.tolist() == later.weekday_share.tolist()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 600))
def test_a_day_with_visits_was_open_whatever_was_learned(seed: int):
    visits = shop(lambda date: weekend(date) or august(date), visits_a_day=2, seed=seed)
    calendar = OpenDays.of(visits, day_of(TODAY))
    assert calendar.open_on(visits).all()
    ahead = day_of(TODAY) + 1 + np.arange(300)
    assert calendar.open_on(calendar.nearest_open(ahead, ahead - 10, ahead + 10)).all()


def test_a_shop_looked_at_from_long_after_its_last_visit_closes_on_no_weekday_for_it():
    day = np.arange(0, 300)
    assert not OpenDays.of(day, today=300 + 5 * 365).closed_weekdays.any()
