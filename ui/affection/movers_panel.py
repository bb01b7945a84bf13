"""Who moved between two dates, by how much, and which signs moved them: names with causes."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analysis.consent import refused
from analysis.portfolio import Portfolio
from analysis.practices.affection.movement import Cause, Movement
from ui.client.own_score import band_said
from ui.client.table import MOST_ROWS, people_table
from ui.filters import one_code
from ui.page import finding_line
from words import Words


def movers_panel(w: Words, portfolio: Portfolio, moves: Movement) -> None:
    """Who moved, by how much and which signs moved them; a row opens the client."""
    with st.container(gap="xsmall"):
        finding_line(w("movement.movers.title", n=len(moves.moved)), w("movement.movers.note"))
        if moves.moved.empty:
            return
        way = one_code(
            w("movement.movers.way"),
            ("all", "up", "down"),
            lambda code: w(f"movement.way.{code}"),
            name="way",
            usual="all",
        )
        change = moves.moved["change"]
        kept = change > 0 if way == "up" else change < 0 if way == "down" else change.notna()
        _movers_table(w, portfolio, moves.moved[kept])


def _movers_table(w: Words, portfolio: Portfolio, moved: pd.DataFrame) -> None:
    people = portfolio.clients.set_index("client_id").loc[moved["client_id"]].reset_index()
    shown, who = moved.head(MOST_ROWS), people.head(MOST_ROWS)
    people_table(
        w,
        people,
        {
            "before": [
                stood_at(w, *pair) for pair in zip(shown["before"], shown["score_before"], strict=True)
            ],
            "after": [
                stood_at(w, band, score, owner_said=said)
                for band, score, said in zip(
                    shown["after"], shown["score_after"], _by_word(shown), strict=True
                )
            ],
            "change": shown["change"].to_numpy(),
            "why": [
                f"{w('client.no_consent')} {said}" if refuses else said
                for said, refuses in zip(
                    (causes_said(w, causes) for causes in shown["causes"]),
                    refused(who),
                    strict=True,
                )
            ],
        },
        {
            "before": st.column_config.TextColumn(w("movement.column.before"), width=115),
            "after": st.column_config.TextColumn(w("movement.column.after"), width=115),
            "change": st.column_config.NumberColumn(
                w("movement.column.change"), format="localized", width=75
            ),
            "why": st.column_config.TextColumn(w("common.why"), width="large"),
        },
        key="movement_movers",
        alt=w("movement.movers.alt", n=len(moved)),
    )


def _by_word(moved: pd.DataFrame) -> list[bool]:
    """Whom the owner's word moved."""
    return [any(cause.sign == "own_word" for cause in causes) for causes in moved["causes"]]


def stood_at(w: Words, band: str, score: float, *, owner_said: bool = False) -> str:
    """`4,6 Ignorado`: score and band, marked where they are the owner's word."""
    return f"{w.number(score, 1)} {band_said(w, band, owner_said=owner_said)}"


def causes_said(w: Words, causes: Sequence[Cause]) -> str:
    """`Ya no viene (−1,0), nos valora peor (−0,8)`."""
    parts = [
        w(
            "movement.cause",
            cause=w(f"cause_up.{cause.sign}") if cause.points > 0 else w(f"cause_down.{cause.sign}"),
            points=cause.points,
        )
        for cause in causes
    ]
    said = ", ".join(parts)
    return said[:1].upper() + said[1:]
