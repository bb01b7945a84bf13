"""Stretches of whole months."""

import datetime as dt

import pandas as pd
import pytest

from analysis.practices.growth.periods import Period, last_months, months_before


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        ("2026-10-31", 1, "2026-09-30"),
        ("2026-10-31", 8, "2026-02-28"),
        ("2026-04-30", 1, "2026-03-31"),  # the last day of a month stays one
        ("2026-02-28", 12, "2025-02-28"),
        ("2024-02-29", 12, "2023-02-28"),
        ("2026-10-18", 6, "2026-04-18"),
        ("2026-10-30", 8, "2026-02-28"),
    ],
)
def test_the_same_day_some_months_earlier(day: str, months: int, earlier: str) -> None:
    assert months_before(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(earlier)


def test_six_months_up_to_a_month_end_are_whole_months() -> None:
    assert last_months(dt.date(2026, 10, 31), 6) == Period(dt.date(2026, 5, 1), dt.date(2026, 10, 31))


def test_the_same_six_months_a_year_before() -> None:
    assert last_months(dt.date(2026, 10, 31), 6, 12) == Period(dt.date(2025, 5, 1), dt.date(2025, 10, 31))


def test_periods_next_to_each_other_leave_no_day_out_and_count_none_twice() -> None:
    for day in pd.date_range("2025-12-01", "2026-03-31"):
        now, before = last_months(day.date(), 6), last_months(day.date(), 6, 6)
        assert now.first - before.last == dt.timedelta(days=1)


def test_a_period_holds_its_first_and_its_last_day() -> None:
    dates = pd.Series(pd.to_datetime(["2026-04-30", "2026-05-01", "2026-10-31", "2026-11-01"]))
    assert last_months(dt.date(2026, 10, 31), 6).holds(dates).tolist() == [False, True, True, False]
