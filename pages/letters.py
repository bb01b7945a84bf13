"""Whom to write to at year end? Everyone, one by one, quarrels first: each letter has a blank only the owner fills."""

from __future__ import annotations

import streamlit as st

from analysis.practices.letters.year_letters import GROUPS, STATUSES, campaign, progress, statuses
from ui import session
from ui.filters import one_code, some_codes
from ui.letters import panels
from ui.letters.desk import desk
from ui.letters.letter_list import group_name
from ui.letters.store import manner_panel, minutes_a_letter, own_parts
from ui.markdown import muted
from ui.missing_columns import hint, lacks
from ui.page import TEXT_WIDTH, frame, header, notice, opened, results

#: Months back within which a client came, as they stand in the URL; 600 is for ever.
MONTHS = ("12", "24", "36", "600")
USUAL_MONTHS = "24"

w = opened()
portfolio, _ = results(w, w("letters.question"))

with frame():
    heading = st.container()
    if lacks(w, portfolio, 12):
        with heading:
            st.title(w("letters.question"), anchor=False)
    else:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            months = one_code(
                w("letters.months"),
                MONTHS,
                lambda code: w(f"letters.months.{code}"),
                name="letters_since",
                usual=USUAL_MONTHS,
            )
            groups = some_codes(
                w("letters.groups"), GROUPS, lambda code: group_name(w, code), name="letters_group"
            )
            states = some_codes(
                w("letters.statuses"),
                STATUSES,
                lambda code: w(f"letters.status.{code}"),
                name="letters_status",
            )
        everyone = session.worked_out(campaign, portfolio, int(months))
        letters = everyone.letters.assign(status=statuses(everyone.letters, session.notebook()))
        today = session.today()
        done = progress(
            letters, session.notebook(), as_of=portfolio.as_of, today=today, minutes=minutes_a_letter()
        )
        with heading:
            header(w("letters.question"), panels.answer(w, letters, done))
        panels.figures(w, done)
        own = own_parts(w, letters)
        shown = letters.loc[letters["group"].isin(groups) & letters["status"].isin(states)]
        if shown.empty:
            notice(w("common.nobody_matches"), w("letters.order.note"), "mark_email_read")
        else:
            desk(w, portfolio, letters, own, shown)
            st.markdown(muted(f"{w('letters.one_by_one')} {w('letters.order.note')}"), width=TEXT_WIDTH)
        manner_panel(w)
        panels.same_twice(w, letters, own)
        panels.document_panel(w, portfolio, letters)
        if everyone.unnamed:
            st.markdown(muted(w("letters.unnamed", n=everyone.unnamed)), width=TEXT_WIDTH)
        hint(w, portfolio, 12)
