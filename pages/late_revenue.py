"""What do late visits cost? By month, client, service, seller and band, in two lenses; and a simulator."""

from __future__ import annotations

import streamlit as st

from ui.filters import choose
from ui.lost_revenue import late_revenue_panels as panels
from ui.lost_revenue import loss_outlook_panels as outlook
from ui.lost_revenue import loss_parts_panels as parts
from ui.lost_revenue.chosen_loss import choose_lens, chosen_loss, missing_notices
from ui.lost_revenue.slip_simulator import slip_simulator
from ui.page import frame, header, opened, results

w = opened()
portfolio, palette = results(w, w("late_revenue.question"))

with frame():
    heading = st.container(gap="xsmall")
    missing_notices(w, portfolio)
    with st.container(horizontal=True):
        lens = choose_lens(w, portfolio)
        filters = choose(w, portfolio, "service", "seller")
    loss = chosen_loss(portfolio, lens, filters)
    with heading:
        header(w("late_revenue.question"), panels.answer(w, loss))
    panels.month_panel(w, loss, palette)
    outlook.corrections_panel(w, portfolio, loss)
    left, right = st.columns(2, gap="large")
    with left:
        panels.top_panel(w, portfolio, loss, palette)
    with right:
        slip_simulator(w, portfolio)
        outlook.win_back_panel(w, portfolio, loss)
    parts.services_panel(w, loss, palette)
    left, right = st.columns(2, gap="large")
    with left:
        parts.bands_panel(w, portfolio, loss, palette)
    with right:
        parts.sellers_panel(w, portfolio, loss, palette)
