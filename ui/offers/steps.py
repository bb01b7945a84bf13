"""The steps that fit a reason to leave, in words; and those of the one client a price is proposed to."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analysis.portfolio import Portfolio
from analysis.practices.offers.ladder import client_steps
from ui import session
from ui.markdown import escape, muted
from words import Words


def client_steps_box(w: Words, portfolio: Portfolio, client_id: str) -> None:
    """Why this client may leave and what to offer them, where a reason is known."""
    found: pd.DataFrame = session.worked_out(client_steps, portfolio, client_id)
    if found.empty:
        return
    row = found.iloc[0]
    with st.container(border=True, gap="xsmall", key="offer_steps"):
        st.markdown(f"**{escape(why_of(w, row))}**")
        st.markdown(numbered([step_of(w, str(row[place]), row) for place in ("first", "next")]))
        st.markdown(muted(w("offers.ladder.never", what=w(f"offers.never.{row['never']}"))))


def why_of(w: Words, row: pd.Series) -> str:
    """The reason of a row of LADDERS, with the word on it and the day where there are any."""
    said = w(f"offers.why.{row['why']}")
    detail = f": {row['detail']}" if row["detail"] else ""
    day = "" if pd.isna(row["since"]) else f" · {w.date(row['since'])}"
    return f"{said}{detail}{day}"


def step_of(w: Words, step: str, row: pd.Series) -> str:
    """A step, with its money where the row knows it."""
    if step == "other_terms" and not pd.isna(row["part"]):
        return w("offers.step.other_terms.money", part=float(row["part"]))
    if step == "smaller_amount" and not pd.isna(row["comfortable"]):
        return w("offers.step.smaller_amount.money", comfortable=float(row["comfortable"]))
    return w(f"offers.step.{step}")


def numbered(steps: Sequence[str]) -> str:
    """The steps one under the other, each once; markdown."""
    return "\n".join(f"{place}. {escape(step)}" for place, step in enumerate(dict.fromkeys(steps), 1))
