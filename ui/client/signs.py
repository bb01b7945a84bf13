"""What is known of one client's affection and what is not: the essay's signs as badges, and what would tell more."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.portfolio import Portfolio
from analysis.practices.affection.signs import BAND_SIGNS, Unknown, band_signs, unknown_signs
from ui import session
from ui.column_names import column_names
from ui.markdown import muted
from ui.palette import BANDS
from words import Words

_ICONS = {"yes": ":material/check:", "no": ":material/remove:", "unknown": ":material/question_mark:"}


def client_signs(w: Words, portfolio: Portfolio, client: pd.Series, place: str) -> None:
    """Folded away under the score: the signs of each band, then the signs that nobody has recorded."""
    missing = unknown_signs(portfolio, str(client["client_id"]))
    label = w("known.client.title", n=len(missing)) if missing else w("known.client.all")
    with st.expander(label, icon=":material/fact_check:", key=f"client_signs_{place}"):
        answers = session.worked_out(band_signs, portfolio).set_index("client_id").loc[client["client_id"]]
        for band, signs in BAND_SIGNS.items():
            look = BANDS[band]
            with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
                st.markdown(f"{look.material} **{w.band(band)}**", width="content")
                for sign in signs:
                    answer = str(answers[sign])
                    st.badge(
                        w(f"known.answer.{answer}", sign=w(f"band_sign.{sign}")),
                        icon=_ICONS[answer],
                        color=look.badge if answer == "yes" else "gray",
                    )
        if missing:
            st.markdown("\n".join(f"- {_missing(w, unknown)}" for unknown in missing))
            st.markdown(muted(w("known.client.note")))


def _missing(w: Words, unknown: Unknown) -> str:
    """An unknown sign with what it could move, and the columns that would tell it, if it is the export that lacks."""
    sign = w(f"sign.{unknown.sign}")
    if not unknown.columns:
        return w("known.client.nothing_yet", sign=sign, most=unknown.most)
    columns = column_names(w, unknown.columns)
    return w("known.client.lacks", sign=sign, most=unknown.most, columns=columns)
