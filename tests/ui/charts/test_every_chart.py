"""What holds for every figure of the product, drawn from small invented frames."""

import datetime as dt
import re
from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go
import pytest

from tests.ui.charts.test_goal_bars import GOALS
from tests.ui.charts.test_problem_charts import dots, months_of_problems, months_on_time
from tests.ui.charts.test_team_charts import curves, reaches, sellers, weekdays
from ui.charts.affection_map import affection_map
from ui.charts.answers_by_weekday import answers_by_weekday
from ui.charts.band_flow import band_flow
from ui.charts.calibration import calibration_dots
from ui.charts.expected_weeks import expected_weeks
from ui.charts.gap_histogram import gap_histogram
from ui.charts.goal_bars import goal_bars
from ui.charts.groups_beside_mean import Group, groups_beside_mean
from ui.charts.growth_bridge import Step, growth_bridge
from ui.charts.loss_by_month import loss_by_month, month_bars
from ui.charts.loss_weeks import loss_weeks
from ui.charts.month_factors import month_factors
from ui.charts.on_time_months import on_time_months
from ui.charts.price_reach import price_reach
from ui.charts.problem_months import problem_months
from ui.charts.ranked_bars import ranked_bars, state_bars
from ui.charts.reach_bars import reach_bars
from ui.charts.return_by_affection import return_by_affection, spend_by_affection
from ui.charts.return_curves import return_curves
from ui.charts.score_waterfall import score_waterfall
from ui.charts.seller_dots import seller_dots
from ui.charts.share_in_time import share_in_time, shares_by_quarter
from ui.charts.shares_beside import shares_beside
from ui.charts.small_survival import small_survival
from ui.charts.time_lines import client_time_line, visit_lines
from ui.palette import DARK, LIGHT, Palette
from words import Words, speak

NASTY = "<b>Ana</b> %{x}"
MONTHS = pd.date_range("2025-11-01", periods=12, freq="MS")
TODAY = dt.date(2026, 10, 31)

Draw = Callable[[Words, Palette], go.Figure]


def _clients() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "client_id": ["c0", "c1"],
            "client_name": [NASTY, "Bea"],
            "affection": [8.2, 2.0],
            "band": ["loved", "hated"],
            "value": [1200.0, 90.0],
        }
    )


def _prices() -> pd.DataFrame:
    return pd.DataFrame({"price": [0.0, 20.0, 40.0], "comfortable": [9, 5, 0], "possible": [9, 8, 1]})


def _losses() -> pd.DataFrame:
    return pd.DataFrame({"month": MONTHS, "late": range(12), "gone": 5.0, "other": 9.0})


def _lines() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "client_id": ["c0"],
            "client_name": [NASTY],
            "last_visit": [pd.Timestamp("2026-08-01")],
            "due_low": [pd.Timestamp("2026-08-25")],
            "due_high": [pd.Timestamp("2026-09-10")],
        }
    )


def _visits() -> pd.DataFrame:
    return pd.DataFrame({"client_id": "c0", "date": pd.date_range("2025-12-01", "2026-08-01", freq="30D")})


def _flow() -> pd.DataFrame:
    return pd.DataFrame(
        [("loved", "loved", 5), ("loved", "hated", 1), ("hated", "ignored", 2), ("ignored", "ignored", 0)],
        columns=["before", "after", "clients"],
    )


def _bins() -> tuple[pd.DataFrame, pd.DataFrame]:
    bins = pd.DataFrame(
        {"low": [0, 10, 20], "high": [10, 20, 30], "gaps": [1, 6, 3], "density": [0.01, 0.06, 0.03]}
    )
    return bins, pd.DataFrame({"days": [1.0, 15.0, 29.0, 80.0], "density": [0.0, 0.06, 0.01, 0.0]})


def _weeks() -> pd.DataFrame:
    weeks = pd.date_range("2026-11-02", periods=4, freq="7D")
    return pd.DataFrame(
        {"week": weeks, "visits": 40.0, "visits_low": 31.0, "visits_high": 49.0, "revenue": 1240.0}
    )


