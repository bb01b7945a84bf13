"""Below the menu: the language, how far the data goes, and what becomes of the file."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui.data_line import DATA_LINE, DataLine
from ui.language import LANGUAGE_KEY
from ui.markdown import escape, muted
from words import LANGUAGES, Words, language_of

_STATIC = Path(__file__).parent / "static"
LOGO = _STATIC / "logo.svg"
#: A local file: Streamlit would fetch a Material icon for the browser's tab from Google.
ICON = _STATIC / "icon.svg"


def show(w: Words) -> None:
    data = st.session_state.get(DATA_LINE)
    with st.sidebar:
        if isinstance(data, DataLine):
            _unsaved_notes(w)
        st.segmented_control(
            w("sidebar.language"),
            LANGUAGES,
            default=language_of(st.context.locale),
            required=True,
            format_func=lambda code: w(f"language.{code}"),
            key=LANGUAGE_KEY,
            label_visibility="collapsed",
            width="stretch",
            persist_state="session",
        )
        if isinstance(data, DataLine):
            st.markdown(muted(f":material/description: {_data_line(w, data)}"))
        st.markdown(muted(f":material/lock: {w('sidebar.private')}"))


def _unsaved_notes(w: Words) -> None:
    """What the owner noted and has not saved yet, with the way to."""
    from ui import session  # noqa: PLC0415 - loaded with the first page's results; the menu does not wait for it
    from ui.start.notebook import save_button  # noqa: PLC0415 - the same

    notes = session.unsaved()
    if notes:
        with st.container(gap="xsmall", key="unsaved_notes"):
            st.markdown(muted(f":material/edit_note: {w('notebook.unsaved', n=notes)}"))
            save_button(w, "sidebar")


def _data_line(w: Words, data: DataLine) -> str:
    first, *others = data.files
    form = "sidebar.several_files" if others else "sidebar.data_up_to"
    return w(form, file=escape(first), n=len(others), as_of=data.as_of)
