"""What the page of year-end letters says beside its desk: how far it has come, the same twice over, the document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial

import pandas as pd
import streamlit as st

from analysis.notebook import Letter
from analysis.portfolio import Portfolio
from analysis.practices.letters.near_identical import near_identical
from analysis.practices.letters.year_letters import Progress
from ui import session
from ui.calling.list_download import file_name
from ui.keys import key_of
from ui.letters.letter_list import open_letter
from ui.letters.store import Manner, facts_of, text_of, usual_manner
from ui.markdown import escape, muted
from ui.page import TEXT_WIDTH, Card, cards, finding_line
from words import Words
from words.files.letters_document import PageOfOne, letters_document

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_AN_HOUR = 60
_MOST_GROUPS = 5


def answer(w: Words, letters: pd.DataFrame, progress: Progress) -> str:
    if letters.empty:
        return w("letters.answer.nobody")
    total, left = progress.letters, progress.to_do + progress.ready
    if total and not left:
        return w("letters.answer.done", total=total)
    quarrels = int(((letters["group"] == "quarrel") & ~letters["refused"]).sum())
    if quarrels:
        return w("letters.answer.quarrels", total=total, n=quarrels, left=left)
    return w("letters.answer.peace", total=total, left=left)


def figures(w: Words, progress: Progress) -> None:
    """How many are to write, ready and sent, the time the rest takes, and whether the year is long enough."""
    minutes = progress.minutes_left
    hours = minutes / _AN_HOUR
    time = (
        w("letters.card.time.hours", hours=hours)
        if hours >= 1
        else w("letters.card.time.minutes", minutes=minutes)
    )
    cards(
        [
            Card(w("letters.card.to_do"), w.number(progress.to_do)),
            Card(w("letters.card.ready"), w.number(progress.ready)),
            Card(w("letters.card.sent"), w.number(progress.sent)),
            Card(w("letters.card.time"), time),
        ]
    )
    if not progress.letters:
        return
    with st.container(gap="xsmall"):
        st.progress((progress.ready + progress.sent) / progress.letters)
        said = [w("letters.progress.rest", n=progress.days, a_day=progress.a_day)] if progress.a_day else []
        if progress.done_on is not None:
            form = "letters.progress.pace" if progress.in_time else "letters.progress.pace_late"
            said.append(w(form, pace=progress.pace, done_on=progress.done_on))
        if said:
            st.markdown(" ".join(said), width=TEXT_WIDTH)


def same_twice(w: Words, letters: pd.DataFrame, own: Mapping[str, str]) -> None:
    """Letters in which the owner said almost the same (`own`, by client); each name opens its letter."""
    names = dict(zip(letters["client_id"], letters["client_name"], strict=True))
    groups = near_identical(own, names)
    if not groups:
        return
    with st.container(border=True, gap="xsmall", key="letters_same"):
        st.markdown(f":material/content_copy: **{w('letters.alike', n=len(groups))}**")
        st.markdown(muted(w("letters.alike.body")), width=TEXT_WIDTH)
        for group in groups[:_MOST_GROUPS]:
            with st.container(horizontal=True, gap="small"):
                for who in group[:_MOST_GROUPS]:
                    st.button(
                        escape(w.client(names[who], who)),
                        type="tertiary",
                        key=f"letters_same_{key_of(who)}",
                        on_click=open_letter,
                        args=(who,),
                    )


def document_panel(w: Words, portfolio: Portfolio, letters: pd.DataFrame) -> None:
    """The letters to print, a page each."""
    with st.container(border=True, gap="small", key="letters_document"):
        finding_line(w("letters.document"), w("letters.document.note"))
        which = st.radio(
            w("letters.document.which"),
            ("filled", "all"),
            format_func=lambda code: w(f"letters.document.{code}"),
            horizontal=True,
            key="letters_which",
            persist_state="session",
        )
        wanted = letters.loc[letters["status"].isin(("ready", "sent"))]
        if which == "all":
            wanted = letters.loc[letters["status"] != "refused"]
        with st.container(horizontal=True, vertical_alignment="center"):
            st.download_button(
                w("letters.document.download"),
                partial(_document, w, wanted, usual_manner(w)),
                file_name=file_name(w("letters.document.file_name"), portfolio, "docx"),
                mime=DOCX,
                icon=":material/description:",
                on_click="ignore",
                disabled=wanted.empty,
                key="letters_download",
            )
            st.markdown(muted(w("letters.document.pages", n=len(wanted))))


def _document(w: Words, letters: pd.DataFrame, usual: Manner) -> bytes:
    written = session.notebook().letters
    pages = [
        PageOfOne(
            w.client(row["client_name"], row["client_id"]),
            text_of(w, facts_of(row, place=int(str(place))), written.get(row["client_id"], Letter()), usual),
        )
        for place, row in letters.iterrows()
    ]
    made = dt.datetime.now(dt.UTC)
    return letters_document(w, pages, title=w("letters.document.title"), author=usual.signature, made=made)
