"""What is known of affection: of how many clients each sign is, what would add it, and the signs of each band."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analysis import affection_weights
from analysis.portfolio import Portfolio
from analysis.practices.affection.signs import TOLD_BY, band_sign_counts, known_share
from analysis.practices.needs import Column
from analysis.schema import BANDS
from ui import session
from ui.column_names import column_names
from ui.markdown import muted
from ui.missing_columns import hint
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
    missing = table[table["share"] < 1]
    with st.container(gap="xsmall"):
        finding_line(finding, w("known.note"))
        if len(missing):
            _table(w, missing, "signs_unknown", w("known.alt", of=len(missing), finding=finding))
        hint(w, portfolio, 8)
        with st.expander(w("known.all_signs"), icon=":material/fact_check:"):
            _table(w, table, "signs_known", w("known.alt", of=of, finding=finding))
            st.markdown(f"**{w('known.bands.title')}**")
            st.markdown(muted(w("known.bands.note")), width=TEXT_WIDTH)
            st.dataframe(
                _of_bands(w, session.worked_out(band_sign_counts, portfolio), len(portfolio.clients)),
                hide_index=True,
                placeholder="–",
                key="signs_of_bands",
                alt=w("known.bands.alt"),
            )


def _table(w: Words, table: pd.DataFrame, key: str, alt: str) -> None:
    st.dataframe(
        _signs(w, table),
        hide_index=True,
        height="content",
        placeholder="–",
        key=key,
        alt=alt,
        column_config={
            "sign": st.column_config.TextColumn(w("known.column.sign"), width=190),
            "share": st.column_config.ProgressColumn(
                w("known.column.share"), min_value=0, max_value=100, format="%d", width=170, color="primary"
            ),
            "most": st.column_config.TextColumn(w("known.column.most"), width=130),
            "add": st.column_config.TextColumn(w("known.column.add"), width="large"),
        },
    )


def _signs(w: Words, table: pd.DataFrame) -> pd.DataFrame:
    """Those that could move most scores furthest first: by the share of whom they are not known, and their points."""
    weights = affection_weights.SIGNS
    reach = pd.Series([max(map(abs, _sides(weights[sign][1]))) for sign in table["sign"]], index=table.index)
    ordered = table.loc[((1 - table["share"]) * reach).sort_values(ascending=False, kind="stable").index]
    return pd.DataFrame(
        {
            "sign": [w(f"sign.{sign}") for sign in ordered["sign"]],
            "share": (ordered["share"] * 100).round().to_numpy(),
            "most": [_most(w, *_sides(weights[sign][1])) for sign in ordered["sign"]],
            "add": [
                _to_add(w, sign, columns, share)
                for sign, columns, share in zip(
                    ordered["sign"], ordered["columns"], ordered["share"], strict=True
                )
            ],
        }
    )


def _to_add(w: Words, sign: str, columns: Sequence[Column], share: float) -> str | None:
    """What would tell more of a sign: columns, more rows of them, or the client's next visits."""
    if share >= 1:
        return None
    if columns:
        return w("known.add", columns=column_names(w, columns))
    return w("known.some") if sign in TOLD_BY else w("known.second_visit")


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
