"""How soon clients came after their seller left: beside themselves before it, and beside the others' clients."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from ui.charts.house import MOST_TICKS, QUARTERS, house_figure, set_axis, show_shares
from ui.palette import Palette
from words import Words

_HEIGHT = 280
_HEADROOM = 1.03
_STEPS = (7, 15, 30, 60)
_MOST_POINTS = 31


def return_curves(curves: pd.DataFrame, w: Words, palette: Palette) -> go.Figure:
    """`curves` as `BeforeAfter.curves`: by day, the shares that had come by then."""
    figure = house_figure(w, palette, height=_HEIGHT, legend=True)
    end = int(curves["day"].max())
    every = max(1, -(-len(curves) // _MOST_POINTS))
    shown = curves[(curves["day"] % every == 0) | (curves["day"] == end)]
    lines = (
        ("others_after", {"color": palette.quiet, "width": 2}, w("hand_over.curve.others_after")),
        (
            "theirs_before",
            {"color": palette.other_lens, "width": 2, "dash": "dot"},
            w("hand_over.curve.theirs_before"),
        ),
        ("theirs_after", {"color": palette.ink, "width": 3}, w("hand_over.curve.theirs_after")),
    )
    for column, line, name in lines:
        figure.add_scatter(
            x=shown["day"].tolist(),
            y=shown[column].round(3).tolist(),
            mode="lines",
            line=line,
            name=name,
            hovertext=[
                w("hand_over.curve.hover", share=share, n=day)
                for share, day in zip(shown[column].tolist(), shown["day"].tolist(), strict=True)
            ],
            hoverinfo="text+name",
        )
    step = next((step for step in _STEPS if end / step <= MOST_TICKS), _STEPS[-1])
    ticks = list(range(0, end + 1, step))
    set_axis(
        figure.layout.xaxis,
        tickmode="array",
        tickvals=ticks,
        ticktext=[w.number(tick) for tick in ticks],
        range=[0, end * 1.01],
        title_text=w("hand_over.curve.days"),
    )
    show_shares(figure, w, QUARTERS, _HEADROOM)
    return figure
