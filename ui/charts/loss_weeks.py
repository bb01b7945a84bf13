"""Clients lost by week against the count from which a week is more than chance."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from ui.charts.house import house_figure, month_labels, rows, set_axis
from ui.palette import Palette
from words import Words

_WEEK_MS = 7 * 86_400_000
_MOST_MONTHS = 7


def loss_weeks(weeks: pd.DataFrame, w: Words, palette: Palette) -> go.Figure:
    """`weeks`: week (its Monday), losses, limit (NaN where unknown), unusual; in order of time."""
    figure = house_figure(w, palette, height=280, legend=True)
    texts = [
        w("charts.weeks.hover", week=week, n=losses, limit="–" if pd.isna(limit) else round(limit))
        for week, losses, limit in rows(weeks, "week", "losses", "limit")
    ]
    for unusual, colour in ((False, palette.quiet), (True, palette.red)):
        chosen = (weeks["unusual"].astype(bool) == unusual).to_numpy()
        part = weeks.loc[chosen]
        figure.add_bar(
            x=part["week"].dt.strftime("%Y-%m-%d").tolist(),
            y=part["losses"].tolist(),
            width=_WEEK_MS * 0.72,
            name=w("charts.weeks.unusual" if unusual else "charts.weeks.usual"),
            marker={"color": colour, "line": {"width": 0}},
            text=[str(losses) for losses in part["losses"]] if unusual else None,
            textposition="outside",
            cliponaxis=False,
            hovertext=[text for text, taken in zip(texts, chosen, strict=True) if taken],
            hoverinfo="text",
        )
    figure.add_scatter(
        x=weeks["week"].dt.strftime("%Y-%m-%d").tolist(),
        y=[None if pd.isna(limit) else limit for limit in weeks["limit"]],
        mode="lines",
        name=w("charts.weeks.limit"),
        line={"color": palette.ink, "width": 1.5, "dash": "dash", "shape": "hvh"},
        hoverinfo="skip",
    )
    figure.layout.barmode = "overlay"
    _counts(figure, weeks, w)
    _months(figure, weeks, w)
    return figure


def _counts(figure: go.Figure, weeks: pd.DataFrame, w: Words) -> None:
    """Whole clients; the line of the last week, which is far higher, may leave the picture."""
    usual_line = weeks["limit"].median() if weeks["limit"].notna().any() else 0.0
    top = max(int(weeks["losses"].max()), round(usual_line)) + 1
    ticks = list(range(0, top + 1, max(1, -(-top // 5))))
    ticktext = [w.number(tick) for tick in ticks]
    set_axis(figure.layout.yaxis, tickmode="array", tickvals=ticks, ticktext=ticktext, range=[0, top * 1.05])


def _months(figure: go.Figure, weeks: pd.DataFrame, w: Words) -> None:
    first, last = weeks["week"].iloc[0], weeks["week"].iloc[-1]
    months = list(pd.date_range(first, last, freq="MS"))
    step = next(size for size in (1, 2, 3, 6, 12) if len(months) / size <= _MOST_MONTHS or size == 12)  # noqa: PLR2004
    shown = months[::step]
    half = pd.Timedelta(days=4)
    set_axis(
        figure.layout.xaxis,
        type="date",
        tickmode="array",
        tickvals=[month.strftime("%Y-%m-%d") for month in shown],
        ticktext=month_labels(w, shown, every=step),
        range=[(first - half).strftime("%Y-%m-%d"), (last + half).strftime("%Y-%m-%d")],
        tickangle=0,
    )
