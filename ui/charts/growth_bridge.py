"""From the sales of one period to those of another: what each kind of client added or took away, as a bridge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import plotly.graph_objects as go

from ui.charts.house import house_figure, safe, set_axis, show_categories
from ui.charts.labelled_bars import add_labelled_bars
from ui.palette import Palette
from words import Words

_ROW = 36
#: Room beside the longest bar for its label, in pixels: on a phone a share of the scale would be too little.
_LABEL_ROOM = 84


@dataclass(frozen=True)
class Step:
    """A part of the change: what it is called, what it adds, and that as the reader reads it."""

    name: str
    change: float
    label: str


def growth_bridge(before: Step, steps: Sequence[Step], now: Step, w: Words, palette: Palette) -> go.Figure:
    """A bar per step between the two totals (`change` of `before` and `now`), each from where the last one ends."""
    ends = list(accumulate((step.change for step in steps), initial=before.change))
    bases = [0.0, *(min(pair) for pair in pairwise(ends)), 0.0]
    lengths = [before.change, *(abs(step.change) for step in steps), now.change]
    colours = [
        palette.quiet,
        *(palette.blue if step.change > 0 else palette.red for step in steps),
        palette.ink,
    ]
    rows = [before, *steps, now]
    figure = house_figure(w, palette, height=_ROW * len(rows) + 16)
    add_labelled_bars(
        figure,
        [row.name for row in rows],
        [round(length, 1) for length in lengths],
        [before.label, *(step.label for step in steps), f"<b>{now.label}</b>"],
        palette,
        base=[round(base, 1) for base in bases],
        marker={"color": colours, "line": {"width": 0}},
    )
    figure.layout.bargap = 0.3
    for place, end in enumerate(ends):
        figure.add_shape(
            type="line",
            x0=end,
            x1=end,
            y0=place + 0.35,
            y1=place + 0.65,
            line={"color": palette.axis, "width": 1},
        )
    names = [safe(row.name) for row in rows]
    show_categories(figure, [*names[:-1], f"<b>{names[-1]}</b>"], palette)
    top = max(*ends, before.change, now.change, 1.0)
    set_axis(figure.layout.xaxis, visible=False, range=[min(0.0, *ends), top])
    figure.layout.margin.r = _LABEL_ROOM
    return figure
