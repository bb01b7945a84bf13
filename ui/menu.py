"""The pages of the app, as the menu shows them; each file is named as its URL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Event

import streamlit as st

from ui import sidebar
from ui.language import chosen_language
from words import Words, speak

#: Sections under the file's own page, in the order of the menu: each page with its icon.
SECTIONS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "look": (
        ("overview", "home"),
        ("segments", "favorite"),
        ("movement", "swap_vert"),
        ("intervals", "timelapse"),
        ("late_revenue", "payments"),
        ("growth", "trending_up"),
    ),
    "act": (
        ("today", "today"),
        ("red_line", "emergency_home"),
        ("at_risk", "call"),
        ("problems", "build"),
        ("dates", "cake"),
        ("offers", "handshake"),
        ("letters", "mail"),
    ),
    "team": (
        ("hand_over", "switch_account"),
        ("follow_up", "forum"),
    ),
}


def menu(w: Words) -> Mapping[str, Sequence[st.Page]]:
    """Sections of the menu with their pages. The root leads to `/start`, for a default page has no URL of its own."""
    root = st.Page(home, title=w("app.name"), visibility="hidden", default=True)
    sections = {
        w(f"nav.{section}"): [_page(w, name, icon) for name, icon in pages]
        for section, pages in SECTIONS.items()
    }
    client = _page(w, "client", "person", hidden=True)
    return {"": [root, _page(w, "start", "upload_file"), client], **sections}


def home() -> None:
    """The root of the app."""
    st.switch_page("pages/start.py")


def routed(*, through_app: bool = False) -> None:
    """Makes sure that the app's menu leads to the page that runs.

    Streamlit runs a file of `pages/` on its own for whoever comes first after a start with a link to that page
    (`/overview`): no menu, no language. Naming the menu once and running again brings the router back.
    """
    if _met.is_set():
        return
    _met.set()
    if not through_app:
        # Without an icon of our own, Streamlit would take the page's for the browser's tab, and fetch it from Google.
        st.set_page_config(page_icon=str(sidebar.ICON))
        st.navigation(menu(speak(chosen_language())), expanded=True)
        st.rerun()


#: Whether this process has met the menu: Streamlit's own memory of it is as long.
_met = Event()


def _page(w: Words, name: str, icon: str, *, hidden: bool = False) -> st.Page:
    return st.Page(
        f"pages/{name}.py",
        title=w(f"nav.{name}"),
        icon=f":material/{icon}:",
        visibility="hidden" if hidden else "visible",
    )
