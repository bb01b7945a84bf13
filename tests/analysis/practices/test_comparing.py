"""Groups beside the shop: a real difference is found, chance is not taken for one, small groups are drawn in."""

import numpy as np
import pytest

from analysis.practices.comparing import FALSE_ALARMS, compared

_SHOPS = 400


def any_told(random: np.random.Generator, groups: int) -> bool:
    return bool((compared(random.normal(0, 1, groups), np.ones(groups)).standing != "cannot_tell").any())


@pytest.mark.parametrize("groups", [2, 3, 5, 8])
def test_groups_that_are_alike_are_told_apart_in_one_shop_of_ten_at_most(groups: int) -> None:
    random = np.random.default_rng(groups)
    assert np.mean([any_told(random, groups) for _ in range(_SHOPS)]) <= FALSE_ALARMS


def test_a_group_five_errors_above_four_others_is_found_nearly_always_and_the_others_are_not_better() -> None:
    random = np.random.default_rng(1)
    truth = np.array([5.0, 0.0, 0.0, 0.0, 0.0])
    found = [compared(random.normal(truth, 1), np.ones(5)).standing for _ in range(_SHOPS)]
    assert np.mean([standing[0] == "better" for standing in found]) > 0.9
    assert np.mean([(standing[1:] == "better").any() for standing in found]) < 0.05


def test_the_mean_weighs_groups_by_what_they_tell() -> None:
    # Variances 1 and 4 weigh 1 and 1/4: (10 + 20 / 4) / 1.25 = 12.
    assert compared(np.array([10.0, 20.0]), np.array([1.0, 4.0])).mean == pytest.approx(12.0)


def test_a_small_group_is_drawn_further_towards_the_mean_than_a_large_one() -> None:
    found = compared(np.array([0.8, 0.8, 0.5, 0.5]), np.array([0.001, 0.02, 0.001, 0.001]))
    large, small = abs(found.value[:2] - found.mean)
    assert small < large
    assert found.high[1] - found.low[1] > found.high[0] - found.low[0]


def test_an_unknown_group_takes_no_part() -> None:
    found = compared(np.array([0.5, np.nan, 0.7]), np.array([0.01, np.nan, 0.01]))
    assert np.isnan(found.value[1])
    assert found.standing[1] == "cannot_tell"
    assert found.mean == pytest.approx(0.6)


def test_where_nothing_is_known_there_is_no_mean() -> None:
    found = compared(np.array([np.nan]), np.array([np.nan]))
    assert np.isnan(found.mean)
    assert found.standing.tolist() == ["cannot_tell"]


def test_one_group_alone_is_never_better_than_itself() -> None:
    found = compared(np.array([0.9]), np.array([0.0001]))
    assert found.standing.tolist() == ["cannot_tell"]
    assert found.mean == pytest.approx(0.9)
