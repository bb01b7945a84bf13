"""A client's name that opens their panel: the same wherever it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from ui.client import asked
from ui.markdown import escape
from words import Words


def name_button(w: Words, client: Mapping[Any, Any], key: str, *, bold: bool = True) -> None:
    """`client`: a row with client_id and client_name. The arrow says that something opens, also to a screen reader."""
    name = escape(w.client(client["client_name"], client["client_id"]))
    st.button(
        f"**{name}**" if bold else name,
        icon=":material/chevron_right:",
        icon_position="right",
        type="tertiary",
        key=key,
        on_click=asked.ask,
        args=(str(client["client_id"]),),
    )
