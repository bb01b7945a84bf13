"""Who should you call today? Give a file, see what was understood of it, correct it, go on."""

from __future__ import annotations

import streamlit as st

from analysis.errors import NoVisitsError, PuntualError
from ui import session
from ui.buttons import main_button
from ui.page import frame, header, opened, trouble
from ui.start_columns import correct_columns, understood
from ui.start_file import choose_settings, give_file, has_visits, privacy_box, read_files
from ui.start_left_out import left_out_rows
from ui.start_questions import ask_currency, ask_dates, point_out

w = opened()

with frame():
    header(w("start.question"), w("start.answer"))
    left, right = st.columns([3, 2], gap="medium")
    with left:
        give_file(w)
    with right:
        privacy_box(w)

    if session.uploads():
        book = read_files(w)
        if isinstance(book, PuntualError):
            with trouble(w, book):
                point_out(w, book)
            st.stop()
        with st.container(gap="small"):
            understood(w, book)
            ask_dates(w, book.questions, book)
            ask_currency(w, book)
            correct_columns(w, book)
        with st.container(gap="small"):
            left_out_rows(w, book)
            choose_settings(w, book)
        if not has_visits(book):
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
