"""Sellers side by side without ranking them: a dot each, its interval, and the shop's mean as a dotted line."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from ui.charts.house import (
    house_figure,
    round_ticks,
    rows,
    safe,
    set_axis,
    shorten,
    show_categories,
    show_shares,
)
from ui.palette import Palette
from words import Words

_ROW = 40
_ROOM = 0.04
#: Shares apart: where all lie closer together the axis would blow chance up into a difference.
_NARROWEST = 0.2


def seller_dots(table: pd.DataFrame, mean: float, w: Words, palette: Palette) -> go.Figure:
    """`table`: the told rows of `seller_returns.SELLER_RETURNS`; the raw share is a hollow ring beside each dot."""
    figure = house_figure(w, palette, height=_ROW * max(len(table), 1) + 78, legend=True)
    places = list(range(len(table)))
    hovers = [
        w("hand_over.returns.hover", name=safe(name), share=share, low=low, high=high, raw=raw, n=visits)
        for name, share, low, high, raw, visits in rows(
            table, "staff", "adjusted", "low", "high", "raw", "visits"
        )
    ]
    figure.add_scatter(
        x=[round(mean, 4)] * 2,
        y=[-0.5, len(table) - 0.5],
        mode="lines",
        line={"color": palette.quiet, "width": 1.5, "dash": "dot"},
        name=w("hand_over.returns.mean"),
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=table["raw"].round(4).tolist(),
        y=places,
        mode="markers",
        marker={"size": 10, "color": palette.page, "line": {"color": palette.quiet, "width": 2}},
        name=w("hand_over.returns.raw"),
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=table["adjusted"].round(4).tolist(),
        y=places,
        mode="markers",
        marker={"size": 11, "color": palette.ink},
        error_x={
            "type": "data",
            "array": (table["high"] - table["adjusted"]).round(4).tolist(),
            "arrayminus": (table["adjusted"] - table["low"]).round(4).tolist(),
            "color": palette.ink,
            "thickness": 2,
            "width": 0,
        },
        name=w("hand_over.returns.adjusted"),
        hovertext=hovers,
        hoverinfo="text",
    )
    show_categories(figure, [shorten(name) for name in table["staff"]], palette)
    low = min([mean, *table["low"], *table["raw"]])
    high = max([mean, *table["high"], *table["raw"]])
    spare = max(_NARROWEST - (high - low), 0) / 2 + _ROOM
    start, end = max(low - spare, 0.0), min(high + spare, 1.0)
    ticks = [start_tick for start_tick in round_ticks(1.0, 20) if start <= start_tick <= end]
    ticks = ticks[:: max(1, -(-len(ticks) // 5))]
    show_shares(figure, w, ticks, end, start=start, axis="xaxis")
    set_axis(figure.layout.xaxis, showgrid=True, gridcolor=palette.grid)
    return figure
