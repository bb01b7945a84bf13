"""A share month by month with how sure it is, and the owner's target as a dotted line."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from ui.charts.house import QUARTERS, house_figure, month_labels, rows, set_axis, show_shares
from ui.charts.interval_bars import interval_lines
from ui.palette import Palette
from words import Words

#: Above the highest mark, so much of the scale is left for its value.
_HEADROOM = 1.12
#: Above all of them, room for the label of who is at the top.
_WHOLE = 1.12
_EVERY = 3
_FINE_TICKS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)


def share_in_time(
    months: pd.DataFrame, target: float, target_label: str, hovers: Sequence[str], w: Words, palette: Palette
) -> go.Figure:
    """A line through `share` of each row of `months` (end, share, low, high), its interval as a surface behind it."""
    figure = house_figure(w, palette, height=300)
    places = list(range(len(months)))
    figure.add_scatter(
        x=[*places, *reversed(places)],
        y=[*months["high"].round(4), *months["low"].round(4)[::-1]],
        mode="lines",
        line={"width": 0, "color": palette.expected},
        fill="toself",
        fillcolor=palette.expected,
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=places,
        y=months["share"].round(4).tolist(),
        mode="lines+markers",
        line={"color": palette.ink, "width": 2},
        marker={"size": 6, "color": palette.ink},
        hovertext=list(hovers),
        hoverinfo="text",
    )
    last = len(months) - 1
    figure.add_annotation(
        x=last,
        y=float(months["high"].iloc[-1]),
        text=f"<b>{w.percent(months['share'].iloc[-1])}</b>",
        showarrow=False,
        yshift=12,
        font={"size": 14, "color": palette.text},
    )
    figure.add_shape(
        type="line",
        x0=-0.5,
        x1=last + 0.5,
        y0=target,
        y1=target,
        line={"color": palette.ink, "width": 1.5, "dash": "dot"},
    )
    figure.add_annotation(
        x=-0.4,
        y=target,
        xanchor="left",
        yanchor="bottom",
        text=target_label,
        showarrow=False,
        font={"size": 13, "color": palette.muted},
    )
    top = max(float(months["high"].max()), target) * _HEADROOM + 0.02
    share_axis(figure, top, w)
    _month_axis(figure, months, w)
    return figure


def shares_by_quarter(quarters: pd.DataFrame, hovers: Sequence[str], w: Words, palette: Palette) -> go.Figure:
    """A dot per row of `quarters` (quarter, share, low, high) with its interval; none where it is too recent."""
    figure = house_figure(w, palette, height=300)
    known = quarters[quarters["share"].notna()].rename(columns={"share": "value"})
    figure.add_scatter(
        x=known.index.tolist(),
        y=known["value"].round(3).tolist(),
        mode="markers",
        marker={"size": 10, "color": palette.ink},
        error_y=interval_lines(known, palette.ink, digits=3, cap=0),
        hovertext=[hovers[place] for place in known.index],
        hoverinfo="text",
    )
    figure.add_scatter(
        x=known.index.tolist(),
        y=known["high"].round(3).tolist(),
        mode="text",
        text=[w.percent(value) for value in known["value"]],
        textposition="top center",
        textfont={"size": 13, "color": palette.text},
        cliponaxis=False,
        hoverinfo="skip",
    )
    share_axis(figure, _WHOLE, w)
    labels = [
        quarter_label(w, quarter, first=place == 0)
        for place, (quarter,) in enumerate(rows(quarters, "quarter"))
    ]
    set_axis(
        figure.layout.xaxis,
        tickmode="array",
        tickvals=list(range(len(quarters))),
        ticktext=labels,
        tickangle=0,
        range=[-0.5, len(quarters) - 0.5],
    )
    return figure


def quarter_label(w: Words, quarter: pd.Timestamp, *, first: bool) -> str:
    """`T2`, with the year under the first one of each and under the first one shown."""
    name = w("growth.chart.quarter", n=quarter.quarter)
    return f"{name}<br>{quarter.year}" if first or quarter.quarter == 1 else name


def share_axis(figure: go.Figure, top: float, w: Words, axis: str = "yaxis") -> None:
    """Percentages from 0 to `top`."""
    ticks = QUARTERS if top > _FINE_TICKS[-1] + 0.1 else _FINE_TICKS
    show_shares(figure, w, [tick for tick in ticks if tick <= top], top, axis=axis)


def _month_axis(figure: go.Figure, months: pd.DataFrame, w: Words) -> None:
    """Every third month is named, the last one among them."""
    shown = (
        list(range(len(months) - 1, -1, -_EVERY))[::-1] if len(months) > _EVERY else list(range(len(months)))
    )
    names = month_labels(w, [months["end"].iloc[place] for place in shown], every=_EVERY)
    set_axis(
        figure.layout.xaxis,
        tickmode="array",
        tickvals=shown,
        ticktext=names,
        tickangle=0,
        range=[-0.6, len(months) - 0.3],
    )
