"""Who loves us, and who is fading? The bands, what each is worth, who brings whom, what is known and what it told."""

from __future__ import annotations

import streamlit as st

from ui.affection import segments_panels as panels
from ui.affection.band_worth_panel import band_worth_panel
from ui.affection.known_panel import known_panel
from ui.affection.map_panel import affection_panel
from ui.affection.own_words_panel import own_words_panel
from ui.affection.past_panel import affection_past_panel
from ui.affection.referrals_panel import referrals_panel
from ui.affection.weights_editor import weights_panel
from ui.client.table import client_table
from ui.filters import choose
from ui.page import frame, header, opened, results

w = opened()
portfolio, palette = results(w, w("segments.question"))

with frame():
    header(w("segments.question"), panels.answer(w, portfolio))
    with st.container(horizontal=True):
        clients = choose(w, portfolio, "service", "seller", "state", "band").clients(portfolio.clients)
    panels.band_cards(w, portfolio, clients)
    panels.behaviour_notice(w, portfolio)
    picked = affection_panel(w, portfolio, clients, palette)
    client_table(
        w, portfolio, picked, key="segments", alt=w("segments.table.alt", n=len(picked)), with_affection=True
    )
    own_words_panel(w, portfolio)
    band_worth_panel(w, portfolio)
    referrals_panel(w, portfolio)
    known_panel(w, portfolio)
    affection_past_panel(w, portfolio, palette)
    weights_panel(w)
