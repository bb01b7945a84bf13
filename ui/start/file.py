"""Giving a file: the uploader, the samples, what becomes of it, reading it step by step, and a few settings."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial

import streamlit as st

from analysis.book import Book
from analysis.errors import PuntualError
from analysis.reading import Upload
from ui import memory, session
from ui.buttons import template_button
from ui.day_format import day_format
from ui.markdown import muted
from ui.page import steps
from ui.start.memory_panel import memory_settings
from words import LANGUAGES, Words

#: What the dialogue for choosing offers; what a file really is, its content tells.
FILE_TYPES = (
    "xlsx",
    "xlsm",
    "xls",
    "xlsb",
    "ods",
    "csv",
    "tsv",
    "txt",
    "html",
    "htm",
    "xml",
    "mht",
    "mhtml",
    "json",
)

_UPLOADER = "uploader"
#: The ids of the files that the uploader shows, and the files by their ids.
_SHOWN, _FILES = "puntual_files_shown", "puntual_files_by_id"


def give_file(w: Words) -> None:
    """The uploader and, until there is a file, the samples and the template."""
    shown = st.file_uploader(
        w("start.uploader"),
        type=list(FILE_TYPES),
        accept_multiple_files=True,
        help=w("start.uploader.help"),
        key=_UPLOADER,
        on_change=_take_files,
    )
    st.session_state[_SHOWN] = tuple(file.file_id for file in shown)
    if session.uploads():
        return
    with st.container(horizontal=True):
        for language in sorted(LANGUAGES, key=lambda code: code != w.language):
            label, icon = w(f"start.sample.{language}"), ":material/play_circle:"
            if st.button(label, icon=icon, key=f"sample_{language}"):
                session.open_sample(language)
                st.switch_page("pages/overview.py")
        template_button(w, w("start.template"))


def _take_files() -> None:
    """What the uploader shows now, beside what it showed when the page was drawn: it forgets files on other pages."""
    files = {file.file_id: Upload(file.name, file.getvalue()) for file in st.session_state[_UPLOADER]}
    known = st.session_state.get(_FILES, {})
    before = tuple(known[name] for name in st.session_state.get(_SHOWN, ()) if name in known)
    st.session_state[_FILES] = files
    session.set_uploads(tuple(files.values()), before)


def privacy_box(w: Words) -> None:
    with st.container(border=True, gap="xsmall"):
        st.markdown(f":material/lock: **{w('start.private.title')}**")
        st.markdown(muted(w("start.private.remembered" if memory.is_on() else "start.private.body")))


def read_files(w: Words) -> Book | PuntualError:
    """The Book of the current files, naming each step while it takes time; or what is wrong with them."""
    place = st.empty()
    try:
        if session.is_read():
            book = session.book()
        else:
            with place, st.status(w("start.reading")) as status:
                book = session.book(steps(w, status))
    except PuntualError as problem:
        return problem
    finally:
        place.empty()
    if book is None:
        st.stop()
    return book


def has_visits(book: Book) -> bool:
    """There is at least one completed visit of a named client: without one there is nothing to go on to."""
    sales = book.sales
    return bool(((sales["status"] == "completed") & sales["client_id"].notna() & sales["date"].notna()).any())


def choose_settings(w: Words, book: Book) -> None:
    """The day to count up to, and how the bands are called."""
    dates = book.sales.loc[book.sales["status"] == "completed", "date"].dropna()
    with st.expander(w("start.settings"), key="settings"):
        if not dates.empty:
            last = dates.max().date()
            chosen = session.settings().as_of
            key = f"as_of_{book.digest[:12]}"
            st.date_input(
                w("start.settings.as_of"),
                chosen or last,
                min_value=dates.min().date(),
                help=w("start.settings.as_of.help"),
                format=day_format(w),
                width=220,
                key=key,
                on_change=partial(_count_up_to, key, last),
            )
        before = session.gentle_bands()  # in the key too: a notebook given later shows in the switch
        st.toggle(
            w("start.settings.gentle"),
            before,
            key=f"gentle_{before}",
            on_change=partial(session.set_gentle_bands, gentle=not before),
        )
        memory_settings(w, book)


def _count_up_to(key: str, last: dt.date) -> None:
    day: dt.date = st.session_state[key]
    session.set_settings(replace(session.settings(), as_of=None if day == last else day))
