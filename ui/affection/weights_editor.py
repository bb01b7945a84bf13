"""How the score is worked out: the points of every sign, documented beside it and the owner's to change."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from analysis import affection_weights
from analysis.affection import ALL_POINTS_AT, HATED_AT_MOST, HATED_EXPLICIT, LOVED_AT_LEAST, START
from analysis.affection_weights import MOST_POINTS, SIDES, Weights
from analysis.errors import AffectionWeightError
from ui import session
from ui.markdown import escape, muted, muted_body
from ui.own_values import editor_key
from ui.page import TEXT_WIDTH
from words import Words

_REFUSED = "segments_weight_refused"
_TRIES = "segments_weight_tries"
_STEP = 0.05


def weights_panel(w: Words) -> None:
    """The table of points in an expander; a change is worked out at once, one that cannot be is refused and said."""
    own = session.settings().affection_weights
    refused = st.session_state.pop(_REFUSED, None)
    label = w("segments.weights.changed", n=len(own)) if own else w("segments.weights.title")
    with st.expander(label, icon=":material/tune:", expanded=bool(own) or refused is not None):
        st.markdown(muted_body(_rule(w)), width=TEXT_WIDTH)
        # Once a change has been worked out, or refused, the editor starts afresh from what holds.
        key = f"{editor_key('affection_weights', own)}_{st.session_state.get(_TRIES, 0)}"
        st.data_editor(
            _table(w, Weights.of(own)),
            hide_index=True,
            height="content",
            key=key,
            on_change=partial(_edited, key),
            disabled=["sign", "how"],
            column_config={
                "sign": st.column_config.TextColumn(w("segments.weights.sign"), width=150),
                "adds": _points_column(w("segments.weights.adds"), 0.0, MOST_POINTS),
                "takes": _points_column(w("segments.weights.takes"), -MOST_POINTS, 0.0),
                "how": st.column_config.TextColumn(w("segments.weights.how"), width=400),
            },
            placeholder="–",
            alt=w("segments.weights.alt"),
        )
        if isinstance(refused, AffectionWeightError):
            st.markdown(f":material/block: {escape(w.error(refused))}", width=TEXT_WIDTH)
        st.markdown(muted(w("segments.weights.note")), width=TEXT_WIDTH)
        if own:
            st.button(
                w("segments.weights.reset"),
                icon=":material/restart_alt:",
                on_click=session.set_affection_weights,
                args=({},),
            )


def _rule(w: Words) -> str:
    return w(
        "segments.weights.rule",
        start=START,
        loved=w.band("loved"),
        loved_from=LOVED_AT_LEAST,
        hated=w.band("hated"),
        hated_to=HATED_AT_MOST,
        explicit=-HATED_EXPLICIT,
    )


def _points_column(title: str, low: float, high: float) -> ColumnConfig:
    return st.column_config.NumberColumn(
        title, width=105, min_value=low, max_value=high, step=_STEP, format="localized"
    )


def _table(w: Words, weights: Weights) -> pd.DataFrame:
    """A row per family and per sign; a side on which a sign never counts is empty."""
    found = []
    for family, sign in affection_weights.rows():
        points = weights.signs[sign] if sign else weights.families[family]
        adds, takes = (
            getattr(points, side) if affection_weights.default(sign or family, side) else None
            for side in SIDES
        )
        each = abs(points.adds + points.takes) / ALL_POINTS_AT[sign] if sign in ALL_POINTS_AT else 0.0
        found.append(
            {
                "sign": w(f"sign.{sign}") if sign else w("segments.weights.family_row", family=family),
                "adds": adds,
                "takes": takes,
                "how": w(f"sign_how.{sign}", each=each) if sign else w("segments.weights.family_how"),
            }
        )
    return pd.DataFrame(found).astype(dict.fromkeys(SIDES, "float64"))


def _edited(key: str) -> None:
    """Keeps what was typed as the owner's points; an emptied cell goes back to the default."""
    rows = list(affection_weights.rows())
    changed = dict(session.settings().affection_weights)
    for row, change in st.session_state[key]["edited_rows"].items():
        family, sign = rows[int(row)]
        for side, value in change.items():
            changed.pop(f"{sign or family}.{side}", None)
            if value is not None:
                changed[f"{sign or family}.{side}"] = float(value)
    st.session_state[_TRIES] = st.session_state.get(_TRIES, 0) + 1
    try:
        Weights.of(changed)
    except AffectionWeightError as refused:
        st.session_state[_REFUSED] = refused
        return
    session.set_affection_weights(affection_weights.changes(changed))
