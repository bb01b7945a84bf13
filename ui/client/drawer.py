"""Any client's name, anywhere, opens the client's panel: a drawer on the right.

A click only remembers whom to show; the page's frame draws the drawer at the end of the run (one dialog a run, and it
is gone at the next one). So nothing reopens by itself.
"""

from __future__ import annotations

import streamlit as st

from ui import session
from ui.client.asked import taken
from ui.client.panel import show_client
from ui.markdown import escape
from words import Words


def show_if_asked(w: Words) -> None:
    client_id = taken()
    if client_id is None or not session.is_ready():
        return
    portfolio = session.portfolio()
    if portfolio is None:
        return
    rows = portfolio.clients.loc[portfolio.clients["client_id"] == client_id]
    if rows.empty:
        return
    row = rows.iloc[0]
    title = escape(w.client(row["client_name"], client_id))
    st.dialog(title, width="medium", position="right")(
        lambda: show_client(w, portfolio, client_id, place="drawer")
    )()
