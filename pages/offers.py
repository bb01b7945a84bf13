"""What can I offer, and can they afford it? A price beside what clients pay, a ladder of offers, and who pays late."""

from __future__ import annotations

import streamlit as st

from analysis.practices.needs import missing
from ui.client.in_address import client_asked
from ui.missing_columns import hint, lacks
from ui.offers import capacity_panels, payments_panels
from ui.offers import panels as offers_panels
from ui.offers.offer_record import record_panel
from ui.offers.steps import client_steps_box
from ui.page import cards, frame, header, opened, results

w = opened()
portfolio, palette = results(w, w("offers.question"))
bills, prices = not missing(portfolio, 31), not missing(portfolio, 26)
#: The client who said in a call that it is the price, where a link led here from it.
about = client_asked(portfolio)

with frame():
    said = [offers_panels.answer(w, portfolio), payments_panels.answer(w, portfolio) if bills else ""]
    header(w("offers.question"), " ".join(part for part in said if part))
    if bills:
        cards(payments_panels.figures(w, portfolio))
    if prices:
        with st.container(gap="small"):
            with st.container(horizontal=True, vertical_alignment="bottom"):
                price, client_id = capacity_panels.ask(w, portfolio, about)
            if client_id is not None:
                capacity_panels.client_answer(w, portfolio, client_id, price)
                client_steps_box(w, portfolio, client_id)
        found = capacity_panels.reach_panel(w, portfolio, price, palette)
        capacity_panels.who_table(w, portfolio, found, price)
        hint(w, portfolio, 26)
    elif about is not None:
        client_steps_box(w, portfolio, about)
    offers_panels.ladder_panel(w, portfolio)
    record_panel(w, portfolio, about)
    offers_panels.saved_panel(w, portfolio)
    if bills:
        payments_panels.payments_panel(w, portfolio)
    for practice in (26, 31):
        lacks(w, portfolio, practice)
