"""Today's calls in one box: each name opens the client's panel, with the reason under it and the money at its right."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ui.client.name_button import name_button
from ui.markdown import escape, muted
from words import Words

_REASONS = 2


def call_box(w: Words, calls: pd.DataFrame, *, money: bool) -> None:
    """`calls`: rows of the portfolio's clients in the order to call. Without `money`, days late stand at the right."""
    with st.container(border=True, gap="small"):
        for client in calls.to_dict("records"):
            with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
                with st.container(gap=None):
                    name_button(w, client, f"call_{client['client_id']}")
                    st.markdown(muted(escape(w.reasons(client["reasons"], _REASONS))))
                figure = (
                    w.money(client["value_at_stake"])
                    if money
                    else w("overview.days_late", n=int(client["days_late"]))
                )
                st.markdown(f"**{escape(figure)}**", width="content")
