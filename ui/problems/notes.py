"""The owner's own hand on problems: whose one is, what was promised, that it is closed; and new ones."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from analysis.notebook import ProblemNote
from analysis.portfolio import Portfolio
from analysis.practices.problems.notes import (
    ProblemKey,
    brought_up_to_date,
    taken_back,
)
from analysis.practices.problems.open_problems import open_problems
from ui import session
from ui.day_format import day_format
from ui.markdown import escape
from ui.page import finding_line
from ui.problems.new_problem import new_problem
from ui.problems.owner_box import owner_box, owner_in
from ui.undo import noted_line
from words import Words

_COLUMN = 320
_MOST_NOTES = 20
#: What became of a problem; the first is what it is while nobody says otherwise.
_OUTCOMES = ("open", "solved", "badly_solved")


def notes_panel(w: Words, portfolio: Portfolio, about: str | None) -> None:
    """Folded away: an open problem brought up to date, a new one written down, and what was written so far.

    Where nothing is known of problems the second one is what there is to do, and stands open. Where a link is `about` a
    client, their problem is begun in it, beside the one they have open already.
    """
    with st.container(gap="small"):
        finding_line(w("problems.notes"), w("problems.notes.note"))
        found: pd.DataFrame = session.worked_out(open_problems, portfolio)
        with st.grid(2 if len(found) else 1, min_column_width=_COLUMN, gap="small"):
            if about is not None:  # what the link is for comes first
                _write_fold(w, portfolio, about)
            if len(found):
                _update_fold(w, portfolio, found, about)
            if about is None:
                _write_fold(w, portfolio, about)
        _written(w, portfolio)


def _update_fold(w: Words, portfolio: Portfolio, found: pd.DataFrame, about: str | None) -> None:
    has_one = about in set(found["client_id"])
    with st.expander(
        w("problems.update"), icon=":material/update:", expanded=has_one, key="problem_update_fold"
    ):
        _update(w, portfolio, found, about)


def _write_fold(w: Words, portfolio: Portfolio, about: str | None) -> None:
    known = len(portfolio.records.problems) > 0
    with st.expander(
        w("problems.write"),
        icon=":material/edit_note:",
        expanded=about is not None or not known,
        key="problem_write_fold",
    ):
        new_problem(w, portfolio, about)


def _update(w: Words, portfolio: Portfolio, found: pd.DataFrame, about: str | None) -> None:
    rows = {_key_of(row): row for _, row in found.iterrows()}
    key = st.selectbox(
        w("problems.which"),
        list(rows),
        index=next((place for place, key in enumerate(rows) if key.client_id == about), 0),
        format_func=lambda one: _label(w, rows[one]),
        key="problem_which",
    )
    row = rows[key]
    place = f"problem_{key.client_id}_{key.opened}_{key.kind}"
    owner_box(w, portfolio, str(row["staff"]), f"{place}_owner")
    st.date_input(w("problems.promise"), _day(row["promised"]), format=day_format(w), key=f"{place}_promised")
    outcome = st.segmented_control(
        w("problems.outcome"),
        _OUTCOMES,
        default=_OUTCOMES[0],
        required=True,
        format_func=lambda code: w(f"problems.outcome.{code}"),
        key=f"{place}_outcome",
    )
    usual = max(portfolio.as_of, key.opened)
    if outcome != _OUTCOMES[0]:
        st.date_input(
            w("problems.closed_on"),
            usual,
            min_value=key.opened,
            format=day_format(w),
            key=f"{place}_closed",
        )
    st.button(
        w("problems.save"),
        icon=":material/check:",
        key="problem_save",
        on_click=_save,
        args=(key, place, usual),
    )


def _save(key: ProblemKey, place: str, usual: dt.date) -> None:
    """What stands in the boxes, into the notebook; closed on the `usual` day where its box is not drawn yet."""
    outcome = st.session_state[f"{place}_outcome"]
    closed = None if outcome == _OUTCOMES[0] else st.session_state.get(f"{place}_closed", usual)
    session.set_notebook(
        brought_up_to_date(
            session.notebook(),
            key,
            staff=owner_in(f"{place}_owner"),
            promised=st.session_state[f"{place}_promised"],
            closed=closed,
            solved=None if closed is None else outcome == "solved",
        )
    )


def _written(w: Words, portfolio: Portfolio) -> None:
    """What the owner wrote so far, each to be taken back."""
    notes = session.notebook().problems
    if not notes:
        return
    names = portfolio.clients.set_index("client_id")["client_name"].to_dict()
    with st.expander(
        w("problems.written", n=len(notes)), icon=":material/menu_book:", key="problems_written"
    ):
        for note in reversed(notes[-_MOST_NOTES:]):
            problem = ProblemKey(note.client_id, note.opened, note.kind)
            key = f"problem_back_{note.client_id}_{note.opened}_{note.kind}"
            name = escape(w.client(names.get(note.client_id), note.client_id))
            noted_line(w, _told(w, note, name), name, key, _take_back, problem)


def _told(w: Words, note: ProblemNote, name: str) -> str:
    """A note in one line; `name` and the line are markdown."""
    what = "open" if note.closed is None else "badly_solved" if note.solved is False else "solved"
    said = [
        note.kind or w("problems.unnamed"),
        note.staff or w("problems.nobody"),
        w(f"problems.outcome.{what}"),
    ]
    return f"{name} · {escape(' · '.join(said))}"


def _label(w: Words, row: pd.Series) -> str:
    kind = str(row["kind"]) or w("problems.unnamed")
    days = w("problems.days", n=int(row["days_open"]))
    return f"{w.client(row['client_name'], row['client_id'])} · {kind} · {days}"


def _key_of(row: pd.Series) -> ProblemKey:
    return ProblemKey(str(row["client_id"]), row["opened"].date(), str(row["kind"]))


def _day(value: object) -> dt.date | None:
    return value.date() if isinstance(value, pd.Timestamp) and not pd.isna(value) else None


def _take_back(key: ProblemKey) -> None:
    session.set_notebook(taken_back(session.notebook(), key))
