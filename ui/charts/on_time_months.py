"""The share of promised days that were kept, month by month, each with its interval."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from ui.charts.house import HALVES, house_figure, month_labels, rows, set_axis, show_categories, show_shares
from ui.charts.interval_bars import add_interval_bars
from ui.palette import Palette
from words import Words

_HEADROOM = 1.16


def on_time_months(months: pd.DataFrame, w: Words, palette: Palette) -> go.Figure:
    """A bar per month of `deliveries.ON_TIME`."""
    figure = house_figure(w, palette, height=260)
    bars = months.rename(columns={"share": "value"})
    hovers = [
        w("problems.on_time.hover", month=month, kept=kept, n=due, low=100 * low, high=100 * high)
        for month, kept, due, low, high in rows(months, "name", "kept", "due", "low", "high")
    ]
    labels = [w.percent(share) for share in bars["value"]]
    add_interval_bars(figure, bars, labels, hovers, palette, digits=3, size=12)
    show_shares(figure, w, HALVES, _HEADROOM)
    show_categories(figure, month_labels(w, list(months["name"])), palette, axis="xaxis")
    set_axis(figure.layout.xaxis, showline=True, tickfont={"size": 13, "color": palette.muted}, tickangle=0)
    return figure
