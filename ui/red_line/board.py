"""The board of the red line: a box for each case that cannot wait, and a table of those that come after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from analysis.notebook import OFFERS, Outcome, OutcomeCode
from analysis.portfolio import Portfolio
from analysis.practices.red_line.brief import first_proposal
from ui import session
from ui.client import asked
from ui.client.name_button import name_button
from ui.keys import key_of
from ui.markdown import escape, muted
from ui.red_line import brief_dialog
from ui.red_line.triggers import badges, triggers_words
from words import Words

SNOOZES = (3, 7, 14, 30)
#: What may have come of a call, in the order in which it is asked.
_CAME_OF_IT: tuple[OutcomeCode, ...] = (
    *("answered", "appointment", "no_answer", "slip", "problem", "price"),
    *("moved", "left", "do_not_contact"),
)
_ROW, _HEAD, _ROWS_IN_SIGHT = 35, 38, 8


def board(w: Words, portfolio: Portfolio, cases: pd.DataFrame) -> None:
    """A box each, two beside each other; `cases` are rows of `red_line.CASES`."""
    with st.grid(2, min_column_width=380, gap="small"):
        for case in cases.to_dict("records"):
            with st.container(border=True, gap="xsmall", height="stretch"):
                _case(w, portfolio, case)


def _case(w: Words, portfolio: Portfolio, case: Mapping[Hashable, Any]) -> None:
    client_id, triggers = str(case["client_id"]), case["triggers"]
    key = key_of("red_line", client_id)
    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        name_button(w, case, f"case_{key}")
        st.space("stretch")
        st.markdown(f"**{escape(worth(w, portfolio, case['worth']))}**", width="content")
    badges(w, triggers)
    st.markdown(muted(_to_do(w, case)))
    st.space("stretch")
    with st.container(horizontal=True, gap="small"):
        st.button(
            w("red_line.brief"),
            icon=":material/description:",
            key=f"brief_{key}",
            on_click=brief_dialog.ask,
            args=(client_id,),
        )
        _done(w, portfolio, client_id, key)
        _later(w, portfolio, client_id, key)
        if client_id in portfolio.notebook.red_flags:
            st.button(
                w("red_line.unflag"),
                icon=":material/flag_check:",
                type="tertiary",
                key=f"unflag_{key}",
                on_click=_unflag,
                args=(client_id,),
            )


def worth(w: Words, portfolio: Portfolio, value: float) -> str:
    """What the client brings in a year."""
    if portfolio.has_amounts:
        return w("red_line.a_year", amount=value)
    return w("red_line.visits_a_year", n=round(value))


def _to_do(w: Words, case: Mapping[Hashable, Any]) -> str:
    if case["refused"]:
        return f":material/block: {w('client.no_consent')}"
    said = escape(w(f"brief.propose.{first_proposal(case['triggers'])}"))
    if not pd.isna(case["tried"]):
        said += f" {w('red_line.tried', on=case['tried'])}"
    return said


def _done(w: Words, portfolio: Portfolio, client_id: str, key: str) -> None:
    with st.popover(w("red_line.done"), icon=":material/check:", type="tertiary"):
        st.selectbox(
            w("red_line.done.code"),
            _CAME_OF_IT,
            format_func=lambda one: w(f"outcome.{one}"),
            key=f"code_{key}",
        )
        st.selectbox(
            w("red_line.done.offer"),
            OFFERS,
            index=None,
            placeholder=w("red_line.done.no_offer"),
            format_func=lambda one: w(f"offer.{one}"),
            key=f"offer_{key}",
        )
        st.text_input(w("red_line.done.note"), key=f"note_{key}")
        st.button(
            w("red_line.done.save"),
            key=f"save_{key}",
            on_click=_save,
            args=(client_id, session.today(portfolio), key),
        )


def _later(w: Words, portfolio: Portfolio, client_id: str, key: str) -> None:
    today = session.today(portfolio)
    with st.popover(w("red_line.later"), icon=":material/snooze:", type="tertiary"):
        for days in SNOOZES:
            put_off = Outcome(client_id, today, "snoozed", until=today + dt.timedelta(days))
            label = w("outcome.snooze_days", n=days)
            st.button(label, key=f"later_{days}_{key}", type="tertiary", on_click=_note, args=(put_off,))


def _save(client_id: str, today: dt.date, key: str) -> None:
    """What stands in the boxes on the click, though the page has not been drawn with it yet."""
    code, offer, note = (st.session_state[f"{name}_{key}"] for name in ("code", "offer", "note"))
    _note(Outcome(client_id, today, code, note.strip(), offer=offer))


def _note(outcome: Outcome) -> None:
    """Into the notebook; a case that was taken in hand needs the owner's flag no longer."""
    notebook = session.notebook()
    flags = dict(notebook.red_flags)
    if outcome.code not in {"snoozed", "no_answer"}:
        flags.pop(outcome.client_id, None)
    session.set_notebook(replace(notebook, outcomes=(*notebook.outcomes, outcome), red_flags=flags))
    st.toast(session.words()(f"red_line.noted.{'later' if outcome.code == 'snoozed' else 'done'}"))


def _unflag(client_id: str) -> None:
    notebook = session.notebook()
    flags = {who: flag for who, flag in notebook.red_flags.items() if who != client_id}
    session.set_notebook(replace(notebook, red_flags=flags))


def rest_table(w: Words, portfolio: Portfolio, cases: pd.DataFrame) -> None:
    """Those that come after the board, a row each; a row opens the client's panel."""
    ids = cases["client_id"].astype(str).tolist()
    names = [w.client(*pair) for pair in zip(cases["client_name"], ids, strict=True)]
    opened = st.session_state.get("red_line_opened", 0)
    key = f"red_line_rest_{key_of(*ids)}_{opened}"
    money = w.in_money(w("red_line.column.money"))
    config = {
        "client": st.column_config.TextColumn(w("common.client"), width=170),
        "worth": st.column_config.NumberColumn(
            money if portfolio.has_amounts else w("red_line.column.visits"), format="localized", width=95
        ),
        "days": st.column_config.NumberColumn(w("red_line.column.days"), format="localized", width=60),
        "severity": st.column_config.NumberColumn(
            w("red_line.column.severity"), format="localized", width=90
        ),
        "why": st.column_config.TextColumn(w("common.why"), width="large"),
    }
    frame = pd.DataFrame(
        {
            "client": names,
            "worth": cases["worth"].round().astype("Int64").to_numpy(),
            "days": cases["days"].astype(int).to_numpy(),
            "severity": cases["severity"].round().astype(int).to_numpy(),
            "why": [triggers_words(w, triggers) for triggers in cases["triggers"]],
        }
    )
    st.dataframe(
        frame,
        hide_index=True,
        height=_HEAD + _ROW * min(len(frame), _ROWS_IN_SIGHT) + 1,
        column_config=config,
        placeholder="–",
        key=key,
        on_select=lambda: _row_chosen(key, ids),
        selection_mode="single-row",
        alt=w("red_line.rest.alt", n=len(frame), first=names[0]),
    )


def _row_chosen(key: str, ids: list[str]) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    if rows:
        st.session_state["red_line_opened"] = st.session_state.get("red_line_opened", 0) + 1
        asked.ask(ids[rows[0]])
