"""How good the list of calls was in the shop's own past: beside simple rules, in time, and as sure as it said."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.findings import says_what_happens
from analysis.portfolio import Portfolio
from analysis.practices.calling.how_early import HowEarly, how_early
from ui.charts.calibration import calibration_dots
from ui.page import finding_line, notice, panel
from ui.palette import Palette
from words import Words

#: Calibration is told by the class nearest to this: near 0 and 1 every method looks right.
_TELLING = 0.6
_DAYS_A_MONTH = 30.4


def past_quality(w: Words, portfolio: Portfolio, palette: Palette) -> None:
    """Calibration and the comparison with simple rules, from the owner's own past; or why there is none yet."""
    test = portfolio.back_test
    if not test.usable:
        notice(w("at_risk.untested.title"), w(f"at_risk.untested.{test.why}"), "experiment")
        return
    left, right = st.columns(2, gap="large")
    with left:
        _calibration(w, portfolio, palette)
    with right, st.container(gap="xsmall"):
        _comparison(w, portfolio)
    early = how_early(test)
    if early is not None:
        _how_early(w, portfolio, early)


def _comparison(w: Words, portfolio: Portfolio) -> None:
    """The method in use beside the simple rules, and how sure the difference is."""
    test = portfolio.back_test
    ours = test.methods.iloc[0]
    in_use = test.method == ours["method"]
    finding = w(
        "at_risk.methods.even" if in_use and ours["ahead_low"] <= 0 else f"at_risk.methods.{test.method}"
    )
    note = w("at_risk.methods.note", months=horizon_months(portfolio))
    if in_use:
        sure = w("at_risk.methods.ahead", low=100 * ours["ahead_low"], high=100 * ours["ahead_high"])
        note = f"{note} {sure}"
    finding_line(finding, note)
    st.table(_methods(w, portfolio), border="horizontal", hide_index=True, alt=finding)


def _how_early(w: Words, portfolio: Portfolio, early: HowEarly) -> None:
    """How many days before a client is lost the alarm goes up, beside the simple rules at as many false alarms."""
    finding = w(
        f"at_risk.early.{early.standing}", days=early.days, rule=early.rule, rule_days=early.rule_days
    )
    note = w(
        "at_risk.early.note",
        n=early.lapses,
        months=2 * horizon_months(portfolio),
        caught=early.caught,
        alarm_days=early.alarm_days,
        false_alarms=early.false_alarms,
    )
    said, table = st.columns(2, gap="large")
    with said:
        finding_line(finding, note)
    with table:
        st.table(_warnings(w, portfolio), border="horizontal", hide_index=True, alt=finding)


def _warnings(w: Words, portfolio: Portfolio) -> pd.DataFrame:
    """A row per method, who warns earliest first: days of warning at each share of false alarms."""
    test = portfolio.back_test
    told = test.warning.dropna(subset="at")
    days = told.pivot_table(index="method", columns="at", values="median_days", sort=False)
    days = days.sort_values(list(days.columns), ascending=False, kind="stable")
    return pd.DataFrame(
        {
            w("at_risk.methods.method"): [_method_name(w, str(code), test.method) for code in days.index],
            **{
                w("at_risk.early.at", share=share): [w.number(value) for value in days[share]]
                for share in days.columns
            },
        }
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
    return pd.DataFrame(
        {
            w("at_risk.methods.method"): [_method_name(w, code, in_use) for code in methods["method"]],
            w("at_risk.methods.hits"): [w.number(hits) for hits in methods["hits_of_20"]],
            w("at_risk.methods.auc"): [
                w("at_risk.methods.auc_between", auc=auc, low=100 * low, high=100 * high)
                if code != "chance"
                else w.percent(auc)
                for code, auc, low, high in methods[["method", "auc", "auc_low", "auc_high"]].itertuples(
                    index=False
                )
            ],
        }
    )


def _method_name(w: Words, code: str, in_use: str) -> str:
    name = w(f"method.{code}")
    return w("at_risk.methods.in_use", method=name) if code == in_use else name


def horizon_months(portfolio: Portfolio) -> int:
    """How far ahead a call looks, in whole months."""
    return max(round(portfolio.settings.horizon_days / _DAYS_A_MONTH), 1)
