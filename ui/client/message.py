"""How to reach a client: the draft to change, and the buttons that carry it to telephone, WhatsApp or mail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import streamlit as st

from analysis.portfolio import Portfolio
from analysis.practices.calling.message_facts import facts_beside, sellers_here
from analysis.practices.calling.reach import language_of_client
from analysis.reading.layout.languages import in_spanish
from ui import session
from ui.buttons import main_button
from ui.client.contact_links import mail_link, phone_link, whatsapp_link
from ui.markdown import muted_body
from words import LANGUAGES, Language, Words, speak
from words.drafts.messages import REGISTERS, MessageFacts, Register, draft


def edit_draft(w: Words, facts: MessageFacts, key: str, language: Language | None = None) -> str:
    """Draws the draft in its language and tone; gives the text as the reader left it.

    `language`: the client's own (`language_to`), which the draft begins in.
    """
    return edit_text(w, lambda voice, register: draft(voice, facts, register), key, facts.client_id, language)


def edit_text(
    w: Words,
    compose: Callable[[Words, Register], str],
    key: str,
    whose: str,
    client_language: Language | None = None,
) -> str:
    """The same for any text: `compose` writes it in a voice and a tone; `whose` tells one text from another."""
    with st.container(gap="small"):
        with st.container(horizontal=True):
            language = st.segmented_control(
                w("client.draft.language"),
                LANGUAGES,
                default=client_language or w.language,
                required=True,
                format_func=lambda code: w(f"language.{code}"),
                key=f"{key}_language_{whose}" if client_language else f"{key}_language",
            )
            register = st.segmented_control(
                w("client.draft.register"),
                REGISTERS,
                default=REGISTERS[0],
                required=True,
                format_func=lambda code: w(f"client.draft.{code}"),
                key=f"{key}_register",
            )
        voice = speak(language, w.locale if language == w.language else None, w.currency)
        return st.text_area(
            w("client.draft"),
            compose(voice, register),
            height="content",
            key=f"{key}_text_{whose}_{language}_{register}",
            label_visibility="collapsed",
        )


def facts_of(
    client: pd.Series, *, named: bool, portfolio: Portfolio | None = None, turn: int = 0
) -> MessageFacts:
    """What a draft may use of a client's row; without names in the file (`named`) nobody is greeted by a code.

    With the `portfolio` it knows more: who sees to them, what was put right, what their use makes due.
    """
    due, usual = (
        client[name] if isinstance(client[name], str) else "" for name in ("due_service", "service")
    )
    facts = MessageFacts(
        client_id=str(client["client_id"]),
        name=client["client_name"] if named and isinstance(client["client_name"], str) else "",
        action=client["suggested_action"],
        last_visit=_date(client["last_visit"]),
        first_visit=_date(client["first_visit"]),
        usual_days=float(client["interval_days"]) if client["interval_source"] == "own" else None,
        service=due or usual,
        subject=client["due_subject"] if isinstance(client["due_subject"], str) else "",
        booked_for=_date(client["booked_for"]),
        turn=turn,
    )
    if portfolio is None:
        return facts
    beside = facts_beside(portfolio, client, session.worked_out(sellers_here, portfolio))
    return replace(facts, today=session.today(portfolio), **vars(beside))


def language_to(w: Words, client: pd.Series) -> Language:
    """The language to write to a client in: by their phone or mail, else the one of the shop's file."""
    return language_of_client(client["phone"], client["email"]) or _language_of_files(w)


def _language_of_files(w: Words) -> Language:
    bodies = session.bodies() if session.is_opened() else ()
    if not bodies:
        return w.language
    return "es" if 2 * sum(map(in_spanish, bodies)) >= len(bodies) else "en"


def refuses_contact(client: pd.Series) -> bool:
    """They said no; not having said anything is no refusal."""
    return not pd.isna(client["consent"]) and not bool(client["consent"])


def contact_buttons(
    w: Words, client: pd.Series, text: str, key: str, *, subject: str | None = None, ready: bool = True
) -> None:
    """Call, WhatsApp and mail, as far as the file knows how. Not for those who asked not to be contacted.

    `subject` is the mail's, where it has one of its own. Until it is `ready`, a text can be sent nowhere.
    """
    call = phone_link(client["phone"])
    chat = whatsapp_link(client["phone"], text)
    mail = mail_link(client["email"], subject or w("message.subject"), text)
    if not (call or mail):
        st.markdown(muted_body(w("client.unreachable")))
        return
    with st.container(horizontal=True, gap="small"):
        if call:
            st.link_button(
                w("client.call"), call, icon=":material/call:", type=main_button(), key=f"{key}_call"
            )
            if chat:
                st.link_button(
                    w("client.whatsapp"),
                    chat,
                    icon=":material/chat:",
                    disabled=not ready,
                    key=f"{key}_whatsapp",
                )
            else:  # a link that is off is still a link to a screen reader; a button that is off is off
                st.button(
                    w("client.whatsapp"),
                    icon=":material/chat:",
                    disabled=True,
                    help=w("client.no_country_code"),
                    key=f"{key}_whatsapp",
                )
        if mail:
            st.link_button(
                w("client.mail"), mail, icon=":material/mail:", disabled=not ready, key=f"{key}_mail"
            )


def _date(value: pd.Timestamp) -> dt.date | None:
    return None if pd.isna(value) else value.date()
