"""The box that says who takes care of a problem."""

from __future__ import annotations

import streamlit as st

from analysis.portfolio import Portfolio
from words import Words


def owner_box(w: Words, portfolio: Portfolio, owner: str, key: str) -> None:
    """Who takes care of it: one of the team, or a name typed in."""
    problems = portfolio.records.problems
    team = [*portfolio.clients["staff"].value_counts().index, *problems["staff"].value_counts().index, owner]
    names = [str(name) for name in dict.fromkeys(team) if name]
    st.selectbox(
        w("problems.owner"),
        names,
        index=names.index(owner) if owner else None,
        placeholder=w("problems.nobody_yet"),
        accept_new_options=True,
        key=key,
    )


def owner_in(key: str) -> str:
    """Who was chosen in the box with this key, "" being nobody."""
    return str(st.session_state[key] or "").strip()
