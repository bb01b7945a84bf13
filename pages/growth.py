"""Where does growth come from? The change by kind of client, new against existing, who comes again and who stays."""

from __future__ import annotations

import streamlit as st

from analysis.practices.growth.cohorts import cohorts
from analysis.practices.growth.new_and_existing import new_and_existing
from analysis.practices.growth.second_visit import second_visits
from ui.filters import choose
from ui.growth import choice, panels
from ui.growth.cohorts_panel import cohorts_panel
from ui.growth.new_and_existing_panel import new_panel
from ui.growth.origins_panel import origins_panel
from ui.growth.second_visit_panel import second_panel
from ui.growth.split_panel import split_panel
from ui.page import cards, frame, header, opened, results
from ui.session import worked_out

w = opened()
portfolio, palette = results(w, w("growth.question"))

with frame():
    heading = st.container(gap="xsmall")
    with st.container(horizontal=True):
        basis = choice.choose_basis(w, portfolio)
        shown = choice.shown(portfolio, basis, choose(w, portfolio, "service", "seller"))
    narrowed = shown.service, shown.seller
    split = shown.split()
    fresh = worked_out(new_and_existing, portfolio, *narrowed)
    second = worked_out(second_visits, portfolio, *narrowed)
    stay = worked_out(cohorts, portfolio, None, *narrowed)
    with heading:
        header(w("growth.question"), panels.answer(w, shown, split, fresh))
    cards(panels.figures(w, split, fresh, second, stay))
    split_panel(w, shown, split, palette)
    new_panel(w, shown, fresh, palette)
    second_panel(w, second, palette)
    cohorts_panel(w, shown, stay, palette)
    origins_panel(w, shown, palette)
