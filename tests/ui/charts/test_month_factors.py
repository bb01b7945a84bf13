"""The chart of the season, on factors small enough to check by eye."""

import pandas as pd

from ui.charts.month_factors import change, month_factors
from ui.palette import LIGHT
from words import Words

FACTORS = [1.0, 0.9, 1.1, 1.0, 1.0, 1.2, 1.0, 0.5, 1.0, 1.1, 1.0, 1.2]


def season() -> pd.DataFrame:
    factor = pd.Series(FACTORS)
    return pd.DataFrame({"month": range(1, 13), "factor": factor, "low": factor - 0.1, "high": factor + 0.1})


def test_bars_go_up_and_down_from_an_average_month_in_percent(w: Words) -> None:
    bars, labels = month_factors(season(), w, LIGHT).data
    assert list(bars.y[:3]) == [0, -10, 10]
    assert list(labels.text[:3]) == ["0", "−10", "+10"]
    assert set(bars.error_y.array) == {10.0}


def test_the_busiest_and_the_quietest_month_stand_out(w: Words) -> None:
    bars = month_factors(season(), w, LIGHT).data[0]
    assert [place for place, colour in enumerate(bars.marker.color) if colour == LIGHT.ink] == [5, 7]


def test_numbers_stand_beyond_the_intervals_of_their_bars(w: Words) -> None:
    bars, labels = month_factors(season(), w, LIGHT).data
    for bar, label in zip(bars.y, labels.y, strict=True):
        assert label > bar + 10 if bar >= 0 else label < bar - 10
    low, high = month_factors(season(), w, LIGHT).layout.yaxis.range
    assert low < min(labels.y)
    assert high > max(labels.y)


def test_a_change_is_written_with_its_sign(w: Words) -> None:
    assert [change(w, factor) for factor in (1.24, 0.56, 1.001, 1.0)] == [
        "+24\xa0%",
        "−44\xa0%",
        "0\xa0%",
        "0\xa0%",
    ]


def test_the_hover_names_the_month_and_its_interval(w: Words) -> None:
    assert (
        month_factors(season(), w, LIGHT).data[0].hovertext[7]
        == "Agosto: −50\xa0% (entre −60\xa0% y −40\xa0%)"
    )
