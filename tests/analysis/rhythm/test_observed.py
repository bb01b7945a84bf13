import numpy as np

from analysis.rhythm import histories
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
