"""Loss by month: late and gone stacked, the other lens as a dotted line beside them, never added."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from ui.charts.house import fill, house_figure, month_labels, set_axis, show_categories, show_values
from ui.palette import LOSS_KINDS, Palette
from words import Words


def loss_by_month(
    months: pd.DataFrame, w: Words, palette: Palette, *, money: bool, other: str | None
) -> go.Figure:
    """Bars of `late` and `gone` per month, `other` being the legend of the `other` column's dotted line.

    `months` has a row per month: month, late, gone, other (money, or visits where there are no amounts).
    """
    figure = house_figure(w, palette, height=330, legend=True)
    positions = list(range(len(months)))
    names = [w.month(month) for month in months["month"]]
    for kind in ("late", "gone"):
        label = w(f"charts.loss.{kind}")
        figure.add_bar(
            x=positions,
            y=months[kind].round(1 if not money else 0).tolist(),
            name=label,
            marker=fill(LOSS_KINDS[kind], palette),
            hovertext=[
                f"{name}: {label} {_amount(w, value, money=money)}"
                for name, value in zip(names, months[kind], strict=True)
            ],
            hoverinfo="text",
        )
    if other is not None:
        figure.add_scatter(
            x=positions,
            y=months["other"].round(1 if not money else 0).tolist(),
            name=other,
            mode="lines+markers",
            line={"color": palette.other_lens, "width": 2, "dash": "dot"},
            marker={
                "size": 8,
                "color": palette.page,
                "line": {"color": palette.other_lens, "width": 1.5},
            },
            hovertext=[
                f"{name}: {other} {_amount(w, value, money=money)}"
                for name, value in zip(names, months["other"], strict=True)
            ],
            hoverinfo="text",
        )
    figure.layout.barmode = "stack"
    stacked = months["late"] + months["gone"]
    show_values(
        figure, w, max(stacked.max(), months["other"].max() if other is not None else 0.0), money=money
    )
    _month_axis(figure, month_labels(w, list(months["month"])), palette)
    return figure


def month_bars(
    values: Sequence[float],
    months: Sequence[pd.Timestamp],
    top: float,
    w: Words,
    palette: Palette,
    *,
    money: bool,
    strong: bool,
) -> go.Figure:
    """One small chart of a row of them that share the scale 0-`top`; only the first and last month are named."""
    figure = house_figure(w, palette, height=126)
    figure.add_bar(
        x=list(range(len(values))),
        y=[round(value, 1) for value in values],
        marker={"color": palette.red if strong else palette.quiet, "line": {"width": 0}},
        hovertext=[
            f"{w.month(month)}: {_amount(w, value, money=money)}"
            for month, value in zip(months, values, strict=True)
        ],
        hoverinfo="text",
    )
    names = month_labels(w, list(months), every=0)
    ends = [0, len(names) - 1]
    figure.layout.bargap = 0.22
    set_axis(
        figure.layout.xaxis,
        tickmode="array",
        tickvals=ends,
        ticktext=[names[end] for end in ends],
        automargin=False,
    )
    set_axis(figure.layout.yaxis, visible=False, range=[0, top or 1.0])
    figure.layout.margin = {"l": 8, "r": 8, "t": 4, "b": 24}
    return figure


def _month_axis(figure: go.Figure, labels: list[str], palette: Palette) -> None:
    show_categories(figure, labels, palette, axis="xaxis")
    set_axis(figure.layout.xaxis, showline=True, tickfont={"size": 13, "color": palette.muted}, tickangle=0)


def _amount(w: Words, value: float, *, money: bool) -> str:
    return w.money(value) if money else w.number(value, digits=1)
