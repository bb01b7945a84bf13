"""How soon the first sign of leaving is answered: who waits, in how many days others were called, what they said."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.portfolio import Portfolio
from analysis.practices.calling.first_response import FirstResponse, first_response
from ui import session
from ui.client.name_button import name_button
from ui.keys import key_of
from ui.markdown import escape, muted
from ui.missing_columns import hint
from ui.page import Card, cards, finding_line, notice
from words import Words

CALLS_SHOWN = 5


def first_response_panel(w: Words, portfolio: Portfolio) -> None:
    if not portfolio.clients["flagged"].any():
        return
    found = session.worked_out(first_response, portfolio)
    told = bool(len(portfolio.records.contacts))
    with st.container(gap="small"):
        finding_line(_finding(w, found, told=told), w("response.note" if told else "response.note.unknown"))
        cards(_figures(w, found, told=told))
        hint(w, portfolio, 29)
        left, right = st.columns([3, 2], gap="large")
        with left:
            _act_now(w, portfolio, found)
        with right:
            _outcomes(w, found)


def _finding(w: Words, found: FirstResponse, *, told: bool) -> str:
    if not told:
        return w("response.unknown", n=len(found.responses))
    if found.waiting:
        return w("response.waiting", n=found.waiting)
    return w("response.none_waiting")


def _figures(w: Words, found: FirstResponse, *, told: bool) -> list[Card]:
    longest = found.longest_wait
    return [
        Card(
            w("response.card.signals"),
            w.number(len(found.responses)),
            delta=w("response.card.signals.new", n=found.new) if told and found.new else "",
        ),
        Card(w("response.card.contacted"), w.number(found.contacted) if told else "–"),
        Card(w("response.card.median"), w.number(found.median_days), help=w("response.card.median.help")),
        Card(w("response.card.longest"), w.number(longest) if longest else "–"),
    ]


def _act_now(w: Words, portfolio: Portfolio, found: FirstResponse) -> None:
    """Those nobody has been in touch with, money first; a name opens the client's panel."""
    st.subheader(w("response.act_now"), anchor=False)
    if found.act_now.empty:
        st.markdown(muted(w("response.act_now.nobody")))
        return
    shown = found.act_now.head(CALLS_SHOWN)
    waiting = found.responses.set_index("client_id")["waiting"]
    with st.container(border=True, gap="small"):
        for client in shown.to_dict("records"):
            days = int(waiting[client["client_id"]])
            with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
                with st.container(gap=None):
                    name_button(w, client, f"response_{key_of(client['client_id'])}")
                    since = w("response.since", n=days) if days else w("response.today")
                    st.markdown(muted(f"{since} {escape(w.reasons(client['reasons'], 1))}"))
                if portfolio.has_amounts:
                    st.markdown(f"**{escape(w.money(client['value_at_stake']))}**", width="content")
    refused = len(found.responses) - found.contacted - len(found.act_now)
    rest = (
        [w("common.first_rows", shown=len(shown), n=len(found.act_now))]
        if len(found.act_now) > len(shown)
        else []
    )
    rest += [w("response.refused", n=refused)] if refused else []
    if rest:
        st.markdown(muted(" ".join(rest)))


def _outcomes(w: Words, found: FirstResponse) -> None:
    """What those who were contacted said: a slip, a problem, the price..."""
    st.subheader(w("response.said"), anchor=False)
    if found.outcomes.empty:
        notice(w("response.said.nothing"), w("response.said.nothing_body"), "forum")
        return
    table = pd.DataFrame(
        {
            w("response.said.what"): [w(f"outcome.{code}") for code in found.outcomes.index],
            w("response.said.clients"): [w.number(count) for count in found.outcomes],
        }
    )
    alt = ", ".join(f"{w(f'outcome.{code}')}: {count}" for code, count in found.outcomes.items())
    st.table(table, border="horizontal", hide_index=True, alt=alt)
