"""Units a day: by hand, by invariance, and against simulated drivers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.usage.cars import STEADY, Car, rates_of, with_reading

FAST = [(day, 4 * value) for day, value in STEADY]


def test_a_straight_line_is_its_slope():
    assert rates_of(STEADY, STEADY).per_day == pytest.approx([30.0, 30.0])


def test_one_slip_of_the_pen_changes_nothing():
    assert rates_of(with_reading(STEADY, 4, 5_720.0), STEADY).per_day == pytest.approx([30.0, 30.0])


def test_a_new_meter_keeps_the_slope():
    replaced = [(day, value if day < 360 else value - 60_700.0) for day, value in STEADY]
    assert rates_of(replaced, STEADY).per_day == pytest.approx([30.0, 30.0])


def test_one_long_journey_among_many_steps_moves_the_rate_little():
    journey = [(day, value + (3_000.0 if day >= 300 else 0.0)) for day, value in STEADY]
    # Least squares through the ends would say 35.6.
    assert rates_of(journey, *[STEADY] * 10).per_day[0] == pytest.approx(30.0, abs=1.5)


def test_one_reading_tells_nothing_of_its_own_and_is_given_the_shop_s_median():
    found = rates_of([(500, 10_000.0)], STEADY, STEADY, FAST)
    assert found.per_day[0] == pytest.approx(30.0)
    assert found.own.tolist() == [False, True, True, True]


def test_without_two_readings_of_anyone_nobody_has_a_rate():
    found = rates_of([(0, 10_000.0)], [(5, 20_000.0)])
    assert np.isnan(found.per_day).all()
    assert not found.own.any()


def test_what_little_is_known_leans_on_the_shop():
    """Two readings a fortnight apart at 120 a day, in a shop of 30: less than what they say, more than the shop."""
    random = np.random.default_rng(3)
    shop = [wandering(random, 30.0 * random.uniform(0.8, 1.25)) for _ in range(40)]
    short, long = [(0, 10_000.0), (14, 11_680.0)], [(60 * n, 10_000.0 + 7_200 * n) for n in range(10)]
    found = rates_of(short, long, *shop)
    assert 30.0 < found.per_day[0] < 0.9 * found.per_day[1] < 120.0
    assert found.spread[0] > 2 * found.spread[1]


def wandering(random: np.random.Generator, per_day: float, visits: int = 10) -> Car:
    """A car that drives `per_day` on average, busier or quieter by half from day to day's week."""
    days = np.cumsum(random.integers(20, 90, visits))
    weeks = per_day * 7 * random.gamma(4, 1 / 4, days[-1] // 7 + 1)
    driven = np.cumsum(np.repeat(weeks / 7, 7))
    return [(int(day), float(np.round(40_000 + driven[day]))) for day in days]


def test_simulated_rates_are_recovered_within_a_tenth_and_their_error_is_known():
    random = np.random.default_rng(1)
    true = 35 * np.exp(random.normal(0, 0.6, 300))
    found = rates_of(*(wandering(random, rate) for rate in true), today=900)
    error = np.log(found.per_day / true)
    assert np.abs(error).mean() < 0.07
    assert abs(error.mean()) < 0.02
    within = np.abs(error) < 1.2816 * found.spread
    assert 0.74 <= within.mean() <= 0.9


@given(st.lists(st.integers(-5_000, 20_000), min_size=2, max_size=12))
@settings(max_examples=80)
def test_no_rate_is_ever_negative(steps: list[int]):
    car = [(30 * place, float(max(value, 1))) for place, value in enumerate(60_000 + np.cumsum(steps))]
    found = rates_of(car, STEADY)
    assert (found.per_day > 0).all()


@given(st.floats(0.05, 30.0), st.integers(0, 10_000))
@settings(max_examples=30)
def test_miles_are_kilometres_on_another_scale(factor: float, seed: int):
    random = np.random.default_rng(seed)
    cars = [wandering(random, rate) for rate in (12.0, 30.0, 44.0, 95.0)]
    scaled = [[(day, value * factor) for day, value in car] for car in cars]
    assert rates_of(*scaled).per_day == pytest.approx(rates_of(*cars).per_day * factor, rel=1e-4)


@given(st.integers(1, 500_000), st.integers(0, 10_000))
@settings(max_examples=30)
def test_where_a_meter_began_tells_nothing(begin: int, seed: int):
    random = np.random.default_rng(seed)
    cars = [wandering(random, rate) for rate in (12.0, 30.0, 44.0, 95.0)]
    shifted = [[(day, value + begin) for day, value in car] for car in cars]
    assert rates_of(*shifted).per_day == pytest.approx(rates_of(*cars).per_day)