def _season() -> pd.DataFrame:
    factor = pd.Series([0.8] * 6 + [1.2] * 6)
    return pd.DataFrame(
        {"month": range(1, 13), "factor": factor, "low": factor - 0.05, "high": factor + 0.05}
    )


def _bins_of_probability() -> pd.DataFrame:
    columns = ["bin_low", "bin_high", "predicted", "observed", "observed_low", "observed_high", "clients"]
    return pd.DataFrame(
        [(0.0, 0.2, 0.1, 0.12, 0.05, 0.2, 40), (0.2, 0.6, 0.4, 0.5, 0.4, 0.6, 1)], columns=columns
    )


def _returns() -> pd.DataFrame:
    columns = ["low", "high", "windows", "returned_share", "share_low", "share_high"]
    table = pd.DataFrame([(0.0, 5.0, 20, 0.1, 0.05, 0.2), (5.0, 10.0, 30, 0.9, 0.8, 0.95)], columns=columns)
    return table.assign(spend=[1200.0, 30.0], spend_low=[1000.0, 20.0], spend_high=[1400.0, 40.0])


def _time_line(w: Words, palette: Palette) -> go.Figure:
    low, high = pd.Timestamp("2026-08-25"), pd.Timestamp("2026-09-10")
    return client_time_line(list(_visits()["date"]), low, high, TODAY, w, palette, late=True)


def _bridge(w: Words, palette: Palette) -> go.Figure:
    steps = [Step(NASTY, 20.0, "+20 €"), Step("No vinieron", -35.0, "−35 €")]
    return growth_bridge(Step("2025", 100.0, "100 €"), steps, Step("2026", 85.0, "85 €"), w, palette)


def _shares() -> pd.DataFrame:
    share = pd.Series([0.5, 0.6, 0.55])
    ends = pd.date_range("2026-01-31", periods=3, freq="ME")
    return pd.DataFrame(
        {"end": ends, "quarter": ends, "share": share, "low": share - 0.1, "high": share + 0.1}
    )


def _groups(w: Words, palette: Palette) -> go.Figure:
    groups = [
        Group(NASTY, 300.0, 200.0, 400.0, w.money(300), w.money(300), strong=True),
        Group("Otros", 210.0, 180.0, 240.0, w.money(210), w.money(210), strong=False),
    ]
    return groups_beside_mean(groups, 250.0, w.money(250), w, palette, unit="money")


def _loss_weeks() -> pd.DataFrame:
    weeks = pd.date_range("2026-08-03", periods=12, freq="7D")
    losses = [0, 1, 0, 0, 5, 1, 0, 2, 0, 0, 1, 3]
    limit = [float("nan"), *[4.0] * 10, 9.0]
    return pd.DataFrame(
        {"week": weeks, "losses": losses, "limit": limit, "unusual": [lost == 5 for lost in losses]}
    )


