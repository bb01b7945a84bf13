"""How a cohort thins out over its first year: a small line, one of a row of them on the same scale."""

from __future__ import annotations

import math
from collections.abc import Sequence

import plotly.graph_objects as go

from ui.charts.house import HALVES, house_figure, set_axis, show_shares
from ui.palette import Palette
from words import Words

_HEADROOM = 1.05


def small_survival(
    shares: Sequence[float], overall: Sequence[float], w: Words, palette: Palette, *, strong: bool
) -> go.Figure:
    """A line through the share still active after 0, 1, 2... months (NaN = too recent); all together, dotted."""
    figure = house_figure(w, palette, height=126)
    for line, colour, dash in (
        (overall, palette.other_lens, "dot"),
        (shares, palette.ink if strong else palette.quiet, "solid"),
    ):
        known = [(month, share) for month, share in enumerate(line) if not math.isnan(share)]
        own = dash == "solid"
        figure.add_scatter(
            x=[month for month, _ in known],
            y=[round(share, 3) for _, share in known],
            mode="lines+markers" if own else "lines",
            line={"color": colour, "width": 2.5 if own else 1.5, "dash": dash},
            marker={"size": 5, "color": colour},
            hovertext=[w("growth.chart.hover", n=month, share=share) for month, share in known],
            hoverinfo="text" if own else "skip",
        )
    ticks = (0, 6, 12)
    set_axis(
        figure.layout.xaxis,
        tickmode="array",
        tickvals=list(ticks),
        ticktext=[w.number(tick) for tick in ticks],
        range=[-0.4, 12.6],
        automargin=False,
    )
    show_shares(figure, w, HALVES, _HEADROOM)
    figure.layout.margin = {"l": 0, "r": 14, "t": 4, "b": 24}
    return figure
