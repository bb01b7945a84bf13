"""Goals: how much of the way from start to target is covered, beside where the straight line would be today."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from analysis.practices.goals import Progress
from ui.charts.house import house_figure, set_axis, show_categories
from ui.charts.labelled_bars import add_labelled_bars
from ui.palette import Palette
from words import Words

_ROW = 46
_HALF = 0.36  # of a row: how far the pace mark reaches from its middle
#: A bar that goes beyond its target, or back, is drawn so far; its label says how far it really is.
_MOST, _LEAST = 1.15, 0.0
_LABEL_ROOM = 1.75


def goal_bars(
    goals: Sequence[Progress], names: Sequence[str], labels: Sequence[str], w: Words, palette: Palette
) -> go.Figure:
    """A bar per goal over the whole way (a quiet track), the pace as an upright mark; labels at the ends."""
    figure = house_figure(w, palette, height=_ROW * len(goals) + 40)
    figure.add_bar(
        y=list(range(len(goals))),
        x=[1.0] * len(goals),
        orientation="h",
        marker={"color": palette.stay, "line": {"width": 0}},
        hoverinfo="skip",
    )
    colours = [palette.quiet if goal.standing in {"behind", "missed"} else palette.ink for goal in goals]
    widths = [min(max(goal.way, _LEAST), _MOST) for goal in goals]
    add_labelled_bars(
        figure, names, widths, [""] * len(goals), palette, marker={"color": colours, "line": {"width": 0}}
    )
    for row, (goal, label) in enumerate(zip(goals, labels, strict=True)):
        figure.add_annotation(
            x=_MOST + 0.02,
            y=row,
            text=label,
            showarrow=False,
            xanchor="left",
            align="left",
            font={"size": 14, "color": palette.text},
        )
        if 0 < goal.elapsed < 1:
            figure.add_shape(
                type="line",
                x0=goal.elapsed,
                x1=goal.elapsed,
                y0=row - _HALF,
                y1=row + _HALF,
                line={"color": palette.red, "width": 2, "dash": "dot"},
            )
    figure.layout.barmode = "overlay"
    figure.layout.bargap = 0.5
    show_categories(figure, list(names), palette)
    set_axis(figure.layout.xaxis, visible=False, range=[0, _LABEL_ROOM])
    return figure
