"""Files that cannot be read: a card each, with what it really is and what to do."""

from __future__ import annotations

import streamlit as st

from analysis.errors import ProblemsError, PuntualError, UnreadableFileError
from ui.markdown import escape
from ui.page import TEXT_WIDTH, trouble
from ui.start_questions import point_out
from words import Words

#: What tells a file that is something else at a glance (Material icons that Streamlit bundles).
_ICONS = {
    "encrypted": "lock",
    "image": "image",
    "pdf": "picture_as_pdf",
    "word": "article",
    "compressed": "folder_zip",
    "database": "database",
    "folder": "folder",
    "empty": "draft",
}


def refused(w: Words, problem: PuntualError) -> None:
    """A card for every file that is no table we can read; one more for what else is wrong, with the way out of it."""
    problems = problem.problems if isinstance(problem, ProblemsError) else (problem,)
    files = [one for one in problems if isinstance(one, UnreadableFileError)]
    for one in files:
        kind = str(one.values.get("kind", ""))
        icon = _ICONS.get(kind, "help")
        with st.container(border=True, gap="xsmall"):
            st.markdown(f":material/{icon}: **{w('problem.title')}**")
            st.markdown(escape(w.error(one)), width=TEXT_WIDTH)
    others = tuple(one for one in problems if one not in files)
    if others:
        rest = others[0] if len(others) == 1 else ProblemsError(others)
        with trouble(w, rest):
            point_out(w, rest)
