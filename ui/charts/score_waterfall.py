"""How a score of affection came about: from 5.0, what added and what subtracted, to the total."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

import plotly.graph_objects as go

from ui.charts.house import house_figure, safe, set_axis, show_categories
from ui.charts.labelled_bars import add_labelled_bars
from ui.palette import Palette
from words import Words

START = 5.0
_ROW = 33


def score_waterfall(
    steps: Sequence[tuple[str, float]], score: float, w: Words, palette: Palette
) -> go.Figure:
    """A bar per step (its name, its points) between the starting point and the score, both 0-10."""
    ends = list(accumulate((points for _, points in steps), initial=START))
    names = [w("charts.score.start"), *(name for name, _ in steps), w("charts.score.total")]
    bases = [0.0, *(min(pair) for pair in pairwise(ends)), 0.0]
    widths = [START, *(abs(points) for _, points in steps), score]
    colours = [
        palette.quiet,
        *(palette.green if points > 0 else palette.violet for _, points in steps),
        palette.ink,
    ]
    labels = [
        w.number(START, digits=1),
        *(w.signed(points, digits=1) for _, points in steps),
        f"<b>{w.number(score, digits=1)}</b>",
    ]
    figure = house_figure(w, palette, height=_ROW * len(names) + 34)
    add_labelled_bars(
        figure,
        names,
        [round(width, 2) for width in widths],
        labels,
        palette,
        base=[round(base, 2) for base in bases],
        marker={"color": colours, "line": {"width": 0}},
    )
    figure.layout.bargap = 0.3
    show_categories(figure, [*(safe(name) for name in names[:-1]), f"<b>{safe(names[-1])}</b>"], palette)
    lowest, highest = min(0.0, *ends), max(10.0, *ends)
    set_axis(
        figure.layout.xaxis,
        range=[lowest, highest + 0.9],
        dtick=2,
        showgrid=True,
        gridcolor=palette.grid,
        showline=True,
    )
    return figure
