"""Which language the reader reads: chosen in the sidebar, else their browser's.

Kept apart from the session, whose imports (pandas, SciPy) take seconds the first time: the menu must not wait
for them, or the first visitor sees Streamlit's own list of files meanwhile.
"""

from __future__ import annotations

import streamlit as st

from words import LANGUAGES, Language, language_of

#: The sidebar's language switch.
LANGUAGE_KEY = "language"


def chosen_language() -> Language:
    chosen = st.session_state.get(LANGUAGE_KEY)
    return chosen if chosen in LANGUAGES else language_of(st.context.locale)
