"""Putting a client on the red line by hand, with why and what was promised."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analysis.notebook import RedFlag
from analysis.portfolio import Portfolio
from ui import session
from ui.client.names import name_box
from ui.client.picker import MOST_NAMES
from ui.page import finding_line
from words import Words

_WHO, _WHY, _PROMISED = "flag_who", "flag_why", "flag_promised"


def flag_panel(w: Words, portfolio: Portfolio) -> None:
    with st.container(gap="small"):
        finding_line(w("red_line.flag"), w("red_line.flag.note"))
        with st.grid(3, min_column_width=220, vertical_alignment="bottom"):
            who = name_box(w, portfolio.clients.head(MOST_NAMES), w("red_line.flag.who"), _WHO)
            st.text_input(w("red_line.flag.why"), key=_WHY)
            st.text_input(w("red_line.flag.promised"), key=_PROMISED)
        st.button(
            w("red_line.flag.save"),
            icon=":material/flag:",
            disabled=who is None,
            key="flag_save",
            on_click=_flag,
            args=(who, portfolio),
        )


def _flag(client_id: str, portfolio: Portfolio) -> None:
    notebook = session.notebook()
    why, promised = (str(st.session_state.get(name) or "").strip() for name in (_WHY, _PROMISED))
    flag = RedFlag(session.today(portfolio), why, promised)
    session.set_notebook(replace(notebook, red_flags={**notebook.red_flags, client_id: flag}))
    st.session_state[_WHO] = None
    st.session_state[_WHY] = st.session_state[_PROMISED] = ""
