"""The house figure: what every chart of the product has in common, so that a chart's module says only what differs.

Charts are drawn with `theme=None`; all colours come from the palette. The paper is opaque in the page's own colour:
when the operating system flips its theme the script does not run again, and an opaque chart stays readable.
"""

from __future__ import annotations

import datetime as dt
import html
import math
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ui.palette import Meaning, Palette
from words import Words

FONT = '"Source Sans", sans-serif'
#: What `st.plotly_chart(config=)` gets for every chart: nothing to click on but what the page explains.
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showAxisDragHandles": False}
#: Five ticks say the scale; more is a ruler.
MOST_TICKS = 5
#: Where an axis of shares is marked.
HALVES, QUARTERS = (0.0, 0.5, 1.0), (0.0, 0.25, 0.5, 0.75, 1.0)
_TICK_SIZE = 13
#: Of the ticks of a log axis, the most first: from ten on, and below, where 2.5 would have decimals.
_LOG_FACTORS: tuple[tuple[tuple[float, ...], tuple[float, ...]], ...] = (
    ((1, 2.5, 5), (1, 2, 5)),
    ((1, 3), (1, 3)),
    ((1,), (1,)),
)


def house_figure(w: Words, palette: Palette, height: int, *, legend: bool = False) -> go.Figure:
    """An empty figure in the house style: no mode bar, no drag, no zoom, horizontal grid only."""
    axis = {
        "fixedrange": True,
        "zeroline": False,
        "linecolor": palette.axis,
        "tickfont": {"size": _TICK_SIZE, "color": palette.muted},
        "title": {"font": {"size": _TICK_SIZE, "color": palette.muted}, "standoff": 8},
        "automargin": True,
        "ticks": "",
    }
    # Built in one go: plotly's `update_layout` takes twenty times as long, and a page has a dozen figures.
    layout = go.Layout(
        # Plotly's default template is 6 kB of colours that are not ours, sent with every chart.
        template=go.layout.Template(),
        height=height,
        paper_bgcolor=palette.page,
        plot_bgcolor=palette.page,
        font={"family": FONT, "size": 14, "color": palette.text},
        margin={"l": 0, "r": 8, "t": 34 if legend else 8, "b": 0},
        separators=w.formats.separators,
        dragmode=False,
        hovermode="closest",
        hoverlabel={
            "bgcolor": palette.page,
            "bordercolor": palette.axis,
            "font": {"family": FONT, "size": 14, "color": palette.text},
            "align": "left",
        },
        showlegend=legend,
        legend={
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1,
            "yanchor": "bottom",
            "traceorder": "normal",
            "itemclick": False,
            "itemdoubleclick": False,
            "font": {"size": 14, "color": palette.text},
        },
        bargap=0.36,
        xaxis={**axis, "showgrid": False, "showline": True},
        yaxis={**axis, "showgrid": True, "gridcolor": palette.grid, "showline": False},
    )
    return go.Figure(layout=layout)


def set_axis(axis: go.layout.XAxis | go.layout.YAxis, **properties: object) -> None:
    """Sets the properties of an axis one by one: plotly's own `update` costs ten times as much."""
    for name, value in properties.items():
        axis[name] = value


