"""The bridge: every bar begins where the one above it ends, and the last total is where the steps lead."""

import pytest

from ui.charts.growth_bridge import Step, growth_bridge
from ui.palette import LIGHT
from words import Words

BEFORE, NOW = Step("2025", 100.0, "100 €"), Step("2026", 85.0, "85 €")
STEPS = [Step("Nuevos", 20.0, "+20 €"), Step("No vinieron", -35.0, "−35 €")]


def test_bars_by_hand(w: Words) -> None:
    bars = growth_bridge(BEFORE, STEPS, NOW, w, LIGHT).data[0]
    # 100; from 100 up to 120; from 120 down to 85; 85.
    assert list(bars.base) == [0.0, 100.0, 85.0, 0.0]
    assert list(bars.x) == [100.0, 20.0, 35.0, 85.0]
    assert list(bars.marker.color) == [LIGHT.quiet, LIGHT.blue, LIGHT.red, LIGHT.ink]


def test_every_value_is_written(w: Words) -> None:
    bars = growth_bridge(BEFORE, STEPS, NOW, w, LIGHT).data[0]
    assert [text.strip() for text in bars.text] == ["100 €", "+20 €", "−35 €", "<b>85 €</b>"]


def test_totals_below_zero_stay_on_the_scale(w: Words) -> None:
    refunds = [Step("Devoluciones", -130.0, "−130 €")]
    figure = growth_bridge(BEFORE, refunds, Step("2026", -30.0, "−30 €"), w, LIGHT)
    low, high = figure.layout.xaxis.range
    assert low == pytest.approx(-30.0)
    assert high >= 100.0
