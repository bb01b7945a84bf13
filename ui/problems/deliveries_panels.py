"""On time and in form: the promised days that were kept, the ones that were not, and what is promised still."""

from __future__ import annotations

from typing import Literal

import pandas as pd
import streamlit as st

from analysis.consent import refused
from analysis.portfolio import Portfolio
from analysis.practices.problems.deliveries import OnTime, on_time, on_time_by, pending, promises, worst_cases
from ui import session
from ui.charts.on_time_months import on_time_months
from ui.client.table import people_table
from ui.filters import one_code
from ui.markdown import escape, muted_body
from ui.page import TEXT_WIDTH, finding_line, panel
from ui.palette import Palette
from words import Words

By = Literal["service", "staff"]
BY: tuple[By, ...] = ("service", "staff")
_COLUMN = 420
_MOST_ROWS = 8


def deliveries_panel(w: Words, portfolio: Portfolio, palette: Palette) -> None:
    """The share kept by month beside the same by service or seller, and the worst cases by name."""
    found: pd.DataFrame = session.worked_out(promises, portfolio)
    whole = on_time(found)
    if not whole.due:
        finding_line(w("problems.on_time.none_due"), w("problems.on_time.pending", n=whole.pending))
        return
    with st.grid(2, min_column_width=_COLUMN, gap="large"):
        _months(w, found, whole, palette)
        with st.container(gap="xsmall"):
            _by(w, portfolio, found)
    _worst(w, portfolio, found, whole)


def _months(w: Words, found: pd.DataFrame, whole: OnTime, palette: Palette) -> None:
    months = on_time_by(found, "month")
    finding = w("problems.on_time.finding", share=whole.share)
    numbers = pd.DataFrame(
        {
            w("problems.months.month"): [w.month(month) for month in months["name"]],
            w("problems.on_time.due"): months["due"].tolist(),
            w("problems.on_time.kept"): months["kept"].tolist(),
            w("problems.on_time.share"): _shares(w, months),
        }
    )
    panel(
        w,
        finding,
        w("problems.on_time.note", n=whole.due, low=100 * whole.low, high=100 * whole.high),
        on_time_months(months, w, palette),
        key="on_time_months",
        alt=finding,
        numbers=numbers,
    )


def _by(w: Words, portfolio: Portfolio, found: pd.DataFrame) -> None:
    heading = st.container()
    usual: By = "service" if portfolio.has_services else "staff"
    offered = [by for by in BY if (portfolio.has_services if by == "service" else portfolio.has_staff)]
    if not offered:
        return
    by = one_code(
        w("problems.on_time.by"),
        offered,
        lambda code: w(f"problems.on_time.by.{code}"),
        name="kept_by",
        usual=usual,
    )
    table = on_time_by(found, by)
    with heading:
        finding_line(_least(w, table), w("problems.on_time.by_note"))
    shown = table.head(_MOST_ROWS)
    st.dataframe(
        pd.DataFrame(
            {
                w(f"problems.on_time.by.{by}"): shown["name"].tolist(),
                w("problems.on_time.due"): shown["due"].tolist(),
                w("problems.on_time.share"): _shares(w, shown),
                w("problems.on_time.late"): [
                    None if pd.isna(days) else w("problems.days", n=round(days))
                    for days in shown["median_late"]
                ],
            }
        ),
        hide_index=True,
        column_config={w("problems.on_time.due"): st.column_config.NumberColumn(format="localized")},
        placeholder="–",
        lazy=False,
        key=f"on_time_{by}",
        alt=_least(w, table),
    )


def _least(w: Words, table: pd.DataFrame) -> str:
    """Who keeps least, where that is sure: the whole interval under that of the best."""
    enough = table[~table["few"]] if len(table) else table
    if len(enough) > 1 and enough["high"].iloc[0] < enough["low"].max():
        row = enough.iloc[0]
        return w("problems.on_time.least", name=escape(row["name"]), share=float(row["share"]))
    return w("problems.on_time.alike")


def _shares(w: Words, table: pd.DataFrame) -> list[str]:
    """`83 % (80–86)` of each row; few ones say so."""
    return [
        w("problems.on_time.few", share=share)
        if few
        else w("problems.on_time.between", share=share, low=100 * low, high=100 * high)
        for share, low, high, few in zip(
            *(table[name] for name in ("share", "low", "high", "few")), strict=True
        )
    ]


def _worst(w: Words, portfolio: Portfolio, found: pd.DataFrame, whole: OnTime) -> None:
    worst = worst_cases(portfolio, found)
    coming = pending(found)
    with st.container(gap="small"):
        late = whole.median_late
        if pd.isna(late):
            finding_line(w("problems.worst.none"))
        else:
            title = (
                w("problems.worst", n=whole.overdue) if whole.overdue else w("problems.worst.nothing_owed")
            )
            finding_line(title, w("problems.worst.note", n=round(late)))
        if len(coming):
            said = w("problems.on_time.pending", n=len(coming))
            following = w("problems.on_time.next", when=coming["promised"].iloc[0])
            st.markdown(muted_body(f"{said} {following}"), width=TEXT_WIDTH)
        if len(worst):
            _worst_table(w, worst)


def _worst_table(w: Words, worst: pd.DataFrame) -> None:
    texts: dict[str, object] = {
        "late": worst["days_late"].astype("Int64").to_numpy(),
        "promised": [w.date(day) for day in worst["promised"]],
        "delivered": [
            w("problems.worst.not_yet") if pd.isna(day) else w.date(day) for day in worst["delivered"]
        ],
        "service": worst["service"].to_numpy(),
        "staff": worst["staff"].to_numpy(),
        "contact": [w("client.no_consent") if no else None for no in refused(worst)],
    }
    config: dict[str, object] = {
        "late": st.column_config.NumberColumn(w("common.days_late"), format="localized", width=85),
        "promised": st.column_config.TextColumn(w("problems.worst.promised"), width=110),
        "delivered": st.column_config.TextColumn(w("problems.worst.delivered"), width=110),
        "service": st.column_config.TextColumn(w("common.service"), width=140),
        "staff": st.column_config.TextColumn(w("common.seller"), width=130),
        "contact": st.column_config.TextColumn(w("problems.contact"), width="medium"),
    }
    people_table(w, worst, texts, config, key="worst", alt=w("problems.worst.alt", n=len(worst)))
