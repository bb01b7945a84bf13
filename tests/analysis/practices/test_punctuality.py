import pytest

from analysis.practices.punctuality import MONTH_DAYS, slip


@pytest.mark.parametrize(("every", "visits", "lost"), [(30, 12, 0), (45, 8, 4), (60, 6, 6)])
def test_a_monthly_client_comes_12_8_or_6_times_a_year(every: float, visits: float, lost: float) -> None:
    result = slip(MONTH_DAYS, every)
    assert result.usual_visits == 12
    assert result.visits == visits
    assert result.lost_visits == lost


def test_four_lost_visits_at_28_a_visit_cost_112() -> None:
    assert slip(MONTH_DAYS, 45, ticket=28).lost_revenue == 112


def test_without_a_ticket_no_money_is_invented() -> None:
    assert slip(MONTH_DAYS, 45).lost_revenue is None


def test_a_client_who_comes_more_often_is_a_gain() -> None:
    assert slip(MONTH_DAYS, 20, ticket=10).lost_revenue == -60


@pytest.mark.parametrize(("usual", "actual"), [(0, 30), (30, 0), (-1, 30)])
def test_an_interval_must_be_above_zero(usual: float, actual: float) -> None:
    with pytest.raises(ValueError, match="above zero"):
        slip(usual, actual)
