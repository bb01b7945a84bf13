"""Shares of those who could not all be watched as long: worked by hand, and against a known truth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.practices.survival import FEWEST_WATCHED, happened_by, lasting_until, share_of


def arrays(*rows: tuple[float, bool, float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    time, happened, watched = zip(*rows, strict=True)
    return np.array(time, dtype=float), np.array(happened), np.array(watched, dtype=float)


def test_who_was_watched_for_less_counts_until_then() -> None:
    # Ten clients. At day 10 one of ten returns: 9/10 wait on. Two more are watched for 20 days only. At day 30 one of
    # the seven left returns: 9/10 x 6/7. By day 90, 1 - 54/70 have returned.
    rows = [(10, True, 100), (20, False, 20), (20, False, 20), (30, True, 100), *[(100, False, 100)] * 6]
    found = happened_by(*arrays(*rows), 90.0)
    assert found.share == pytest.approx(1 - 54 / 70)
    assert found.low < found.share < found.high
    assert found.clients == 10
    assert 7 <= found.trials <= 10


def test_where_all_are_watched_it_is_the_plain_share() -> None:
    rows = [*[(5, True, 60)] * 3, *[(60, False, 60)] * 9]
    found, plain = happened_by(*arrays(*rows), 30.0), share_of(3, 12)
    assert (found.share, found.low, found.high) == pytest.approx((plain.share, plain.low, plain.high))


def test_what_ends_on_the_day_itself_has_lasted_until_it() -> None:
    rows = [*[(90, True, 200)] * 5, *[(200, False, 200)] * 5]
    assert lasting_until(*arrays(*rows), 90.0).share == 1.0
    assert lasting_until(*arrays(*rows), 91.0).share == pytest.approx(0.5)
    assert happened_by(*arrays(*rows), 90.0).share == pytest.approx(0.5)


def test_too_few_watched_to_the_end_give_no_share() -> None:
    rows = [(5, True, 20), *[(20, False, 20)] * 30, *[(80, False, 80)] * (FEWEST_WATCHED - 1)]
    found = happened_by(*arrays(*rows), 60.0)
    assert not found.known
    assert found.clients == len(rows)


def test_who_is_watched_to_the_very_day_counts_as_watched() -> None:
    rows = [(5, True, 60), *[(60, False, 60)] * (FEWEST_WATCHED - 1), *[(20, False, 20)] * 4]
    assert happened_by(*arrays(*rows), 60.0).known
    assert not happened_by(*arrays(*rows), 60.5).known


def test_where_all_return_or_none_the_interval_has_a_width() -> None:
    none = happened_by(*arrays(*[(60, False, 60)] * 8), 30.0)
    every = happened_by(*arrays(*[(6, True, 60)] * 8), 30.0)
    assert (none.share, every.share) == (0.0, 1.0)
    assert 0.0 < none.high < 0.3
    assert 0.7 < every.low < 1.0


def test_nobody_gives_no_share() -> None:
    assert not happened_by(np.zeros(0), np.zeros(0, dtype=bool), np.zeros(0), 30.0).known


def test_four_intervals_in_five_hold_the_truth_though_half_are_watched_too_briefly() -> None:
    """Waits of an exponential with mean 40 days, watched for 0 to 120 days: by day 60, 1 - exp(-1.5) have returned."""
    random, truth, holds = np.random.default_rng(2), 1 - np.exp(-1.5), []
    for _ in range(400):
        wait, watched = random.exponential(40, 80), random.uniform(0, 120, 80)
        found = happened_by(np.minimum(wait, watched), wait <= watched, watched, 60.0)
        holds.append(found.low <= truth <= found.high)
    assert 0.76 <= np.mean(holds) <= 0.86


@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.booleans(), st.integers(0, 80)).map(
            lambda row: (float(min(row[0], row[2])), row[1] and row[0] <= row[2], float(row[2]))
        ),
        min_size=1,
        max_size=40,
    ),
    st.integers(1, 60),
)
def test_a_share_lies_in_its_interval_between_none_and_all(
    rows: list[tuple[float, bool, float]], at: int
) -> None:
    found = happened_by(*arrays(*rows), float(at))
    if found.known:
        assert -1e-9 <= found.low <= found.share + 1e-9
        assert found.share - 1e-9 <= found.high <= 1 + 1e-9
