"""Which calls are for today? One person's list, money first, one card at a time, and what came of each."""

from __future__ import annotations

import streamlit as st

from analysis.practices.calling.today import budget, day, due_list, made_on
from ui import session
from ui.calling import today_choices as choices
from ui.calling import today_panels as panels
from ui.calling.call_card import call_card, just_noted, made_today
from ui.calling.list_download import download_buttons
from ui.missing_columns import hint
from ui.page import cards, frame, header, opened, results

w = opened()
portfolio, _ = results(w, w("today.question"))
now = session.today(portfolio)
due = session.worked_out(due_list, portfolio, now)
chosen = budget(portfolio.notebook)
plan = day(portfolio, due, now)

with frame():
    header(w("today.question"), panels.answer(w, due, plan))
    panels.age_line(w, portfolio)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        choices.choose_budget(w, chosen)
        download_buttons(w, portfolio, plan.calls, page="today")
    if len(plan.calls) or plan.made:
        cards(panels.figures(w, portfolio, chosen, plan))
    with st.container():  # always there, so that the card below stays where it is
        just_noted(w, portfolio)
    if len(plan.calls):
        place = panels.current(plan.calls)
        left, right = st.columns([3, 2], gap="medium")
        with left:
            call_card(w, portfolio, plan.calls, place, panels.turns(plan.calls)[place])
        with right:
            panels.queue(w, portfolio, plan.calls, place)
    made_today(w, portfolio, made_on(portfolio.notebook, now))
    panels.unreachable_panel(w, portfolio, due)
    with st.container(gap="small"):
        choices.places_panel(w, due)
        choices.services_panel(w, portfolio)
        hint(w, portfolio, 4)
        hint(w, portfolio, 6)
