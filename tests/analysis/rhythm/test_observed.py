import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analysis.rhythm import histories
from analysis.rhythm.observed import NEVER, distinct
from tests.analysis.rhythm.shops import history

#: Two clients: visits on days 0, 30, 90 and on day 50.
ROW, DAY = np.array([0, 0, 0, 1]), np.array([0, 30, 90, 50])


def test_gaps_are_between_successive_visits_and_silence_runs_to_the_cutoff():
    seen = histories(ROW, DAY, cutoff=100, rows=2)
    assert seen.row.tolist() == [0, 0]
    assert seen.gap_days.tolist() == [30, 60]
    assert seen.age.tolist() == [1, 0]
    assert seen.silence_days.tolist() == [10, 50]
    assert seen.gaps.tolist() == [2, 0]


def test_what_comes_after_the_cutoff_is_not_seen():
    seen = histories(ROW, DAY, cutoff=60, rows=2)
    assert seen.gap_days.tolist() == [30]
    assert seen.silence_days.tolist() == [30, 10]


def test_a_visit_on_the_cutoff_is_seen():
    assert histories(ROW, DAY, cutoff=90, rows=2).silence_days.tolist() == [0, 40]


def test_histories_can_be_taken_in_another_order():
    taken = history(([30, 60], 10), ([7], 3), ([], 50)).take(np.array([2, 0]))
    assert taken.silence_days.tolist() == [50, 10]
    assert taken.row.tolist() == [1, 1]
    assert taken.gap_days.tolist() == [30, 60]


def test_clients_with_the_same_history_are_one_row():
    known = history(([30, 31], 5), ([], 40), ([31, 30], 5), ([30, 31], 5), ([], 40), ([], 41), ([30, 31], 6))
    same = distinct(known, np.zeros(7, dtype=np.int64))
    assert same.rows == 5
    assert same.of[0] == same.of[3] != same.of[2]
    assert same.of[1] == same.of[4] != same.of[5]
    assert same.times[same.of].tolist() == [2, 2, 1, 2, 2, 1, 1]


def test_the_same_history_in_another_group_is_another_row():
    known = history(([30], 5), ([30], 5))
    assert distinct(known, np.array([0, 1])).rows == 2


def test_without_the_open_silence_the_gaps_alone_tell_rows_apart():
    known = history(([30], 5), ([30], 6), ([], 7), ([], 8))
    same = distinct(known, np.zeros(4, dtype=np.int64), open_silence=False)
    assert same.rows == 2
    assert same.times.tolist() == [2, 2]


gaps = st.lists(st.integers(1, 3), max_size=3)


@given(st.lists(st.tuples(gaps, st.integers(0, 2)), min_size=1, max_size=12))
def test_rows_are_one_exactly_where_their_histories_are_equal(rows: list[tuple[list[int], int]]):
    of = distinct(history(*rows), np.zeros(len(rows), dtype=np.int64)).of
    for one, first in enumerate(rows):
        for other, second in enumerate(rows):
            assert (of[one] == of[other]) == (first == second)


def test_what_was_known_some_days_ago():
    """Visits 100, 70 and 25 days ago, and one client of a single visit 10 days ago."""
    past, came = history(([30, 45], 25), ([], 10)).as_of(40)
    assert past.gap_days.tolist() == [30]
    assert past.age.tolist() == [0]
    assert past.silence_days.tolist() == [30, 0]
    assert came.tolist() == [15, NEVER]


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 200)), min_size=1, max_size=30, unique=True),
    st.integers(0, 250),
)
def test_the_past_is_what_an_earlier_cutoff_would_have_seen(visits: list[tuple[int, int]], days_ago: int):
    row, day = np.array(sorted(visits)).T
    past, came = histories(row, day, 200, 4).as_of(days_ago)
    then = histories(row, day, 200 - days_ago, 4)
    assert past.gap_days.tolist() == then.gap_days.tolist()
    assert past.row.tolist() == then.row.tolist()
    assert past.age.tolist() == then.age.tolist()
    for client in range(4):
        own = day[row == client]
        if (own <= 200 - days_ago).any():
            assert past.silence_days[client] == then.silence_days[client]
            later = own[own > 200 - days_ago]
            assert came[client] == (later.min() - (200 - days_ago) if len(later) else NEVER)
