"""What the affection page says first: its answer, the bands' cards, and what behaviour alone cannot tell."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis import findings, returns, tallies
from analysis.portfolio import Portfolio
from analysis.schema import BANDS
from ui.markdown import muted, muted_body
from ui.page import TEXT_WIDTH, notice
from ui.palette import BANDS as LOOKS
from words import Words


def answer(w: Words, portfolio: Portfolio) -> str:
    """How many clients stand in each band, and which band is worth most together."""
    counts = portfolio.clients["band"].value_counts()
    loved, ignored, hated = (int(counts.get(band, 0)) for band in BANDS)
    fond = w("segments.answer.loved", n=loved) if loved else w("segments.answer.nobody_loved")
    strained = w("segments.answer.hated", n=hated) if hated else w("segments.answer.nobody_hated")
    said = w("segments.answer", parts=[fond, w("segments.answer.ignored", n=ignored), strained])
    said = said[:1].upper() + said[1:]
    if not portfolio.has_amounts:
        return said
    worth = portfolio.clients.groupby("band")["annual_value"].sum()
    richest = findings.leader([str(band) for band in worth.index], worth.tolist())
    return said if richest.code in {"none", "single"} else f"{said} {w(f'segments.richest.{richest.name}')}"


def band_cards(w: Words, portfolio: Portfolio, clients: pd.DataFrame) -> None:
    """A card per band: how many, worth how much a year, how well they return."""
    past = portfolio.affection_past
    came_back = past.by_band
    if len(clients) < len(portfolio.clients):
        came_back = returns.by_band(past.windows[past.windows["client_id"].isin(clients["client_id"])])
    table = tallies.band_summary(clients, came_back)
    with st.container(gap="xsmall"):
        with st.grid(len(BANDS), min_column_width=220, gap="small"):
            for band in BANDS:
                with st.container(border=True, gap="xsmall", height="stretch"):
                    st.badge(w.band(band), icon=LOOKS[band].material, color=LOOKS[band].badge)
                    _card_lines(w, table[table["band"] == band].iloc[0], money=portfolio.has_amounts)
                    by_word = int((clients["owner_said"].astype(bool) & (clients["band"] == band)).sum())
                    if by_word:
                        st.markdown(muted(w("own_word.card", n=by_word)))
        note = w("segments.card.note", days=portfolio.settings.horizon_days)
        if portfolio.has_amounts:
            note = f"{note} {w('segments.card.note_worth')}"
        st.markdown(muted(note), width=TEXT_WIDTH)


def _card_lines(w: Words, row: pd.Series, *, money: bool) -> None:
    n = int(row["clients"])
    st.markdown(
        w("segments.card.worth", n=n, worth=row["annual_value"]) if money else w("segments.card.clients", n=n)
    )
    if not n:
        return
    share = row["returned_share"]
    known = w("segments.card.unknown") if pd.isna(share) else w("segments.card.returns", share=share)
    each = [w("segments.card.each", each=row["each"])] if money else []
    line = " · ".join([known, *each])
    st.markdown(muted_body(line[:1].upper() + line[1:]))


def behaviour_notice(w: Words, portfolio: Portfolio) -> None:
    """Says why nobody is hated where no explicit sign is known of anybody."""
    if portfolio.clients["behaviour_only"].all():
        notice(w("segments.behaviour.title"), w("segments.behaviour.body"), "info")
