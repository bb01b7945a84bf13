"""The box that finds any client of the file by name and opens their page."""

from __future__ import annotations

import streamlit as st

from analysis.portfolio import Portfolio
from words import Words

#: More names than these are not sent with the page; the lists find the others.
MOST_NAMES = 3000


def pick_client(w: Words, portfolio: Portfolio) -> None:
    clients = portfolio.clients.head(MOST_NAMES)
    names = {
        str(client_id): w.client(name, client_id)
        for client_id, name in zip(clients["client_id"], clients["client_name"], strict=True)
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        client_id = st.selectbox(
            w("client.find"),
            list(names),
            index=None,
            placeholder=w("common.type_a_name"),
            format_func=names.__getitem__,
            key="client_picked",
            width=300,
        )
        if st.button(w("common.open_record"), disabled=client_id is None, key="client_open"):
            st.switch_page("pages/client.py", query_params={"id": str(client_id)})
