"""Where the letters are written: the list on the left, one letter open beside it, and the way to the next."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from analysis.portfolio import Portfolio
from analysis.practices.letters.near_identical import alike_to
from ui.buttons import main_button
from ui.client.contact_links import mail_link, whatsapp_link
from ui.client.name_button import name_button
from ui.keys import key_of
from ui.letters.letter_list import OPEN, ROUND, UNFILLED, group_name, letter_list, open_letter
from ui.letters.material import material_lines
from ui.letters.store import facts_of, keep, letter_of, manner_of, send, take_back, text_of, usual_manner
from ui.markdown import escape, muted, muted_body
from words import LANGUAGES, Words
from words.drafts.letters import is_filled
from words.drafts.messages import REGISTERS

_STILL = ("to_do", "ready")


def desk(
    w: Words, portfolio: Portfolio, letters: pd.DataFrame, own: Mapping[str, str], shown: pd.DataFrame
) -> None:
    """`letters`: LETTERS with `status`; `shown`: those of them listed; `own`: the owner's part of each, by client."""
    place = _opened(shown)
    left, right = st.columns(2, gap="medium")
    with left, st.container(gap="small"):
        letter_list(w, shown)
    with right, st.container(border=True, gap="small", key="letters_desk"):
        _letter(w, portfolio, letters, own, shown, place)


def _opened(shown: pd.DataFrame) -> int:
    """Where in the list the open letter stands: the one chosen, else the first that is still to be sent."""
    ids, statuses = shown["client_id"].tolist(), shown["status"].tolist()
    if st.session_state.get(OPEN) in ids:
        return ids.index(st.session_state[OPEN])
    return next((place for place, status in enumerate(statuses) if status in _STILL), 0)


def _letter(
    w: Words,
    portfolio: Portfolio,
    letters: pd.DataFrame,
    own: Mapping[str, str],
    shown: pd.DataFrame,
    place: int,
) -> None:
    row = shown.iloc[place]
    client_id, after = str(row["client_id"]), _after(shown, place)
    st.markdown(muted(_place(w, shown, place)))
    name_button(w, row.to_dict(), "letters_client")
    material_lines(w, portfolio, client_id)
    if row["refused"]:
        st.markdown(f":material/block: **{w('client.no_consent')}** {w('letters.refused')}")
        _next_button(w, after)
        return
    text = _draft(w, row)
    _warn_of_the_same(w, letters, own, row)
    _way_on(w, row, text, after)


def _draft(w: Words, row: pd.Series) -> str:
    """The blank and the letter around it; gives the letter as it stands."""
    client_id = str(row["client_id"])
    kept, usual = letter_of(client_id), usual_manner(w)
    manner, mark = manner_of(kept, usual), key_of(client_id)
    with st.container(horizontal=True):
        for name, codes, say in (
            ("language", LANGUAGES, "language"),
            ("register", REGISTERS, "client.draft"),
        ):
            key = f"letters_{name}_{mark}_{getattr(manner, name)}"
            st.segmented_control(
                w(f"letters.how.{name}"),
                codes,
                default=getattr(manner, name),
                required=True,
                format_func=lambda code, say=say: w(f"{say}.{code}"),
                key=key,
                on_change=_keep_widget,
                args=(client_id, name, key),
            )
    key = f"letters_words_{mark}_{st.session_state.get(ROUND, 0)}"
    hint = "letters.own_words.hint_quarrel" if row["group"] == "quarrel" else "letters.own_words.hint"
    st.text_area(
        w("letters.own_words"),
        kept.own_words,
        placeholder=w(hint),
        height=80,
        disabled=bool(kept.text),
        key=key,
        on_change=_keep_widget,
        args=(client_id, "own_words", key),
    )
    text = text_of(w, facts_of(row, place=int(str(row.name))), kept, usual)
    key = f"letters_text_{mark}_{key_of(text)}"
    st.text_area(
        w("letters.text"),
        text,
        height="content",
        key=key,
        on_change=_keep_widget,
        args=(client_id, "text", key),
    )
    if kept.text:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(muted(w("letters.text.changed")))
            st.button(
                w("letters.text.back"),
                icon=":material/undo:",
                type="tertiary",
                key="letters_back",
                on_click=keep,
                args=(client_id,),
                kwargs={"text": ""},
            )
    return text


