"""Where an outcome leads on: what is still to be done of it in a few words, and the link to the page that does it."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.notebook import Outcome
from analysis.practices.calling.what_follows import Following, what_follows
from ui import session
from ui.client.in_address import link_about
from words import Words

#: The page that deals with it, and its picture in the menu.
_PAGES: Mapping[Following, tuple[str, str]] = {
    "problem": ("problems", "build"),
    "offer": ("offers", "handshake"),
}


def noted_line(w: Words, outcome: Outcome, name: str) -> str:
    """What was noted of whom, and what is still to be done of it; markdown, with the `name` escaped already."""
    form = "today.noted.until" if outcome.until else "today.noted"
    said = f":material/check: {w(form, name=name, code=outcome.code, until=outcome.until)}"
    following = what_follows(outcome, session.notebook())
    return f"{said} {w(f'today.leads.{following}')}" if following else said


def leads_on(w: Words, outcome: Outcome, name: str) -> None:
    """The link to where it is done, with the client chosen there; nothing for most outcomes."""
    following = what_follows(outcome, session.notebook())
    if following is None:
        return
    page, icon = _PAGES[following]
    label = w(f"today.leads.{following}.link")
    link_about(outcome.client_id, page, label, icon=icon, of=f"{label}: {name}")
