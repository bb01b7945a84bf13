"""Whose panel is to be shown at the end of this run: asked for by a click, or again after a change made in it."""

from __future__ import annotations

import streamlit as st

_ASKED = "puntual_client_asked"


def ask(client_id: str) -> None:
    """Show this client's drawer at the end of this run; made to be a button's `on_click`."""
    st.session_state[_ASKED] = client_id


def taken() -> str | None:
    """The client asked for, once: the next run starts without."""
    asked = st.session_state.pop(_ASKED, None)
    return None if asked is None else str(asked)
