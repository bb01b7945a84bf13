"""What to write to a client on a date: the drawer with the draft and the buttons that carry it on."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from analysis.portfolio import Portfolio
from ui.client.message import contact_buttons, edit_text
from ui.markdown import escape, muted
from words import Words
from words.drafts.date_messages import DateFacts, date_draft

_ASKED = "puntual_date_asked"


def ask(client_id: str, kind: str, date: dt.date) -> None:
    """Show the draft of this date at the end of this run; made to be a button's `on_click`."""
    st.session_state[_ASKED] = client_id, kind, date


def show_if_asked(w: Words, portfolio: Portfolio, dates: pd.DataFrame) -> None:
    """`dates`: rows of `analysis.practices.dates.agenda.AGENDA`."""
    asked = st.session_state.pop(_ASKED, None)
    if asked is None:
        return
    client_id, kind, date = asked
    rows = dates.loc[
        (dates["client_id"] == client_id) & (dates["kind"] == kind) & (dates["date"] == pd.Timestamp(date))
    ]
    if rows.empty:
        return
    row = rows.iloc[0]
    title = escape(w.client(row["client_name"], client_id))
    st.dialog(title, width="medium", position="right")(lambda: _draft(w, row, named=portfolio.has_names))()


def _draft(w: Words, row: pd.Series, *, named: bool) -> None:
    facts = DateFacts(
        kind=row["kind"],
        date=row["date"].date(),
        client_id=str(row["client_id"]),
        name=row["client_name"] if named else "",
        years=int(row["years"]),
        service=row["service"],
        subject=row["subject"],
        by_use=bool(row["by_use"]),
    )
    with st.container(gap="medium"):
        st.markdown(muted(f"{w.weekday(row['date'])}. {w('dates.message.note')}"))
        links = st.container()
        text = edit_text(
            w,
            lambda voice, register: date_draft(voice, facts, register),
            "date_message",
            f"{facts.client_id}_{facts.kind}_{facts.date}",
        )
        with links:
            subject = w(f"dates.subject.{facts.kind}")
            contact_buttons(w, row, text, "date_message", subject=subject)
