"""Home: the day in five lines, the figures, the calls of today, and where the loss comes from."""

from __future__ import annotations

import streamlit as st

from analysis.practices.calling.today import day, due_list
from analysis.practices.headlines import headlines
from ui import session
from ui.calling.call_box import call_box
from ui.home import overview_panels as panels
from ui.home.day_lines import day_lines
from ui.home.figures import figures
from ui.page import cards, finding_line, frame, header, notice, opened, results

CALLS_TODAY = 5

w = opened()
portfolio, palette = results(w, w("overview.question"))
today = session.today(portfolio)
planned = day(portfolio, session.worked_out(due_list, portfolio, today), today).calls
calls = planned.head(CALLS_TODAY)

with frame():
    header(w("overview.question"), panels.answer(w, portfolio, planned))
    day_lines(w, session.worked_out(headlines, portfolio, today))
    cards(figures(w, portfolio))
    left, right = st.columns([3, 2], gap="medium")
    with left:
        if calls.empty:
            notice(w("overview.calls.none"), w("overview.calls.none_body"), "check_circle")
        else:
            with st.container(gap="xsmall"):
                note = "overview.calls.note_money" if portfolio.has_amounts else "overview.calls.note_visits"
                title = "overview.calls.first" if len(planned) > len(calls) else "overview.calls"
                finding_line(w(title, n=len(calls)), w(note))
                call_box(w, calls, money=portfolio.has_amounts)
                st.page_link("pages/today.py", label=w("overview.calls.all"), icon=":material/call:")
    with right, st.container(gap="medium"):
        panels.loss_panel(w, portfolio, palette)
        panels.states_panel(w, portfolio, palette)
