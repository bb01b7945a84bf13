"""Which problems are still open? Whose they are, why they repeat, what was promised, and what solving is worth."""

from __future__ import annotations

import streamlit as st

from analysis.practices.needs import missing
from ui.client.in_address import client_asked
from ui.markdown import muted
from ui.missing_columns import hint, lacks
from ui.page import TEXT_WIDTH, cards, frame, header, opened, results
from ui.problems import panels
from ui.problems.deliveries_panels import deliveries_panel
from ui.problems.notes import notes_panel
from ui.problems.reasons_panels import reasons_panel
from ui.problems.recovery_panels import recovered_panel, recovery_panels
from ui.problems.times_panels import times_panels

w = opened()
portfolio, palette = results(w, w("problems.question"))
#: The export's or the owner's own.
known = len(portfolio.records.problems) > 0
promises = not missing(portfolio, 18)
#: The client whose problem a link from a call begins: first of all, then.
about = client_asked(portfolio)

with frame():
    header(w("problems.question"), panels.answer(w, portfolio))
    if about is not None:
        notes_panel(w, portfolio, about)
    if known:
        cards(panels.figures(w, portfolio))
        with st.container(gap="medium"):  # the table's own buttons stand above it
            with st.container(horizontal=True, vertical_alignment="bottom"):
                found = panels.narrowed(w, portfolio)
            panels.problem_table(w, portfolio, found)
            panels.at_risk_line(w, portfolio)
            hint(w, portfolio, 20)
    elif lacks(w, portfolio, 21):
        for practice in (22, 23):
            st.markdown(muted(w(f"missing.adds.{practice}")), width=TEXT_WIDTH)
    if about is None:
        notes_panel(w, portfolio, None)
    if known:
        times_panels(w, portfolio, palette)
        reasons_panel(w, portfolio)
    if promises:
        deliveries_panel(w, portfolio, palette)
    if known:
        recovery_panels(w, portfolio, palette)
        recovered_panel(w, portfolio)
    if not promises:
        lacks(w, portfolio, 18)
