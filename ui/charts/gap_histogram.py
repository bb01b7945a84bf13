"""Days between visits: what happened as bars, the fitted rhythm as a curve, the standard as dashes."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from ui.charts.house import house_figure, rows, set_axis
from ui.palette import Palette
from words import Words

#: More points of a smooth curve are sent but not seen.
_CURVE_POINTS = 90


def gap_histogram(
    bins: pd.DataFrame, fit: pd.DataFrame, standard: float | None, w: Words, palette: Palette
) -> go.Figure:
    """Bars of `bins` (low, high: days; gaps: count; density: share of gaps per day) under the curve of `fit`.

    `fit` has days and density per day; `standard` in days, None where there is none to compare with.
    """
    figure = house_figure(w, palette, height=214)
    middle = (bins["low"] + bins["high"]) / 2
    figure.add_bar(
        x=middle.tolist(),
        y=bins["density"].round(5).tolist(),
        width=(bins["high"] - bins["low"]).tolist(),
        marker={"color": palette.quiet, "line": {"width": 0.8, "color": palette.page}},
        hovertext=[
            w("charts.gaps.hover", low=low + 1, high=high, n=gaps)
            for low, high, gaps in rows(bins, "low", "high", "gaps")
        ],
        hoverinfo="text",
    )
    end = float(bins["high"].max())
    curve = fit[fit["days"] <= end]
    curve = curve.iloc[:: max(1, len(curve) // _CURVE_POINTS)]
    figure.add_scatter(
        x=curve["days"].round(1).tolist(),
        y=curve["density"].round(5).tolist(),
        mode="lines",
        line={"color": palette.ink, "width": 2.5, "shape": "spline"},
        hoverinfo="skip",
    )
    top = max(bins["density"].max(), curve["density"].max() if len(curve) else 0.0) * 1.05
    if standard is not None and standard <= end:
        figure.add_shape(
            type="line",
            x0=standard,
            x1=standard,
            y0=0,
            y1=top,
            line={"color": palette.text, "width": 2, "dash": "dash"},
        )
    figure.layout.bargap = 0
    set_axis(figure.layout.yaxis, visible=False, range=[0, top])
    set_axis(figure.layout.xaxis, range=[0, end], nticks=5)
    return figure
