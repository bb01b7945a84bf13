"""The form in which the owner writes a new problem down, begun with what a client told of it in a call."""

from __future__ import annotations

import streamlit as st

from analysis.notebook import ProblemNote
from analysis.portfolio import Portfolio
from analysis.practices.calling.what_follows import problem_told
from analysis.practices.problems.notes import written_down
from ui import session
from ui.client.in_address import no_longer_asked
from ui.client.names import client_labels, place_of
from ui.client.picker import names_with
from ui.day_format import day_format
from ui.keys import key_of
from ui.markdown import muted
from ui.problems.owner_box import owner_box, owner_in
from words import Words

_DETAIL_LENGTH, _KIND_LENGTH = 400, 80
_BOXES = ("client", "kind", "opened", "promised", "detail")


def new_problem(w: Words, portfolio: Portfolio, about: str | None) -> None:
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
        st.text_input(
            w("problems.kind"),
            max_chars=_KIND_LENGTH,
            placeholder=w("problems.kind.example"),
            key=f"problem_new_kind{place}",
        )
        owner_box(w, portfolio, "", f"problem_new_owner{place}")
        with st.container(horizontal=True):
            st.date_input(
                w("problems.opened"),
                told.on if told else portfolio.as_of,
                format=day_format(w),
                key=f"problem_new_opened{place}",
            )
            st.date_input(
                w("problems.promise"), None, format=day_format(w), key=f"problem_new_promised{place}"
            )
        st.text_area(
            w("problems.detail"),
            told.note[:_DETAIL_LENGTH] if told else "",
            max_chars=_DETAIL_LENGTH,
            height=80,
            key=f"problem_new_detail{place}",
        )
        pressed = st.form_submit_button(
            w("problems.write.keep"),
            icon=":material/add:",
            key="problem_new_keep",
            on_click=_keep,
            args=(place,),
        )
    if pressed and client_id is None:
        st.markdown(muted(w("problems.write.nobody")))


def _keep(place: str) -> None:
    """Into the notebook, once it says whose problem it is; what the link was for is done."""
    said = {name: st.session_state[f"problem_new_{name}{place}"] for name in _BOXES}
    if said["client"] is None:
        return
    note = ProblemNote(
        said["client"],
        said["opened"],
        said["kind"].strip(),
        owner_in(f"problem_new_owner{place}"),
        said["detail"].strip(),
        said["promised"],
    )
    session.set_notebook(written_down(session.notebook(), note))
    no_longer_asked()
