"""Bars that lie, one below the other, each with its value written behind its end."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from ui.charts.house import safe
from ui.palette import Palette


def add_labelled_bars(
    figure: go.Figure,
    names: Sequence[str],
    lengths: Sequence[float],
    labels: Sequence[str],
    palette: Palette,
    **trace: object,
) -> None:
    """A bar per name, the first on top; its hover is name and label. `trace` holds what else the bars have."""
    figure.add_bar(
        y=list(range(len(names))),
        x=list(lengths),
        orientation="h",
        text=[f" {label}" for label in labels],
        textposition="outside",
        cliponaxis=False,
        textfont={"color": palette.text, "size": 14},
        hovertext=[f"{safe(name)}: {label}" for name, label in zip(names, labels, strict=True)],
        hoverinfo="text",
        **trace,
    )
