"""What the affection page says of the score itself: whether it told, on the owner's own past, who would come back."""

from __future__ import annotations

import math

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analysis import findings
from analysis.portfolio import Portfolio
from analysis.returns import Tells
from ui.charts.house import CONFIG
from ui.charts.return_by_affection import return_by_affection, spend_by_affection
from ui.markdown import muted, muted_body
from ui.page import TEXT_WIDTH, finding_line, notice
from ui.palette import Palette
from words import Words


def affection_past_panel(w: Words, portfolio: Portfolio, palette: Palette) -> None:
    """Returns and spending by the affection each client had, or why nothing can be said of them yet."""
    past, days = portfolio.affection_past, portfolio.settings.horizon_days
    if past.why:
        body = w(f"segments.returns.why.{past.why}", days=days)
        notice(w("segments.returns.unknown"), body, "hourglass_empty")
        return
    classes = past.by_half_point
    money = bool(classes["spend"].notna().any())
    finding = _finding(w, findings.returns(classes, past.come_back))
    with st.container(gap="xsmall"):
        dates = [w.date(day) for day in past.days]
        finding_line(finding, w("segments.returns.note", n=len(dates), dates=dates, days=days))
        with st.grid(2 if money else 1, min_column_width=320, gap="medium"):
            title = w("segments.returns.title", days=days)
            _titled(title, return_by_affection(classes, w, palette), "segments_returns", finding)
            if money:
                title = _spending(w, findings.spending(classes, past.spend), days)
                _titled(title, spend_by_affection(classes, w, palette), "segments_spend", title)
        st.markdown(muted_body(_still_coming(w, past.stay)), width=TEXT_WIDTH)
        _numbers(w, portfolio, money=money)


def _titled(title: str, figure: go.Figure, key: str, alt: str) -> None:
    with st.container(gap=None):
        st.markdown(f"**{title}**")
        st.plotly_chart(figure, theme=None, config=CONFIG, key=key, alt=alt)


def _finding(w: Words, found: findings.OuterClasses) -> str:
    if found.code != "rises":
        return w(f"segments.returns.{found.code}")
    return w(
        "segments.returns.rises",
        high=found.high_from,
        high_share=found.high,
        low=found.low_up_to,
        low_share=found.low,
    )


def _spending(w: Words, found: findings.OuterClasses, days: int) -> str:
    if found.code != "rises":
        return w(f"segments.spend.{found.code}", days=days)
    return w(
        "segments.spend.rises",
        high=found.high_from,
        high_spend=_whole(found.high),
        low=found.low_up_to,
        low_spend=_whole(found.low),
    )


def _whole(amount: float) -> float:
    """Without cents, unless there is little else: the intervals are wider than a coin."""
    return round(amount) if amount >= 1 else amount


def _still_coming(w: Words, tells: Tells) -> str:
    """Whether it tells more than who had stopped coming already, which the silence says by itself."""
    if tells.code == "unknown":
        return w("segments.stay.unknown")
    right, low, high = (round(100 * share) for share in (tells.share, tells.low, tells.high))
    return w(f"segments.stay.{tells.code}", right=right, low=low, high=high)


def _numbers(w: Words, portfolio: Portfolio, *, money: bool) -> None:
    past = portfolio.affection_past
    halves = pd.DataFrame(
        {
            w("segments.returns.column.affection"): _classes(w, past.by_half_point),
            **_columns(w, past.by_half_point, money=money),
        }
    )
    bands = past.by_band[past.by_band["windows"] > 0]
    by_band = pd.DataFrame(
        {w("segments.returns.column.band"): bands["band"].map(w.band), **_columns(w, bands, money=money)}
    )
    with st.expander(w("common.chart_numbers")):
        for name, table in (("half_points", halves), ("bands", by_band)):
            st.dataframe(
                table,
                hide_index=True,
                placeholder="–",
                alt=w(f"segments.returns.alt.{name}"),
                key=f"segments_returns_{name}",
            )
        st.markdown(muted(w("segments.returns.numbers")), width=TEXT_WIDTH)


def _classes(w: Words, classes: pd.DataFrame) -> list[str]:
    """`menos de 4,5`, `de 4,5 a 5`, `8,5 o más`: the outer ones are open."""
    limits = list(zip(classes["low"], classes["high"], strict=True))
    between = [w("segments.returns.class.between", low=low, high=high) for low, high in limits[1:-1]]
    below = w("segments.returns.class.below", high=limits[0][1])
    return [below, *between, w("segments.returns.class.above", low=limits[-1][0])]


def _columns(w: Words, classes: pd.DataFrame, *, money: bool) -> dict[str, pd.Series | list[str]]:
    """What came of each class: everyone, those who were still coming, and what was spent."""
    found: dict[str, pd.Series | list[str]] = {
        w("segments.returns.column.windows"): classes["windows"],
        w("segments.returns.column.share"): _with_range(
            w, classes, "returned_share", "share_low", "share_high"
        ),
        w("segments.returns.column.active"): classes["active"],
        w("segments.returns.column.active_share"): _with_range(
            w, classes, "active_share", "active_low", "active_high"
        ),
    }
    if money:
        found[w("segments.returns.column.spend")] = [
            w("segments.returns.money_range", value=_whole(spend), low=low, high=high)
            for spend, low, high in zip(
                classes["spend"], classes["spend_low"], classes["spend_high"], strict=True
            )
        ]
    return found


def _with_range(w: Words, classes: pd.DataFrame, value: str, low: str, high: str) -> list[str]:
    """`92% (90–94)` of each class; nothing where nobody is in it."""
    return [
        ""
        if math.isnan(share)
        else w("segments.returns.share_range", share=share, low=100 * least, high=100 * most)
        for share, least, most in zip(classes[value], classes[low], classes[high], strict=True)
    ]
