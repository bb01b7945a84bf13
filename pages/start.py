"""Who should you call today? Give a file, see what was understood of it, answer what is in doubt, go on."""

from __future__ import annotations

import streamlit as st

from analysis.errors import PuntualError
from ui import session
from ui.page import frame, header, opened
from ui.start.columns import correct_columns
from ui.start.duplicates import duplicates
from ui.start.file import choose_settings, give_file, has_visits, privacy_box, read_files
from ui.start.left_out import left_out_rows
from ui.start.memory_panel import recognised
from ui.start.notebook import notebook_panel, own_files, set_aside
from ui.start.notices import notices
from ui.start.quality import tidiness
from ui.start.questions import ask
from ui.start.refusals import nothing_to_show, refused
from ui.start.summary import changed, go_on, understood

w = opened()

with frame():
    header(w("start.question"), w("start.answer"))
    left, right = st.columns([3, 2], gap="medium")
    with left:
        give_file(w)
    if not session.uploads():
        with right:
            privacy_box(w)
        own_files(w, None)

    if session.uploads():
        book = read_files(w)
        if isinstance(book, PuntualError):
            refused(w, book)
            st.stop()
        w = session.words()  # now with the file's currency
        with st.container(gap="small"):
            understood(w, book)
            changed(w, book)
            recognised(w)
            if has_visits(book):
                go_on(w)
            else:
                nothing_to_show(w, book)
            own_files(w, book)
            set_aside(w, book)
        with st.container(gap="small"):
            ask(w, book)
        notices(w, book, session.recalled().notices)
        duplicates(w, book)
        tidiness(w, book)
        with st.container(gap="small"):
            correct_columns(w, book)
            left_out_rows(w, book)
            notebook_panel(w)
            choose_settings(w, book)
