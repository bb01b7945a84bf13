"""A few groups drawn together: by hand where the answer is plain, and against a known spread."""

import numpy as np
import pytest
from scipy.stats import norm

from analysis.practices.team.drawn_together import _quantile, common_effect, drawn_together

ALL = np.ones(4, dtype=bool)


def test_groups_that_say_the_same_are_where_they_say() -> None:
    effect, variance = np.full(4, -0.7), np.full(4, 1e-6)
    mean, low, high = drawn_together(effect, variance, ALL)
    assert mean == pytest.approx([-0.7] * 4)
    assert common_effect(effect, variance, ALL) == pytest.approx(-0.7)
    assert low == pytest.approx([-0.7] * 4, abs=2e-3)
    assert high == pytest.approx([-0.7] * 4, abs=2e-3)
    assert (low < mean).all()
    assert (mean < high).all()


def test_the_interval_of_one_normal_is_its_own_quantiles() -> None:
    weight, mean, sd = np.array([0.25, 0.75]), np.full((2, 1), 0.7), np.full((2, 1), 0.2)
    for share in (0.1, 0.5, 0.9):
        assert _quantile(weight, mean, sd, share) == pytest.approx([norm.ppf(share, 0.7, 0.2)])


def test_a_group_of_two_normals_far_apart_has_each_by_its_weight() -> None:
    """One in ten about -1, nine in ten about 1: half of the first lie below -1, half of the others above 1."""
    weight, mean, sd = np.array([0.1, 0.9]), np.array([[-1.0], [1.0]]), np.full((2, 1), 0.01)
    assert _quantile(weight, mean, sd, 0.05) == pytest.approx([-1.0])
    assert _quantile(weight, mean, sd, 0.55) == pytest.approx([1.0])
    assert _quantile(weight, mean, sd, 0.19) == pytest.approx([1.0 + 0.01 * norm.ppf(0.1)])


def test_who_says_little_is_drawn_further_and_who_is_not_told_has_nothing() -> None:
    effect, variance = np.array([0.9, 0.9, 0.0, 5.0]), np.array([0.01, 0.25, 0.01, 0.01])
    told = np.array([True, True, True, False])
    mean, low, high = drawn_together(effect, variance, told)
    common = common_effect(effect, variance, told)
    assert common < mean[1] < mean[0] < 0.9
    assert 0.0 < mean[2] < common
    assert high[1] - low[1] > high[0] - low[0]
    assert np.isnan([mean[3], low[3], high[3]]).all()


def test_where_nobody_is_told_there_is_nothing_to_draw() -> None:
    nobody = np.zeros(4, dtype=bool)
    assert np.isnan(np.concatenate(drawn_together(np.zeros(4), np.ones(4), nobody))).all()
    assert common_effect(np.zeros(4), np.ones(4), nobody) == 0.0


@pytest.mark.parametrize("spread", [0.05, 0.3, 0.8])
def test_four_intervals_in_five_hold_the_truth(spread: float) -> None:
    random, holds = np.random.default_rng(4), []
    everyone = np.ones(8, dtype=bool)
    for _ in range(60):
        truth = random.normal(0.4, spread, 8)
        variance = random.uniform(0.02, 0.2, 8)
        _, low, high = drawn_together(random.normal(truth, np.sqrt(variance)), variance, everyone)
        holds.append((low <= truth) & (truth <= high))
    assert 0.74 <= np.mean(holds) <= 0.9
