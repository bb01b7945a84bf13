"""Visits expected in the coming weeks, each with its 80% interval."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go
from babel.dates import format_date

from ui.charts.house import house_figure, rows, set_axis, show_categories, show_values
from ui.palette import Palette
from words import Words


def expected_weeks(expected: pd.DataFrame, w: Words, palette: Palette, *, money: bool) -> go.Figure:
    """A bar per week of `schema.EXPECTED`, the number of visits written in it, the interval as a line over its end."""
    figure = house_figure(w, palette, height=280)
    visits = expected["visits"]
    figure.add_bar(
        x=list(range(len(expected))),
        y=visits.round(1).tolist(),
        marker={"color": palette.quiet, "line": {"width": 0}},
        error_y={
            "type": "data",
            "array": (expected["visits_high"] - visits).round(1).tolist(),
            "arrayminus": (visits - expected["visits_low"]).round(1).tolist(),
            "color": palette.ink,
            "thickness": 1.5,
            "width": 4,
        },
        hovertext=[
            _hover(w, row, money=money)
            for row in rows(expected, "week", "visits", "visits_low", "visits_high", "revenue")
        ],
        hoverinfo="text",
    )
    top = float(expected["visits_high"].max())
    # The number stands over the interval, where neither bar nor line crosses it.
    figure.add_scatter(
        x=list(range(len(expected))),
        y=expected["visits_high"].round(1).tolist(),
        mode="text",
        text=[w.number(value) for value in visits],
        textposition="top center",
        textfont={"color": palette.text, "size": 14},
        hoverinfo="skip",
    )
    show_values(figure, w, top * 1.12, money=False)
    labels = [format_date(week, "d MMM", locale=w.language) for week in expected["week"]]
    show_categories(figure, labels, palette, axis="xaxis")
    set_axis(figure.layout.xaxis, showline=True, tickfont={"size": 13, "color": palette.muted})
    return figure


def _hover(w: Words, row: tuple[Any, ...], *, money: bool) -> str:
    week, visits, low, high, revenue = row
    text = w("charts.expected.hover", week=week, visits=visits, low=low, high=high)
    return f"{text}<br>{w.money(revenue)}" if money else text
