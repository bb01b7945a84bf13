"""How this reader is spoken to and shown things: their language, numbers and money; a light or a dark page."""

from __future__ import annotations

import streamlit as st

from ui.language import chosen_language
from ui.palette import Palette, palette_for
from ui.session.books import currency
from ui.session.own_settings import gentle_bands
from words import Words, speak


def words() -> Words:
    """The voice for this reader: the language they chose, else their browser's; the numbers of their browser."""
    return speak(chosen_language(), st.context.locale, currency(), gentle=gentle_bands())


def palette() -> Palette:
    return palette_for(st.context.theme.type)
