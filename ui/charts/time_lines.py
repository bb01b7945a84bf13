"""Visits in time: dots for visits, a red dotted line for today's wait, a blue band for when a visit was due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from ui.charts.house import house_figure, month_labels, rows, safe, set_axis, shorten, show_categories
from ui.palette import Palette
from words import Words

_ROW = 40
_BAND = 0.28  # half the height of a row's expected window
_MOST_MONTHS = 6
#: Shares of a phone's width which two names above one line take, one ending at its day and both around theirs.
_BESIDE, _AROUND = 0.06, 0.15


def visit_lines(
    lines: pd.DataFrame, visits: pd.DataFrame, as_of: dt.date, since: dt.date, w: Words, palette: Palette
) -> go.Figure:
    """A line per client from `since` to a little after today.

    `lines`: client_id, client_name, last_visit, due_low, due_high (dates of the expected window), in drawing order.
    `visits`: client_id, date of completed visits; those before `since` are not drawn.
    """
    names = lines["client_name"].tolist()
    figure = house_figure(w, palette, height=_ROW * max(len(names), 1) + 44)
    order = pd.Series(range(len(lines)), index=lines["client_id"])
    shown = visits[visits["client_id"].isin(lines["client_id"]) & (visits["date"] >= pd.Timestamp(since))]
    today = pd.Timestamp(as_of)
    end = max(today, min(lines["due_high"].max(), today + pd.Timedelta(days=45))) + pd.Timedelta(days=8)
    _expected_windows(figure, lines, pd.Timestamp(since), end, palette)
    _waits(figure, lines, today, w, palette)
    figure.add_scatter(
        x=shown["date"].dt.strftime("%Y-%m-%d").tolist(),
        y=shown["client_id"].map(order).tolist(),
        mode="markers",
        marker={"size": 9, "color": palette.ink},
        hovertext=[
            f"{safe(names[order[client]])}: {w.date(date)}"
            for client, date in zip(shown["client_id"], shown["date"], strict=True)
        ],
        hoverinfo="text",
    )
    show_categories(figure, [shorten(name, 22) for name in names], palette)
    set_axis(figure.layout.yaxis, showgrid=True, gridcolor=palette.grid)
    _month_axis(figure, pd.Timestamp(since), end, w)
    return figure


def client_time_line(
    dates: Sequence[pd.Timestamp],
    due_low: pd.Timestamp,
    due_high: pd.Timestamp,
    as_of: dt.date,
    w: Words,
    palette: Palette,
    *,
    late: bool,
) -> go.Figure:
    """One client's visits, the window in which the next was (or is) due and, if late, the wait up to today."""
    today = pd.Timestamp(as_of)
    figure = house_figure(w, palette, height=150)
    start = min(dates) - pd.Timedelta(days=10) if len(dates) else today - pd.Timedelta(days=60)
    end = max(today, min(due_high, today + pd.Timedelta(days=90))) + pd.Timedelta(days=12)
    _add_window(figure, due_low, min(due_high, end), (-1, 1), palette)
    if len(dates):
        _add_line(figure, start, max(dates), {"color": palette.axis, "width": 1})
    if late and len(dates):
        _add_line(figure, max(dates), today, _wait_line(palette))
    _add_marks(figure, dates, [w.date(date) for date in dates], {"size": 10, "color": palette.ink})
    cross = {"size": 13, "symbol": "x", "color": palette.red if late else palette.blue}
    _add_marks(figure, [today], [w("charts.today_is", date=today)], cross)
    # The two names never touch: the window's goes away from today's, and where even that is too close today's stays.
    edge = min(due_high, end)
    if abs(today - edge) > (end - start) * (_BESIDE if today > edge else _AROUND):
        _name_over(figure, edge, w("charts.expected"), palette.muted, "right" if today > edge else "center")
    _name_over(figure, today, w("charts.today"), palette.text, "center")
    set_axis(figure.layout.yaxis, visible=False, range=[-1, 1])
    figure.layout.margin.t = 26
    _month_axis(figure, start, end, w)
    return figure


def _add_window(
    figure: go.Figure, low: pd.Timestamp, high: pd.Timestamp, between: tuple[float, float], palette: Palette
) -> None:
    """The days in which a visit was due, behind the marks at the heights `between`."""
    figure.add_shape(
        type="rect",
        x0=_iso(low),
        x1=_iso(high),
        y0=between[0],
        y1=between[1],
        fillcolor=palette.expected,
        line_width=0,
        layer="below",
    )


def _add_line(figure: go.Figure, start: pd.Timestamp, end: pd.Timestamp, line: dict[str, object]) -> None:
    figure.add_scatter(x=[_iso(start), _iso(end)], y=[0, 0], mode="lines", line=line, hoverinfo="skip")


def _add_marks(
    figure: go.Figure, dates: Sequence[pd.Timestamp], hovers: Sequence[str], marker: dict[str, object]
) -> None:
    figure.add_scatter(
        x=[_iso(date) for date in dates],
        y=[0] * len(dates),
        mode="markers",
        marker=marker,
        hovertext=list(hovers),
        hoverinfo="text",
    )


def _wait_line(palette: Palette) -> dict[str, object]:
    return {"color": palette.red, "width": 3, "dash": "dot"}


def _expected_windows(
    figure: go.Figure, lines: pd.DataFrame, start: pd.Timestamp, end: pd.Timestamp, palette: Palette
) -> None:
    for position, (low, high) in enumerate(rows(lines, "due_low", "due_high")):
        if high <= start or low >= end:
            continue
        _add_window(figure, max(low, start), min(high, end), (position - _BAND, position + _BAND), palette)


def _waits(figure: go.Figure, lines: pd.DataFrame, today: pd.Timestamp, w: Words, palette: Palette) -> None:
    """All the waits are one trace, its lines parted by gaps, and today's crosses another."""
    x: list[str | None] = []
    y: list[int | None] = []
    for position, last in enumerate(lines["last_visit"]):
        x += [_iso(last), _iso(today), None]
        y += [position, position, None]
    figure.add_scatter(x=x, y=y, mode="lines", line=_wait_line(palette), hoverinfo="skip")
    waits = (today - lines["last_visit"]).dt.days
    figure.add_scatter(
        x=[_iso(today)] * len(lines),
        y=list(range(len(lines))),
        mode="markers",
        marker={"size": 10, "symbol": "x", "color": palette.red},
        hovertext=[
            f"{safe(name)}: {w('charts.days_waiting', n=int(days))}"
            for name, days in zip(lines["client_name"], waits, strict=True)
        ],
        hoverinfo="text",
    )


def _name_over(figure: go.Figure, at: pd.Timestamp, text: str, colour: str, anchor: str) -> None:
    figure.add_annotation(
        x=at, y=1, yshift=10, text=text, showarrow=False, font={"size": 13, "color": colour}, xanchor=anchor
    )


def _month_axis(figure: go.Figure, start: pd.Timestamp, end: pd.Timestamp, w: Words) -> None:
    months = pd.date_range(start.normalize(), end, freq="MS")
    step = next(size for size in (1, 2, 3, 6, 12, 24, 60, 120) if len(months) / size <= _MOST_MONTHS)
    shown = list(months[::step])
    set_axis(
        figure.layout.xaxis,
        type="date",
        tickmode="array",
        tickvals=[_iso(month) for month in shown],
        ticktext=month_labels(w, shown, every=step),
        range=[_iso(start), _iso(end)],
        tickangle=0,
    )


def _iso(date: pd.Timestamp) -> str:
    return date.strftime("%Y-%m-%d")
