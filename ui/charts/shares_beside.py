"""Shares of groups who came back, each over that of similar clients: filled and hollow dots with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from ui.charts.house import QUARTERS, house_figure, set_axis, show_categories, show_shares
from ui.palette import Palette
from words import Words

_ROW = 84
_AXIS = 40
_APART = 0.16


@dataclass(frozen=True)
class Dot:
    """A share with its interval, and what its hover says; None as a share is nobody."""

    share: float
    low: float
    high: float
    hover: str


def shares_beside(
    names: Sequence[str],
    ours: Sequence[Dot | None],
    similar: Sequence[Dot | None],
    legend: tuple[str, str],
    w: Words,
    palette: Palette,
) -> go.Figure:
    """A row per name: its own share filled, that of similar clients hollow below it."""
    figure = house_figure(w, palette, height=_ROW * len(names) + _AXIS + 34, legend=True)
    for dots, label, colour, hollow, shift, above in (
        (ours, legend[0], palette.ink, False, -_APART, "top center"),
        (similar, legend[1], palette.other_lens, True, _APART, "bottom center"),
    ):
        shown = [(place + shift, dot) for place, dot in enumerate(dots) if dot is not None]
        figure.add_scatter(
            x=[round(dot.share, 3) for _, dot in shown],
            y=[place for place, _ in shown],
            name=label,
            mode="markers+text",
            text=[w.percent(dot.share) for _, dot in shown],
            textposition=above,
            textfont={"size": 13, "color": palette.text},
            marker={
                "size": 11,
                "color": palette.page if hollow else colour,
                "line": {"color": colour, "width": 2},
            },
            error_x={
                "type": "data",
                "array": [round(dot.high - dot.share, 3) for _, dot in shown],
                "arrayminus": [round(dot.share - dot.low, 3) for _, dot in shown],
                "color": colour,
                "thickness": 1.5,
                "width": 4,
            },
            hovertext=[dot.hover for _, dot in shown],
            hoverinfo="text",
        )
    show_categories(figure, list(names), palette)
    show_shares(figure, w, QUARTERS, 1.06, start=-0.02, axis="xaxis")
    set_axis(figure.layout.xaxis, showgrid=True, gridcolor=palette.grid)
    return figure
