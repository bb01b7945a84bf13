"""One client at a URL of their own: /client?id=..."""

from __future__ import annotations

import streamlit as st

from ui.client.panel import show_client
from ui.client.picker import pick_client
from ui.markdown import escape
from ui.page import frame, header, notice, opened, results

w = opened()
portfolio, _ = results(w, w("client.question"))

with frame():
    asked = st.query_params.get("id")
    known = portfolio.clients.loc[portfolio.clients["client_id"] == asked]
    if known.empty:
        header(w("client.question"), w("client.answer.nobody"))
        if asked:
            notice(w("client.unknown"), escape(asked), "person_search")
    else:
        client = known.iloc[0]
        st.title(escape(w.client(client["client_name"], client["client_id"])), anchor=False)
        show_client(w, portfolio, str(asked), place="page")
    pick_client(w, portfolio)
