"""A case's brief on screen, with the page to print: opened by a click on the board, gone at the next one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from analysis.portfolio import Portfolio
from analysis.practices.red_line.brief import briefs
from ui.buttons import main_button
from ui.calling.list_download import file_name
from ui.markdown import escape, muted, muted_body
from words import Words
from words.drafts.brief_text import BriefText, brief_text
from words.files.brief_document import DOCX, brief_document

_ASKED = "puntual_brief_asked"
#: More pages than these nobody takes to a meeting.
MOST_BRIEFS = 50


def ask(client_id: str) -> None:
    """Show this client's brief at the end of this run; made to be a button's `on_click`."""
    st.session_state[_ASKED] = client_id


def show_if_asked(w: Words, portfolio: Portfolio, cases: pd.DataFrame) -> None:
    asked = st.session_state.pop(_ASKED, None)
    found = cases.loc[cases["client_id"] == asked]
    if found.empty:
        return
    told = brief_texts(w, portfolio, found)[0]
    st.dialog(escape(told.title), width="medium")(partial(_show, w, portfolio, told))()


def brief_texts(w: Words, portfolio: Portfolio, cases: pd.DataFrame) -> list[BriefText]:
    """The briefs of these cases, in their order."""
    return [brief_text(w, case) for case in briefs(portfolio, cases)]


def download_all(w: Words, portfolio: Portfolio, cases: pd.DataFrame) -> None:
    """The briefs of the first cases as one document; made only when asked for."""
    taken = cases.head(MOST_BRIEFS)
    st.download_button(
        w("red_line.download_all", n=len(taken)),
        lambda: brief_document(w, brief_texts(w, portfolio, taken)),
        file_name=file_name(w("brief.all_file_name"), portfolio, "docx"),
        mime=DOCX,
        type=main_button(),
        icon=":material/print:",
        on_click="ignore",
        key="download_briefs",
    )


def _show(w: Words, portfolio: Portfolio, told: BriefText) -> None:
    with st.container(gap="small"):
        st.markdown(muted(escape(told.note)))
        if told.warning:
            st.markdown(f":material/block: **{told.warning}**")
        with st.grid(2, min_column_width=250, gap="xsmall"):
            for label, value in told.facts:
                st.markdown(f"{muted_body(label)} {escape(value)}")
        _part(w("brief.why"), told.why)
        _part(w("brief.history"), [f"{day} · {what}" for day, what in told.history])
        _part(w("brief.promised"), told.promised)
        _part(w("brief.propose"), told.propose)
        _part(w("brief.ask"), told.ask)
        st.download_button(
            w("red_line.download"),
            lambda: brief_document(w, [told]),
            file_name=file_name(w("brief.file_name"), portfolio, "docx"),
            mime=DOCX,
            icon=":material/print:",
            on_click="ignore",
            key="download_brief",
        )


def _part(title: str, lines: Iterable[str] | Sequence[str]) -> None:
    told = list(lines)
    if told:
        with st.container(gap="xsmall"):
            st.subheader(title, anchor=False)
            st.markdown("\n".join(f"- {escape(line)}" for line in told))