def _keep_widget(client_id: str, name: str, key: str) -> None:
    keep(client_id, **{name: str(st.session_state.get(key) or "").strip()})


def _warn_of_the_same(w: Words, letters: pd.DataFrame, own: Mapping[str, str], row: pd.Series) -> None:
    """In whose letter the owner said almost the same."""
    names = dict(zip(letters["client_id"], letters["client_name"], strict=True))
    others = {who: text for who, text in own.items() if who != row["client_id"]}
    same = alike_to(own.get(str(row["client_id"]), ""), row["client_name"], others, names)
    if same:
        said = w("letters.alike_to", names=[escape(names[who]) for who in same[:3]])
        st.markdown(f":material/content_copy: {said}")


def _way_on(w: Words, row: pd.Series, text: str, after: str | None) -> None:
    """Ready, the links, sent, and the next letter."""
    client_id, kept = str(row["client_id"]), letter_of(str(row["client_id"]))
    if st.session_state.get(UNFILLED) == client_id and not is_filled(kept.own_words, kept.text):
        st.markdown(f":material/edit: **{w('letters.not_ready')}**")
    ready = kept.ready or kept.sent is not None
    mail = mail_link(row["email"], w("letters.subject"), text)
    chat = whatsapp_link(row["phone"], text)
    with st.container(horizontal=True, gap="small"):
        if not ready:
            st.button(
                w("letters.ready"),
                icon=":material/check:",
                type=main_button(),
                key="letters_ready",
                on_click=_make_ready,
                args=(w, client_id),
            )
        if mail:
            st.link_button(
                w("letters.mail"), mail, icon=":material/mail:", disabled=not ready, key="letters_mail"
            )
        if chat:
            st.link_button(
                w("letters.whatsapp"), chat, icon=":material/chat:", disabled=not ready, key="letters_chat"
            )
        if kept.sent is not None:
            st.button(
                w("letters.not_sent"),
                icon=":material/undo:",
                type="tertiary",
                key="letters_not_sent",
                on_click=take_back,
                args=(client_id,),
            )
        elif ready:
            st.button(
                w("letters.sent"),
                icon=":material/send:",
                type=main_button(),
                key="letters_sent",
                on_click=_send,
                args=(client_id, text, after),
            )
        _next_button(w, after)
    if kept.sent is not None:
        st.markdown(muted(w("letters.sent_on", on=kept.sent)))
    elif not (mail or chat):
        st.markdown(muted_body(w("letters.on_paper")))


def _next_button(w: Words, after: str | None) -> None:
    st.button(
        w("letters.next"),
        icon=":material/arrow_forward:",
        icon_position="right",
        type="tertiary",
        key="letters_next",
        disabled=after is None,
        on_click=open_letter,
        args=(after,),
    )


def _place(w: Words, shown: pd.DataFrame, place: int) -> str:
    """Which of the letters this one is, and its group; who asked not to be contacted gets none and is not counted."""
    group = group_name(w, str(shown["group"].iloc[place]))
    written = ~shown["refused"].astype(bool)
    if not written.iloc[place]:
        return group
    turn = int(written.iloc[: place + 1].sum())
    return f"{w('letters.place', place=turn, n=int(written.sum()))} · {group}"


def _after(shown: pd.DataFrame, place: int) -> str | None:
    """The next letter that is still to be sent, from this one on and then from the top; None where it is the last."""
    rows = list(zip(shown["client_id"], shown["status"], strict=True))
    turned = rows[place + 1 :] + rows[:place]
    return next((str(client_id) for client_id, status in turned if status in _STILL), None)


def _make_ready(w: Words, client_id: str) -> None:
    kept = letter_of(client_id)
    if not is_filled(kept.own_words, kept.text):
        st.session_state[UNFILLED] = client_id
        return
    manner = manner_of(kept, usual_manner(w))
    keep(client_id, ready=True, register=manner.register, language=manner.language)


def _send(client_id: str, text: str, after: str | None) -> None:
    """The owner sent it, and the next one opens."""
    send(client_id, text)
    if after is not None:
        open_letter(after)