GALLERY: dict[str, Draw] = {
    "loss weeks": lambda w, p: loss_weeks(_loss_weeks(), w, p),
    "bridge": _bridge,
    "shares": lambda w, p: share_in_time(_shares(), 0.5, "50 %", ["a", "b", "c"], w, p),
    "quarters": lambda w, p: shares_by_quarter(_shares(), ["a", "b", "c"], w, p),
    "groups": _groups,
    "survival": lambda w, p: small_survival([1.0, 0.8, float("nan")], [1.0] * 13, w, p, strong=True),
    "map": lambda w, p: affection_map(_clients(), w, p, money=True),
    "map of visits": lambda w, p: affection_map(_clients(), w, p, money=False),
    "flow": lambda w, p: band_flow(_flow(), "31 jul", "31 oct", w, p),
    "goals": lambda w, p: goal_bars(GOALS, ["Amados"], ["62 · meta 70"], w, p),
    "loss": lambda w, p: loss_by_month(_losses(), w, p, money=True, other="Servicio"),
    "loss in visits": lambda w, p: loss_by_month(_losses(), w, p, money=False, other=None),
    "month bars": lambda w, p: month_bars([1.0] * 12, list(MONTHS), 2.0, w, p, money=True, strong=True),
    "ranked": lambda w, p: ranked_bars([NASTY, "Bea"], [9.0, 1.0], ["9 €", "1 €"], [True, False], w, p),
    "states": lambda w, p: state_bars(["on_time", "late", "lapsed"], [0.5, 0.3, 0.2], w, p),
    "gaps": lambda w, p: gap_histogram(*_bins(), 20.0, w, p),
    "season": lambda w, p: month_factors(_season(), w, p),
    "weeks": lambda w, p: expected_weeks(_weeks(), w, p, money=True),
    "calibration": lambda w, p: calibration_dots(_bins_of_probability(), w, p),
    "waterfall": lambda w, p: score_waterfall([(NASTY, 1.2), ("Faltó", -0.9)], 5.3, w, p),
    "lines": lambda w, p: visit_lines(_lines(), _visits(), TODAY, dt.date(2025, 11, 1), w, p),
    "time line": _time_line,
    "returns": lambda w, p: return_by_affection(_returns(), w, p),
    "spending": lambda w, p: spend_by_affection(_returns(), w, p),
    "since a seller left": lambda w, p: return_curves(curves(91), w, p),
    "sellers": lambda w, p: seller_dots(sellers(), 0.68, w, p),
    "problems": lambda w, p: problem_months(months_of_problems(), w, p),
    "kept": lambda w, p: on_time_months(months_on_time(), w, p),
    "beside": lambda w, p: shares_beside(["Bien", "Mal"], dots(), dots(), ("a", "b"), w, p),
    "reach": lambda w, p: reach_bars(reaches(), w, p),
    "answers": lambda w, p: answers_by_weekday(weekdays(), ["lunes", "martes"], [NASTY, ""], w, p),
    "prices": lambda w, p: price_reach(_prices(), 20.0, w, p),
}
EVERY = pytest.mark.parametrize("draw", GALLERY.values(), ids=list(GALLERY))


@EVERY
@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_it_is_drawn_with_the_palette_alone(draw: Draw, palette: Palette, w: Words) -> None:
    sent = draw(w, palette).to_json()
    allowed = {colour.upper() for colour in vars(palette).values()}
    assert {colour.upper() for colour in re.findall(r"#[0-9A-Fa-f]{6}", sent)} <= allowed
    for red, green, blue in re.findall(r"rgba\((\d+),(\d+),(\d+)", sent):
        assert f"#{int(red):02X}{int(green):02X}{int(blue):02X}" in allowed


@EVERY
def test_its_paper_is_opaque_and_the_page_s_own(draw: Draw, w: Words) -> None:
    layout = draw(w, DARK).layout
    assert (layout.paper_bgcolor, layout.plot_bgcolor) == (DARK.page, DARK.page)


@EVERY
def test_it_is_light_to_send(draw: Draw, w: Words) -> None:
    assert len(draw(w, LIGHT).to_json()) < 8_000


@EVERY
def test_a_client_s_name_is_never_markup(draw: Draw, w: Words) -> None:
    """Plotly renders some HTML in labels and hovers and fills %{...} in templates: neither may come from a file."""
    figure = draw(w, LIGHT)
    assert "<b>Ana</b>" not in figure.to_json().replace("\\u003c", "<").replace("\\u003e", ">")
    assert not any("Ana" in str(getattr(trace, "hovertemplate", "")) for trace in figure.data)


@EVERY
def test_nothing_can_be_dragged_out_of_place(draw: Draw, w: Words) -> None:
    layout = draw(w, LIGHT).layout
    assert layout.xaxis.fixedrange
    assert layout.yaxis.fixedrange


@EVERY
def test_numbers_follow_the_reader_s_locale(draw: Draw) -> None:
    spain, mexico = speak("es", "es-ES", "EUR"), speak("es", "es-MX", "MXN")
    assert draw(spain, LIGHT).layout.separators == ",."
    assert draw(mexico, LIGHT).layout.separators == ".,"


@EVERY
def test_it_speaks_both_languages(draw: Draw, w: Words, english: Words) -> None:
    assert draw(w, LIGHT).to_json() != draw(english, LIGHT).to_json()
