"""Does affection pay: who came back and what they spent, by half point of the score they had, with intervals."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from ui.charts.house import house_figure, rows, set_axis, show_categories, show_values
from ui.palette import Palette
from words import Words

_SCALE_END = 10
_HEIGHT = 260
#: Room over the highest interval for the value written there.
_HEADROOM = 1.16
_VALUE_SIZE = 13


def return_by_affection(classes: pd.DataFrame, w: Words, palette: Palette) -> go.Figure:
    """A bar per row of `returns.by_half_point`: the share that came back."""
    hovers = [
        w("charts.returns.hover", low=low, high=high, share=share, n=count)
        for low, high, share, count in rows(classes, "low", "high", "returned_share", "windows")
    ]
    labels = [w.percent(share) for share in classes["returned_share"]]
    table = classes[["low", "high"]].assign(
        value=classes["returned_share"], least=classes["share_low"], most=classes["share_high"]
    )
    figure = _bars(table, labels, hovers, w, palette)
    ticks = [0.0, 0.5, 1.0]
    set_axis(
        figure.layout.yaxis,
        tickmode="array",
        tickvals=ticks,
        ticktext=[w.percent(tick) for tick in ticks],
        range=[0, _HEADROOM],
    )
    return figure


def spend_by_affection(classes: pd.DataFrame, w: Words, palette: Palette) -> go.Figure:
    """A bar per row of `returns.by_half_point`: what a client spent on average, those who did not come included."""
    hovers = [
        w("charts.spend.hover", low=low, high=high, spend=spend, n=count)
        for low, high, spend, count in rows(classes, "low", "high", "spend", "windows")
    ]
    # The axis has the currency: ten amounts with it do not fit beside each other on a phone.
    labels = [w.number(spend) for spend in classes["spend"]]
    table = classes[["low", "high"]].assign(
        value=classes["spend"], least=classes["spend_low"], most=classes["spend_high"]
    )
    figure = _bars(table, labels, hovers, w, palette)
    show_values(figure, w, float(classes["spend_high"].max()) * _HEADROOM, money=True)
    return figure


def _bars(
    table: pd.DataFrame, labels: Sequence[str], hovers: Sequence[str], w: Words, palette: Palette
) -> go.Figure:
    """A bar of each `value` with its interval (`least` to `most`), its label over both, its class below."""
    figure = house_figure(w, palette, height=_HEIGHT)
    places = list(range(len(table)))
    figure.add_bar(
        x=places,
        y=table["value"].round(3).tolist(),
        marker={"color": palette.quiet, "line": {"width": 0}},
        error_y={
            "type": "data",
            "array": (table["most"] - table["value"]).round(3).tolist(),
            "arrayminus": (table["value"] - table["least"]).round(3).tolist(),
            "color": palette.ink,
            "thickness": 1.5,
            "width": 4,
        },
        hovertext=list(hovers),
        hoverinfo="text",
    )
    figure.add_scatter(
        x=places,
        y=table["most"].round(3).tolist(),
        mode="text",
        text=list(labels),
        textposition="top center",
        textfont={"color": palette.text, "size": _VALUE_SIZE},
        hoverinfo="skip",
    )
    figure.layout.bargap = 0.28
    show_categories(
        figure, [_class(w, low, high) for low, high in rows(table, "low", "high")], palette, axis="xaxis"
    )
    set_axis(
        figure.layout.xaxis,
        showline=True,
        tickfont={"size": 13, "color": palette.muted},
        title_text=w("charts.map.affection"),
        tickangle=0,
    )
    return figure


def _class(w: Words, low: float, high: float) -> str:
    """`<4.5`, `5`, `≥8.5`: where the class begins; the outer ones are open, for they gather what is beyond."""
    edge = high if low <= 0 else low
    text = w.number(edge, digits=0 if float(edge).is_integer() else 1)
    return f"<{text}" if low <= 0 else f"≥{text}" if high >= _SCALE_END else text
