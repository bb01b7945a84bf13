"""Goals as bars: the way covered, where the straight line would be, and nothing drawn beyond the figure."""

import datetime as dt

from analysis.notebook import Goal
from analysis.practices.affection.goals import Progress
from ui.charts.goal_bars import goal_bars
from ui.palette import LIGHT
from words import Words

GOAL = Goal(70.0, dt.date(2027, 12, 31), 50.0, dt.date(2026, 10, 31))


def goal(way: float, elapsed: float, standing: str = "on_pace") -> Progress:
    return Progress("loved_clients", GOAL, 50 + 20 * way, 50 + 20 * elapsed, way, elapsed, standing)  # type: ignore[arg-type]


#: For what holds of every chart.
GOALS = [goal(0.6, 0.25)]


def test_the_bar_is_the_share_of_the_way_and_the_mark_the_share_of_the_time(w: Words) -> None:
    figure = goal_bars([goal(0.6, 0.25)], ["Amados"], ["62 · meta 70"], w, LIGHT)
    assert list(figure.data[1].x) == [0.6]
    (mark,) = figure.layout.shapes
    assert mark.x0 == mark.x1 == 0.25
    assert figure.layout.annotations[0].text == "Amados<br><b>62 · meta 70</b>"


def test_a_goal_further_away_than_at_its_start_is_an_empty_bar_and_one_surpassed_stays_in_the_figure(
    w: Words,
) -> None:
    goals = [goal(-0.4, 0.5, "behind"), goal(3.0, 0.5, "reached")]
    figure = goal_bars(goals, ["Amados", "Suben"], ["42", "110"], w, LIGHT)
    assert figure.data[1].x[0] == 0
    assert 1 < figure.data[1].x[1] < figure.layout.xaxis.range[1]


def test_on_its_first_day_there_is_no_mark_yet(w: Words) -> None:
    assert not goal_bars([goal(0.0, 0.0)], ["Amados"], ["50"], w, LIGHT).layout.shapes
