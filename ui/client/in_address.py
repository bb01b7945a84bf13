"""The client whom a link to a page is about: `/problems?client=C7`, drawn as a link and read by the page."""

from __future__ import annotations

import streamlit as st

from analysis.portfolio import Portfolio

_PARAMETER = "client"


def link_about(client_id: str, page: str, label: str, *, icon: str, of: str) -> None:
    """Draws a link to `page` (as its file is named) that leads to this client there; `of` names them to who hovers."""
    st.page_link(
        f"pages/{page}.py",
        label=label,
        icon=f":material/{icon}:",
        help=of,
        query_params={_PARAMETER: client_id},
    )


def client_asked(portfolio: Portfolio) -> str | None:
    """The client of the address; None where it names none, or none of the file."""
    asked = st.query_params.get(_PARAMETER)
    return asked if asked is not None and portfolio.clients["client_id"].eq(asked).any() else None


def no_longer_asked() -> None:
    """What the link was for is done: the page is about all clients again."""
    st.query_params.pop(_PARAMETER, None)
