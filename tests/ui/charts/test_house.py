import pandas as pd
import pytest

from ui.charts import house
from ui.palette import LIGHT
from words import Words, speak


@pytest.mark.parametrize(
    ("top", "ticks"),
    [
        (2000, [0, 500, 1000, 1500, 2000]),
        (2157, [0, 500, 1000, 1500, 2000]),
        (9, [0, 2, 4, 6, 8]),
        (1, [0, 0.25, 0.5, 0.75, 1]),
        (0, [0, 1]),
    ],
)
def test_ticks_are_round_and_at_most_five(top: float, ticks: list[float]) -> None:
    assert house.round_ticks(top) == ticks


def test_ticks_stay_few_over_ten_decades() -> None:
    for exponent in range(-3, 8):
        for factor in (1.0, 1.7, 2.4, 4.9, 9.99):
            ticks = house.round_ticks(factor * 10**exponent)
            assert 2 <= len(ticks) <= house.MOST_TICKS
            assert ticks[-1] <= factor * 10**exponent


def test_a_log_axis_has_few_round_ticks_whatever_its_span() -> None:
    assert house.log_ticks(80, 3000) == [100, 250, 500, 1000, 2500]
    assert house.log_ticks(1.5, 60) == [2, 5, 10, 25, 50]
    assert len(house.log_ticks(1, 1e9)) <= 6


def test_axis_labels_are_money_in_the_reader_s_locale(w: Words) -> None:
    assert house.value_labels(w, [0, 1500], money=True) == ["0", "1.500\N{NO-BREAK SPACE}€"]
    assert house.value_labels(speak("en", "en-US", "EUR"), [0, 1500], money=True) == ["0", "€1,500"]


def test_the_year_stands_under_january_and_the_first_month(w: Words) -> None:
    labels = house.month_labels(w, list(pd.date_range("2025-11-01", periods=4, freq="MS")))
    assert labels == ["nov<br>2025", "dic", "ene<br>2026", "feb"]


def test_every_third_month_names_the_year_where_it_changes(w: Words) -> None:
    months = list(pd.date_range("2025-09-01", periods=3, freq="3MS"))
    assert house.month_labels(w, months, every=3) == ["sept<br>2025", "dic", "mar<br>2026"]


def test_markup_is_shown_as_written() -> None:
    assert house.safe("<i>Ana & Co</i>") == "&lt;i&gt;Ana &amp; Co&lt;/i&gt;"


def test_a_long_name_is_cut_before_it_is_escaped() -> None:
    assert house.shorten("<<<<<<", most=4) == "&lt;&lt;&lt;…"
    assert house.shorten("María\n  José") == "María José"


def test_an_axis_of_shares_is_marked_where_asked_and_has_room_beyond_all(w: Words) -> None:
    figure = house.house_figure(w, LIGHT, 100)
    house.show_shares(figure, w, house.HALVES, 1.2, start=-0.1, axis="xaxis")
    axis = figure.layout.xaxis
    assert (axis.tickvals, axis.range) == ((0.0, 0.5, 1.0), (-0.1, 1.2))
    assert axis.ticktext == tuple(w.percent(share) for share in (0.0, 0.5, 1.0))
