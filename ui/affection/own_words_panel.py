"""All clients on whose affection the owner gave their word: what the signs say, what the owner says, and why."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.portfolio import Portfolio
from ui.client.own_score import ICON
from ui.client.table import MOST_ROWS, people_table
from ui.page import finding_line, notice
from words import Words


def own_words_panel(w: Words, portfolio: Portfolio) -> None:
    clients = portfolio.clients
    said = clients.loc[clients["owner_said"].astype(bool)]
    if said.empty:
        notice(w("own_word.list.none.title"), w("own_word.list.none.body"), ICON.split("/")[1].rstrip(":"))
        return
    # Where the owner and the signs differ most stands first.
    apart = (said["affection"] - said["computed_affection"]).abs()
    said = said.loc[apart.sort_values(ascending=False, kind="stable").index]
    shown = said.head(MOST_ROWS)
    scores = portfolio.notebook.own_scores
    with st.container(gap="xsmall"):
        finding_line(w("own_word.list.title", n=len(said)), w("own_word.list.note"))
        people_table(
            w,
            said,
            {
                "computed": shown["computed_affection"].to_numpy(),
                "score": shown["affection"].to_numpy(),
                "band": [w.band(band) for band in shown["band"]],
                "since": pd.to_datetime([scores[str(client)].on for client in shown["client_id"]]),
                "why": shown["owner_note"].to_numpy(),
            },
            {
                "computed": st.column_config.NumberColumn(
                    w("own_word.list.computed"), format="localized", width=90
                ),
                "score": st.column_config.NumberColumn(
                    w("own_word.list.score"), format="localized", width=100
                ),
                "band": st.column_config.TextColumn(w("common.band"), width=110),
                "since": st.column_config.DateColumn(w("own_word.list.since"), format="localized", width=110),
                "why": st.column_config.TextColumn(w("own_word.list.why"), width="large"),
            },
            key="own_words",
            alt=w("own_word.list.alt", n=len(said)),
        )
