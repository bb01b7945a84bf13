"""The owner's notebook on the start page: what it holds, saved and brought back, and what their own files told it."""

from __future__ import annotations

import datetime as dt
import secrets
from functools import partial

import pandas as pd
import streamlit as st

from analysis.book import Book
from analysis.notebook import Notebook
from analysis.notebook.differences import held
from analysis.notebook.notebook_file import NotebookError
from analysis.own_files.sort_out import sort_out
from analysis.own_files.take_in import FaultyRow, People, clients_of
from analysis.reading import Upload
from ui import session
from ui.markdown import escape, muted_body
from ui.page import TEXT_WIDTH
from words import Words

_HEAD, _ROW, _TALLEST = 38, 35, 320
_TOLD = "puntual_notebook_told"


def own_files(w: Words, book: Book | None) -> None:
    """What came of the notebooks and call lists among the files; nothing where there are none."""
    own = session.own_files()
    for problem in own.problems:
        with st.container(border=True, gap="xsmall"):
            st.markdown(f":material/help: {escape(w.error(problem))}", width=TEXT_WIDTH)
    if not (own.notebooks or own.lists):
        return
    with st.container(border=True, gap="xsmall", key="own_files"):
        if book is None:
            st.markdown(f":material/edit_note: {w('own.waiting')}", width=TEXT_WIDTH)
            return
        people = session.people(book)
        for given in own.notebooks:
            st.markdown(
                f":material/edit_note: {escape(_notebook_told(w, given.file, given.notebook, people))}"
            )
        if own.lists:
            _lists_told(w)


def set_aside(w: Words, book: Book) -> None:
    """The notebook of the files before, offered where it may be of the same business."""
    aside = session.notebook_set_aside()
    if aside is None:
        return
    with st.container(border=True, gap="xsmall", key="notebook_aside"):
        st.markdown(f":material/edit_note: **{w('notebook.aside.title')}**")
        known = len(clients_of(aside) & session.people(book).ids)
        st.markdown(muted_body(w("notebook.aside", parts=_parts(w, aside), n=known)), width=TEXT_WIDTH)
        with st.container(horizontal=True):
            st.button(w("notebook.aside.use"), key="aside_use", on_click=session.use_set_aside)
            st.button(
                w("notebook.aside.drop"), type="tertiary", key="aside_drop", on_click=session.drop_set_aside
            )


def notebook_panel(w: Words) -> None:
    """What the notebook holds, to save, to bring back and to empty."""
    notebook = session.notebook()
    parts = _parts(w, notebook)
    title = w("notebook.title.holds", parts=parts) if parts else w("notebook.title")
    with st.expander(f":material/edit_note: {escape(title)}", key="notebook"):
        st.markdown(muted_body(w("notebook.note" if parts else "notebook.nothing")), width=TEXT_WIDTH)
        for problem in st.session_state.get(_TOLD, ()):
            st.markdown(f":material/help: {escape(w.error(problem))}", width=TEXT_WIDTH)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            if parts:
                save_button(w, "start")
                with st.popover(w("notebook.empty"), icon=":material/delete:"):
                    st.markdown(w("notebook.empty.sure"), width=360)
                    st.button(w("notebook.empty.yes"), key="notebook_empty", on_click=session.empty_notebook)
        st.file_uploader(
            w("notebook.upload"),
            type=["json"],
            key="notebook_upload",
            on_change=partial(_bring_back, "notebook_upload"),
        )


def save_button(w: Words, place: str) -> None:
    """The notebook as a file; what is in it then counts as saved. Its name says nothing of anybody."""
    st.download_button(
        w("notebook.save"),
        session.notebook_file(),
        file_name=f"{w('notebook.file_name')}_{session.today():%Y-%m-%d}_{secrets.token_hex(3)}.json",
        mime="application/json",
        icon=":material/download:",
        on_click=session.note_saved,
        key=f"notebook_save_{place}",
    )


def _bring_back(key: str) -> None:
    """A notebook given on its own; what it is not is said beside."""
    file = st.session_state[key]
    if file is None:
        st.session_state.pop(_TOLD, None)
        return
    found = sort_out((Upload(file.name, file.getvalue()),), lambda *_: (), dt.date.min)
    session.take_notebooks(tuple(given.notebook for given in found.notebooks))
    st.session_state[_TOLD] = found.problems or _foreign(found.exports)


def _foreign(files: tuple[Upload, ...]) -> tuple[NotebookError, ...]:
    """What is wrong with files given as notebooks that are none."""
    return tuple(NotebookError("notebook_foreign", file=file.name) for file in files)


def _parts(w: Words, notebook: Notebook) -> list[str]:
    return [w(f"notebook.part.{name}", n=n) for name, n in held(notebook).items()]


def _notebook_told(w: Words, file: str, notebook: Notebook, people: People) -> str:
    told = clients_of(notebook)
    if not told:
        return w("own.notebook.settings", file=file)
    return w("own.notebook", file=file, n=len(told), known=len(told & people.ids))


def _lists_told(w: Words) -> None:
    taken = session.taken_in()
    if taken is None:
        return
    files = [filled.file for filled in session.own_files().lists]
    if not (taken.added or taken.known or taken.faults):
        st.markdown(f":material/checklist: {escape(w('own.lists.blank', files=files))}", width=TEXT_WIDTH)
        return
    said = w("own.lists", files=files, n=taken.added)
    said += f" {w('own.lists.known', n=taken.known)}" if taken.known else ""
    st.markdown(f":material/checklist: {escape(said)}", width=TEXT_WIDTH)
    if taken.faults:
        _faults(w, taken.faults, several=len(files) > 1)


def _faults(w: Words, faults: tuple[FaultyRow, ...], *, several: bool) -> None:
    title = w("own.faults", n=len(faults))
    st.markdown(muted_body(title))
    columns: dict[str, list[object]] = {w("own.file"): [one.file for one in faults]} if several else {}
    columns |= {
        w("own.row"): [one.row for one in faults],
        w("common.client"): [one.client for one in faults],
        w("own.what"): [w(f"own.fault.{one.fault}", text=one.text) for one in faults],
    }
    st.dataframe(
        pd.DataFrame(columns),
        hide_index=True,
        height=min(_HEAD + _ROW * len(faults) + 1, _TALLEST),
        key="own_faults",
        alt=title,
    )
