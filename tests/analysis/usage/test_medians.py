import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.usage.medians import medians, weighted_medians

ROWS = st.lists(st.tuples(st.integers(0, 4), st.integers(-1000, 1000)), min_size=1, max_size=40)


@given(ROWS)
def test_each_group_has_the_median_that_numpy_gives_it(rows: list[tuple[int, int]]):
    group, value = np.array([g for g, _ in rows]), np.array([float(v) for _, v in rows])
    found = medians(group, value, 5)
    for number in range(5):
        expected = np.median(value[group == number]) if (group == number).any() else np.nan
        assert found[number] == pytest.approx(expected, nan_ok=True)


def test_a_weight_of_three_counts_as_three_values():
    group, value = np.zeros(3, dtype=np.int64), np.array([1.0, 2.0, 10.0])
    assert weighted_medians(group, value, np.array([1.0, 1.0, 3.0]), 1)[0] == 10.0
    assert weighted_medians(group, value, np.array([1.0, 1.0, 2.0]), 1)[0] == 6.0
