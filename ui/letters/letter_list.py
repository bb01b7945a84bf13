"""The list of the letters: who, how far, in which group; a row or a name opens the letter beside it."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from ui.client.names import name_box
from ui.keys import key_of
from ui.markdown import muted
from words import Words

#: In the session: the client whose letter is open, how often one was opened, whose blank was found empty.
OPEN, ROUND, UNFILLED = "letters_open", "letters_round", "letters_unfilled"

_ICONS = {"to_do": "○", "ready": "●", "sent": "✓", "refused": "–"}
_MOST_ROWS, _ROW, _HEAD, _ROWS_IN_SIGHT = 300, 35, 38, 10


def open_letter(client_id: str) -> None:
    """Made to be a button's `on_click`."""
    st.session_state[OPEN] = client_id
    st.session_state.pop(UNFILLED, None)
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1


def letter_list(w: Words, shown: pd.DataFrame) -> None:
    """`shown`: LETTERS with `status`, in order."""
    rows = shown.head(_MOST_ROWS)
    ids = rows["client_id"].tolist()
    key = f"letters_{key_of(ids)}_{st.session_state.get(ROUND, 0)}"
    st.dataframe(
        pd.DataFrame(
            {
                "client": [w.client(*pair) for pair in zip(rows["client_name"], ids, strict=True)],
                "state": [f"{_ICONS[code]} {w(f'letters.status.{code}')}" for code in rows["status"]],
                "group": [group_name(w, code) for code in rows["group"]],
            }
        ),
        hide_index=True,
        height=_HEAD + _ROW * min(len(rows), _ROWS_IN_SIGHT) + 1,
        column_config={
            "client": st.column_config.TextColumn(w("common.client"), width=162),
            "state": st.column_config.TextColumn(w("letters.column.state"), width=104),
            "group": st.column_config.TextColumn(w("letters.column.group"), width=80),
        },
        key=key,
        on_select=partial(_row_chosen, key, ids),
        selection_mode="single-row",
        lazy=False,
        alt=w("letters.list.alt", n=len(shown)),
    )
    if len(shown) > _MOST_ROWS:
        st.markdown(muted(w("common.first_rows", shown=_MOST_ROWS, n=len(shown))))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        client_id = name_box(w, shown, w("common.find_client"), "letters_name")
        st.button(
            w("letters.open_letter"),
            key="letters_open_named",
            disabled=client_id is None,
            on_click=open_letter,
            args=(client_id,),
        )


def group_name(w: Words, code: str) -> str:
    """A group's name for the owner's eyes: the quarrels, then the bands by their own words."""
    return w("letters.group.quarrel") if code == "quarrel" else w.band(code)


def _row_chosen(key: str, ids: list[str]) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    if rows:
        open_letter(ids[rows[0]])
