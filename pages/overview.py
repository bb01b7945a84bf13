"""Do clients come back on time? The figures, the calls of today, and where the loss comes from."""

from __future__ import annotations

import streamlit as st

from analysis.practices.calls import call_list, who_may_be_called
from ui import overview_panels as panels
from ui.call_box import call_box
from ui.page import cards, finding_line, frame, header, notice, opened, results

CALLS_TODAY = 5

w = opened()
portfolio, palette = results(w, w("overview.question"))
calls = who_may_be_called(call_list(portfolio)).head(CALLS_TODAY)

with frame():
    header(w("overview.question"), panels.answer(w, portfolio, calls))
    cards(panels.figures(w, portfolio))
    left, right = st.columns([3, 2], gap="medium")
    with left:
        if calls.empty:
            notice(w("overview.calls.none"), w("overview.calls.none_body"), "check_circle")
        else:
            with st.container(gap="xsmall"):
                note = "overview.calls.note_money" if portfolio.has_amounts else "overview.calls.note_visits"
                finding_line(w("overview.calls", n=len(calls)), w(note))
                call_box(w, calls, money=portfolio.has_amounts)
                st.page_link("pages/at_risk.py", label=w("overview.calls.all"), icon=":material/call:")
    with right, st.container(gap="medium"):
        panels.loss_panel(w, portfolio, palette)
        panels.states_panel(w, portfolio, palette)
