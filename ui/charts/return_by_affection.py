"""Does affection pay: who came back and what they spent, by half point of the score they had, with intervals."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from ui.charts.house import HALVES, house_figure, rows, set_axis, show_categories, show_shares, show_values
from ui.charts.interval_bars import add_interval_bars
from ui.palette import Palette
from words import Words

_SCALE_END = 10
_HEIGHT = 260
#: Room over the highest interval for the value written there.
_HEADROOM = 1.16
_VALUE_SIZE = 13
_WHOLE_FROM = 10.0  # where the greatest amount is smaller, decimals tell


def return_by_affection(classes: pd.DataFrame, w: Words, palette: Palette) -> go.Figure:
    """A bar per row of `returns.by_half_point`: the share that came back."""
    hovers = [
        w("charts.returns.hover", low=low, high=high, share=share, n=count)
        for low, high, share, count in rows(classes, "low", "high", "returned_share", "windows")
    ]
    labels = [w.percent(share) for share in classes["returned_share"]]
    figure = _bars(classes, ("returned_share", "share_low", "share_high"), labels, hovers, w, palette)
    show_shares(figure, w, HALVES, _HEADROOM)
    return figure


def spend_by_affection(classes: pd.DataFrame, w: Words, palette: Palette) -> go.Figure:
    """A bar per row of `returns.by_half_point`: what a client spent on average, those who did not come included."""
    hovers = [
        w("charts.spend.hover", low=low, high=high, spend=spend, n=count)
        for low, high, spend, count in rows(classes, "low", "high", "spend", "windows")
    ]
    # The axis has the currency: ten amounts with it do not fit beside each other on a phone.
    digits = 0 if classes["spend"].max() >= _WHOLE_FROM else 1
    labels = [w.number(spend, digits) for spend in classes["spend"]]
    figure = _bars(classes, ("spend", "spend_low", "spend_high"), labels, hovers, w, palette)
    show_values(figure, w, float(classes["spend_high"].max()) * _HEADROOM, money=True)
    return figure


def _bars(
    classes: pd.DataFrame,
    columns: tuple[str, str, str],
    labels: Sequence[str],
    hovers: Sequence[str],
    w: Words,
    palette: Palette,
) -> go.Figure:
    """A bar of each class with its interval (`columns`: value, low, high), what it is labelled, its class below."""
    figure = house_figure(w, palette, height=_HEIGHT)
    bars = classes[list(columns)].set_axis(["value", "low", "high"], axis="columns")
    add_interval_bars(figure, bars, labels, hovers, palette, digits=3, size=_VALUE_SIZE)
    figure.layout.bargap = 0.28
    show_categories(
        figure, [_class(w, low, high) for low, high in rows(classes, "low", "high")], palette, axis="xaxis"
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
