"""Which dates are coming? Birthdays, anniversaries, appointments and who is due, day by day, and as a calendar file."""

from __future__ import annotations

import streamlit as st

from analysis.practices.dates.agenda import KINDS, agenda
from ui.dates import message as date_message
from ui.dates import panels
from ui.dates.agenda import agenda_panel
from ui.filters import one_code, some_codes
from ui.missing_columns import hint
from ui.page import cards, frame, header, opened, results
from ui.session import worked_out

#: Days ahead, as they stand in the URL; a month is what one plans.
DAYS = ("7", "30", "90")
USUAL_DAYS = "30"

w = opened()
portfolio, _ = results(w, w("dates.question"))

with frame():
    heading = st.container()
    left, right = st.columns([1, 4])  # on a phone one under the other, where the kinds have room to wrap
    with left:
        days = one_code(w("dates.days"), DAYS, w.number, name="dates_within", usual=USUAL_DAYS)
    with right:
        kinds = some_codes(w("dates.kinds"), KINDS, lambda kind: w(f"dates.kind.{kind}"), name="dates_kind")
    coming = worked_out(agenda, portfolio, int(days))
    shown = coming.dates.loc[coming.dates["kind"].isin(kinds)]
    with heading:
        header(w("dates.question"), panels.answer(w, coming))
    cards(panels.figures(w, portfolio, coming))
    agenda_panel(w, portfolio, shown, coming.days)
    panels.calendar_panel(w, portfolio, shown, kinds)
    panels.unknown_lines(w, portfolio, coming)
    panels.wrong_birthdays(w, coming)
    hint(w, portfolio, 25)

date_message.show_if_asked(w, portfolio, coming.dates)
