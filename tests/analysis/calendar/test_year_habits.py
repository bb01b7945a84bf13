"""Clients whose visits follow the year: who they are, and when they are expected."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import rhythm
from analysis.calendar.year_forecast import by_the_year
from analysis.calendar.year_habits import YearHabits, year_habits
from analysis.rhythm import Rhythms

HORIZON = 91
EPOCH = dt.date(1970, 1, 1)


def day_of(date: str) -> int:
    return (dt.date.fromisoformat(date) - EPOCH).days


def numbered(clients: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
    client = np.repeat(np.arange(len(clients)), [len(days) for days in clients])
    return client, np.concatenate([np.sort(days) for days in clients])


def habits(clients: Sequence[Sequence[int]], on: str) -> YearHabits:
    return year_habits(*numbered(clients), day_of(on), len(clients))


def told(clients: Sequence[Sequence[int]], on: str) -> Rhythms:
    client, day = numbered(clients)
    known = rhythm.histories(client, day, day_of(on), len(clients))
    prior = rhythm.fit(known, rhythm.grid(known, HORIZON))
    plain = rhythm.predict(known, [prior], np.zeros(len(clients), dtype=np.int64), HORIZON)
    return by_the_year(plain, habits(clients, on), client, day, day_of(on), HORIZON)


def in_months(months: Sequence[int], years: Sequence[int], on: int = 10) -> list[int]:
    return [day_of(f"{year}-{month:02}-{on:02}") for year in years for month in months]


def a_year_apart(*dates: str) -> list[int]:
    return [day_of(date) for date in dates]


SUMMERS = in_months((6, 7, 8), (2023, 2024, 2025))
CHECK_UPS = a_year_apart("2023-03-10", "2024-03-14", "2025-03-08")
MONTHLY = [day_of("2026-01-01") - 30 * back for back in range(36)]


@pytest.mark.parametrize(
    ("days", "seasonal"),
    [
        (SUMMERS, True),
        (in_months((12, 1), (2023, 2024, 2025)), True),  # a season may span the new year
        (in_months((11, 4), (2022, 2023, 2024, 2025)), True),  # tyres in autumn and spring
        (MONTHLY, False),
        (in_months((6, 7, 8), (2025,)), False),  # one season
        (in_months(range(2, 10), (2024, 2025)), False),  # eight months of the year
        (
            in_months((1, 4), (2024,)) + in_months((2, 6), (2025,)),
            False,
        ),  # four visits may well fall in six months
    ],
    ids=["summers", "winters", "tyres", "monthly", "one season", "eight months", "four visits by chance"],
)
def test_who_comes_in_certain_months_only(days: list[int], *, seasonal: bool):
    assert habits([days], "2026-02-10").seasonal.tolist() == [seasonal]


@pytest.mark.parametrize(
    ("days", "yearly"),
    [
        (CHECK_UPS, True),
        (
            a_year_apart("2024-03-01", "2025-03-10"),
            False,
        ),  # one gap of a year, in a shop that shows no others
        (a_year_apart("2023-03-01", "2024-03-10", "2024-09-10"), False),
        (a_year_apart("2022-03-01", "2024-03-10", "2025-03-04"), True),  # a year was skipped
        (a_year_apart("2021-03-01", "2023-03-10", "2025-03-04"), False),  # every other year
        (a_year_apart("2022-03-01", "2023-03-10", "2023-10-20", "2024-10-15"), True),  # once half a year late
        (a_year_apart("2023-03-01", "2023-10-20", "2024-10-15", "2025-05-01"), False),
        (MONTHLY, False),
    ],
)
def test_who_comes_once_a_year(days: list[int], *, yearly: bool):
    assert habits([days], "2025-12-01").yearly.tolist() == [yearly]


def test_one_gap_of_a_year_is_enough_in_a_shop_whose_gaps_pile_up_there():
    dentist = [a_year_apart(f"2023-{month:02}-15", f"2024-{month:02}-20") for month in range(1, 10)]
    newcomer = a_year_apart("2024-05-02", "2025-05-12")
    assert habits([*dentist, newcomer], "2025-06-01").yearly[-1]


def test_a_yearly_client_is_expected_a_year_after_the_last_visit():
    told_of = told([CHECK_UPS, MONTHLY], "2026-01-01")
    due = day_of("2026-03-08") - day_of("2026-01-01")
    assert told_of.next_days[0] == pytest.approx(due, abs=5)
    assert told_of.next_low[0] < due < told_of.next_high[0]
    assert told_of.interval_days[0] == pytest.approx(365, abs=3)
    assert told_of.p_alive[0] > 0.7
    assert told_of.expected_visits[0] == pytest.approx(1 - told_of.p_no_visit[0])


def test_a_summer_client_is_expected_when_her_summers_begin():
    told_of = told([SUMMERS, MONTHLY], "2026-01-10")
    begins = day_of("2026-06-10") - day_of("2026-01-10")
    assert told_of.next_days[0] == pytest.approx(begins, abs=3)
    assert told_of.p_no_visit[0] > 0.99  # nothing before April
    assert told_of.p_alive[0] > 0.7


def test_near_her_summer_she_is_expected_for_the_visits_of_her_summers():
    told_of = told([SUMMERS, MONTHLY], "2026-05-31")
    assert told_of.expected_visits[0] == pytest.approx(
        3 * told_of.p_alive[0], rel=0.01
    )  # June, July and August
    assert told_of.weekly_visits[0].sum() == pytest.approx(told_of.expected_visits[0], rel=0.01)


def test_a_season_that_is_late_makes_her_return_less_likely_day_by_day():
    alive = [told([SUMMERS, MONTHLY], on).p_alive[0] for on in ("2026-05-01", "2026-07-01", "2026-08-25")]
    assert alive[0] > alive[1] > alive[2]
    assert alive[2] < 0.2


def test_in_season_and_after_a_missed_one_the_rhythm_tells():
    assert not habits([SUMMERS], "2025-08-20").waits[0]
    assert not habits([SUMMERS], "2026-11-20").waits[0]
    assert habits([SUMMERS], "2026-07-20").waits[0]


def test_in_season_the_same_dates_of_earlier_seasons_tell_and_the_rhythm_as_one_more():
    client, day = numbered([SUMMERS, MONTHLY])
    on = day_of("2025-07-20")
    now = day <= on
    client, day = client[now], day[now]
    known = rhythm.histories(client, day, on, 2)
    prior = rhythm.fit(known, rhythm.grid(known, HORIZON))
    plain = rhythm.predict(known, [prior], np.zeros(2, dtype=np.int64), HORIZON)
    found = by_the_year(plain, year_habits(client, day, on, 2), client, day, on, HORIZON)
    # In both earlier summers she came once more after the 20th of July, on the 10th of August: nobody stayed away.
    assert found.p_no_visit[0] == pytest.approx((0 + plain.p_no_visit[0]) / 3)
    # The 91 days end on the 19th of October, of which her months are those until the end of August: six weeks of 13.
    share = plain.weekly_visits[0, :6].sum() / plain.weekly_visits[0].sum()
    assert found.expected_visits[0] == pytest.approx((2 + share * plain.expected_visits[0]) / 3, rel=0.02)
    assert found.weekly_visits[0, 7:].tolist() == [0.0] * 6  # September is not hers


def test_everyone_else_is_told_by_the_rhythm_alone():
    client, day = numbered([MONTHLY, SUMMERS])
    known = rhythm.histories(client, day, day_of("2026-01-10"), 2)
    prior = rhythm.fit(known, rhythm.grid(known, HORIZON))
    plain = rhythm.predict(known, [prior], np.zeros(2, dtype=np.int64), HORIZON)
    by_year = told([MONTHLY, SUMMERS], "2026-01-10")
    for name, values in vars(plain).items():
        np.testing.assert_array_equal(getattr(by_year, name)[0], values[0], err_msg=name)


def test_how_many_return_is_found_though_nobody_is_known_before_having_returned():
    random = np.random.default_rng(8)
    patients, today = [], day_of("2026-01-01")
    for _ in range(400):
        days = [day_of("2018-01-01") + int(random.integers(730))]
        while days[-1] < today and random.random() < 0.8:
            days.append(days[-1] + int(random.normal(365, 15)))
        patients.append([day for day in days if day <= today])
    found = habits(patients, "2026-01-01")
    assert found.yearly.sum() > 200
    assert found.returns[found.yearly][0] == pytest.approx(0.8, abs=0.04)


def strewn(random: np.random.Generator) -> list[int]:
    return sorted({int(day) for day in random.integers(day_of("2023-06-01"), day_of("2026-06-01"), 5)})


def test_visits_strewn_over_the_years_are_seldom_taken_for_a_season():
    random = np.random.default_rng(4)
    assert habits([strewn(random) for _ in range(400)], "2026-06-01").seasonal.mean() < 0.03


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(6)))
def test_the_order_of_the_clients_changes_nothing(order: list[int]):
    clients = [
        SUMMERS,
        CHECK_UPS,
        MONTHLY,
        in_months((11, 4), (2022, 2023, 2024, 2025)),
        [day_of("2025-12-24")],
    ]
    clients.append(in_months((12, 1), (2023, 2024, 2025)))
    plain, moved = habits(clients, "2026-02-10"), habits([clients[place] for place in order], "2026-02-10")
    for name, values in vars(plain).items():
        np.testing.assert_allclose(getattr(moved, name), values[order], err_msg=name)


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 4))
def test_four_years_later_to_the_day_all_is_the_same(times: int):
    clients, shift = [SUMMERS, CHECK_UPS, MONTHLY], 1461 * times  # no leap day is missing until 2100
    now = habits(clients, "2026-02-10")
    moved = [[day + shift for day in days] for days in clients]
    later = year_habits(*numbered(moved), day_of("2026-02-10") + shift, 3)
    for name, values in vars(now).items():
        days = shift if name in {"due", "last_day"} else 0
        np.testing.assert_allclose(getattr(later, name), values + days if days else values, err_msg=name)
