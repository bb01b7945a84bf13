"""Problems by month: how many began, how many were closed, and how many stayed open at its end."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from ui.charts.house import house_figure, month_labels, rows, set_axis, show_categories, show_values
from ui.palette import Palette
from words import Words


def problem_months(months: pd.DataFrame, w: Words, palette: Palette) -> go.Figure:
    """Two bars a month and a dotted line. `months`: open_problems.BACKLOG."""
    figure = house_figure(w, palette, height=280, legend=True)
    places = list(range(len(months)))
    hovers = [
        w("problems.months.hover", month=month, opened=opened, closed=closed, open=still)
        for month, opened, closed, still in rows(months, "month", "opened", "closed", "open_at_end")
    ]
    for name, colour in (("opened", palette.quiet), ("closed", palette.ink)):
        figure.add_bar(
            x=places,
            y=months[name].tolist(),
            name=w(f"problems.months.{name}"),
            marker={"color": colour, "line": {"width": 0}},
            hovertext=hovers,
            hoverinfo="text",
        )
    figure.add_scatter(
        x=places,
        y=months["open_at_end"].tolist(),
        name=w("problems.months.open_at_end"),
        mode="lines+markers+text",
        text=[
            "" if place < len(months) - 1 else w.number(months["open_at_end"].iloc[-1]) for place in places
        ],
        textposition="top center",
        textfont={"size": 14, "color": palette.text},
        cliponaxis=False,
        line={"color": palette.red, "width": 2, "dash": "dot"},
        marker={"size": 7, "color": palette.red, "symbol": "x"},
        hovertext=hovers,
        hoverinfo="text",
    )
    figure.layout.barmode = "group"
    show_values(figure, w, float(months[["opened", "closed", "open_at_end"]].to_numpy().max()), money=False)
    show_categories(figure, month_labels(w, list(months["month"])), palette, axis="xaxis")
    set_axis(figure.layout.xaxis, showline=True, tickfont={"size": 13, "color": palette.muted}, tickangle=0)
    return figure
