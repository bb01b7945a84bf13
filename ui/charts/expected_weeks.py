"""Visits expected in the coming weeks, each with its 80% interval."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go
from babel.dates import format_date

from ui.charts.house import house_figure, rows, set_axis, show_categories, show_values
from ui.charts.interval_bars import add_interval_bars
from ui.palette import Palette
from words import Words

#: Room over the highest interval for the number written there.
_HEADROOM = 1.12


def expected_weeks(expected: pd.DataFrame, w: Words, palette: Palette, *, money: bool) -> go.Figure:
    """A bar per week of `schema.EXPECTED`, the number of visits written in it, the interval as a line over its end."""
    figure = house_figure(w, palette, height=280)
    bars = expected.rename(columns={"visits": "value", "visits_low": "low", "visits_high": "high"})
    visits = [w.number(value) for value in bars["value"]]
    hovers = [_hover(w, row, money=money) for row in rows(bars, "week", "value", "low", "high", "revenue")]
    add_interval_bars(figure, bars, visits, hovers, palette, digits=1)
    show_values(figure, w, float(bars["high"].max()) * _HEADROOM, money=False)
    labels = [format_date(week, "d MMM", locale=w.language) for week in expected["week"]]
    show_categories(figure, labels, palette, axis="xaxis")
    set_axis(figure.layout.xaxis, showline=True, tickfont={"size": 13, "color": palette.muted})
    return figure


def _hover(w: Words, row: tuple[Any, ...], *, money: bool) -> str:
    week, visits, low, high, revenue = row
    text = w("charts.expected.hover", week=week, visits=visits, low=low, high=high)
    return f"{text}<br>{w.money(revenue)}" if money else text
