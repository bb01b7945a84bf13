"""Groups of clients beside the whole shop: a dot each with its interval, the shop's mean as a dotted line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from ui.charts.house import house_figure, round_ticks, set_axis, shorten, show_categories, value_labels
from ui.charts.share_in_time import share_axis
from ui.palette import Palette
from words import Words

_ROW = 36
_AXIS = 44
#: Room beside the longest interval for its label, as a share of the scale; percentages need less.
_LABEL_ROOM, _WHOLE = 1.25, 1.12


@dataclass(frozen=True)
class Group:
    """A group's figure and its interval; `label` and `hover` as the reader reads them, `strong` where it stands out."""

    name: str
    value: float
    low: float
    high: float
    label: str
    hover: str
    strong: bool


def groups_beside_mean(
    groups: Sequence[Group], mean: float, mean_label: str, w: Words, palette: Palette, *, unit: str
) -> go.Figure:
    """A row per group. `unit`: share, money or visits."""
    figure = house_figure(w, palette, height=_ROW * max(len(groups), 1) + _AXIS + 22)
    figure.add_shape(
        type="line",
        x0=mean,
        x1=mean,
        y0=-0.5,
        y1=len(groups) - 0.5,
        line={"color": palette.muted, "width": 1.5, "dash": "dot"},
        layer="below",
    )
    figure.add_annotation(
        x=mean,
        y=-0.5,
        yanchor="bottom",
        text=mean_label,
        showarrow=False,
        font={"size": 13, "color": palette.muted},
    )
    colours = [palette.ink if group.strong else palette.quiet for group in groups]
    for place, (group, colour) in enumerate(zip(groups, colours, strict=True)):
        figure.add_shape(
            type="line",
            x0=group.low,
            x1=group.high,
            y0=place,
            y1=place,
            line={"color": colour, "width": 2},
        )
    places = list(range(len(groups)))
    figure.add_scatter(
        x=[round(group.value, 3) for group in groups],
        y=places,
        mode="markers",
        marker={"size": 11, "color": colours},
        hovertext=[group.hover for group in groups],
        hoverinfo="text",
    )
    figure.add_scatter(
        x=[round(group.high, 3) for group in groups],
        y=places,
        mode="text",
        text=[f" <b>{group.label}</b>" if group.strong else f" {group.label}" for group in groups],
        textposition="middle right",
        textfont={"size": 13, "color": palette.text},
        cliponaxis=False,
        hoverinfo="skip",
    )
    show_categories(figure, [shorten(group.name) for group in groups], palette)
    top = max([group.high for group in groups] + [mean])
    if unit == "share":
        share_axis(figure, _WHOLE, w, axis="xaxis")
    else:
        ticks = round_ticks(top * 1.08, most=4)
        set_axis(
            figure.layout.xaxis,
            tickmode="array",
            tickvals=ticks,
            ticktext=value_labels(w, ticks, money=unit == "money"),
            range=[0, top * _LABEL_ROOM],
        )
    set_axis(figure.layout.xaxis, showgrid=True, gridcolor=palette.grid)
    figure.layout.margin.t = 24
    figure.layout.margin.r = 24
    return figure
