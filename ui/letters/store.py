"""The letters in the owner's notebook: what each says, how it is written, how far it has come."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from analysis.notebook import Letter, Outcome
from analysis.practices.letters.year_letters import USUAL_MINUTES
from ui import session
from words import LANGUAGES, Language, Words, speak
from words.drafts.letters import LetterFacts, is_filled, letter, own_part
from words.drafts.messages import REGISTERS, Register

_LANGUAGE, _REGISTER = "letters_language", "letters_register"
_MINUTES = "letters.minutes"
_LEAST_MINUTES, _MOST_MINUTES = 1.0, 60.0


@dataclass(frozen=True)
class Manner:
    """How a letter is written: in which language, to usted or to tú, and signed by whom."""

    language: Language
    register: Register
    signature: str


def usual_manner(w: Words) -> Manner:
    """How the letters are written that say nothing else."""
    language = st.session_state.get(_LANGUAGE)
    register = st.session_state.get(_REGISTER)
    return Manner(
        language if language in LANGUAGES else w.language,
        register if register in REGISTERS else REGISTERS[0],
        session.notebook().signature,
    )


def manner_of(kept: Letter, usual: Manner) -> Manner:
    """How this letter is written."""
    return Manner(
        next((one for one in LANGUAGES if one == kept.language), usual.language),
        next((one for one in REGISTERS if one == kept.register), usual.register),
        usual.signature,
    )


def manner_panel(w: Words) -> None:
    """The usual language, form of address and signature, and how long a letter takes, folded away."""
    with (
        st.expander(w("letters.how"), icon=":material/edit_note:", key="letters_how"),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.segmented_control(
            w("letters.how.language"),
            LANGUAGES,
            default=None if _LANGUAGE in st.session_state else w.language,
            required=True,
            format_func=lambda code: w(f"language.{code}"),
            key=_LANGUAGE,
            persist_state="session",
        )
        st.segmented_control(
            w("letters.how.register"),
            REGISTERS,
            default=None if _REGISTER in st.session_state else REGISTERS[0],
            required=True,
            format_func=lambda code: w(f"client.draft.{code}"),
            key=_REGISTER,
            persist_state="session",
        )
        _minutes_box(w)
        st.text_input(
            w("letters.how.signature"),
            session.notebook().signature,
            placeholder=w("letters.how.signature.hint"),
            key="letters_signature",
            on_change=_sign,
            width=260,
        )


def minutes_a_letter() -> float:
    """How long one letter takes, by the owner's word or as usual."""
    return min(max(session.notebook().choices.get(_MINUTES, USUAL_MINUTES), _LEAST_MINUTES), _MOST_MINUTES)


def _minutes_box(w: Words) -> None:
    st.number_input(
        w("letters.minutes"),
        min_value=_LEAST_MINUTES,
        max_value=_MOST_MINUTES,
        value=minutes_a_letter(),
        step=1.0,
        format="%.0f",
        key="letters_minutes",
        on_change=_keep_minutes,
        width=150,
    )


def _keep_minutes() -> None:
    book = session.notebook()
    minutes = float(st.session_state["letters_minutes"])
    session.set_notebook(replace(book, choices={**book.choices, _MINUTES: minutes}))


def _sign() -> None:
    signature = str(st.session_state.get("letters_signature") or "").strip()
    session.set_notebook(replace(session.notebook(), signature=signature))


def letter_of(client_id: str) -> Letter:
    return session.notebook().letters.get(client_id, Letter())


def keep(client_id: str, **changes: Any) -> None:  # noqa: ANN401 - fields of a Letter
    """Notes down what changed in a client's letter; an empty letter is not kept."""
    book = session.notebook()
    changed = replace(book.letters.get(client_id, Letter()), **changes)
    changed = replace(changed, ready=changed.ready and is_filled(changed.own_words, changed.text))
    letters = {**book.letters, client_id: changed}
    if changed == Letter():
        del letters[client_id]
    session.set_notebook(replace(book, letters=letters))


def send(client_id: str, text: str) -> None:
    """The owner sent it today: the words stay as they were, and the client has been written to."""
    today = session.today()
    keep(client_id, sent=today, text=text)
    book = session.notebook()
    session.set_notebook(replace(book, outcomes=(*book.outcomes, _written(client_id, today))))


def take_back(client_id: str) -> None:
    """It was not sent after all."""
    sent = letter_of(client_id).sent
    keep(client_id, sent=None)
    if sent is not None:
        book = session.notebook()
        others = tuple(one for one in book.outcomes if one != _written(client_id, sent))
        session.set_notebook(replace(book, outcomes=others))


def _written(client_id: str, on: dt.date) -> Outcome:
    return Outcome(client_id, on, "message_sent", channel="letter")


def facts_of(row: pd.Series, *, place: int) -> LetterFacts:
    """What a row of `year_letters.LETTERS` tells of the client; `place` is the row's own in the whole list."""
    return LetterFacts(
        name=row["client_name"],
        place=place,
        quarrel=row["group"] == "quarrel",
        trouble=row["trouble"],
        trouble_on=None if pd.isna(row["trouble_on"]) else row["trouble_on"].date(),
        hook=row["hook"],
        variant=int(row["variant"]),
        date=None if pd.isna(row["hook_date"]) else row["hook_date"].date(),
        n=int(row["hook_n"]),
        text=row["hook_text"],
    )


def text_of(w: Words, facts: LetterFacts, kept: Letter, usual: Manner) -> str:
    """The letter as it stands: the owner's own text, else the draft with their words in it."""
    return kept.text or _draft(w, facts, kept, usual)


def own_parts(w: Words, letters: pd.DataFrame) -> dict[str, str]:
    """By client, what of their letter is the owner's own; of those in `letters` (LETTERS) with anything of it."""
    usual, found = usual_manner(w), {}
    written = session.notebook().letters
    for place, row in letters.loc[letters["client_id"].isin(list(written))].iterrows():
        kept = written[row["client_id"]]
        draft = _draft(w, facts_of(row, place=int(str(place))), replace(kept, own_words=""), usual)
        own = own_part(kept.own_words, kept.text, draft)
        if own:
            found[str(row["client_id"])] = own
    return found


def _draft(w: Words, facts: LetterFacts, kept: Letter, usual: Manner) -> str:
    manner = manner_of(kept, usual)
    voice = speak(manner.language, w.locale if manner.language == w.language else None, w.currency)
    return letter(voice, facts, manner.register, kept.own_words, manner.signature)
