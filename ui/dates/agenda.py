"""The coming dates day by day: a calm list, with a draft for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from analysis.consent import refused
from analysis.portfolio import Portfolio
from ui.client.name_button import name_button
from ui.dates import message as date_message
from ui.keys import key_of
from ui.markdown import escape, muted
from ui.page import finding_line, notice
from words import Words
from words.drafts.date_messages import what_for

#: Days with dates that stand on the page at first, and that each click adds.
_DAYS_SHOWN = 8
#: More of these on one day are folded away under their number.
_FOLDED = {"booked": 3, "due": 3}
_ICONS = {"birthday": "cake", "anniversary": "history", "booked": "event_available", "due": "schedule"}
_SHOWN = "puntual_dates_shown"


def agenda_panel(w: Words, portfolio: Portfolio, dates: pd.DataFrame, days: int) -> None:
    """`dates`: rows of `analysis.practices.dates.agenda.AGENDA`, in order."""
    if dates.empty:
        notice(w("dates.nothing", days=days), w("dates.nothing.body"), "event_busy")
        return
    with st.container(gap="small"):
        finding_line(w("dates.agenda"), w("dates.agenda.note", as_of=portfolio.as_of))
        shown = st.session_state.get(_SHOWN, _DAYS_SHOWN)
        coming = list(dates.groupby("date", sort=True))
        with st.grid(2, min_column_width=320, gap="small"):
            for day, rows in coming[:shown]:
                with st.container(border=True, gap="small", height="stretch"):
                    st.subheader(_capital(w.weekday(day)), anchor=False)
                    _day(w, rows)
        if len(coming) > shown:
            st.button(w("dates.more"), icon=":material/expand_more:", key="dates_more", on_click=_show_more)


def _show_more() -> None:
    st.session_state[_SHOWN] = st.session_state.get(_SHOWN, _DAYS_SHOWN) + _DAYS_SHOWN


def _day(w: Words, rows: pd.DataFrame) -> None:
    refuses = refused(rows)
    for kind, of_kind in rows.groupby("kind", sort=False):
        told = of_kind.assign(refuses=refuses.loc[of_kind.index]).to_dict("records")
        if len(told) <= _FOLDED.get(str(kind), len(told)):
            _lines(w, told)
            continue
        key = f"dates_fold_{kind}_{rows['date'].iloc[0]:%Y%m%d}"
        title = w(f"dates.fold.{kind}", n=len(told))
        fold = st.expander(title, icon=f":material/{_ICONS[str(kind)]}:", key=key, on_change="rerun")
        with fold:
            if fold.open:
                _lines(w, told)


def _lines(w: Words, rows: list[dict[Any, Any]]) -> None:
    for row in rows:
        with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
            mark = key_of(row["client_id"], row["kind"], row["date"])
            with st.container(gap=None):
                name_button(w, row, f"dates_open_{mark}")
                icon = "star" if row["round"] else _ICONS[row["kind"]]
                said = escape(_line(w, row))
                if row["refuses"]:
                    said = f"{said} · :material/block: {w('client.no_consent')}"
                st.markdown(muted(f":material/{icon}: {said}"))
            if not row["refuses"]:
                st.button(
                    w("dates.write"),
                    icon=":material/edit:",
                    type="tertiary",
                    width="content",
                    key=f"dates_write_{mark}",
                    on_click=date_message.ask,
                    args=(row["client_id"], row["kind"], row["date"].date()),
                )


def _line(w: Words, row: Mapping[Any, Any]) -> str:
    """What the date is, in one line of plain text."""
    kind, what = row["kind"], what_for(row["service"], row["subject"])
    if kind == "birthday":
        which = "doubtful" if row["doubtful"] else "leap_day" if row["leap_day"] else "birthday"
        return w(f"dates.line.{which}")
    if kind == "anniversary":
        return w("dates.line.anniversary", n=row["years"], since=row["since"].year)
    if kind == "booked":
        return w("dates.line.booked_for", what=what) if what else w("dates.line.booked")
    window = {"low": w.day_month(row["low"]), "high": w.day_month(row["high"])}
    if row["by_use"]:
        return w("dates.line.by_use", what=what, **window)
    return w("dates.line.due_for", what=what, **window) if what else w("dates.line.due", **window)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
