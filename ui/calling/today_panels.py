"""The page of today's calls: what there is to do, the queue beside the card, and whom nobody can reach."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analysis.portfolio import Portfolio
from analysis.practices.calling.today import Budget, Day, DueList
from ui import session
from ui.calling.call_card import CURRENT, begin_with
from ui.client.table import client_table
from ui.markdown import escape, muted
from ui.page import TEXT_WIDTH, Card, finding_line
from words import Words

#: Data older than this makes the list one of calls that may be needless.
_OLD_DAYS = 7
#: The words for a way have a picture each.
_WAYS = {"call": "call", "whatsapp": "chat", "email": "mail", "none": "help"}
#: Ways to write the same message: some parts of a draft have two wordings, some three (`words.drafts.messages`).
_TURNS = 2 * 3


def answer(w: Words, due: DueList, day: Day) -> str:
    """How much is to be done, and what waits."""
    if day.calls.empty:
        said = w("today.answer.done", n=day.made) if day.made else w("today.answer.nobody")
    elif day.at_stake is None:
        said = w("today.answer.visits", n=len(day.calls), minutes=day.minutes)
    else:
        said = w("today.answer.money", n=len(day.calls), minutes=day.minutes, stake=day.at_stake)
    later = day.waiting - len(day.calls)
    return f"{said} {w('today.answer.later', n=later)}" if later and len(due.calls) else said


def age_line(w: Words, portfolio: Portfolio) -> None:
    """That the data is of some days ago, where it is."""
    days = (session.today(portfolio) - portfolio.as_of).days
    if days > _OLD_DAYS:
        st.markdown(
            muted(f":material/history: {w('today.old', date=portfolio.as_of, n=days)}"), width=TEXT_WIDTH
        )


def figures(w: Words, portfolio: Portfolio, chosen: Budget, day: Day) -> Sequence[Card]:
    last = (
        Card(w("today.at_stake"), w.money(day.at_stake))
        if portfolio.has_amounts
        else Card(w("today.waiting"), w.number(day.waiting))
    )
    return (
        Card(w("today.left"), w.number(len(day.calls))),
        Card(w("today.minutes"), w.number(day.minutes)),
        last,
        Card(w("today.made"), w.number(day.made), w("today.made.of", n=chosen.calls)),
    )


def current(calls: pd.DataFrame) -> int:
    """The place in `calls` of the client to call now: the one chosen, else the first."""
    ids = calls["client_id"].astype(str).tolist()
    asked = st.session_state.get(CURRENT)
    return ids.index(asked) if asked in ids else 0


def turns(calls: pd.DataFrame) -> list[int]:
    """Which way of saying it each client gets: their own one, and never the one of the client before."""
    found: list[int] = []
    for client_id in calls["client_id"].astype(str):
        turn = zlib.crc32(client_id.encode()) % _TURNS
        alike = found and (turn - found[-1]) % 2 == 0  # their first sentence, which has two wordings
        found.append((turn + 1) % _TURNS if alike else turn)
    return found


def queue(w: Words, portfolio: Portfolio, calls: pd.DataFrame, now: int) -> None:
    """The calls in their order; a name begins with it."""
    with st.container(gap="xsmall", key="today_queue"):
        note = "today.queue.note" if portfolio.has_amounts else "today.queue.note_visits"
        finding_line(w("today.queue"), w(note))
        with st.container(border=True, gap="small"):
            for place, client in enumerate(calls.to_dict("records")):
                name = escape(w.client(client["client_name"], client["client_id"]))
                icon = "play_arrow" if place == now else _WAYS[client["way"]]
                with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
                    st.button(
                        f"**{name}**" if place == now else name,
                        icon=f":material/{icon}:",
                        type="tertiary",
                        help=w("today.queue.label", name=name),
                        key=f"today_go_{client['client_id']}",
                        on_click=begin_with,
                        args=(str(client["client_id"]),),
                    )
                    st.space("stretch")
                    if portfolio.has_amounts:
                        st.markdown(escape(w.money(client["value_at_stake"])), width="content")


def unreachable_panel(w: Words, portfolio: Portfolio, due: DueList) -> None:
    """Those on the list whom the export knows no way to."""
    waiting = due.unreachable
    if waiting.empty:
        return
    with st.container(gap="xsmall"):
        finding_line(w("today.unreachable", n=len(waiting)), w("today.unreachable.note"))
        alt = w("today.unreachable.alt", n=len(waiting))
        client_table(w, portfolio, waiting, key="today_unreachable", alt=alt)
