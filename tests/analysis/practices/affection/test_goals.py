"""Goals: what they begin with is kept, the pace is a straight line, and where they stand is told by it."""

import datetime as dt
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.notebook import Goal, Notebook
from analysis.notebook.notebook_file import notebook_bytes, read_notebook
from analysis.portfolio import Portfolio, analyse
from analysis.practices.affection.goals import measured, new_goal, progress, year_ends
from tests.analysis.books import book_of, every, line

START, END = dt.date(2026, 1, 1), dt.date(2026, 12, 31)  # 364 days
HALF_WAY = dt.date(2026, 7, 2)  # 182 of them


@pytest.fixture(scope="module")
def shop() -> Portfolio:
    """On 2 July 2026: Ana and Bea, ignored, come every 30 days; Eva gave a 0 and is hated."""
    return analyse(
        book_of(
            [
                *every("ana", 30, 10, last="2026-07-02"),
                *every("bea", 30, 10, last="2026-06-20"),
                *every("eva", 30, 10, last="2026-06-25"),
            ],
            lines=[line("eva", "2026-06-25", rating=0.0)],
        )
    )


def with_goals(portfolio: Portfolio, **goals: Goal) -> Portfolio:
    return replace(portfolio, notebook=Notebook(goals=goals))


def test_it_measures_what_the_client_table_says(shop: Portfolio) -> None:
    bands = shop.clients["band"].value_counts()
    found = measured(shop)
    assert found["hated_clients"] == bands["hated"] == 1
    assert found["loved_clients"] == bands.get("loved", 0)
    assert found["mean_affection"] == round(float(shop.clients["affection"].mean()), 2)
    assert found["moved_up"] == 0


def test_half_way_to_four_fewer_conflicts_two_should_be_gone(shop: Portfolio) -> None:
    """From 5 conflicts to 1 in a year: after half of it 3 are on the line; there is 1, so the goal is reached."""
    (found,) = progress(with_goals(shop, hated_clients=Goal(1, END, 5, START)))
    assert (found.now, found.pace, found.way, found.elapsed) == (1, 3.0, 1.0, 0.5)
    assert found.standing == "reached"


@pytest.mark.parametrize(
    ("target", "start", "standing"),
    [
        (0, 2, "on_pace"),  # the line is at 1, and there is 1
        (0, 1, "on_pace"),  # the line is at a half: nobody has half a conflict
        (0, 0, "behind"),  # none was wanted from the first day, and there is one
        (1, 9, "reached"),
    ],
)
def test_at_most_so_many_conflicts(shop: Portfolio, target: float, start: float, standing: str) -> None:
    (found,) = progress(with_goals(shop, hated_clients=Goal(target, END, start, START)))
    assert found.standing == standing


def test_more_loved_clients_than_there_are_is_behind_and_then_missed(shop: Portfolio) -> None:
    loved = measured(shop)["loved_clients"]
    (found,) = progress(with_goals(shop, loved_clients=Goal(loved + 10, END, loved, START)))
    assert (found.way, found.pace, found.standing) == (0.0, loved + 5, "behind")
    over = with_goals(shop, loved_clients=Goal(loved + 10, HALF_WAY, loved, START))
    assert progress(over)[0].standing == "missed"


def test_a_score_within_its_rounding_of_the_line_is_on_pace(shop: Portfolio) -> None:
    mean = measured(shop)["mean_affection"]
    for short, standing in ((0.04, "on_pace"), (0.06, "behind")):
        # Half of the way up is where the line is: `short` above what there is.
        goal = Goal(mean + 1 + 2 * short, END, mean - 1, START)
        assert progress(with_goals(shop, mean_affection=goal))[0].standing == standing


def test_a_goal_begins_with_what_there_is_and_keeps_it_when_only_its_target_changes(shop: Portfolio) -> None:
    goal = new_goal(shop, "hated_clients", 0, END, None)
    assert goal == Goal(0, END, 1, HALF_WAY)
    harder = new_goal(shop, "hated_clients", 0, END, Goal(3, END, 7, START))
    assert (harder.start, harder.on) == (7, START)
    other_year = new_goal(shop, "hated_clients", 0, dt.date(2027, 12, 31), Goal(3, END, 7, START))
    assert (other_year.start, other_year.on) == (1, HALF_WAY)


def test_goals_are_set_for_the_next_year_from_july_on() -> None:
    assert year_ends(dt.date(2026, 6, 30))[0] == dt.date(2026, 12, 31)
    assert year_ends(dt.date(2026, 7, 1)) == (dt.date(2027, 12, 31), dt.date(2026, 12, 31))


def test_goals_survive_the_notebook_s_file(shop: Portfolio) -> None:
    notebook = Notebook(goals={"loved_clients": new_goal(shop, "loved_clients", 70, END, None)})
    assert read_notebook(notebook_bytes(notebook)) == notebook


def test_clients_moved_up_are_counted_from_the_day_of_the_goal(salon_sample: Portfolio) -> None:
    since = dt.date(2026, 7, 31)
    goal = Goal(40, dt.date(2026, 12, 31), 0, since)
    (found,) = progress(with_goals(salon_sample, moved_up=goal))
    assert found.now == measured(salon_sample, since)["moved_up"] > 0
    assert found.way == found.now / 40


@given(st.integers(0, 50), st.integers(0, 50), st.dates(dt.date(2025, 1, 1), HALF_WAY))
def test_the_line_runs_from_start_to_target(target: int, start: int, on: dt.date) -> None:
    (found,) = progress(with_goals(_of_one(), loved_clients=Goal(target, END, start, on)))
    assert min(start, target) <= found.pace <= max(start, target)
    assert 0 <= found.elapsed <= 1


@cache
def _of_one() -> Portfolio:
    return analyse(book_of([("ana", "2026-07-02", 10.0)]))
