"""Whom have we not heard from? Days since the last word, who is silent longest, by how many means we keep in touch."""

from __future__ import annotations

import streamlit as st

from analysis.practices.team.follow_up import silent
from ui import session
from ui.filters import choose
from ui.page import cards, frame, header, opened, results
from ui.team import follow_up_panels as panels
from ui.team.check_in_box import check_in_box
from ui.team.touches_panels import sellers_panel, touches_panel

w = opened()
portfolio, palette = results(w, w("follow_up.question"))

with frame():
    heading = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        days = panels.choose_days(w)
        filters = choose(w, portfolio, "seller", "service", "band")
        everyone = session.worked_out(silent, portfolio, days)
        quiet, clients = filters.clients(everyone), filters.clients(portfolio.clients)
        panels.list_download(w, portfolio, quiet)
    with heading:
        header(w("follow_up.question"), panels.answer(w, portfolio, everyone, days))
    cards(panels.figures(w, portfolio, clients, quiet, days))
    panels.reach_panel(w, portfolio, clients, palette)
    panels.list_panel(w, portfolio, quiet, days)
    check_in_box(w, portfolio, quiet)
    touches_panel(w, portfolio, clients, palette)
    sellers_panel(w, portfolio, days)
