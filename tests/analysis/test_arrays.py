import numpy as np
import pandas as pd

from analysis.arrays import as_dates, as_days, sum_by


def test_days_and_dates_are_the_same_days():
    days = np.array([0, 20_392], dtype=np.int64)
    assert as_dates(days).tolist() == [pd.Timestamp(1970, 1, 1), pd.Timestamp(2025, 10, 31)]
    assert as_days(as_dates(days)).tolist() == [0.0, 20_392.0]


def test_a_part_of_a_day_goes_to_the_nearest():
    assert as_days(as_dates(np.array([10.4, 10.6]))).tolist() == [10.0, 11.0]


def test_no_date_is_no_number():
    days = as_days(pd.Series([pd.Timestamp(1970, 1, 3), pd.NaT]))
    assert days[0] == 2.0
    assert np.isnan(days[1])


def test_who_has_nothing_sums_to_nothing():
    assert sum_by(np.array([0, 2, 2]), np.array([1.5, 2.0, 3.0]), 4).tolist() == [1.5, 0.0, 5.0, 0.0]
