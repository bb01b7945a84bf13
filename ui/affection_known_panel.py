"""What is known of affection: of how many clients each sign is, what would add it, and the signs of each band."""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st

from analysis import affection_weights
from analysis.portfolio import Portfolio
from analysis.practices.signs import band_sign_counts, known_share
from analysis.schema import BANDS
from ui import session
from ui.column_names import column_names
from ui.markdown import muted
from ui.page import TEXT_WIDTH, finding_line
from words import Words

#: A sign is known of the shop where it is of most clients.
_MOST = 0.5


def known_panel(w: Words, portfolio: Portfolio) -> None:
    """The signs with the share of clients of whom each is known; the essay's signs folded away under them."""
    table = session.worked_out(known_share, portfolio)
    known = int((table["share"] >= _MOST).sum())
    of = len(table)
    finding = w("known.finding.all", n=of) if known == of else w("known.finding.some", n=known, of=of)
    with st.container(gap="xsmall"):
        finding_line(finding, w("known.note"))
        st.dataframe(
            _signs(w, table),
            hide_index=True,
            height="content",
            placeholder="–",
            key="segments_known",
            alt=w("known.alt", of=of, finding=finding),
            column_config={
                "sign": st.column_config.TextColumn(w("known.column.sign"), width=190),
                "share": st.column_config.ProgressColumn(
                    w("known.column.share"),
                    min_value=0,
                    max_value=100,
                    format="%d",
                    width=170,
                    color="primary",
                ),
                "most": st.column_config.TextColumn(w("known.column.most"), width=110),
                "add": st.column_config.TextColumn(w("known.column.add"), width="large"),
            },
        )
        with st.expander(w("known.bands.title"), icon=":material/fact_check:"):
            st.markdown(muted(w("known.bands.note")), width=TEXT_WIDTH)
            st.dataframe(
                _of_bands(w, session.worked_out(band_sign_counts, portfolio), len(portfolio.clients)),
                hide_index=True,
                placeholder="–",
                key="segments_band_signs",
                alt=w("known.bands.alt"),
            )


def _signs(w: Words, table: pd.DataFrame) -> pd.DataFrame:
    """Those of which least is known last, in the order of the score's families before that."""
    ordered = table.sort_values("share", ascending=False, kind="stable")
    weights = affection_weights.SIGNS
    return pd.DataFrame(
        {
            "sign": [w(f"sign.{sign}") for sign in ordered["sign"]],
            "share": (ordered["share"] * 100).round().to_numpy(),
            "most": [_most(w, *_sides(weights[sign][1])) for sign in ordered["sign"]],
            "add": [
                w("known.add", columns=column_names(w, columns)) if columns else None
                for columns in ordered["columns"]
            ],
        }
    )


def _sides(points: affection_weights.Points) -> tuple[float, float]:
    return points.adds, points.takes


def _most(w: Words, adds: float, takes: float) -> str:
    """`+1,75 / −4`: what a sign can add and take."""
    return " / ".join(w.signed(points, 2) for points in (adds, takes) if points)


def _of_bands(w: Words, table: pd.DataFrame, clients: int) -> pd.DataFrame:
    shares = {
        w("known.bands.share", band=w.band(band)): [
            None if math.isnan(share) else round(100 * share) for share in table[f"yes_{band}"]
        ]
        for band in BANDS
    }
    return pd.DataFrame(
        {
            w("known.bands.whose"): [w.band(band) for band in table["band"]],
            w("known.column.sign"): [w(f"band_sign.{sign}") for sign in table["sign"]],
            w("known.column.share"): (100 * table["known"] / clients).round().astype("Int64"),
            **{name: pd.array(values, dtype="Int64") for name, values in shares.items()},
        }
    )
