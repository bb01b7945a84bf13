"""The shop's season: how much busier or quieter each month is than an average one."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import plotly.graph_objects as go

from ui.charts.house import house_figure, rows, set_axis, show_categories
from ui.charts.interval_bars import interval_lines
from ui.palette import Palette
from words import Words

#: Between a bar and its number, and room for the numbers above and below the bars, as shares of the scale.
_LABEL_GAP, _LABEL_ROOM = 0.02, 0.16


def change(w: Words, factor: float) -> str:
    """A factor as what it is above or under 1: +24 %, −44 %."""
    text = w.percent(factor - 1)
    return f"+{text}" if factor > 1 and text != w.percent(0) else text


def month_name(w: Words, month: int) -> str:
    return w.month(dt.date(2000, month, 1), "name")


def month_factors(months: pd.DataFrame, w: Words, palette: Palette) -> go.Figure:
    """A bar per month of `schema.SEASON`, up or down from an average month, in percent; the extremes stand out."""
    figure = house_figure(w, palette, height=240)
    percent = 100 * (months[["factor", "low", "high"]] - 1)
    place = list(range(len(months)))
    extreme = {months["factor"].idxmax(), months["factor"].idxmin()}
    figure.add_bar(
        x=place,
        y=percent["factor"].round(1).tolist(),
        marker={
            "color": [palette.ink if row in extreme else palette.quiet for row in months.index],
            "line": {"width": 0},
        },
        error_y=interval_lines(percent.rename(columns={"factor": "value"}), palette.muted, digits=1, cap=3),
        hovertext=[
            w("season.hover", month=month_name(w, month), change=told, low=low, high=high)
            for month, told, low, high in zip(
                months["month"],
                *([change(w, f) for f in months[name]] for name in ("factor", "low", "high")),
                strict=True,
            )
        ],
        hoverinfo="text",
    )
    reach = [min(0.0, percent["low"].min()), max(0.0, percent["high"].max())]
    gap = _LABEL_GAP * (reach[1] - reach[0])
    up = percent["factor"] >= 0
    figure.add_scatter(
        x=place,
        y=(percent["high"] + gap).where(up, percent["low"] - gap).round(1).tolist(),
        mode="text",
        text=[w.signed(value) for value in percent["factor"]],
        textposition=["top center" if is_up else "bottom center" for is_up in up],
        textfont={"color": palette.text, "size": 13},
        hoverinfo="skip",
    )
    show_categories(
        figure,
        [w.month(dt.date(2000, month, 1), "short") for (month,) in rows(months, "month")],
        palette,
        axis="xaxis",
    )
    set_axis(figure.layout.xaxis, tickfont={"size": 13, "color": palette.muted}, tickangle=0)
    room = _LABEL_ROOM * (reach[1] - reach[0])
    set_axis(figure.layout.yaxis, visible=False, range=[reach[0] - room, reach[1] + room])
    figure.add_shape(
        type="line", x0=-0.5, x1=len(months) - 0.5, y0=0, y1=0, line={"color": palette.axis, "width": 1}
    )
    return figure
