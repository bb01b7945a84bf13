"""Bars with the interval of each and its value over both, where neither bar nor line crosses it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from ui.palette import Palette


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
        error_y={
            "type": "data",
            "array": (bars["high"] - value).round(digits).tolist(),
            "arrayminus": (value - bars["low"]).round(digits).tolist(),
            "color": palette.ink,
            "thickness": 1.5,
            "width": 4,
        },
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
