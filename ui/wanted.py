"""Where a link led before there was a file: the page and what its address said, to go on to once there is one."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import urlsplit

import streamlit as st

from ui.menu import SECTIONS

_WANTED = "puntual_wanted"
_PAGES = frozenset({"client", *(name for pages in SECTIONS.values() for name, _ in pages)})


def note() -> None:
    """Remembers the address, where it says more than which page."""
    name = PurePosixPath(urlsplit(st.context.url or "").path).name
    said = {parameter: st.query_params.get_all(parameter) for parameter in st.query_params}
    if name in _PAGES and said:
        st.session_state[_WANTED] = (name, said)


def go_on() -> None:
    """To the page that was wanted, filtered as its address said, once; else to the overview."""
    name, said = st.session_state.pop(_WANTED, ("overview", {}))
    st.switch_page(f"pages/{name}.py", query_params=said)
