"""Whom or what a client brings, one by one: each service with its own rhythm, and when it is due."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.portfolio import Portfolio
from ui.markdown import escape
from words import Words

#: More of them are the list of a fleet, longer than a panel.
_SHOWN = 8


def client_subjects(w: Words, portfolio: Portfolio, client_id: str, key: str) -> None:
    """A table of what is due for each subject, the first due first; nothing where they bring but one or nobody."""
    streams = portfolio.streams
    rows = streams[(streams["client_id"] == client_id) & (streams["subject"] != "")]
    several = rows["subject"].nunique()
    if several <= 1:
        return
    shown = rows.sort_values(["due", "subject", "service"])
    title = w("client.subjects", n=several)
    st.markdown(f"**{escape(title)}**")
    st.dataframe(
        pd.DataFrame(
            {
                w("client.subjects.who"): shown["subject"].tolist(),
                w("client.subjects.service"): shown["service"].tolist(),
                w("client.subjects.due"): [w.date(day) for day in shown["due"]],
                w("client.subjects.late"): [w.number(days) if days else "" for days in shown["days_late"]],
                w("client.subjects.every"): [w.number(days) for days in shown["interval_days"]],
            }
        ),
        hide_index=True,
        height="content" if len(shown) <= _SHOWN else 35 * (_SHOWN + 1),
        placeholder="–",
        alt=title,
        key=f"{key}_subjects",
    )
