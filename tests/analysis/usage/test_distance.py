import numpy as np
import pytest

from analysis.usage.distance import Distance
from analysis.usage.meter_lines import meter_lines
from tests.analysis.usage.cars import STEADY, Car, readings_of


def distance_of(car: Car, per_day: float = 30.0) -> Distance:
    return Distance.of(meter_lines(readings_of(car, STEADY), 2), np.array([per_day, 30.0]))


def at(total: Distance, *days: int) -> list[float]:
    found: list[float] = total.at(np.zeros(len(days), dtype=np.int64), np.array(days)).tolist()
    return found


def test_between_readings_it_goes_evenly_and_beyond_them_at_the_rate():
    total = distance_of([(0, 1_000.0), (100, 6_000.0)], per_day=40.0)
    assert at(total, 0, 50, 100, 110, -10) == [1_000.0, 3_500.0, 6_000.0, 6_400.0, 600.0]


def test_over_a_new_meter_it_goes_on_at_the_rate_in_terms_of_the_new_one():
    replaced = [(day, value if day < 360 else value - 60_700.0) for day, value in STEADY]
    total = distance_of(replaced)
    assert at(total, 540)[0] == STEADY[9][1] - 60_700.0
    assert at(total, 540)[0] - at(total, 0)[0] == pytest.approx(540 * 30.0)


def test_who_has_no_reading_is_nowhere():
    total = Distance.of(meter_lines(readings_of(STEADY), 2), np.array([30.0, 30.0]))
    assert np.isnan(total.at(np.array([1]), np.array([100]))).all()
    assert total.known.tolist() == [True, False]


def test_only_the_very_day_of_a_reading_counts_as_read():
    total = distance_of(STEADY)
    rows = total.read_on(np.array([0, 0, 1]), np.array([60, 61, 0]))
    assert rows.tolist() == [1, -1, 10]
