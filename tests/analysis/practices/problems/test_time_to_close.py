"""How long problems stay open, the open ones counted: against numbers worked by hand and against scipy."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from analysis.portfolio import Portfolio, analyse
from analysis.practices.needs import would_add
from analysis.practices.problems.time_to_close import Half, half_closed, timed, times_to_close
from tests.analysis.books import book_of, every

#: Weeks until a relapse under 6-MP (Freireich 1963), the data by which survival curves are taught; its median is 23.
RELAPSED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
STILL_WELL = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]


def half(closed: list[int], still_open: list[int]) -> Half:
    days = np.array([*closed, *still_open], dtype=float)
    return half_closed(days, np.arange(len(days)) < len(closed))


def test_the_open_ones_count_for_as_long_as_they_have_been_open() -> None:
    # Ten problems, five closed on days 1-5: the curve falls to .9 .8 .7 .6 .5. Of the closed alone it would be 3.
    assert half([1, 2, 3, 4, 5], [10, 10, 10, 10, 10]).days == 5
    assert half([1, 2, 3, 4, 5], []).days == 3


def test_where_less_than_half_are_closed_no_day_is_said() -> None:
    assert np.isnan(half([1, 2], [10, 10, 10]).days)
    assert np.isnan(half([], [3, 4]).days)


def test_the_published_median_of_a_taught_example() -> None:
    assert half(RELAPSED, STILL_WELL).days == 23


def test_the_interval_is_where_scipy_s_curves_cross_one_half() -> None:
    curve = ecdf(CensoredData(uncensored=RELAPSED, right=STILL_WELL)).sf
    with np.errstate(divide="ignore", invalid="ignore"):
        between = curve.confidence_interval(0.8, method="log-log")
    times = curve.quantiles

    def crossing(values: np.ndarray) -> float:
        below = times[values <= 0.5]
        return float(below[0]) if len(below) else float("nan")

    found = half(RELAPSED, STILL_WELL)
    assert found.low == crossing(between.low.probabilities)
    assert np.isnan(found.high) == np.isnan(crossing(between.high.probabilities))


@given(st.lists(st.tuples(st.integers(0, 90), st.booleans()), min_size=1, max_size=40))
def test_the_interval_holds_the_day_and_one_more_open_problem_never_hurries_it(
    problems: list[tuple[int, bool]],
) -> None:
    days = np.array([day for day, _ in problems], dtype=float)
    closed = np.array([ended for _, ended in problems])
    found = half_closed(days, closed)
    assert not found.low > found.days
    assert not found.days > found.high
    slower = half_closed(np.append(days, 90.0), np.append(closed, [False])).days
    assert np.isnan(slower) or slower >= found.days


@pytest.fixture(scope="module")
def shop() -> Portfolio:
    """Rosa closed two in a day and one in five, Luz has one open for 19 days; one closed on a day nobody wrote down."""
    rows = [
        ("Ana", "2026-09-01", "2026-09-02", True, "Rosa"),
        ("Ana", "2026-09-03", "2026-09-04", False, "Rosa"),
        ("Eva", "2026-09-03", "2026-09-08", True, "Rosa"),
        ("Eva", "2026-09-01", None, None, "Luz"),
        ("Eva", "2026-08-01", None, True, "Luz"),
    ]
    problems = [
        {"client_id": who, "opened": opened, "closed": closed, "solved": solved, "staff": staff, "kind": "x"}
        for who, opened, closed, solved, staff in rows
    ]
    visits = [visit for who in ("Ana", "Eva") for visit in every(who, 30, 12, last="2026-09-20")]
    return analyse(book_of(visits, problems=problems))


def test_by_owner_with_those_badly_solved_beside_it(shop: Portfolio) -> None:
    table = times_to_close(shop, "staff").set_index("name")
    assert table.loc["Rosa", ["problems", "closed", "badly", "open", "days"]].tolist() == [3, 3, 1, 0, 1]
    assert table.loc["Luz", ["problems", "closed", "open"]].tolist() == [1, 0, 1]
    assert np.isnan(table.loc["Luz", "days"])
    assert table["few"].all()


def test_of_all_together(shop: Portfolio) -> None:
    whole = times_to_close(shop, "").iloc[0]
    # Four with a time: closed after 1, 1 and 5 days, open for 19. After a day the curve is at one half.
    assert (whole["problems"], whole["days"]) == (4, 1)
    assert timed(shop)["days"].sort_values().tolist() == [1, 1, 5, 19]


def test_the_sample_s_well_solved_problems_were_closed_quickly(
    salon_sample: Portfolio, salon_truth: pd.DataFrame
) -> None:
    solved = set(salon_truth.loc[salon_truth["trouble"] == "solved", "client_id"])
    found = timed(salon_sample)
    quick = found[found["client_id"].isin(solved)]
    assert len(quick) == len(solved)
    assert quick["days"].between(1, 8).all()  # as planted; badly solved ones took 20-59
    badly = found.loc[found["state"] == "badly_solved", "days"]
    assert badly.between(20, 59).all()
    parts = times_to_close(salon_sample, "staff")
    assert parts["problems"].sum() == len(found)


def test_without_owners_it_says_what_they_would_add() -> None:
    till = analyse(book_of(every("Ana", 30, 12, last="2026-09-20")))
    assert times_to_close(till, "").empty
    assert set(would_add(till, 20)) == {"problems.opened", "problems.staff", "problems.promised"}
