"""What each figure must show, on numbers small enough to check by eye."""

import datetime as dt

import pandas as pd
import pytest

from ui.charts.band_flow import band_flow
from ui.charts.calibration import calibration_dots
from ui.charts.gap_histogram import gap_histogram
from ui.charts.loss_by_month import loss_by_month
from ui.charts.ranked_bars import ranked_bars, state_bars
from ui.charts.score_waterfall import score_waterfall
from ui.charts.time_lines import client_time_line, visit_lines
from ui.palette import LIGHT
from words import Words

TODAY = dt.date(2026, 10, 31)


def flow() -> pd.DataFrame:
    rows = [("loved", "loved", 5), ("loved", "ignored", 2), ("ignored", "loved", 3), ("hated", "hated", 0)]
    return pd.DataFrame(rows, columns=["before", "after", "clients"])


def test_ribbons_up_are_green_and_down_violet_and_a_sign_says_it_too(w: Words) -> None:
    link = band_flow(flow(), "31 jul", "31 oct", w, LIGHT).data[0].link
    said = dict(zip(link.customdata, link.color, strict=True))
    up, down = "▲ 3 clientes: Ignorado → Amado", "▼ 2 clientes: Amado → Ignorado"
    assert said[up] == "rgba(17,97,73,0.75)"
    assert said[down] == "rgba(123,58,160,0.75)"
    assert said["5 clientes: Amado"] == LIGHT.stay


def test_both_sides_of_a_flow_count_the_same_clients(w: Words) -> None:
    figure = band_flow(flow(), "31 jul", "31 oct", w, LIGHT)
    assert list(figure.data[0].node.label) == ["Amado  7", "Ignorado  3", "Amado  8", "Ignorado  2"]


def test_a_band_without_clients_is_not_drawn(w: Words) -> None:
    assert not any("Odiado" in label for label in band_flow(flow(), "a", "b", w, LIGHT).data[0].node.label)


def test_late_and_gone_are_stacked_and_the_other_lens_stands_apart(w: Words) -> None:
    months = pd.DataFrame({"month": pd.date_range("2026-09-01", periods=2, freq="MS"), "late": [10.0, 20.0]})
    figure = loss_by_month(
        months.assign(gone=[5.0, 0.0], other=[9.0, 9.0]), w, LIGHT, money=True, other="Servicio"
    )
    late, gone, other = figure.data
    assert figure.layout.barmode == "stack"
    assert (late.y, gone.y, other.y) == ((10.0, 20.0), (5.0, 0.0), (9.0, 9.0))
    assert gone.marker.pattern.shape == "/"
    assert (other.mode, other.line.dash) == ("lines+markers", "dot")


def test_every_bar_says_its_name_and_value_without_hovering(w: Words) -> None:
    figure = ranked_bars(["Color", "Corte"], [90.0, 10.0], ["90 €", "10 €"], [True, False], w, LIGHT)
    assert list(figure.layout.yaxis.ticktext) == ["Color", "Corte"]
    assert [text.strip() for text in figure.data[0].text] == ["90 €", "10 €"]
    assert list(figure.data[0].marker.color) == [LIGHT.red, LIGHT.quiet]


def test_those_gone_are_hatched_among_the_states(w: Words) -> None:
    figure = state_bars(["late", "lapsed"], [0.6, 0.4], w, LIGHT)
    assert list(figure.data[0].marker.pattern.shape) == ["", "/"]
    assert list(figure.layout.yaxis.ticktext) == ["Tarde", "Se fue"]


def test_a_waterfall_goes_from_five_to_the_score(w: Words) -> None:
    bars = score_waterfall([("Recomendó", 1.0), ("No vino", -0.5)], 5.5, w, LIGHT).data[0]
    assert list(bars.base) == [0.0, 5.0, 5.5, 0.0]
    assert list(bars.x) == [5.0, 1.0, 0.5, 5.5]
    assert list(bars.marker.color) == [LIGHT.quiet, LIGHT.green, LIGHT.violet, LIGHT.ink]
    assert [text.strip() for text in bars.text] == ["5,0", "+1,0", "−0,5", "<b>5,5</b>"]


def test_a_histogram_draws_the_standard_only_where_there_is_one(w: Words) -> None:
    bins = pd.DataFrame({"low": [0, 10], "high": [10, 20], "gaps": [4, 6], "density": [0.04, 0.06]})
    fit = pd.DataFrame({"days": [5.0, 15.0, 25.0], "density": [0.04, 0.05, 0.01]})
    assert gap_histogram(bins, fit, 15.0, w, LIGHT).layout.shapes[0].x0 == 15.0
    assert not gap_histogram(bins, fit, None, w, LIGHT).layout.shapes
    assert not gap_histogram(bins, fit, 40.0, w, LIGHT).layout.shapes  # beyond what is drawn


def test_calibration_bars_reach_from_the_low_to_the_high_end(w: Words) -> None:
    bins = pd.DataFrame(
        {"predicted": [0.4], "observed": [0.5], "observed_low": [0.35], "observed_high": [0.7]}
    )
    _, dots = calibration_dots(bins.assign(clients=7), w, LIGHT).data
    assert dots.y[0] + dots.error_y.array[0] == pytest.approx(0.7)
    assert dots.y[0] - dots.error_y.arrayminus[0] == pytest.approx(0.35)


def lines() -> pd.DataFrame:
    last = pd.Timestamp("2026-08-01")
    due = {"due_low": last + pd.Timedelta(days=25), "due_high": last + pd.Timedelta(days=40)}
    return pd.DataFrame([{"client_id": "a", "client_name": "Ana", "last_visit": last, **due}])


def test_the_wait_runs_from_the_last_visit_to_today(w: Words) -> None:
    visits = pd.DataFrame(
        {"client_id": ["a", "a", "other"], "date": pd.to_datetime(["2025-01-01", "2026-08-01", "2026-08-01"])}
    )
    wait, today, dots = visit_lines(lines(), visits, TODAY, dt.date(2025, 11, 1), w, LIGHT).data
    assert wait.x[:2] == ("2026-08-01", "2026-10-31")
    assert wait.line.dash == "dot"
    assert today.hovertext == ("Ana: 91 días sin venir",)
    assert dots.x == ("2026-08-01",)  # neither the visit before the window nor another client's


def test_the_expected_window_is_a_band_behind_the_line(w: Words) -> None:
    figure = visit_lines(
        lines(),
        pd.DataFrame({"client_id": [], "date": pd.to_datetime([])}),
        TODAY,
        dt.date(2025, 11, 1),
        w,
        LIGHT,
    )
    band = figure.layout.shapes[0]
    assert (band.x0, band.x1, band.layer) == ("2026-08-26", "2026-09-10", "below")


@pytest.mark.parametrize("late", [True, False])
def test_only_a_late_client_has_a_red_wait(w: Words, *, late: bool) -> None:
    dates = list(pd.date_range("2026-01-01", periods=5, freq="30D"))
    figure = client_time_line(dates, dates[-1], dates[-1] + pd.Timedelta(days=9), TODAY, w, LIGHT, late=late)
    assert any(trace.line.color == LIGHT.red for trace in figure.data) is late
