"""What the page of coming dates says beside its agenda: the figures, the calendar file, birthdays that cannot be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from analysis.portfolio import Portfolio
from analysis.practices.dates.agenda import KINDS, Agenda, Kind, birthdays_of_the_year
from ui import session
from ui.buttons import main_button
from ui.calling.list_download import file_name
from ui.markdown import muted, muted_body
from ui.page import TEXT_WIDTH, Card, finding_line
from words import Words
from words.files.calendar_file import calendar_file

CALENDAR = "text/calendar"


def answer(w: Words, agenda: Agenda) -> str:
    counts = agenda.dates["kind"].value_counts()
    parts = [w(f"dates.answer.{kind}", n=int(counts[kind])) for kind in KINDS if counts.get(kind, 0)]
    if not parts:
        return w("dates.answer.none", days=agenda.days)
    return w("dates.answer", days=agenda.days, parts=parts)


def figures(w: Words, portfolio: Portfolio, agenda: Agenda) -> list[Card]:
    """A figure for each kind of date; none where the file does not tell of the kind."""
    counts = agenda.dates["kind"].value_counts()
    untold = {
        "birthday": not agenda.known_birthdays,
        "booked": portfolio.records.appointments.empty,
    }
    return [
        Card(
            w(f"dates.kind.{kind}"),
            "–" if untold.get(kind) else w.number(int(counts.get(kind, 0))),
            help=w(f"dates.help.{kind}", n=agenda.known_birthdays),
        )
        for kind in KINDS
    ]


def calendar_panel(w: Words, portfolio: Portfolio, dates: pd.DataFrame, kinds: Sequence[Kind]) -> None:
    """The shown dates as a calendar file; made only when asked for."""
    with st.container(border=True, gap="small", key="dates_calendar"):
        finding_line(w("dates.calendar"), w("dates.calendar.note"))
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            full = st.toggle(
                w("dates.calendar.names"),
                value=True,
                help=w("dates.calendar.names.help"),
                key="dates_names",
                persist_state="session",
            )
            year = "birthday" in kinds and st.toggle(
                w("dates.calendar.year"), key="dates_year", persist_state="session"
            )
        wanted = _with_the_year(portfolio, dates) if year else dates
        st.download_button(
            w("dates.calendar.download"),
            partial(_calendar, w, portfolio.as_of, wanted, full_names=full),
            file_name=file_name(w("dates.calendar.file_name"), portfolio, "ics"),
            mime=CALENDAR,
            type=main_button(),
            icon=":material/calendar_add_on:",
            on_click="ignore",
            disabled=wanted.empty,
            key="dates_download",
        )


def _with_the_year(portfolio: Portfolio, dates: pd.DataFrame) -> pd.DataFrame:
    born = session.worked_out(birthdays_of_the_year, portfolio)
    parts = [part for part in (born, dates.loc[dates["kind"] != "birthday"]) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else dates


def _calendar(w: Words, as_of: dt.date, dates: pd.DataFrame, *, full_names: bool) -> bytes:
    return calendar_file(w, dates, as_of=as_of, made=dt.datetime.now(dt.UTC), full_names=full_names)


def unknown_lines(w: Words, portfolio: Portfolio, agenda: Agenda) -> None:
    """What the export cannot tell: no birthdays at all, first visits that may not have been the first."""
    if "clients.birthday" not in portfolio.known:
        st.markdown(muted_body(w("dates.no_birthdays")), width=TEXT_WIDTH)
    if agenda.at_least:
        st.markdown(muted(w("dates.at_least", n=agenda.at_least)), width=TEXT_WIDTH)


def wrong_birthdays(w: Words, agenda: Agenda) -> None:
    """Birthdays that cannot be, folded away."""
    wrong = agenda.wrong_birthdays
    if wrong.empty:
        return
    title = w("dates.wrong", n=len(wrong))
    with st.expander(title, icon=":material/help:", key="dates_wrong"):
        st.markdown(muted(w("dates.wrong.note")), width=TEXT_WIDTH)
        names = [w.client(*pair) for pair in zip(wrong["client_name"], wrong["client_id"], strict=True)]
        st.dataframe(
            pd.DataFrame(
                {
                    w("common.client"): names,
                    w("dates.wrong.written"): wrong["birthday"].map(w.date).tolist(),
                    w("dates.wrong.why"): [w(f"dates.doubt.{doubt}") for doubt in wrong["doubt"]],
                }
            ),
            hide_index=True,
            placeholder="–",
            alt=title,
            lazy=False,
            key="dates_wrong_table",
        )
