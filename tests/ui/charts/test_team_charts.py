"""What the charts of the team's pages show; what holds for every chart is held in test_every_chart."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from ui.charts.answers_by_weekday import answers_by_weekday
from ui.charts.reach_bars import reach_bars
from ui.charts.return_curves import return_curves
from ui.charts.seller_dots import seller_dots
from ui.palette import BANDS, LIGHT
from words import Words


def curves(days: int) -> pd.DataFrame:
    day = np.arange(days + 1)
    return pd.DataFrame(
        {
            "day": day,
            "theirs_after": day / days / 2,
            "theirs_before": day / days,
            "others_after": day / days * 0.9,
        }
    )


def sellers() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "staff": ["<b>Ana</b> %{x}", "Bea"],
            "adjusted": [0.70, 0.66],
            "low": [0.65, 0.60],
            "high": [0.75, 0.71],
            "raw": [0.8, 0.6],
            "visits": [400, 90],
        }
    )


def reaches() -> pd.DataFrame:
    rows = [
        (band, days, 20, heard, 4, heard / 20)
        for band, counts in (("loved", (10, 15, 18)), ("hated", (1, 3, 4)))
        for days, heard in zip((30, 90, 180), counts, strict=True)
    ]
    return pd.DataFrame(rows, columns=["band", "days", "clients", "heard", "touched", "share"])


def weekdays() -> pd.DataFrame:
    return pd.DataFrame({"share": [0.5, 0.8], "low": [0.4, 0.7], "high": [0.6, 0.87]})


def test_a_weekday_s_share_stands_over_its_interval_and_its_name_below(w: Words) -> None:
    figure = answers_by_weekday(weekdays(), ["lunes", "martes"], ["", ""], w, LIGHT)
    bars, labels = figure.data
    assert bars.y == (0.5, 0.8)
    assert labels.text == (w.percent(0.5), w.percent(0.8))
    assert labels.y == (0.6, 0.87)
    assert figure.layout.xaxis.ticktext == ("lun", "mar")
    assert figure.layout.yaxis.range[1] > 1


def test_the_last_line_is_of_those_whose_seller_left_and_ends_at_their_share(w: Words) -> None:
    figure = return_curves(curves(91), w, LIGHT)
    theirs = figure.data[-1]
    assert theirs.line.color == LIGHT.ink
    assert (theirs.x[-1], theirs.y[-1]) == (91, 0.5)
    assert len(figure.data) == 3


def test_days_have_few_round_ticks(w: Words) -> None:
    for days in (30, 45, 91, 182):
        ticks = return_curves(curves(days), w, LIGHT).layout.xaxis.tickvals
        assert 2 <= len(ticks) <= 8
        assert ticks[0] == 0
        assert ticks[-1] <= days


def test_each_dot_has_its_interval_and_the_mean_is_a_line(w: Words) -> None:
    figure = seller_dots(sellers(), 0.68, w, LIGHT)
    mean, raw, dots = figure.data
    assert list(mean.x) == [0.68, 0.68]
    assert list(raw.x) == [0.8, 0.6]
    np.testing.assert_allclose(np.add(dots.x, dots.error_x.array), [0.75, 0.71])
    np.testing.assert_allclose(np.subtract(dots.x, dots.error_x.arrayminus), [0.65, 0.60])
    low, high = figure.layout.xaxis.range
    assert low < 0.6
    assert high > 0.8


def test_sellers_stand_in_the_order_given(w: Words) -> None:
    figure = seller_dots(sellers(), 0.68, w, LIGHT)
    assert [text.split(" ")[0] for text in figure.layout.yaxis.ticktext] == ["&lt;b&gt;Ana&lt;/b&gt;", "Bea"]


def test_every_band_has_a_bar_for_each_reach_under_its_name(w: Words) -> None:
    figure: go.Figure = reach_bars(reaches(), w, LIGHT)
    assert [bar.marker.color for bar in figure.data] == [
        LIGHT.colour(BANDS[band].colour) for band in ("loved", "hated")
    ]
    assert list(figure.data[0].y) == [0.5, 0.75, 0.9]
    names = [text for text in figure.layout.xaxis.ticktext if "<br>" in text]
    assert names == [f"90<br>{w.band('loved')}", f"90<br>{w.band('hated')}"]
    places = [place for bar in figure.data for place in bar.x]
    assert len(set(places)) == 6
