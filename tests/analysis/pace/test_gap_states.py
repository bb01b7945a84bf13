import numpy as np
import pytest

from analysis.pace.gap_states import MULTIPLES, RowGaps, gamma_k, spread, state_shares

WEIGHTS = np.array([0.94, 0.03, 0.01, 0.01, 0.01])


def shares(*rows: list[float], mu: float = 30.0, k: float = 20.0) -> np.ndarray:
    """P(state) of each gap, in the order of `RowGaps`."""
    row = np.repeat(np.arange(len(rows)), [len(gaps) for gaps in rows])
    gaps = RowGaps.of(row, np.array([gap for each in rows for gap in each]), len(rows), 120)
    return state_shares(gaps, np.full(len(rows), mu), np.full(len(rows), k), WEIGHTS)


def test_shares_of_each_gap_sum_to_one():
    found = shares([30, 31, 90, 29], [45, 44, 46], [20])
    assert found.sum(axis=0) == pytest.approx(1.0)


@pytest.mark.parametrize(("gap", "state"), [(30.0, 0), (60.0, 1), (90.0, 2)])
def test_a_gap_of_so_many_usual_ones_skipped_the_others(gap: float, state: int):
    found = shares([30, 30, gap, 30, 30], k=40.0)
    assert found[:, 2].argmax() == state
    assert found[state, 2] > 0.7


def test_gaps_half_as_long_again_in_a_row_are_a_slow_stretch():
    found = shares([30, 30, 45, 45, 45, 45, 30], k=40.0)
    assert (found[3, 2:6] > 0.9).all()


def test_ages_count_back_from_the_last_visit_to_the_middle_of_a_gap():
    """Gaps of 10, 20 and 30 days: their middles lie 55, 40 and 15 days before the last visit."""
    gaps = RowGaps.of(np.array([0, 0, 0]), np.array([10.0, 20.0, 30.0]), 1, 120)
    assert gaps.age.tolist() == [55.0, 40.0, 15.0]


def test_only_the_latest_gaps_are_kept_and_rows_go_in_step():
    gaps = RowGaps.of(np.array([0, 0, 0, 1]), np.array([1.0, 2.0, 3.0, 9.0]), 2, 2)
    assert gaps.row.tolist() == [0, 1, 0]
    assert gaps.days.tolist() == [2.0, 9.0, 3.0]
    assert gaps.starts == [0, 2, 3]


def test_a_gap_just_at_its_state_has_no_spread():
    gaps = RowGaps.of(np.array([0, 0]), np.array([30.0, 60.0]), 1, 120)
    posterior = np.zeros((len(MULTIPLES), 2))
    posterior[0, 0] = posterior[1, 1] = 1.0
    assert spread(gaps, posterior, np.array([30.0])).tolist() == pytest.approx([0.0, 0.0])


@pytest.mark.parametrize("k", [1.0, 2.5, 8.0])
def test_the_regularity_of_gamma_gaps_is_found(k: float):
    gaps = np.random.default_rng(3).gamma(k, 1 / k, 200_000)
    assert gamma_k(np.array([np.mean(gaps - 1 - np.log(gaps))]))[0] == pytest.approx(k, rel=0.03)
