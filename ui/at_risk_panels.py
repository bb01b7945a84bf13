"""What the at-risk page says: how many calls, what to expect of them, and how good the list was in the past."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.findings import says_what_happens
from analysis.portfolio import Portfolio
from analysis.practices.calls import past_calls, precision_at
from ui.charts.calibration import calibration_dots
from ui.markdown import muted
from ui.page import TEXT_WIDTH, finding_line, notice, panel
from ui.palette import Palette
from words import Words

FEWEST_CALLS, MOST_CALLS, USUAL_CALLS, CALLS_STEP = 5, 100, 20, 5
#: The list a horizon ago is replayed with as many names as this.
_REPLAYED = 20
_DAYS_A_MONTH = 30.4
#: Calibration is told by the class nearest to this: near 0 and 1 every method looks right.
_TELLING = 0.6


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
    became = w("at_risk.answer.past", n=past.called, hits=past.did_not_return, months=_months(portfolio))
    return f"{worth} {became}"


def expectation(w: Words, portfolio: Portfolio, calls: int) -> None:
    """The precision to expect of a list as long as this one."""
    precision = precision_at(portfolio.back_test, calls)
    if precision is not None and calls:
        text = w("at_risk.expect", share=precision.share, low=precision.low, high=precision.high)
        st.markdown(muted(text), width=TEXT_WIDTH)


def list_alt(w: Words, calls: pd.DataFrame) -> str:
    if calls.empty:
        return w("common.nobody_matches")
    first = calls.iloc[0]
    return w("at_risk.list.alt", n=len(calls), first=w.client(first["client_name"], first["client_id"]))


def quality(w: Words, portfolio: Portfolio, palette: Palette) -> None:
    """Calibration and the comparison with simple rules, from the owner's own past; or why there is none yet."""
    test = portfolio.back_test
    if not test.usable:
        notice(w("at_risk.untested.title"), w(f"at_risk.untested.{test.why}"), "experiment")
        return
    left, right = st.columns(2, gap="large")
    with left:
        _calibration(w, portfolio, palette)
    with right, st.container(gap="xsmall"):
        finding_line(
            w(f"at_risk.methods.{test.method}"), w("at_risk.methods.note", months=_months(portfolio))
        )
        st.table(
            _methods(w, portfolio),
            border="horizontal",
            hide_index=True,
            alt=w(f"at_risk.methods.{test.method}"),
        )


def _calibration(w: Words, portfolio: Portfolio, palette: Palette) -> None:
    test = portfolio.back_test
    bins = test.calibration
    row = bins.iloc[int((bins["predicted"] - _TELLING).abs().to_numpy().argmin())]
    form = "good" if says_what_happens(bins) else "poor"
    finding = w(f"at_risk.calibration.{form}", share=row["predicted"], observed=row["observed"])
    said, happened = w("at_risk.calibration.said"), w("at_risk.calibration.happened")
    numbers = pd.DataFrame(
        {
            said: [w.percent(share) for share in bins["predicted"]],
            happened: [w.percent(share) for share in bins["observed"]],
            w("at_risk.calibration.between"): [
                f"{w.percent(low)} – {w.percent(high)}"
                for low, high in zip(bins["observed_low"], bins["observed_high"], strict=True)
            ],
            w("at_risk.calibration.cases"): bins["clients"].tolist(),
        }
    )
    pairs = "; ".join(f"{a} → {b}" for a, b in zip(numbers[said], numbers[happened], strict=True))
    panel(
        w,
        finding,
        w("at_risk.calibration.note", n=test.client_windows),
        calibration_dots(bins, w, palette),
        key="calibration",
        alt=f"{finding}. {pairs}",
        numbers=numbers,
    )


def _methods(w: Words, portfolio: Portfolio) -> pd.DataFrame:
    """A row per method, the best first: hits of 20 and how often it tells two clients apart."""
    methods = portfolio.back_test.methods.sort_values("auc", ascending=False, kind="stable")
    in_use = portfolio.back_test.method
    names = [
        w("at_risk.methods.in_use", method=w(f"method.{code}")) if code == in_use else w(f"method.{code}")
        for code in methods["method"]
    ]
    return pd.DataFrame(
        {
            w("at_risk.methods.method"): names,
            w("at_risk.methods.hits"): [w.number(hits) for hits in methods["hits_of_20"]],
            w("at_risk.methods.auc"): [w.percent(auc) for auc in methods["auc"]],
        }
    )


def _months(portfolio: Portfolio) -> int:
    return max(round(portfolio.settings.horizon_days / _DAYS_A_MONTH), 1)
