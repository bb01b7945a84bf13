"""Files that cannot be read or lack what is needed: a card each, with what is wrong and what to do."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analysis.book import Book
from analysis.errors import (
    MissingColumnError,
    ProblemsError,
    PuntualError,
    SummaryError,
    UnreadableFileError,
)
from analysis.reading import ColumnKey
from analysis.visits import no_visits
from ui import owner_word, session
from ui.buttons import template_button
from ui.markdown import escape, muted_body
from ui.page import TEXT_WIDTH, trouble
from ui.start.columns import without_midnight
from words import Words

#: What tells a file that is something else at a glance.
_ICONS = {
    "encrypted": "lock",
    "image": "image",
    "pdf": "picture_as_pdf",
    "word": "article",
    "compressed": "folder_zip",
    "database": "database",
    "empty": "draft",
    "web_page": "public",
    "login_page": "login",
    "email": "mail",
    "contacts": "contacts",
    "shortcut": "link",
    "google_sheet": "link",
    "too_much": "weight",
    "unsafe": "gpp_maybe",
    "calendar": "calendar_month",
    "pivot": "pivot_table_chart",
}
#: Sums and no visits.
_SUMS = "functions"


def refused(w: Words, problem: PuntualError) -> None:
    """A card for every file that is no table we can read, for every column that is missing, and for the rest."""
    problems = problem.problems if isinstance(problem, ProblemsError) else (problem,)
    unreadable = [one for one in problems if isinstance(one, UnreadableFileError | SummaryError)]
    missing = [one for one in problems if isinstance(one, MissingColumnError) and one.values.get("found")]
    others = [one for one in problems if one not in unreadable and one not in missing]
    for foreign in unreadable:
        _unreadable(w, foreign, others_fine=len(unreadable) < len(session.uploads()))
    for lacking in missing:
        _missing(w, lacking)
    if missing:
        template_button(w, w("start.template"), key="template_missing")
    if others:
        with trouble(w, others[0] if len(others) == 1 else ProblemsError(tuple(others))):
            template_button(w, w("start.template"), key="template_trouble")


def nothing_to_show(w: Words, book: Book) -> None:
    """The files were read, and hold no visit to tell of."""
    problem = no_visits(book.sales)
    with st.container(border=True, gap="xsmall"):
        st.markdown(f":material/help: **{w('start.no_visits' if len(book.sales) else 'start.no_sales')}**")
        st.markdown(escape(w.error(problem)), width=TEXT_WIDTH)


def _unreadable(w: Words, problem: UnreadableFileError | SummaryError, *, others_fine: bool) -> None:
    """What the file is instead of a table of visits, under its name, and what to do."""
    kind = str(problem.values.get("kind", ""))
    file = escape(problem.values.get("file", ""))
    sums = isinstance(problem, SummaryError)
    icon = _ICONS.get(kind, _SUMS if sums else "block")
    sentence = f"summary.{kind}" if sums else f"kind.{kind}"
    with st.container(border=True, gap="xsmall"):
        st.markdown(
            f":material/{icon}: **{w('start.refused.sums' if sums else 'start.refused', file=file)}**"
        )
        what = w(sentence, **problem.values) if w.has(sentence) else w.error(problem)
        st.markdown(escape(what[:1].upper() + what[1:]), width=TEXT_WIDTH)
        if others_fine:
            st.markdown(muted_body(w("start.refused.others_fine")), width=TEXT_WIDTH)


def _missing(w: Words, problem: MissingColumnError) -> None:
    """The owner says which column it is, where none was taken for the client or the date."""
    columns, field = problem.values["columns"], str(problem.values["field"])
    if not isinstance(columns, tuple):
        return
    with st.container(border=True, gap="xsmall"):
        st.markdown(f":material/help: **{w('start.doubt.column', field=field)}**")
        said = w("start.missing", file=escape(problem.values.get("file", "")), field=field)
        st.markdown(muted_body(said), width=TEXT_WIDTH)
        st.selectbox(
            w("start.doubt.column", field=field),
            columns,
            index=None,
            placeholder=w("start.choose_column"),
            format_func=lambda key: _column(w, key),
            label_visibility="collapsed",
            key=f"missing_{field}",
            width=480,
            on_change=_pointed_out,
            args=(field,),
        )


def _pointed_out(field: str) -> None:
    chosen: ColumnKey = st.session_state[f"missing_{field}"]
    fields = {**session.corrections().fields, chosen: field}
    session.set_corrections(replace(session.corrections(), fields=fields))


def _column(w: Words, key: ColumnKey) -> str:
    """A column as a choice: its header and what stands in it."""
    header = key.header or w("start.columns.no_header")
    samples = " · ".join(map(without_midnight, owner_word.samples_of(key)))
    return f"{header}: {samples}" if samples else header
