"""Readings that cannot be: what they are called, and that the others are used."""

from collections.abc import Callable
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.usage.meter_lines import meter_lines
from tests.analysis.usage.cars import STEADY, Car, faults_of, readings_of, with_reading

#: A car of another owner, so that the shop has a usual pace.
OTHER = [(day, 3 * value) for day, value in STEADY]


def test_a_car_that_only_goes_forward_has_no_fault():
    assert faults_of(STEADY, OTHER) == []


@pytest.mark.parametrize("visit", [0, 4, 9])
@pytest.mark.parametrize(
    ("slip", "fault"),
    [
        (lambda reading: reading // 10, "digit_missing"),
        (lambda reading: reading * 10 + 7, "digit_added"),
        (lambda reading: float(str(int(reading))[0] + str(int(reading))[2:]), "digit_missing"),
    ],
)
def test_a_digit_too_few_or_too_many_is_told(visit: int, slip: Callable[[float], float], fault: str):
    slipped = with_reading(STEADY, visit, slip(STEADY[visit][1]))
    assert faults_of(slipped, OTHER) == [(0, 60 * visit, fault)]


def test_two_digits_in_the_wrong_order_are_told():
    assert STEADY[5][1] == 59_000.0
    assert faults_of(with_reading(STEADY, 5, 95_000.0), OTHER) == [(0, 300, "digits_swapped")]


def test_a_wrong_reading_that_no_slip_explains_is_out_of_line():
    assert faults_of(with_reading(STEADY, 4, 31_444.0), OTHER) == [(0, 240, "out_of_line")]


def test_what_was_expected_is_what_the_neighbours_say():
    faults = meter_lines(readings_of(with_reading(STEADY, 4, 5_720.0), OTHER), 2).faults
    assert faults["expected"].tolist() == [57_200.0]


def test_a_meter_that_falls_and_goes_on_from_there_was_replaced_and_is_used():
    replaced = [(day, value if day < 360 else value - 60_700.0) for day, value in STEADY]
    lines = meter_lines(readings_of(replaced, OTHER), 2)
    assert faults_of(replaced, OTHER) == [(0, 360, "reset")]
    assert lines.line[lines.used.client == 0].tolist() == [0] * 6 + [1] * 4


def test_another_car_with_more_behind_it_is_a_new_line_too():
    another = [(day, value if day < 360 else value + 90_000.0) for day, value in STEADY]
    assert faults_of(another, OTHER) == [(0, 360, "reset")]


def test_two_meters_in_turn_are_two_cars_and_neither_is_used():
    two = [(day, value + (80_000.0 if day // 60 % 2 else 0.0)) for day, value in STEADY]
    lines = meter_lines(readings_of(two, STEADY), 2)
    assert {fault for _, _, fault in faults_of(two, STEADY)} == {"two_meters"}
    assert lines.two_meters.tolist() == [True, False]
    assert set(lines.used.client.tolist()) == {1}


def test_of_two_readings_that_contradict_each_other_the_later_stands():
    lines = meter_lines(readings_of([(0, 50_000.0), (60, 40_000.0)], STEADY), 2)
    assert lines.used.value[lines.used.client == 0].tolist() == [40_000.0]


def test_a_reading_rounded_down_by_a_few_days_is_no_fault():
    assert faults_of([*STEADY, (541, 66_100.0)], OTHER) == []


CARS = st.lists(
    st.lists(
        st.tuples(st.integers(0, 900), st.integers(1, 200_000)),
        min_size=1,
        max_size=12,
        unique_by=lambda r: r[0],
    ),
    min_size=1,
    max_size=5,
)


@given(CARS)
@settings(max_examples=60)
def test_every_reading_is_used_or_told_and_never_both(cars: list[Car]):
    found = readings_of(*cars)
    lines = meter_lines(found, len(cars))
    told = lines.faults[lines.faults["fault"] != "reset"]
    of_two_cars = int(lines.two_meters[found.client].sum())
    odd = told[~lines.two_meters[told["client"].to_numpy()]] if len(told) else told
    assert len(lines.used) + len(odd) + of_two_cars == len(found)


@given(CARS)
@settings(max_examples=60)
def test_within_a_line_no_meter_goes_back_by_more_than_a_week_s_use(cars: list[Car]):
    lines = meter_lines(readings_of(*cars, *[STEADY] * 9), len(cars) + 9)
    same = (np.diff(lines.used.client) == 0) & (np.diff(lines.line) == 0)
    steps, days = np.diff(lines.used.value)[same], np.diff(lines.used.day)[same]
    fastest = max((2 * np.ptp([value for _, value in car]) / 1 for car in cars), default=0.0)
    assert (steps >= -7 * max(30.0, fastest)).all()
    assert (days >= 0).all()


@given(CARS, st.randoms())
@settings(max_examples=40)
def test_the_order_of_the_clients_changes_nothing(cars: list[Car], random: Random):
    order = list(range(len(cars)))
    random.shuffle(order)
    shuffled = [
        (order[number], day, fault) for number, day, fault in faults_of(*(cars[place] for place in order))
    ]
    assert sorted(shuffled) == sorted(faults_of(*cars))
