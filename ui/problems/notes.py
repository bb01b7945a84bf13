"""The owner's own hand on problems: whose one is, what was promised, that it is closed; and new ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping

import pandas as pd
import streamlit as st

from analysis.notebook import Notebook, ProblemNote
from analysis.portfolio import Portfolio
from analysis.practices.calling.what_follows import problem_told
from analysis.practices.problems.notes import (
    ProblemKey,
    brought_up_to_date,
    taken_back,
    written_down,
)
from analysis.practices.problems.open_problems import open_problems
from ui import session
from ui.client.in_address import no_longer_asked
from ui.client.names import client_labels, place_of
from ui.client.picker import names_with
from ui.keys import key_of
from ui.markdown import escape, muted
from ui.page import finding_line
from words import Words

_DETAIL_LENGTH, _KIND_LENGTH = 400, 80
_COLUMN = 320
_MOST_NOTES = 20
#: What became of a problem; the first is what it is while nobody says otherwise.
_OUTCOMES = ("open", "solved", "badly_solved")


def notes_panel(w: Words, portfolio: Portfolio, about: str | None) -> None:
    """Folded away: an open problem brought up to date, a new one written down, and what was written so far.

    Where nothing is known of problems the second one is what there is to do, and stands open; so it does where a link
    is `about` a client, whose problem is begun in it.
    """
    with st.container(gap="small"):
        finding_line(w("problems.notes"), w("problems.notes.note"))
        found: pd.DataFrame = session.worked_out(open_problems, portfolio)
        known = len(portfolio.records.problems) > 0
        with st.grid(2 if len(found) else 1, min_column_width=_COLUMN, gap="small"):
            if len(found):
                with st.expander(w("problems.update"), icon=":material/update:", key="problem_update_fold"):
                    _update(w, portfolio, found, about)
            unfolded = about is not None or not known
            with st.expander(
                w("problems.write"), icon=":material/edit_note:", expanded=unfolded, key="problem_write_fold"
            ):
                _write(w, portfolio, about)
        _written(w, portfolio)


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
    owner = _owner_box(w, portfolio, str(row["staff"]), f"{place}_owner")
    promised = st.date_input(
        w("problems.promise"), _day(row["promised"]), format=_day_format(w), key=f"{place}_promised"
    )
    outcome = st.segmented_control(
        w("problems.outcome"),
        _OUTCOMES,
        default=_OUTCOMES[0],
        required=True,
        format_func=lambda code: w(f"problems.outcome.{code}"),
        key=f"{place}_outcome",
    )
    closed = None
    if outcome != _OUTCOMES[0]:
        closed = st.date_input(
            w("problems.closed_on"),
            max(portfolio.as_of, key.opened),
            min_value=key.opened,
            format=_day_format(w),
            key=f"{place}_closed",
        )
    if st.button(w("problems.save"), icon=":material/check:", key="problem_save"):
        _keep(
            brought_up_to_date(
                session.notebook(),
                key,
                staff=owner,
                promised=promised,
                closed=closed,
                solved=None if closed is None else outcome == "solved",
            )
        )


def _write(w: Words, portfolio: Portfolio, about: str | None) -> None:
    """The boxes of a new problem; `about` a client, they begin with what was told of it in a call."""
    labels = client_labels(w, names_with(portfolio.clients, about))
    told = problem_told(about, portfolio.notebook) if about else None
    place = f"_{key_of(about)}" if about else ""
    with st.form(f"problem_new{place}", clear_on_submit=True, border=False):
        client_id = st.selectbox(
            w("common.client"),
            list(labels),
            index=place_of(about, labels),
            placeholder=w("common.type_a_name"),
            format_func=labels.__getitem__,
            key=f"problem_new_client{place}",
        )
        kind = st.text_input(
            w("problems.kind"),
            max_chars=_KIND_LENGTH,
            placeholder=w("problems.kind.example"),
            key=f"problem_new_kind{place}",
        )
        owner = _owner_box(w, portfolio, "", f"problem_new_owner{place}")
        with st.container(horizontal=True):
            opened = st.date_input(
                w("problems.opened"),
                told.on if told else portfolio.as_of,
                format=_day_format(w),
                key=f"problem_new_opened{place}",
            )
            promised = st.date_input(
                w("problems.promise"), None, format=_day_format(w), key=f"problem_new_promised{place}"
            )
        detail = st.text_area(
            w("problems.detail"),
            told.note[:_DETAIL_LENGTH] if told else "",
            max_chars=_DETAIL_LENGTH,
            height=80,
            key=f"problem_new_detail{place}",
        )
        written = st.form_submit_button(
            w("problems.write.keep"), icon=":material/add:", key="problem_new_keep"
        )
    if written and client_id is None:
        st.markdown(muted(w("problems.write.nobody")))
    elif written and client_id is not None:
        note = ProblemNote(client_id, opened, kind.strip(), owner, detail.strip(), promised)
        no_longer_asked()
        _keep(written_down(session.notebook(), note))


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
            key = ProblemKey(note.client_id, note.opened, note.kind)
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(_told(w, note, names), width="stretch")
                st.button(
                    w("problems.take_back"),
                    icon=":material/undo:",
                    type="tertiary",
                    key=f"problem_back_{note.client_id}_{note.opened}_{note.kind}",
                    on_click=_take_back,
                    args=(key,),
                )


def _told(w: Words, note: ProblemNote, names: Mapping[Hashable, object]) -> str:
    """A note in one line; markdown."""
    what = "open" if note.closed is None else "badly_solved" if note.solved is False else "solved"
    said = [
        w.client(names.get(note.client_id), note.client_id),
        note.kind or w("problems.unnamed"),
        note.staff or w("problems.nobody"),
        w(f"problems.outcome.{what}"),
    ]
    return escape(" · ".join(said))


def _owner_box(w: Words, portfolio: Portfolio, owner: str, key: str) -> str:
    """Who takes care of it: one of the team, or a name typed in."""
    problems = portfolio.records.problems
    team = [*portfolio.clients["staff"].value_counts().index, *problems["staff"].value_counts().index, owner]
    names = [str(name) for name in dict.fromkeys(team) if name]
    chosen = st.selectbox(
        w("problems.owner"),
        names,
        index=names.index(owner) if owner else None,
        placeholder=w("problems.nobody_yet"),
        accept_new_options=True,
        key=key,
    )
    return (chosen or "").strip()


def _label(w: Words, row: pd.Series) -> str:
    kind = str(row["kind"]) or w("problems.unnamed")
    days = w("problems.days", n=int(row["days_open"]))
    return f"{w.client(row['client_name'], row['client_id'])} · {kind} · {days}"


def _key_of(row: pd.Series) -> ProblemKey:
    return ProblemKey(str(row["client_id"]), row["opened"].date(), str(row["kind"]))


def _day(value: object) -> dt.date | None:
    return value.date() if isinstance(value, pd.Timestamp) and not pd.isna(value) else None


def _day_format(w: Words) -> str:
    return "DD/MM/YYYY" if w.language == "es" else "YYYY/MM/DD"


def _take_back(key: ProblemKey) -> None:
    session.set_notebook(taken_back(session.notebook(), key))


def _keep(notebook: Notebook) -> None:
    """In use from the next run on."""
    session.set_notebook(notebook)
    st.rerun()
