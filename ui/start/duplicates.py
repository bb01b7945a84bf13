"""Clients who may be one person, side by side: the owner says which are, and can take it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

import streamlit as st

from analysis.book import Book
from analysis.suggestions import Glance, Pair, Suggestion
from ui import memory, session
from ui.keys import key_of
from ui.markdown import escape, muted, muted_body
from ui.page import TEXT_WIDTH
from ui.undo import undo_button
from words import Words

Answer = Literal["same", "apart"]
_ANSWERS: tuple[Answer, ...] = ("same", "apart")
#: Pairs asked about at once: as many as can be looked at without losing heart.
_AT_ONCE = 8
#: So few stand open; more are folded away, for nothing waits for them.
_FEW = 2
_MOST_DECIDED = 50


def duplicates(w: Words, book: Book) -> None:
    """The open suggestions, likeliest first, and under them what was said before; nothing where there is neither."""
    waiting = [found for found in book.suggestions if found.decided is None]
    decided = [found for found in book.suggestions if found.decided is not None]
    if not waiting and not decided:
        return
    if waiting:
        title = f":material/group: {w('duplicates.title', n=len(waiting))}"
        with st.expander(title, expanded=len(waiting) <= _FEW, key="duplicates"):
            _ask(w, waiting)
    if decided:
        _told(w, decided)


def answered(answers: Mapping[Pair, Answer | None]) -> None:
    """Keeps what was said of some pairs; None takes back what was said before."""
    said = session.corrections()
    pairs = answers.keys()
    same = (said.same - pairs) | {pair for pair, answer in answers.items() if answer == "same"}
    apart = (said.apart - pairs) | {pair for pair, answer in answers.items() if answer == "apart"}
    if (same, apart) != (said.same, said.apart):
        session.set_corrections(replace(said, same=frozenset(same), apart=frozenset(apart)))


def _ask(w: Words, waiting: Sequence[Suggestion]) -> None:
    sure = [found for found in waiting if found.sure]
    note = w("duplicates.note.kept" if memory.is_on() else "duplicates.note")
    st.markdown(muted_body(note), width=TEXT_WIDTH)
    if sure:
        st.button(
            w("duplicates.sure", n=len(sure)),
            icon=":material/done_all:",
            help=w("duplicates.sure.help"),
            on_click=answered,
            args=({found.pair: "same" for found in sure},),
            key="duplicates_sure",
        )
    shown = waiting[:_AT_ONCE]
    with st.form("duplicates_form", border=False):
        for found in shown:
            _pair(w, found)
        rest = len(waiting) - len(shown)
        if rest:
            st.markdown(muted(w("duplicates.more", n=rest)))
        st.form_submit_button(
            w("duplicates.save"),
            on_click=_save,
            args=([found.pair for found in shown],),
            key="duplicates_save",
        )


def _pair(w: Words, found: Suggestion) -> None:
    with st.container(border=True, gap="xsmall"):
        sides = st.columns(2, gap="small")
        for side, glance in zip(sides, (found.first, found.second), strict=True):
            with side:
                st.markdown(f"**{escape(glance.name)}**  \n{muted(escape(' · '.join(_facts(w, glance))))}")
        lines = [
            w("duplicates.alike", reasons=[w(f"alike.{one.code}", value=one.value) for one in found.alike])
        ]
        if found.apart:
            reasons = [w(f"unlike.{one.code}", value=one.value) for one in found.apart]
            lines.append(w("duplicates.unlike", reasons=reasons))
        st.markdown(escape(" ".join(lines)), width=TEXT_WIDTH)
        st.segmented_control(
            w("duplicates.question", first=escape(found.first.name), second=escape(found.second.name)),
            _ANSWERS,
            format_func=lambda answer: w(f"duplicates.{answer}"),
            label_visibility="collapsed",
            key=_key(found.pair),
        )


def _facts(w: Words, glance: Glance) -> list[str]:
    facts = [w("duplicates.visits", n=glance.visits)]
    if glance.last_visit is not None:
        facts.append(w("duplicates.last", when=glance.last_visit))
    if glance.money is not None:
        facts.append(w.money(glance.money))
    if glance.phone_end:
        facts.append(w("duplicates.phone", end=glance.phone_end))
    if glance.client_id != glance.name:
        facts.append(glance.client_id)
    return facts


def _save(pairs: Sequence[Pair]) -> None:
    given = {pair: st.session_state.get(_key(pair)) for pair in pairs}
    answered({pair: answer for pair, answer in given.items() if answer is not None})


def _told(w: Words, decided: Sequence[Suggestion]) -> None:
    """What was said, each with its way back."""
    with st.expander(f":material/check: {w('duplicates.decided', n=len(decided))}", key="duplicates_decided"):
        for found in decided[:_MOST_DECIDED]:
            names = {"first": escape(found.first.name), "second": escape(found.second.name)}
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(w(f"duplicates.said.{found.decided}", **names))
                both = w("duplicates.both", **names)
                undo_button(w, both, f"undo_{_key(found.pair)}", answered, {found.pair: None})


def _key(pair: Pair) -> str:
    return f"pair_{key_of(pair)}"
