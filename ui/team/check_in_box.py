"""One of the silent at a time: a draft that only asks how they are, ways to send it, a note that it was done."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace

import pandas as pd
import streamlit as st

from analysis.notebook import Outcome
from analysis.notebook.entries import OutcomeCode
from analysis.portfolio import Portfolio
from analysis.practices.team.follow_up import may_be_written
from analysis.practices.team.sellers import sellers
from ui import session
from ui.client.message import contact_buttons, edit_text, language_to
from ui.client.names import client_labels
from ui.markdown import muted
from ui.page import finding_line
from words import Words
from words.drafts.check_in import CheckInFacts, check_in

#: What can be noted here; the rest of what a talk brings stands in the client's own panel.
_NOTES: tuple[OutcomeCode, ...] = ("message_sent", "answered", "no_answer")
#: As many as the table shows.
_MOST = 300


def check_in_box(w: Words, portfolio: Portfolio, quiet: pd.DataFrame) -> None:
    """`quiet`: rows of `follow_up.silent`. Who refused contact or cannot be reached is not offered."""
    people = may_be_written(quiet).head(_MOST)
    if quiet.empty:
        return
    with st.container(border=True, gap="small", key="check_in"):
        finding_line(w("follow_up.check_in"), w("follow_up.check_in.note"))
        if people.empty:
            st.markdown(muted(w("follow_up.check_in.nobody")))
            return
        labels = client_labels(w, people)
        digest = hashlib.sha256("\x1f".join(labels).encode()).hexdigest()[:12]
        client_id = st.selectbox(
            w("common.client"),
            list(labels),
            format_func=labels.__getitem__,
            key=f"check_in_who_{digest}",
            width=300,
        )
        client = people.loc[people["client_id"] == client_id].iloc[0]
        links = st.container()
        facts = _facts(portfolio, client)
        text = edit_text(
            w,
            lambda voice, register: check_in(voice, facts, register),
            "check_in",
            facts.client_id,
            language_to(w, client),
        )
        with links:
            contact_buttons(w, client, text, "check_in", subject=w("follow_up.check_in.subject"))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(muted(w("follow_up.check_in.done")), width="content")
            for code in _NOTES:
                st.button(
                    w(f"outcome.{code}"),
                    key=f"check_in_{code}",
                    on_click=_note,
                    args=(facts.client_id, session.today(portfolio), code),
                )


def _note(client_id: str, day: dt.date, code: OutcomeCode) -> None:
    """Written into the owner's notebook: from the next run on the client has had a word."""
    kept = session.notebook()
    session.set_notebook(replace(kept, outcomes=(*kept.outcomes, Outcome(client_id, day, code))))


def _facts(portfolio: Portfolio, client: pd.Series) -> CheckInFacts:
    team = session.worked_out(sellers, portfolio)
    here = set(team.loc[~team["gone"], "staff"])
    name = client["client_name"] if portfolio.has_names and isinstance(client["client_name"], str) else ""
    return CheckInFacts(
        client_id=str(client["client_id"]),
        name=name,
        last_visit=client["last_visit"].date(),
        first_visit=client["first_visit"].date(),
        service=client["service"] if isinstance(client["service"], str) else "",
        staff=str(client["staff"]) if client["staff"] in here else "",
    )
