"""What the at-risk page says: how many calls, and what to expect of them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.portfolio import Portfolio
from analysis.practices.calling.calls import past_calls, precision_at
from ui.calling.past_quality import horizon_months
from ui.markdown import muted
from ui.page import TEXT_WIDTH
from words import Words

FEWEST_CALLS, MOST_CALLS, USUAL_CALLS, CALLS_STEP = 5, 100, 20, 5
#: The list a horizon ago is replayed with as many names as this.
_REPLAYED = 20


def calls_slider(w: Words, flagged: int) -> int:
    """How many calls fit in a week; in steps of five, up to the `flagged` there are."""
    most = max(min(MOST_CALLS, -(-flagged // CALLS_STEP) * CALLS_STEP), 2 * FEWEST_CALLS)
    if st.session_state.get("calls", 0) > most:  # chosen for another file, whose list was longer
        st.session_state["calls"] = most
    return int(
        st.slider(
            w("at_risk.calls_a_week"),
            FEWEST_CALLS,
            most,
            min(USUAL_CALLS, most),
            CALLS_STEP,
            key="calls",
            bind="query-params",
            persist_state="session",
            width=210,
        )
    )


def answer(w: Words, portfolio: Portfolio, calls: pd.DataFrame) -> str:
    """What these calls are worth, and how a list like this one did a horizon ago."""
    if not portfolio.clients["flagged"].any():
        return w("at_risk.answer.nobody")
    if portfolio.has_amounts:
        worth = w("at_risk.answer.money", n=len(calls), stake=float(calls["value_at_stake"].sum()))
    else:
        worth = w("at_risk.answer.visits", n=len(calls))
    if not portfolio.back_test.usable:
        return f"{worth} {w('at_risk.answer.untested')}"
    past = past_calls(portfolio.back_test, _REPLAYED)
    if not past.called:  # nobody would have been flagged then
        return worth
    became = w(
        "at_risk.answer.past", n=past.called, hits=past.did_not_return, months=horizon_months(portfolio)
    )
    return f"{worth} {became}"


def expectation(w: Words, portfolio: Portfolio, calls: int) -> None:
    """The precision to expect of a list as long as this one."""
    precision = precision_at(portfolio.back_test, calls)
    if precision is not None and calls:
        text = w(
            "at_risk.expect",
            share=precision.share,
            low=precision.low,
            high=precision.high,
            months=horizon_months(portfolio),
        )
        st.markdown(muted(text), width=TEXT_WIDTH)


def list_alt(w: Words, calls: pd.DataFrame) -> str:
    if calls.empty:
        return w("common.nobody_matches")
    first = calls.iloc[0]
    return w("at_risk.list.alt", n=len(calls), first=w.client(first["client_name"], first["client_id"]))
