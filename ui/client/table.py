"""The table of clients: a row opens the client's panel, and so do the name box and button below, for the keyboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from analysis.consent import refused
from analysis.portfolio import Portfolio
from ui.client import asked
from ui.client.names import name_box
from ui.client.own_score import band_said
from ui.keys import key_of
from ui.markdown import muted
from words import Words

#: More rows than anyone reads, and few enough to be sent quickly.
MOST_ROWS = 300

_ROW, _HEAD = 35, 38
_ROWS_IN_SIGHT = 11
#: Facts that fit in a row; all of them stand in the panel.
_REASONS = 2


def client_table(
    w: Words,
    portfolio: Portfolio,
    clients: pd.DataFrame,
    *,
    key: str,
    alt: str,
    with_affection: bool = False,
) -> None:
    """Draws `clients` (rows of `portfolio.clients`, in the order to show), with score and band if so asked.

    `alt` says what the table shows to a screen reader. Row selection is by position, so the key carries a digest of
    the ids shown and how often a row was opened: nothing stays selected when the rows change or the panel closes.
    """
    shown = clients.head(MOST_ROWS)
    texts, columns = _texts(w, portfolio, shown), _columns(w, portfolio)
    if with_affection:
        texts, columns = {**_felt(w, shown), **texts}, {**_felt_columns(w), **columns}
    people_table(w, clients, texts, columns, key=key, alt=alt)


def people_table(
    w: Words,
    people: pd.DataFrame,
    texts: Mapping[str, object],
    config: Mapping[str, Any],
    *,
    key: str,
    alt: str,
) -> None:
    """A table of people with columns of its own after their name; a row opens the person's panel.

    `people` has client_id and client_name, in the order to show. `texts`: what the other columns say of the first
    `MOST_ROWS` of them (numbers stay numbers, so that they sort), `config` how each is drawn.
    """
    if people.empty:
        st.markdown(muted(w("common.nobody_matches")))
        return
    shown = people.head(MOST_ROWS)
    ids = shown["client_id"].astype(str).tolist()
    names = [w.client(*pair) for pair in zip(shown["client_name"], ids, strict=True)]
    opened = f"{key}_opened"
    table_key = f"{key}_{key_of(ids)}_{st.session_state.get(opened, 0)}"
    st.dataframe(
        pd.DataFrame({"client": names, **texts}),
        hide_index=True,
        height=_HEAD + _ROW * min(len(shown), _ROWS_IN_SIGHT) + 1,
        column_config={"client": st.column_config.TextColumn(w("common.client"), width=165), **config},
        placeholder="–",
        key=table_key,
        on_select=partial(_row_chosen, table_key, ids, opened),
        selection_mode="single-row",
        lazy=False,
        alt=alt,
    )
    if len(people) > MOST_ROWS:
        st.markdown(muted(w("common.first_rows", shown=MOST_ROWS, n=len(people))))
    _name_box(w, shown, key)


def _texts(w: Words, portfolio: Portfolio, shown: pd.DataFrame) -> dict[str, object]:
    """What the table's cells say; numbers stay numbers, so that they sort."""
    columns: dict[str, object] = {}
    if portfolio.has_amounts:
        columns["at_stake"] = shown["value_at_stake"].round().astype("Int64").to_numpy()
    late = shown["days_late"].round().astype("Int64")
    columns["days_late"] = late.mask(late <= 0).to_numpy()
    columns["state"] = shown["state"].map(w.state).to_numpy()
    columns["why"] = [
        f"{w('client.no_consent')} {said}" if refuses else said
        for said, refuses in zip(
            (w.reasons(reasons, _REASONS) for reasons in shown["reasons"]), refused(shown), strict=True
        )
    ]
    return columns


def _felt(w: Words, shown: pd.DataFrame) -> dict[str, object]:
    """The score and its band, marked where it is the owner's word."""
    return {
        "affection": shown["affection"].to_numpy(),
        "band": [
            band_said(w, band, owner_said=bool(said))
            for band, said in zip(shown["band"], shown["owner_said"], strict=True)
        ],
    }


def _felt_columns(w: Words) -> dict[str, Any]:
    return {
        "affection": st.column_config.NumberColumn(w("common.affection"), format="localized", width=75),
        "band": st.column_config.TextColumn(w("common.band"), width=130),
    }


def _columns(w: Words, portfolio: Portfolio) -> dict[str, Any]:
    at_stake = w.in_money(w("common.at_stake"))
    config: dict[str, Any] = {
        "days_late": st.column_config.NumberColumn(w("common.days_late"), format="localized", width=80),
        "state": st.column_config.TextColumn(w("common.state"), width=105),
        "why": st.column_config.TextColumn(w("common.why"), width="large"),
    }
    if portfolio.has_amounts:
        config["at_stake"] = st.column_config.NumberColumn(at_stake, format="localized", width=90)
    return config


def _row_chosen(table_key: str, ids: Sequence[str], opened: str) -> None:
    """Runs with the ids of the table that was clicked, whatever the next run shows."""
    rows = st.session_state[table_key]["selection"]["rows"]
    if rows:
        st.session_state[opened] = st.session_state.get(opened, 0) + 1
        asked.ask(ids[rows[0]])


def _name_box(w: Words, shown: pd.DataFrame, key: str) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        client_id = name_box(w, shown, w("common.find_client"), f"{key}_name")
        st.button(
            w("common.open_record"),
            key=f"{key}_open",
            disabled=client_id is None,
            on_click=asked.ask,
            args=(client_id,),
        )
