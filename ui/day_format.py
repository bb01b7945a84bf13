"""How a box for a day writes it, as Streamlit's own date boxes take it."""

from __future__ import annotations

from words import Words


def day_format(w: Words) -> str:
    return "DD/MM/YYYY" if w.language == "es" else "YYYY/MM/DD"
