"""Who should you call today? Give a file, see what was understood of it, correct it, go on."""

from __future__ import annotations

import streamlit as st

from analysis.errors import NoVisitsError, PuntualError
from ui import session
from ui import start_panels as panels
from ui.buttons import main_button
from ui.page import frame, header, opened, trouble

w = opened()

with frame():
    header(w("start.question"), w("start.answer"))
    left, right = st.columns([3, 2], gap="medium")
    with left:
        panels.give_file(w)
    with right:
        panels.privacy_box(w)

    if session.uploads():
        book = panels.read_files(w)
        if isinstance(book, PuntualError):
            with trouble(w, book):
                panels.point_out(w, book)
            st.stop()
        with st.container(gap="small"):
            panels.understood(w, book)
            panels.ask_dates(w, book.questions, book)
            panels.ask_currency(w, book)
            panels.correct_columns(w, book)
        with st.container(gap="small"):
            panels.left_out_rows(w, book)
            panels.choose_settings(w, book)
        if not panels.has_visits(book):
            with trouble(w, NoVisitsError(rows=book.rows_read)):
                st.stop()
        if st.button(
            w("start.see_results"),
            type=main_button(),
            icon=":material/arrow_forward:",
            icon_position="right",
            key="see_results",
        ):
            st.switch_page("pages/overview.py")
