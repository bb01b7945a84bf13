"""The owner's own affection for a client: a score and a note that stand in place of what the signs say."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Literal

import pandas as pd
import streamlit as st

from analysis.notebook import OwnScore
from analysis.portfolio import Portfolio
from analysis.with_notebook import band_of
from ui import session
from ui.client.asked import ask
from ui.markdown import escape, muted_body
from ui.palette import BANDS
from words import Words

ICON = ":material/edit_note:"
_NOTE_LENGTH = 300


def own_badge(w: Words, client: pd.Series) -> None:
    """A badge beside the band's: it is the owner's word."""
    if client["owner_said"]:
        st.badge(w("own_word.badge"), icon=ICON, color="primary")


def band_said(w: Words, band: str, *, owner_said: bool) -> str:
    """The band's word in a table's cell, marked where it is the owner's."""
    return w("own_word.band", band=w.band(band)) if owner_said else w.band(band)


def own_word_line(w: Words, client: pd.Series) -> str:
    """What the owner said, what the signs say beside it, and the note; markdown."""
    said = w(
        "own_word.said",
        score=float(client["affection"]),
        band=w.band(client["band"]),
        computed=float(client["computed_affection"]),
    )
    return (
        f"{said} {w('own_word.note_said', note=escape(client['owner_note']))}"
        if client["owner_note"]
        else said
    )


def own_score(w: Words, portfolio: Portfolio, client: pd.Series, place: Literal["drawer", "page"]) -> None:
    """The control, folded away: a slider and a note, to keep or to take back."""
    client_id = str(client["client_id"])
    said = portfolio.notebook.own_scores.get(client_id)
    key = f"own_word_{place}_{client_id}"
    # What was typed goes with what it was typed about: taken back, the signs' own score stands there again.
    typed = f"{key}_own" if said else f"{key}_signs"
    with st.expander(w("own_word.title"), icon=ICON, expanded=said is not None, key=f"{key}_fold"):
        st.markdown(muted_body(w("own_word.how", computed=float(client["computed_affection"]))))
        score = st.slider(
            w("own_word.score"),
            0.0,
            10.0,
            float(said.score if said else client["affection"]),
            0.5,
            format="localized",
            key=f"{typed}_score",
        )
        st.markdown(_would_be(w, score))
        st.text_input(
            w("own_word.note"),
            said.note if said else "",
            max_chars=_NOTE_LENGTH,
            placeholder=w("own_word.note_example"),
            key=f"{typed}_note",
        )
        with st.container(horizontal=True):
            changed = st.button(
                w("own_word.keep"),
                icon=":material/check:",
                key=f"{key}_keep",
                on_click=_keep,
                args=(client_id, typed, portfolio.as_of),
            )
            if said:
                changed |= st.button(
                    w("own_word.take_back"),
                    icon=":material/undo:",
                    type="tertiary",
                    key=f"{key}_take_back",
                    on_click=_take_back,
                    args=(client_id,),
                )
    if changed and place == "drawer":  # whose buttons run nothing but the drawer: the page behind it follows
        ask(client_id)
        st.rerun()


def _would_be(w: Words, score: float) -> str:
    look = BANDS[band_of(score)]
    return f":{look.badge}-badge[{look.material} {w.number(score, 1)} · {w.band(band_of(score))}]"


def _keep(client_id: str, typed: str, today: dt.date) -> None:
    """What the slider and the note say, into the notebook."""
    notebook = session.notebook()
    word = OwnScore(st.session_state[f"{typed}_score"], st.session_state[f"{typed}_note"].strip(), today)
    session.set_notebook(replace(notebook, own_scores={**notebook.own_scores, client_id: word}))


def _take_back(client_id: str) -> None:
    notebook = session.notebook()
    rest = {who: word for who, word in notebook.own_scores.items() if who != client_id}
    session.set_notebook(replace(notebook, own_scores=rest))
