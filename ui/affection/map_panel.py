"""The map of affection and value on the page: its finding, the chart to drag over, and whom the selection holds."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis import findings, tallies
from analysis.portfolio import Portfolio
from analysis.schema import BANDS
from ui.charts.affection_map import MOST_POINTS, affection_map, map_config, picked_clients
from ui.keys import key_of
from ui.page import finding_line, notice
from ui.palette import Palette
from words import Words


def affection_panel(w: Words, portfolio: Portfolio, clients: pd.DataFrame, palette: Palette) -> pd.DataFrame:
    """The map; gives the clients of the selection, or all of `clients` while nothing is selected."""
    money = portfolio.has_amounts
    placed = tallies.yearly_value(clients, money=money)
    if placed.empty:
        notice(w("common.nobody_matches"), w("segments.map.nobody"), "filter_alt_off")
        return clients
    finding = _map_finding(w, findings.spenders(placed), money=money)
    form = "points" if len(placed) <= MOST_POINTS else "cells"
    note = w(f"segments.map.note.{form}.money") if money else w(f"segments.map.note.{form}.visits")
    if left_out := len(clients) - len(placed):
        note = f"{note} {w('segments.map.left_out', n=left_out)}"
    counts = placed["band"].value_counts()
    said = "; ".join(f"{w.band(band)}: {w('common.clients', n=int(counts.get(band, 0)))}" for band in BANDS)
    cleared = st.session_state.setdefault("segments_cleared", 0)
    names = placed.assign(client_name=_names(w, placed))
    with st.container(gap="xsmall"):
        finding_line(finding, note)
        marks_of = key_of(placed["client_id"].tolist())  # a selection belongs to the marks it was made on
        event = st.plotly_chart(
            affection_map(names, w, palette, money=money),
            theme=None,
            config=map_config(w),
            key=f"segments_map_{marks_of}_{cleared}",
            on_select="rerun",
            selection_mode=("points", "box", "lasso"),
            alt=w("segments.map.alt", finding=finding, counts=said),
        )
    marks = event["selection"]["points"]
    if not marks:
        return clients
    picked = clients[clients["client_id"].isin(picked_clients(placed, marks))]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(w("segments.picked", n=len(picked)), width="content")
        st.button(
            w("segments.pick_none"), icon=":material/close:", type="tertiary", on_click=_clear_selection
        )
    return picked


def _names(w: Words, placed: pd.DataFrame) -> list[str]:
    """What to call each client at their mark; where they stand by the owner's word, with that."""
    called = (w.client(*pair) for pair in zip(placed["client_name"], placed["client_id"], strict=True))
    return [
        w("own_word.band", band=name) if said else name
        for name, said in zip(called, placed["owner_said"], strict=True)
    ]


def _clear_selection() -> None:
    st.session_state["segments_cleared"] += 1


def _map_finding(w: Words, found: findings.Spenders, *, money: bool) -> str:
    if found.code == "too_few":
        return w("segments.map.too_few")
    who = w("segments.map.spenders", n=found.top) if money else w("segments.map.comers", n=found.top)
    if found.code == "most_loved":
        return w("segments.map.most_loved", who=who, loved=found.loved)
    if found.code == "some_hated":
        return w("segments.map.some_hated", who=who, n=found.hated)
    return (
        w("segments.map.few_loved", who=who, n=found.loved)
        if found.loved
        else w("segments.map.none_loved", who=who)
    )
