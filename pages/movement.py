"""Are clients moving up? Who changed group between two months and why, who is new, and the goals for the year."""

from __future__ import annotations

import streamlit as st

from analysis.practices.affection.movement import movement
from ui import session
from ui.affection import movement_panels as panels
from ui.affection.goals_panel import goals_panel
from ui.affection.movers_panel import movers_panel
from ui.filters import choose
from ui.page import frame, header, opened, results

w = opened()
portfolio, palette = results(w, w("movement.question"))

with frame():
    heading = st.container()
    with st.container(horizontal=True):
        dates = panels.choose_dates(w, portfolio)
        if dates:
            clients = choose(w, portfolio, "service", "seller").clients(portfolio.clients)
    if dates is None:
        with heading:
            header(w("movement.question"), w("movement.answer.short"))
        panels.too_short(w)
    else:
        moves = session.worked_out(movement, portfolio, *dates).only(clients["client_id"])
        with heading:
            header(w("movement.question"), panels.answer(w, moves))
        panels.band_cards(w, portfolio, moves)
        panels.flow_panel(w, moves, palette)
        movers_panel(w, portfolio, moves)
        panels.new_panel(w, portfolio, moves)
    goals_panel(w, portfolio, palette)
