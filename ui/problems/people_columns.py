"""The last columns of the tables of people on the page of problems."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.consent import refused
from analysis.portfolio import Portfolio
from words import Words

_WORTH_WIDTH = 95


def worth_and_contact(
    w: Words, portfolio: Portfolio, shown: pd.DataFrame
) -> tuple[dict[str, object], dict[str, object]]:
    """What each brings in a year, where the export has money, and who asked not to be contacted: cells and columns."""
    texts: dict[str, object] = {}
    config: dict[str, object] = {}
    if portfolio.has_amounts:
        texts["worth"] = shown["worth"].round().astype("Int64").to_numpy()
        config["worth"] = st.column_config.NumberColumn(
            w.in_money(w("problems.a_year")), format="localized", width=_WORTH_WIDTH
        )
    texts["contact"] = [w("client.no_consent") if no else None for no in refused(shown)]
    config["contact"] = st.column_config.TextColumn(w("problems.contact"), width="medium")
    return texts, config
