"""What the owner may like to remember before they write to a client; for their eyes alone."""

from __future__ import annotations

import streamlit as st

from analysis.portfolio import Portfolio
from analysis.practices.letters.material import Material, material
from ui import session
from ui.markdown import escape, muted
from words import Words


def material_lines(w: Words, portfolio: Portfolio, client_id: str) -> None:
    story = session.worked_out(material, portfolio, client_id)
    with st.container(gap="xsmall", key="letters_material"):
        st.markdown(muted(f"**{w('letters.know')}**"))
        st.markdown("\n".join(f"- :small[{escape(line)}]" for line in _lines(w, story)))


def _lines(w: Words, story: Material) -> list[str]:
    """A fact a line, as plain text."""
    form = "letters.know.since" if story.since_known else "letters.know.at_least"
    lines = [w(form, n=story.visits, since=story.since, last=story.last_visit)]
    if story.service:
        usual = "letters.know.service_staff" if story.staff else "letters.know.service"
        lines.append(w(usual, service=story.service, staff=story.staff))
    elif story.staff:
        lines.append(w("letters.know.staff", staff=story.staff))
    if story.subjects:
        lines.append(w("letters.know.subjects", subjects=list(story.subjects)))
    for problem in story.problems:
        kind = f": {problem.kind}" if problem.kind else ""
        lines.append(w(f"letters.know.problem.{problem.state}", opened=problem.opened, kind=kind))
    if story.brought:
        lines.append(w("letters.know.brought", names=list(story.brought)))
    if story.brought_by:
        lines.append(w("letters.know.brought_by", name=story.brought_by))
    return lines
