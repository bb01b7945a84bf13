"""Whose seller is gone? Their clients, who has come since, who should take each; and the team side by side."""

from __future__ import annotations

import streamlit as st

from analysis.practices.team.hand_over import hand_over
from ui import session
from ui.filters import Filters, choose
from ui.missing_columns import lacks
from ui.page import cards, frame, header, opened, results
from ui.team import hand_over_panels as panels
from ui.team.team_panels import changed_panel, returns_panel

w = opened()
portfolio, palette = results(w, w("hand_over.question"))

with frame():
    if not portfolio.has_staff:
        header(w("hand_over.question"), w("hand_over.answer.no_staff"))
        lacks(w, portfolio, 16)
        st.stop()
    everyone = session.worked_out(hand_over, portfolio)
    header(w("hand_over.question"), panels.answer(w, portfolio, everyone))
    filters = Filters()
    if everyone.empty:
        panels.nobody_left(w)
    else:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            former = panels.choose_former(w, everyone)
            filters = choose(w, portfolio, "service", "band")
            download = st.container(width="content")
        people = filters.clients(everyone if former is None else everyone[everyone["former"] == former])
        cards(panels.figures(w, portfolio, people))
        panels.effect_panel(w, portfolio, former or str(everyone["former"].iloc[0]), palette)
        listed = panels.list_panel(w, portfolio, people)
        with download:
            panels.list_download(w, portfolio, listed)
        panels.now_with_panel(w, people, palette)
    returns_panel(w, portfolio, palette)
    changed_panel(w, portfolio, filters)
