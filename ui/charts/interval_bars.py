"""Bars with the interval of each and its value over both, where neither bar nor line crosses it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from ui.palette import Palette


def interval_lines(marks: pd.DataFrame, colour: str, *, digits: int, cap: int) -> dict[str, object]:
    """`error_y` of a trace of marks at `value`: lines from low to high, with a cap of so many pixels at their ends."""
    return {
        "type": "data",
        "array": (marks["high"] - marks["value"]).round(digits).tolist(),
        "arrayminus": (marks["value"] - marks["low"]).round(digits).tolist(),
        "color": colour,
        "thickness": 1.5,
        "width": cap,
    }


def add_interval_bars(
    figure: go.Figure,
    bars: pd.DataFrame,
    labels: Sequence[str],
    hovers: Sequence[str],
    palette: Palette,
    *,
    digits: int,
    size: int = 14,
) -> None:
    """A bar per row of `bars`: value, low and high, sent with so many digits; `size` is the labels'."""
    places = list(range(len(bars)))
    value = bars["value"]
    figure.add_bar(
        x=places,
        y=value.round(digits).tolist(),
        marker={"color": palette.quiet, "line": {"width": 0}},
        error_y=interval_lines(bars, palette.ink, digits=digits, cap=4),
        hovertext=list(hovers),
        hoverinfo="text",
    )
    figure.add_scatter(
        x=places,
        y=bars["high"].round(digits).tolist(),
        mode="text",
        text=list(labels),
        textposition="top center",
        textfont={"color": palette.text, "size": size},
        hoverinfo="skip",
    )
