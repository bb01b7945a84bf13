"""The box that finds any client of the file by name and opens their page."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.portfolio import Portfolio
from ui.client.names import name_box
from words import Words

#: More names than these are not sent with the page; the lists find the others.
MOST_NAMES = 3000


def pick_client(w: Words, portfolio: Portfolio) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        client_id = name_box(w, portfolio.clients.head(MOST_NAMES), w("client.find"), "client_picked")
        if st.button(w("common.open_record"), disabled=client_id is None, key="client_open"):
            st.switch_page("pages/client.py", query_params={"id": str(client_id)})


def names_with(clients: pd.DataFrame, client_id: str | None) -> pd.DataFrame:
    """The clients whose names a box offers, and the one it is to begin with wherever they stand in the list."""
    most = clients.head(MOST_NAMES)
    others = clients.iloc[MOST_NAMES:]
    return pd.concat([most, others[others["client_id"] == client_id]])
