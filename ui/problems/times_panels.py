"""How quickly problems are closed, and whether they pile up."""

from __future__ import annotations

from typing import Literal

import pandas as pd
import streamlit as st

from analysis.portfolio import Portfolio
from analysis.practices.problems.open_problems import backlog, owners
from analysis.practices.problems.time_to_close import FEWEST_CLOSED, times_to_close
from ui import session
from ui.charts.problem_months import problem_months
from ui.filters import one_code
from ui.page import finding_line, panel
from ui.palette import Palette
from words import Words

By = Literal["staff", "kind"]
BY: tuple[By, ...] = ("staff", "kind")
_COLUMN = 420
#: More rows than these are few problems each.
_MOST_ROWS = 8


def times_panels(w: Words, portfolio: Portfolio, palette: Palette) -> None:
    """The backlog by month beside the time to close by owner or kind; nothing where there was no problem."""
    months: pd.DataFrame = session.worked_out(backlog, portfolio)
    if months.empty:
        return
    with st.grid(2, min_column_width=_COLUMN, gap="large"):
        _backlog(w, months, palette)
        with st.container(gap="xsmall"):
            _times(w, portfolio)


def _backlog(w: Words, months: pd.DataFrame, palette: Palette) -> None:
    last, first = int(months["open_at_end"].iloc[-1]), int(months["open_at_end"].iloc[0])
    code = "grows" if last > first else "shrinks" if last < first else "same"
    finding = w(f"problems.months.{code}", first=first, last=last, month=months["month"].iloc[0])
    if len(months) == 1:
        finding = w("problems.months.one", n=last)
    numbers = pd.DataFrame(
        {
            w("problems.months.month"): [w.month(month) for month in months["month"]],
            **{
                w(f"problems.months.{name}"): months[name].tolist()
                for name in ("opened", "closed", "open_at_end")
            },
        }
    )
    panel(
        w,
        finding,
        w("problems.months.note"),
        problem_months(months, w, palette),
        key="problem_months",
        alt=finding,
        numbers=numbers,
    )


def _times(w: Words, portfolio: Portfolio) -> None:
    whole = session.worked_out(times_to_close, portfolio, "")
    heading = st.container()
    by = one_code(
        w("problems.times.by"), BY, lambda code: w(f"problems.times.by.{code}"), name="times", usual="staff"
    )
    times: pd.DataFrame = session.worked_out(times_to_close, portfolio, by)
    with heading:
        finding_line(_finding(w, whole.iloc[0]), w("problems.times.note", n=FEWEST_CLOSED))
    shown = times.head(_MOST_ROWS)
    unnamed = w("problems.nobody") if by == "staff" else w("problems.unnamed")
    table = pd.DataFrame(
        {
            w(f"problems.times.{by}"): [name or unnamed for name in shown["name"]],
            w("problems.times.problems"): shown["problems"].tolist(),
            w("problems.times.open"): shown["open"].tolist(),
            **({w("problems.times.oldest"): _oldest(w, portfolio, shown)} if by == "staff" else {}),
            w("problems.times.half"): [
                _half(w, *values)
                for values in zip(*(shown[name] for name in ("days", "low", "high", "few")), strict=True)
            ],
            w("problems.times.badly"): shown["badly"].tolist(),
        }
    )
    st.dataframe(
        table,
        hide_index=True,
        placeholder="–",
        lazy=False,
        key=f"problem_times_{by}",
        alt=_finding(w, whole.iloc[0]),
    )


def _oldest(w: Words, portfolio: Portfolio, shown: pd.DataFrame) -> list[str | None]:
    """How long each owner's oldest open problem has been open."""
    days = session.worked_out(owners, portfolio).set_index("staff")["oldest_days"].to_dict()
    return [w("problems.days", n=int(days[name])) if name in days else None for name in shown["name"]]


def _finding(w: Words, whole: pd.Series) -> str:
    if whole["few"]:
        return w("problems.times.few", n=int(whole["closed"]))
    if pd.isna(whole["days"]):
        return w("problems.times.not_half", n=int(whole["problems"]), closed=int(whole["closed"]))
    return w("problems.times.finding", n=int(whole["days"]))


def _half(w: Words, days: float, low: float, high: float, few: object) -> str:
    """`25 días (8–37)`; where the interval has no end, from its beginning on; few ones say so."""
    if pd.isna(days):
        return w("problems.times.unknown")
    said = w("problems.days", n=int(days))
    if few:
        return w("problems.times.half_few", half=said)
    if pd.isna(low):
        return said
    if pd.isna(high):
        return w("problems.times.half_from", half=said, low=int(low))
    return w("problems.times.half_between", half=said, low=int(low), high=int(high))
