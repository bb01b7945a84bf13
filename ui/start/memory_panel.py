"""What is remembered of files like these: said, taken back, switched off, taken along as a file."""

from __future__ import annotations

import streamlit as st

from analysis.book import Book
from ui import memory, owner_word, session
from ui.markdown import muted_body
from ui.page import TEXT_WIDTH
from words import Words


def recognised(w: Words) -> None:
    """One line where the columns are known, and the way to forget them."""
    found = session.recalled()
    if found.since is None:
        return
    sentence = w(
        "start.known.applied" if found.applied else "start.known", since=found.since, n=found.applied
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="known"):
        st.markdown(muted_body(f":material/history: {sentence}"), width=TEXT_WIDTH)
        st.button(w("start.known.forget"), type="tertiary", key="forget_known", on_click=_forget)


def _forget() -> None:
    session.undo_corrections()
    session.forget_recalled()


def memory_settings(w: Words, book: Book) -> None:
    """The switch, and the mapping as a file for the command line."""
    if memory.is_offered():
        on = st.toggle(
            w("start.memory"), memory.is_on(), help=w("start.memory.help"), key="memory", on_change=_switch
        )
        if on != memory.is_on():
            st.markdown(muted_body(w("start.memory.failed")))
    st.download_button(
        w("start.memory.download"),
        owner_word.mapping_file,
        file_name=f"{w('start.memory.file_name')}_{book.digest[:8]}.json",
        mime="application/json",
        icon=":material/download:",
        type="tertiary",
        help=w("start.memory.download.help"),
        on_click="ignore",
        key="mapping_download",
    )


def _switch() -> None:
    memory.switch(on=bool(st.session_state["memory"]))
