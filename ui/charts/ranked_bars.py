"""Sorted bars with their values at the ends: who or what loses most, and how many clients stand in each state."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from ui.charts.house import fill, house_figure, set_axis, shorten, show_categories
from ui.charts.labelled_bars import add_labelled_bars
from ui.palette import STATES, Palette
from words import Words

_ROW = 33
#: Room beside the longest bar for its label, as a share of the scale.
_LABEL_ROOM = 1.32


def ranked_bars(
    names: Sequence[str],
    values: Sequence[float],
    labels: Sequence[str],
    strong: Sequence[bool],
    w: Words,
    palette: Palette,
    *,
    colour: str = "red",
) -> go.Figure:
    """A bar per name in the order given; the `strong` ones in `colour`, the others quiet.

    `labels` are the values as the reader reads them (money, visits), one per bar.
    """
    colours = [palette.colour(colour) if is_strong else palette.quiet for is_strong in strong]
    figure = _bars(names, values, labels, w, palette)
    figure.update_traces(marker={"color": colours, "line": {"width": 0}})
    return figure


def state_bars(states: Sequence[str], shares: Sequence[float], w: Words, palette: Palette) -> go.Figure:
    """A bar per state of `schema.STATES` in its own colour and hatch; `shares` between 0 and 1."""
    names = [w.state(state) for state in states]
    figure = _bars(names, shares, [w.percent(share) for share in shares], w, palette)
    marks = [fill(STATES[state], palette) for state in states]
    figure.update_traces(
        marker={
            "color": [mark["color"] for mark in marks],
            "line": {"width": 0},
            "pattern": {
                "shape": [STATES[state].hatch for state in states],
                "fillmode": "overlay",
                "fgcolor": palette.page,
                "fgopacity": 0.55,
                "size": 7,
                "solidity": 0.22,
            },
        }
    )
    return figure


def _bars(
    names: Sequence[str], values: Sequence[float], labels: Sequence[str], w: Words, palette: Palette
) -> go.Figure:
    figure = house_figure(w, palette, height=_ROW * max(len(names), 1) + 16)
    add_labelled_bars(figure, names, values, labels, palette)
    show_categories(figure, [shorten(name) for name in names], palette)
    top = max(values, default=0.0)
    set_axis(figure.layout.xaxis, visible=False, range=[0, (top or 1.0) * _LABEL_ROOM])
    return figure
