"""Does affection pay: the share of clients who came back, by half point of the score they had."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from ui.charts.house import house_figure, rows, show_categories
from ui.palette import Palette
from words import Words


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
    figure.update_yaxes(
        tickmode="array", tickvals=ticks, ticktext=[w.percent(t) for t in ticks], range=[0, 1.16]
    )
    labels = [_label(low, high, w) for low, high in rows(returns, "low", "high")]
    show_categories(figure, labels, palette, axis="xaxis")
    figure.update_xaxes(
        showline=True,
        tickfont={"size": 13, "color": palette.muted},
        title_text=w("charts.map.affection"),
        tickangle=0,
    )
    return figure


def _label(low: float, high: float, w: Words) -> str:
    """`4.5–5`; the outer classes are open, for they gather what is beyond."""
    top = w.number(high, digits=0 if float(high).is_integer() else 1)
    bottom = w.number(low, digits=0 if float(low).is_integer() else 1)
    return f"<{top}" if low <= 0 else f"{bottom}–{top}"
