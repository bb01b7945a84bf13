"""Buttons that several pages have."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from sample_data.template import TEMPLATE_NAMES, template
from words import Words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def main_button() -> Literal["primary", "secondary"]:
    """The type of a page's one main button.

    Streamlit writes white on a primary button, which the light primary of the dark theme cannot carry.
    """
    return "secondary" if st.context.theme.type == "dark" else "primary"


def template_button(w: Words, label: str, key: str = "template") -> None:
    """The empty workbook for those who have no export."""
    st.download_button(
        label,
        lambda: template(w.language),
        file_name=TEMPLATE_NAMES[w.language],
        mime=XLSX,
        type="tertiary",
        icon=":material/download:",
        on_click="ignore",
        key=key,
    )
