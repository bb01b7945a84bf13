"""The charts of the page of problems: what they draw where there is little to draw."""

import pandas as pd

from ui.charts.on_time_months import on_time_months
from ui.charts.problem_months import problem_months
from ui.charts.shares_beside import Dot, shares_beside
from ui.palette import LIGHT
from words import Words


def months_of_problems() -> pd.DataFrame:
    months = pd.date_range("2025-10-01", periods=13, freq="MS")
    return pd.DataFrame({"month": months, "opened": range(13), "closed": 2, "open_at_end": range(3, 16)})


def months_on_time() -> pd.DataFrame:
    months = pd.date_range("2025-10-01", periods=13, freq="MS")
    return pd.DataFrame({"name": months, "due": 100, "kept": 88, "share": 0.88, "low": 0.83, "high": 0.92})


def dots() -> list[Dot | None]:
    return [Dot(0.96, 0.88, 0.99, "96"), None]


def test_the_last_month_says_how_many_are_left_open(w: Words) -> None:
    line = problem_months(months_of_problems(), w, LIGHT).data[-1]
    assert list(line.text) == [""] * 12 + ["15"]


def test_nobody_is_no_dot_and_keeps_their_row(w: Words) -> None:
    figure = shares_beside(["Bien", "Mal"], dots(), [None, dots()[0]], ("a", "b"), w, LIGHT)
    assert [len(trace.x) for trace in figure.data] == [1, 1]
    assert list(figure.layout.yaxis.ticktext) == ["Bien", "Mal"]
    assert figure.data[1].y[0] > 1  # under the second name's own place


def test_a_month_s_share_stands_over_its_interval(w: Words) -> None:
    bars, labels = on_time_months(months_on_time(), w, LIGHT).data
    assert bars.error_y.array[0] == 0.04
    assert labels.y[0] == 0.92
