"""The pages of the app, as the menu shows them; each file is named as its URL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from ui import sidebar
from ui.language import chosen_language
from words import Words, speak


def menu(w: Words) -> Mapping[str, Sequence[st.Page]]:
    """Sections of the menu with their pages. The root leads to `/start`, for a default page has no URL of its own."""
    root = st.Page(home, title=w("app.name"), visibility="hidden", default=True)
    return {
        "": [root, _page(w, "start", "upload_file")],
        w("nav.look"): [
            _page(w, "overview", "insights"),
            _page(w, "segments", "favorite"),
            _page(w, "intervals", "timelapse"),
            _page(w, "late_revenue", "payments"),
        ],
        w("nav.act"): [_page(w, "at_risk", "call"), _page(w, "client", "person", hidden=True)],
    }


def home() -> None:
    """The root of the app."""
    st.switch_page("pages/start.py")


def routed(*, through_app: bool = False) -> None:
    """Makes sure that the app's menu leads to the page that runs.

    Streamlit runs a file of `pages/` on its own for whoever comes first after a start with a link to that page
    (`/overview`): no menu, no language. Naming the menu once and running again brings the router back.
    """
    if _seen:
        return
    _seen.add(True)
    if not through_app:
        # Without an icon of our own, Streamlit would take the page's for the browser's tab, and fetch it from Google.
        st.set_page_config(page_icon=str(sidebar.ICON))
        st.navigation(menu(speak(chosen_language())))
        st.rerun()


#: Whether this process has met the menu: Streamlit's own memory of it is as long.
_seen: set[bool] = set()


def _page(w: Words, name: str, icon: str, *, hidden: bool = False) -> st.Page:
    return st.Page(
        f"pages/{name}.py",
        title=w(f"nav.{name}"),
        icon=f":material/{icon}:",
        visibility="hidden" if hidden else "visible",
    )
