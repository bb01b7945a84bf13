"""What a panel shows where the export lacks the columns it needs: which they are, what they would add, the template."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.portfolio import Portfolio
from analysis.practices.needs import missing, would_add
from ui.buttons import template_button
from ui.column_names import column_names
from ui.markdown import muted, muted_body
from ui.page import TEXT_WIDTH
from words import Words


def lacks(w: Words, portfolio: Portfolio, practice: int) -> bool:
    """Whether a practice has no answer for this export; then the box that says what to add is drawn in its place."""
    columns = missing(portfolio, practice)
    if not columns:
        return False
    with st.container(border=True, gap="xsmall"):
        st.markdown(f":material/add_column_right: **{w('missing.title', columns=column_names(w, columns))}**")
        body = f"{w(f'missing.adds.{practice}')} {w('missing.how', table=_sheets(columns))}"
        st.markdown(muted_body(body), width=TEXT_WIDTH)
        template_button(w, w("empty.template"), key=f"template_{practice}")
    return True


def hint(w: Words, portfolio: Portfolio, practice: int) -> None:
    """One quiet line with the columns that would add to a practice that is answered without them."""
    columns = would_add(portfolio, practice)
    if columns:
        said = w("missing.better", columns=column_names(w, columns), adds=w(f"missing.adds.{practice}"))
        st.markdown(muted(f":material/add_column_right: {said}"), width=TEXT_WIDTH)


def _sheets(columns: Sequence[str]) -> str:
    """The table that most of the columns stand in, as a code."""
    return columns[0].partition(".")[0]
