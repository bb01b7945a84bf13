"""Below the menu: the language, how far the data goes, and what becomes of the file."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui import session
from ui.markdown import escape, muted
from words import LANGUAGES, Words, language_of

_STATIC = Path(__file__).parent / "static"
LOGO = _STATIC / "logo.svg"
#: A local file: Streamlit would fetch a Material icon for the browser's tab from Google.
ICON = _STATIC / "icon.svg"


def show(w: Words) -> None:
    with st.sidebar:
        st.segmented_control(
            w("sidebar.language"),
            LANGUAGES,
            default=language_of(st.context.locale),
            required=True,
            format_func=lambda code: w(f"language.{code}"),
            key=session.LANGUAGE_KEY,
            label_visibility="collapsed",
            width="stretch",
            persist_state="session",
        )
        if data := _data_line(w):
            st.markdown(muted(f":material/description: {data}"))
        st.markdown(muted(f":material/lock: {w('sidebar.private')}"))


def _data_line(w: Words) -> str:
    """The file and the date its visits reach; "" while there are no results."""
    files = session.uploads()
    results = session.portfolio() if session.is_ready() else None
    if results is None or not files:
        return ""
    first = escape(files[0].name)
    if len(files) == 1:
        return w("sidebar.data_up_to", file=first, as_of=results.as_of)
    return w("sidebar.several_files", file=first, n=len(files) - 1, as_of=results.as_of)
