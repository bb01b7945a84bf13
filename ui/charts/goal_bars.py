"""Goals: how much of the way from start to target is covered, beside where the straight line would be today."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from analysis.practices.affection.goals import Progress
from ui.charts.house import house_figure, set_axis
from ui.palette import Palette
from words import Words

_ROW = 78
_BAR = 0.24  # of a row, which has room for two lines of text over its bar
_HALF = 0.2  # of a row: how far the pace mark reaches from the bar's middle
_TEXT_UP = 13  # pixels from the bar's middle to its text
#: A bar that goes beyond its target, or back, is drawn so far; its label says how far it really is.
_MOST, _LEAST = 1.1, 0.0


def goal_bars(
    goals: Sequence[Progress], names: Sequence[str], labels: Sequence[str], w: Words, palette: Palette
) -> go.Figure:
    """A bar per goal over the whole way (a pale track), the pace as an upright mark; name and label stand above it.

    Above and not beside: beside the bar there is no room for them on a phone.
    """
    figure = house_figure(w, palette, height=_ROW * len(goals) + 16)
    places = list(range(len(goals)))
    colours = [palette.quiet if goal.standing in {"behind", "missed"} else palette.ink for goal in goals]
    widths = [min(max(goal.way, _LEAST), _MOST) for goal in goals]
    for lengths, colour in (([1.0] * len(goals), palette.stay), (widths, colours)):
        figure.add_bar(
            y=places,
            x=lengths,
            width=_BAR,
            orientation="h",
            marker={"color": colour, "line": {"width": 0}},
            hoverinfo="skip",
        )
    for place, goal, name, label in zip(places, goals, names, labels, strict=True):
        figure.add_annotation(
            x=0,
            y=place,
            yshift=_TEXT_UP,
            text=f"{name}<br><b>{label}</b>",
            showarrow=False,
            xanchor="left",
            yanchor="bottom",
            align="left",
            font={"size": 14, "color": palette.text},
        )
        if 0 < goal.elapsed < 1:
            figure.add_shape(
                type="line",
                x0=goal.elapsed,
                x1=goal.elapsed,
                y0=place - _HALF,
                y1=place + _HALF,
                line={"color": palette.red, "width": 2, "dash": "dot"},
            )
    figure.layout.barmode = "overlay"
    set_axis(figure.layout.yaxis, visible=False, range=[len(goals) - 0.6, -0.8])
    set_axis(figure.layout.xaxis, visible=False, range=[0, _MOST + 0.02])
    return figure
