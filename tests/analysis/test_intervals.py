"""Intervals of shares, means and draws: published values, exact ends, and how often they hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis import intervals

_Z_95 = 1.959964


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_of_a_share_is_the_published_one(hits: int, of: int, low: float, high: float):
    """Newcombe 1998, Two-sided confidence intervals for the single proportion, table I, method 3: at 95%."""
    assert intervals.of_share(hits, of, _Z_95) == (
        pytest.approx(low, abs=5e-5),
        pytest.approx(high, abs=5e-5),
    )


def test_three_of_four_at_four_in_five():
    """z² = 1.6424: (3 + 0.8212) / (4 + 1.6424) = 0.6772, less and more 1.2816 / 5.6424 · √(4 · 3/16 + 0.4106)."""
    low, high = intervals.of_share(3, 4)
    assert (float(low), float(high)) == (pytest.approx(0.4325, abs=1e-4), pytest.approx(0.9220, abs=1e-4))


@given(of=st.integers(1, 10_000), share=st.floats(0, 1))
def test_the_interval_of_a_share_holds_it_and_stays_between_nothing_and_all(of: int, share: float):
    hits = round(share * of)
    low, high = intervals.of_share(hits, of)
    assert 0 <= low <= hits / of <= high <= 1


def test_where_none_or_all_did_that_end_is_exact():
    low, high = intervals.of_share([0, 7, 49, 3], [7, 7, 49, 3])
    assert (low[0], *high[1:]) == (0.0, 1.0, 1.0, 1.0)
    assert high[0] > 0
    assert (low[1:] < 1).all()


def test_of_nobody_there_is_no_interval():
    assert np.isnan(intervals.of_share(0, 0)).all()


def test_an_interval_of_four_in_five_is_missed_by_one_in_five():
    """Over all outcomes of 40 trials, Wilson's interval holds a share of 0.3 about as often as it says."""
    hits = np.arange(41)
    low, high = intervals.of_share(hits, 40)
    holds = stats.binom.pmf(hits, 40, 0.3)[(low <= 0.3) & (high >= 0.3)].sum()
    assert holds == pytest.approx(0.8, abs=0.06)


def test_half_the_width_of_a_mean_is_students():
    """Of 1, 2, 3 and 4: s = 1.2910, t(3) at 0.9 = 1.6377; 1.6377 · 1.2910 / 2."""
    assert intervals.half_of_mean(np.array([1.0, 2.0, 3.0, 4.0])) == pytest.approx(1.0571, abs=1e-4)


@pytest.mark.parametrize("values", [[], [5.0], [5.0, 5.0, 5.0]])
def test_without_a_spread_a_mean_has_no_width(values: list[float]):
    assert np.isnan(intervals.half_of_mean(np.array(values)))


def test_draws_leave_out_a_tenth_at_each_end_and_those_without_a_figure():
    draws = np.append(np.arange(101.0), np.nan)
    assert intervals.of_draws(draws) == (pytest.approx(10.0), pytest.approx(90.0))
