"""One call at a time: who and why, what to say, the ways to reach them, and a button for what came of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import streamlit as st

from analysis.notebook import Outcome, OutcomeCode
from analysis.portfolio import Portfolio
from ui import noted, session
from ui.calling.leads_on import leads_on, noted_line
from ui.client import asked
from ui.client.message import contact_buttons, edit_draft, facts_of, language_to
from ui.markdown import escape, muted
from ui.page import finding_line
from ui.undo import undo_button
from words import Words
from words.files.call_list import SNOOZES

_REASONS = 2
#: What came of it, with its picture; then why they had not come, where they said so.
_OUTCOMES: tuple[tuple[OutcomeCode, str], ...] = (
    ("appointment", "event_available"),
    ("answered", "phone_in_talk"),
    ("no_answer", "phone_missed"),
    ("message_sent", "send"),
)
_REASONS_TOLD: tuple[OutcomeCode, ...] = ("slip", "problem", "price", "moved", "left")

_LAST = "today_last_noted"
CURRENT = "today_current"


def call_card(w: Words, portfolio: Portfolio, calls: pd.DataFrame, place: int, turn: int) -> None:
    """The card of the call at `place` (from 0) of `calls`, rows of `analysis.practices.calling.today.DueList.calls`."""
    client = calls.iloc[place]
    client_id = str(client["client_id"])
    following = str(calls["client_id"].iloc[(place + 1) % len(calls)])
    with st.container(border=True, gap="small", key="today_card"):
        with st.container(gap="xsmall"):
            finding_line(escape(w.client(client["client_name"], client_id)), _under(w, calls, place))
            st.markdown(escape(w.reasons(client["reasons"], _REASONS)))
        facts = facts_of(client, named=portfolio.has_names, portfolio=portfolio, turn=turn)
        if client["why"] == "second_visit":
            facts = replace(facts, action="second_visit")
        text = edit_draft(w, facts, "today", language_to(w, client))
        contact_buttons(w, client, text, "today")
        _outcomes(w, client, session.today(portfolio), following)
        with st.container(horizontal=True):
            st.button(
                w("common.open_record"),
                icon=":material/chevron_right:",
                icon_position="right",
                type="tertiary",
                key="today_record",
                on_click=asked.ask,
                args=(client_id,),
            )
            if len(calls) > 1:
                st.button(
                    w("today.card.skip"),
                    icon=":material/skip_next:",
                    type="tertiary",
                    key="today_skip",
                    on_click=begin_with,
                    args=(following,),
                )


def begin_with(client_id: str) -> None:
    """This client's card is the next one shown."""
    st.session_state[CURRENT] = client_id


def just_noted(w: Words, portfolio: Portfolio) -> None:
    """What was noted last, what it leads on to, and the way back."""
    last = st.session_state.get(_LAST)
    if not isinstance(last, Outcome) or last not in session.notebook().outcomes:
        return
    name = _name(w, portfolio, last.client_id)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(noted_line(w, last, name), width="content")
        leads_on(w, last, name)
        undo_button(w, name, "today_undo_last", _undo, last)


def made_today(w: Words, portfolio: Portfolio, made: tuple[Outcome, ...]) -> None:
    """Today's outcomes, each with what it leads on to and its way back."""
    if not made:
        return
    with st.expander(f":material/check: {w('today.done', n=len(made))}", key="today_made"):
        for number, outcome in enumerate(reversed(made)):
            name = _name(w, portfolio, outcome.client_id)
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                said = w("today.noted", name=name, code=outcome.code)
                said += f" {escape(outcome.note)}" if outcome.note else ""
                st.markdown(said)
                leads_on(w, outcome, name)
                undo_button(w, name, f"today_undo_{number}", _undo, outcome)


def _under(w: Words, calls: pd.DataFrame, place: int) -> str:
    client = calls.iloc[place]
    said = w("today.card.note", place=place + 1, n=len(calls), way=client["way"], why=client["why"])
    if pd.isna(client["value_at_stake"]):
        return escape(said)
    return escape(f"{said} · {w('today.card.at_stake', money=client['value_at_stake'])}")


def _outcomes(w: Words, client: pd.Series, today: dt.date, following: str) -> None:
    client_id = str(client["client_id"])
    onward = escape(w.client(client["client_name"], client_id)), following
    st.text_input(
        w("today.card.note_label"), placeholder=w("today.card.note_hint"), key=f"today_note_{client_id}"
    )
    outcome = Outcome(client_id, today, "answered", channel=_channel(client))
    st.markdown(f"**{w('today.card.outcome')}**")
    with st.grid(len(_OUTCOMES), min_column_width=165, gap="small"):
        for code, icon in _OUTCOMES:
            said = replace(outcome, code=code, channel=_channel(client, code))
            _button(w(f"outcome.{code}"), said, onward, icon=f":material/{icon}:")
    st.markdown(muted(w("today.card.reason")))
    with st.container(horizontal=True, gap="small"):
        for code in _REASONS_TOLD:
            _button(w(f"outcome.{code}"), replace(outcome, code=code), onward)
    st.markdown(muted(w("today.card.later")))
    with st.container(horizontal=True, gap="small"):
        for days in SNOOZES:
            until = today + dt.timedelta(days=days)
            said = replace(outcome, code="snoozed", channel="", until=until)
            _button(w("outcome.snooze_days", n=days), said, onward)
        refusal = replace(outcome, code="do_not_contact")
        _button(w("outcome.do_not_contact"), refusal, onward, icon=":material/block:")


def _button(label: str, outcome: Outcome, onward: tuple[str, str], icon: str | None = None) -> None:
    """`onward`: the name of whose outcome it is, and the id of whom to call next."""
    days = (outcome.until - outcome.on).days if outcome.until else ""
    st.button(
        label,
        icon=icon,
        key=f"today_{outcome.code}{days}",
        width="stretch" if icon and outcome.code != "do_not_contact" else "content",
        on_click=_note,
        args=(outcome, *onward),
    )


def _note(outcome: Outcome, name: str, following: str) -> None:
    """Into the notebook with what was typed beside, and on to the next; said where it is seen from any button."""
    typed = str(st.session_state.get(f"today_note_{outcome.client_id}", "")).strip()
    told = replace(outcome, note=typed)
    noted.note(told)
    st.session_state[_LAST] = told
    begin_with(following)
    st.toast(noted_line(session.words(), told, name))


def _undo(outcome: Outcome) -> None:
    """Taken back, and their card again."""
    noted.take_back(outcome)
    begin_with(outcome.client_id)


def _channel(client: pd.Series, code: OutcomeCode = "answered") -> str:
    """How they were reached, by what is known: a message goes by WhatsApp or mail, all else by telephone."""
    if code == "message_sent":
        return "whatsapp" if client["can_chat"] else "email" if client["can_mail"] else ""
    return "call" if client["can_call"] else "email" if client["can_mail"] else ""


def _name(w: Words, portfolio: Portfolio, client_id: str) -> str:
    rows = portfolio.clients.loc[portfolio.clients["client_id"] == client_id, "client_name"]
    return escape(w.client(rows.iloc[0] if len(rows) else None, client_id))
