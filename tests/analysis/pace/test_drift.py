import numpy as np
import pytest

from analysis.pace.clean_rhythm import clean_rhythm
from analysis.pace.drift import Drift, Slopes


def slopes(row: list[int], days: list[float], age: list[float], k: list[float]) -> Slopes:
    usual = np.ones(len(row), dtype=bool)
    return Slopes.of(np.array(row), np.array(days), np.array(age), usual, np.array(k))


def test_a_line_through_three_gaps_by_hand():
    """Gaps of 27, 30 and 33 days, 200, 100 and 0 days ago: +10% in 100 days; its variance 1 / (k x 20,000)."""
    found = slopes([0, 0, 0], [27.0, 30.0, 33.0], [200.0, 100.0, 0.0], [5.0])
    assert found.a_day[0] == pytest.approx(0.001)
    assert found.variance[0] == pytest.approx(1 / (5 * 20_000))
    assert found.centre[0] == 100.0
    assert found.oldest[0] == 200.0


def test_gaps_that_are_not_usual_draw_no_line():
    row, days, age = np.zeros(4, dtype=int), np.array([30.0, 30, 30, 90]), np.array([120.0, 90, 60, 0])
    found = Slopes.of(row, days, age, np.array([True, True, True, False]), np.array([5.0]))
    assert found.a_day[0] == 0.0


def test_no_line_is_drawn_beyond_the_gaps():
    drift = Drift(np.array([0.001]), np.array([0.0]), np.array([100.0]), np.array([200.0]))
    assert drift.times(np.array([100.0]))[0] == 1.0
    assert drift.times(np.array([-50.0])) == pytest.approx(drift.times(np.array([0.0])))
    assert drift.times(np.array([900.0])) == pytest.approx(np.exp(-0.1))


def test_a_shop_whose_clients_only_slow_does_not_drift():
    """Lateness slows; only who speeds up tells of drift."""
    slower = slopes([0, 0, 1, 1], [30.0, 45.0, 30.0, 60.0], [400.0, 0.0, 400.0, 0.0], [20.0, 20.0])
    assert slower.variance_of_shop() == 0.0
    assert slower.shrunk(0.0).a_day.tolist() == [0.0, 0.0]


def drifting_shop(a_year: float, *, clients: int = 250, k: float = 8.0) -> tuple[np.ndarray, np.ndarray]:
    """Rows and gaps of three years of clients whose pace's logarithm changes by N(0, a_year) a year."""
    random = np.random.default_rng(6)
    rows, gaps = [], []
    for client in range(clients):
        slope, day = random.normal(0, a_year) / 365, 0.0
        while day < 1095:
            gap = random.gamma(k, 30 * np.exp(slope * (day - 547)) / k)
            rows.append(client)
            gaps.append(max(1.0, np.round(gap)))
            day += gap
    return np.array(rows), np.array(gaps)


@pytest.mark.parametrize("a_year", [0.1, 0.2])
def test_how_much_a_shop_drifts_is_learned(a_year: float):
    row, gaps = drifting_shop(a_year)
    shop = clean_rhythm(row, gaps, 250, np.full(250, 30.0)).shop
    assert shop is not None
    assert 365 * np.sqrt(shop.drift) == pytest.approx(a_year, rel=0.4)


def test_a_shop_that_keeps_its_pace_is_left_at_it():
    row, gaps = drifting_shop(0.0)
    found = clean_rhythm(row, gaps, 250, np.full(250, 30.0))
    assert found.mu_at(np.zeros(250)) == pytest.approx(found.mu, rel=0.06)
