import numpy as np

from analysis.calendar.clock import Clock


def busy_days(*runs: tuple[int, int], visits_a_day: int = 4) -> np.ndarray:
    """Days of visits: each run is (first day, last day), every day of it with so many visits."""
    days = np.concatenate([np.arange(first, last + 1) for first, last in runs])
    return np.repeat(days, visits_a_day)


def test_a_holiday_of_a_busy_shop_does_not_count():
    clock = Clock.of(busy_days((0, 29), (45, 74)), today=74)
    assert clock.at(np.array([29, 30, 45, 46])).tolist() == [29.0, 30.0, 30.0, 31.0]


def test_weekends_count_as_days_because_rhythms_are_told_in_calendar_days():
    clock = Clock.of(busy_days((0, 4), (7, 11), (14, 18)), today=18)
    assert clock.at(np.array([0, 7, 18])).tolist() == [0.0, 7.0, 18.0]


def test_a_quiet_shop_is_not_closed_when_nobody_comes():
    clock = Clock.of(busy_days((0, 9), (30, 39), visits_a_day=1), today=39)
    assert clock.at(np.array([39])).tolist() == [39.0]


def test_the_empty_days_before_today_still_count():
    clock = Clock.of(busy_days((0, 89)), today=100)
    assert clock.at(np.array([100])).tolist() == [100.0]


def test_three_closed_weeks_of_a_quiet_shop_are_found_by_how_many_did_not_come():
    days = busy_days(
        (0, 99), (121, 220), visits_a_day=1
    )  # 21 days without the visit a day that comes otherwise
    assert Clock.of(days, today=220).at(np.array([121])).tolist() == [100.0]


def test_the_quiet_first_months_of_a_shop_that_grew_are_not_closed():
    begins = np.arange(0, 100, 10)  # a visit every ten days, long before it was busy
    clock = Clock.of(np.concatenate([begins, busy_days((200, 400), visits_a_day=10)]), today=400)
    assert clock.at(np.array([95])).tolist() == [95.0]


def test_closed_days_between_two_days_are_counted_from_the_first_one_on():
    clock = Clock.of(busy_days((0, 29), (45, 74)), today=74)
    since = np.array([20, 29, 40, 50, 80])
    assert clock.closed_between(since, 60).tolist() == [15.0, 15.0, 4.0, 0.0, 0.0]