def rows(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """The rows of some columns, in order."""
    return zip(*(frame[column].tolist() for column in columns), strict=True)


def safe(value: object) -> str:
    """A user's value for labels and hovers, which render some HTML."""
    return html.escape(str(value), quote=False)


def shorten(value: object, most: int = 24) -> str:
    """A user's value cut to what fits beside a bar, escaped after the cut; the whole stands in hover and table."""
    text = " ".join(str(value).split())
    return safe(text if len(text) <= most else text[: most - 1].rstrip() + "…")


def fill(meaning: Meaning, palette: Palette) -> dict[str, object]:
    """Marker of a bar for a meaning: its colour and, where it has one, the hatch over it."""
    marker: dict[str, object] = {"color": palette.colour(meaning.colour), "line": {"width": 0}}
    if meaning.hatch:
        marker["pattern"] = {
            "shape": meaning.hatch,
            "fillmode": "overlay",
            "fgcolor": palette.page,
            "fgopacity": 0.55,
            "size": 7,
            "solidity": 0.22,
        }
    return marker


def round_ticks(top: float, most: int = MOST_TICKS) -> list[float]:
    """At most `most` round numbers from 0 to `top` (1, 2, 2.5 or 5 times a power of ten apart).

    `top` not above 0 gives `[0, 1]`, the scale of an empty chart.
    """
    if not math.isfinite(top) or top <= 0:
        return [0.0, 1.0]
    power = 10.0 ** math.floor(math.log10(top / most))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10, 20) if top / (factor * power) < most)
    return [index * step for index in range(math.floor(top / step) + 1)]


def log_ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round numbers (1, 2.5 and 5 times a power of ten; 2 where 2.5 has decimals) for a log axis, at most `most`."""
    powers = range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 1)
    for factors, below_ten in _LOG_FACTORS:
        ticks = [
            factor * 10.0**power for power in powers for factor in (factors if power >= 1 else below_ten)
        ]
        shown = [tick for tick in ticks if low <= tick <= high]
        if len(shown) <= most:
            return shown
    return shown[:: math.ceil(len(shown) / most)]


def value_labels(w: Words, ticks: Sequence[float], *, money: bool) -> list[str]:
    """Axis labels in the reader's locale; the zero needs no currency."""
    digits = 0 if all(float(tick).is_integer() for tick in ticks) else 1
    return [
        "0" if tick == 0 else w.money(tick) if money and digits == 0 else w.number(tick, digits=digits)
        for tick in ticks
    ]


def show_values(figure: go.Figure, w: Words, top: float, *, money: bool, axis: str = "yaxis") -> None:
    """Ticks of a value axis that starts at zero, by locale, with room over the highest mark."""
    end = top * 1.06 if top > 0 else 1.0
    ticks = round_ticks(end)
    set_axis(
        figure.layout[axis],
        tickmode="array",
        tickvals=ticks,
        ticktext=value_labels(w, ticks, money=money),
        range=[0, end],
    )


def show_shares(
    figure: go.Figure,
    w: Words,
    ticks: Sequence[float],
    end: float,
    *,
    start: float = 0.0,
    axis: str = "yaxis",
) -> None:
    """Percentages at `ticks` of an axis from `start` to `end`; beyond all of them, room for what is written there."""
    set_axis(
        figure.layout[axis],
        tickmode="array",
        tickvals=list(ticks),
        ticktext=[w.percent(tick) for tick in ticks],
        range=[start, end],
    )


def month_labels(w: Words, months: Sequence[dt.date], *, every: int = 1) -> list[str]:
    """`ene`, `feb`... by the reader's locale, the year under January and under the first one shown."""
    labels = []
    for index, month in enumerate(months):
        name = w.month(month, "short")
        with_year = (
            index == 0
            or (month.month == 1 and every == 1)
            or (month.year != months[index - 1].year and every > 1)
        )
        labels.append(f"{name}<br>{month.year}" if with_year else name)
    return labels


def show_categories(figure: go.Figure, names: Sequence[str], palette: Palette, axis: str = "yaxis") -> None:
    """A category axis with every name written; left to itself plotly drops every second one."""
    positions = list(range(len(names)))
    set_axis(
        figure.layout[axis],
        tickmode="array",
        tickvals=positions,
        ticktext=list(names),
        tickfont={"size": 14, "color": palette.text},
        range=[len(names) - 0.5, -0.5] if axis == "yaxis" else [-0.5, len(names) - 0.5],
        ticklabelstandoff=8 if axis == "yaxis" else 0,
        showgrid=False,
        showline=False,
    )
