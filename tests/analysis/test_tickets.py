import numpy as np
import pytest

from analysis.tickets import expected_ticket


def test_a_ticket_is_the_last_six_and_one_of_the_service():
    """Row 0: 100 once, then 20 six times; row 1: one of 50. Their service's mean is (100 + 120 + 50) / 8 = 33.75."""
    amount = np.array([100.0, *[20.0] * 6, 50.0])
    found = expected_ticket(np.array([0] * 7 + [1]), amount, np.array([0, 0]), 2)
    assert found.tolist() == pytest.approx([(120 + 33.75) / 7, (50 + 33.75) / 2])


def test_each_row_leans_on_its_own_service():
    found = expected_ticket(np.array([0, 1]), np.array([10.0, 30.0]), np.array([0, 1]), 2)
    assert found.tolist() == [10.0, 30.0]


def test_who_has_no_amount_has_the_mean_of_those_who_have():
    found = expected_ticket(np.array([0, 1]), np.array([10.0, np.nan]), np.array([0, 1]), 2)
    assert found.tolist() == [10.0, 10.0]


def test_without_any_amount_nothing_is_known():
    assert np.isnan(expected_ticket(np.array([0]), np.array([np.nan]), np.array([0]), 1)).all()
