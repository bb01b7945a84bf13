"""Did what we said come true: predicted against observed, with the doubt of each dot."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from ui.charts.house import QUARTERS, house_figure, rows, set_axis, show_shares
from ui.charts.interval_bars import interval_lines
from ui.palette import Palette
from words import Words

_HEADROOM = 1.04


def calibration_dots(calibration: pd.DataFrame, w: Words, palette: Palette) -> go.Figure:
    """A dot per bin of `schema.CALIBRATION` with its 80% bar, and the diagonal where both would agree."""
    figure = house_figure(w, palette, height=300)
    figure.add_scatter(
        x=[0, 1],
        y=[0, 1],
        mode="lines",
        line={"color": palette.axis, "width": 1.5, "dash": "dot"},
        hoverinfo="skip",
    )
    dots = calibration.rename(columns={"observed": "value", "observed_low": "low", "observed_high": "high"})
    figure.add_scatter(
        x=dots["predicted"].round(3).tolist(),
        y=dots["value"].round(3).tolist(),
        mode="markers",
        marker={"size": 9, "color": palette.ink},
        error_y=interval_lines(dots, palette.ink, digits=3, cap=0),
        hovertext=[
            w("charts.calibration.hover", said=said, came=came, n=count)
            for said, came, count in rows(dots, "predicted", "value", "clients")
        ],
        hoverinfo="text",
    )
    figure.add_annotation(
        x=0.82,
        y=0.72,
        text=w("charts.calibration.perfect"),
        showarrow=False,
        font={"size": 13, "color": palette.muted},
    )
    for axis in ("xaxis", "yaxis"):
        show_shares(figure, w, QUARTERS, _HEADROOM, axis=axis)
    set_axis(figure.layout.xaxis, title_text=w("charts.calibration.said"))
    return figure
