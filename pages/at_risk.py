"""Whom to call this week? The list, money first, what to expect of it, and how it did on the owner's own past."""

from __future__ import annotations

import streamlit as st

from analysis.practices.calling.calls import call_list
from ui.calling import at_risk_panels as panels
from ui.calling.first_response_panel import first_response_panel
from ui.calling.list_download import download_buttons
from ui.calling.past_quality import past_quality
from ui.client.table import client_table
from ui.filters import choose
from ui.page import frame, header, opened, results

w = opened()
portfolio, palette = results(w, w("at_risk.question"))
flagged = call_list(portfolio)

with frame():
    answer = st.container()
    calls = flagged
    if len(flagged):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            calls_a_week = panels.calls_slider(w, len(flagged))
            filters = choose(w, portfolio, "service", "seller")
            calls = filters.clients(flagged).head(calls_a_week)
            download_buttons(w, portfolio, calls)
        with st.container(gap="small"):
            panels.expectation(w, portfolio, len(calls))
            client_table(w, portfolio, calls, key="at_risk", alt=panels.list_alt(w, calls))
    with answer:
        header(w("at_risk.question"), panels.answer(w, portfolio, calls))
    first_response_panel(w, portfolio)
    past_quality(w, portfolio, palette)
