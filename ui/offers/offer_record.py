"""The box in which the owner writes down what was offered to whom, and the offers written down so far."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.consent import refused
from analysis.notebook import OFFERS, Outcome, OutcomeCode
from analysis.portfolio import Portfolio
from analysis.practices.offers.ladder import ladder
from ui import noted, session
from ui.client.names import client_labels, place_of
from ui.day_format import day_format
from ui.markdown import escape
from ui.undo import noted_line
from words import Words

#: What a client may say to an offer.
_SAID: tuple[OutcomeCode, ...] = (
    "answered",
    "appointment",
    "no_answer",
    "price",
    "problem",
    "slip",
    "moved",
    "left",
)
_NOTE_LENGTH = 200
_MOST_KEPT = 10


def record_panel(w: Words, portfolio: Portfolio, about: str | None) -> None:
    """The box that writes an offer into the notebook, and what was written so far.

    Those at risk can be chosen in it, and the client whom a link is `about`, with whom it begins.
    """
    table: pd.DataFrame = session.worked_out(ladder, portfolio)
    clients = portfolio.clients
    at_risk = clients["client_id"].isin(table["client_id"])
    people = pd.concat([table, clients[~at_risk & (clients["client_id"] == about)]])
    people = people[~refused(people)]
    chosen = about if about in set(people["client_id"]) else None
    with st.expander(
        w("offers.record"), icon=":material/edit_note:", expanded=chosen is not None, key="offer_record"
    ):
        if people.empty:
            st.markdown(w("offers.record.nobody"))
        else:
            _record_form(w, portfolio, people, chosen)
    _kept(w, portfolio)


def _record_form(w: Words, portfolio: Portfolio, people: pd.DataFrame, chosen: str | None) -> None:
    labels = client_labels(w, people)
    with st.form("offer_form", clear_on_submit=True, border=False):
        with st.grid(2, min_column_width=260, gap="medium"):
            st.selectbox(
                w("offers.record.client"),
                list(labels),
                index=place_of(chosen, labels) or 0,
                format_func=labels.__getitem__,
                key="offer_to",
            )
            st.date_input(
                w("offers.record.on"),
                session.today(portfolio),
                format=day_format(w),
                key="offer_on",
            )
        st.segmented_control(
            w("offers.record.offer"),
            OFFERS,
            default=OFFERS[0],
            required=True,
            format_func=lambda code: w(f"offer.{code}"),
            key="offer_kind",
        )
        with st.grid(2, min_column_width=260, gap="medium"):
            st.selectbox(
                w("offers.record.outcome"),
                _SAID,
                format_func=lambda one: w(f"outcome.{one}"),
                key="offer_said",
            )
            st.text_input(w("offers.record.text"), max_chars=_NOTE_LENGTH, key="offer_note")
        st.form_submit_button(w("offers.record.save"), icon=":material/check:", on_click=_write_down)


def _write_down() -> None:
    """What stands in the boxes, into the notebook."""
    client_id, on, offer, code, note = (
        st.session_state[f"offer_{name}"] for name in ("to", "on", "kind", "said", "note")
    )
    noted.note(Outcome(client_id, on, code, note.strip(), offer=offer))


def _kept(w: Words, portfolio: Portfolio) -> None:
    """The offers written down, the latest first, each with a way to take it back."""
    made = [outcome for outcome in session.notebook().outcomes if outcome.offer is not None]
    if not made:
        return
    names = portfolio.clients.set_index("client_id")["client_name"].to_dict()
    with st.expander(w("offers.record.kept", n=len(made)), icon=":material/menu_book:", key="offers_kept"):
        st.markdown(w("offers.record.note"))
        for place, outcome in enumerate(reversed(made[-_MOST_KEPT:])):
            name = escape(w.client(names.get(outcome.client_id), outcome.client_id))
            said = [
                w(f"offer.{outcome.offer}"),
                w(f"outcome.{outcome.code}"),
                w.date(outcome.on),
                outcome.note,
            ]
            line = f"{name} · {escape(' · '.join(part for part in said if part))}"
            noted_line(w, line, name, f"offer_undo_{place}", noted.take_back, outcome)
