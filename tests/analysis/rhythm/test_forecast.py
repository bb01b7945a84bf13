import numpy as np
import pytest

from analysis.rhythm import Prior, Rhythms, fit, grid, predict
from analysis.rhythm.prior import DROPOUTS
from tests.analysis.rhythm.shops import Truth, history, one_cell


def everybody(rows: int) -> np.ndarray:
    return np.zeros(rows, dtype=np.int64)


@pytest.fixture(scope="module")
def rhythms(truth: Truth, prior: Prior) -> Rhythms:
    return predict(truth.known, [prior], everybody(400), 91)


def test_four_windows_in_five_hold_the_next_visit(truth: Truth, rhythms: Rhythms):
    came = truth.next_days <= 180
    inside = (rhythms.next_low <= truth.next_days) & (truth.next_days <= np.ceil(rhythms.next_high))
    assert came.sum() > 390
    assert 0.74 <= inside[came].mean() <= 0.88


def test_the_window_holds_its_median(rhythms: Rhythms):
    assert (rhythms.next_low <= rhythms.next_days).all()
    assert (rhythms.next_days <= rhythms.next_high).all()


def test_the_next_visit_is_foretold_better_than_by_the_mean_of_all(truth: Truth, rhythms: Rhythms):
    error = np.abs(rhythms.next_days - truth.next_days).mean()
    naive = np.abs(truth.next_days - np.median(truth.next_days)).mean()
    assert error < 0.9 * naive


def test_expected_visits_are_at_least_the_chance_of_one(rhythms: Rhythms):
    assert (rhythms.expected_visits >= 1 - rhythms.p_no_visit - 1e-9).all()


def test_expected_visits_of_loyal_clients_are_days_over_their_gap(truth: Truth, rhythms: Rhythms):
    assert rhythms.expected_visits.sum() == pytest.approx((91 / truth.usual).sum(), rel=0.06)


def test_weeks_add_up_to_the_horizon_of_thirteen_weeks(rhythms: Rhythms):
    assert rhythms.weekly_visits.sum() == pytest.approx(rhythms.expected_visits.sum(), rel=0.01)
    assert (rhythms.weekly_visits >= 0).all()


def test_regularity_is_recovered(rhythms: Rhythms):
    assert 3.5 <= np.median(rhythms.regularity_k) <= 7.0


def test_every_probability_is_one(rhythms: Rhythms):
    for p in (rhythms.p_alive, rhythms.p_no_visit):
        assert ((p >= 0) & (p <= 1)).all()


def test_the_next_visit_of_random_timing_in_closed_form():
    """Given that it comes within 180 days: the shortest window starts today; quantiles of a cut exponential."""
    on = grid(history(([20, 25, 40, 31], 12), ([60, 45], 100)), 91)
    mean = 15
    found = predict(
        history(([30, 30], 0)), [one_cell(on, mean * (on.kernels // len(on.means)), 0)], everybody(1), 91
    )
    mu = on.means[mean]
    within = 1 - np.exp(-180 / mu)
    median, high = (-mu * np.log(1 - level * within) for level in (0.5, 0.8))
    assert found.next_low[0] == pytest.approx(0, abs=0.5)
    assert found.next_days[0] == pytest.approx(median, abs=0.7)
    assert found.next_high[0] == pytest.approx(high, abs=1.5)


@pytest.mark.parametrize("dropout", range(len(DROPOUTS)))
def test_visits_to_come_of_random_timing_in_closed_form(dropout: int):
    """After a visit, with a chance p of leaving at each: (1 - p) (1 - exp(-p h / mu)) / p within h days."""
    on = grid(history(([20, 25, 40, 31], 12), ([60, 45], 100)), 91)
    mean, days, p = 20, 91, DROPOUTS[dropout]
    expected = (1 - p) * (1 - np.exp(-p * days / on.means[mean])) / p
    prior = one_cell(on, mean * (on.kernels // len(on.means)), dropout)
    found = predict(history(([30, 30], 0)), [prior], everybody(1), days)
    assert found.expected_visits[0] == pytest.approx(expected, rel=0.03)


def test_each_row_borrows_from_its_own_group():
    known = history(*[([21, 20, 23, 22, 19], 5)] * 40, *[([75, 70, 80, 74, 77], 20)] * 40, ([], 3), ([], 3))
    on = grid(known, 91)
    quick, slow = (fit(known.take(np.arange(first, first + 40)), on) for first in (0, 40))
    group = np.array([0] * 40 + [1] * 40 + [0, 1])
    days = predict(known, [quick, slow], group, 91).interval_days
    assert days[-2] < 30
    assert days[-1] > 60
