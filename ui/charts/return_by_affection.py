"""Does affection pay: the share of clients who came back, by half point of the score they had."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from ui.charts.house import house_figure, rows, set_axis, show_categories
from ui.palette import Palette
from words import Words

_SCALE_END = 10


def return_by_affection(returns: pd.DataFrame, w: Words, palette: Palette) -> go.Figure:
    """A bar per row of `returns`: low, high (points), clients, returned_share (0-1), share_low, share_high."""
    figure = house_figure(w, palette, height=260)
    shares = returns["returned_share"]
    figure.add_bar(
        x=list(range(len(returns))),
        y=shares.round(3).tolist(),
        marker={"color": palette.quiet, "line": {"width": 0}},
        error_y={
            "type": "data",
            "array": (returns["share_high"] - shares).round(3).tolist(),
            "arrayminus": (shares - returns["share_low"]).round(3).tolist(),
            "color": palette.ink,
            "thickness": 1.5,
            "width": 4,
        },
        hovertext=[
            w("charts.returns.hover", low=low, high=high, share=share, n=count)
            for low, high, share, count in rows(returns, "low", "high", "returned_share", "clients")
        ],
        hoverinfo="text",
    )
    figure.add_scatter(
        x=list(range(len(returns))),
        y=returns["share_high"].round(3).tolist(),
        mode="text",
        text=[w.percent(share) for share in shares],
        textposition="top center",
        textfont={"color": palette.text, "size": 14},
        hoverinfo="skip",
    )
    ticks = [0.0, 0.5, 1.0]
    set_axis(
        figure.layout.yaxis,
        tickmode="array",
        tickvals=ticks,
        ticktext=[w.percent(t) for t in ticks],
        range=[0, 1.16],
    )
    labels = [_label(w, low, high) for low, high in rows(returns, "low", "high")]
    show_categories(figure, labels, palette, axis="xaxis")
    set_axis(
        figure.layout.xaxis,
        showline=True,
        tickfont={"size": 13, "color": palette.muted},
        title_text=w("charts.map.affection"),
        tickangle=0,
    )
    return figure


def _label(w: Words, low: float, high: float) -> str:
    """`<4.5`, `5`, `≥8.5`: where the class begins; the outer ones are open, for they gather what is beyond."""
    edge = high if low <= 0 else low
    text = w.number(edge, digits=0 if float(edge).is_integer() else 1)
    return f"<{text}" if low <= 0 else f"≥{text}" if high >= _SCALE_END else text
