"""What the red line's page says: its answer, its figures, and how its order is made."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from analysis.cases import TRIGGERS
from analysis.portfolio import Portfolio
from analysis.practices.red_line.cases import AT_ONCE, RedLine
from analysis.practices.red_line.loss_clusters import LossClusters
from analysis.practices.red_line.triggers import GOODBYE_DAYS, NOTICE_DAYS, RATING_DAYS, TOP_SHARE
from ui.markdown import escape, muted
from ui.page import TEXT_WIDTH, Card, notice
from ui.red_line.loss_clusters_panel import lead_words, quiet_words, weeks_finding
from ui.red_line.triggers import LOOKS
from words import Words

#: A cluster is news for about a month.
_FRESH_DAYS = 35


def answer(w: Words, portfolio: Portfolio, cases: pd.DataFrame) -> str:
    """How many cannot wait, what they bring, who is first, and how many come after."""
    if cases.empty:
        return w("red_line.answer.nobody")
    now = cases.head(AT_ONCE)
    name = escape(w.client(now["client_name"].iloc[0], now["client_id"].iloc[0]))
    if portfolio.has_amounts:
        said = w("red_line.answer.money", n=len(now), amount=float(now["worth"].sum()), first=name)
    else:
        said = w("red_line.answer.visits", n=len(now), first=name)
    waiting = len(cases) - len(now)
    return f"{said} {w('red_line.answer.after', n=waiting)}" if waiting else said


def cluster_notice(w: Words, portfolio: Portfolio, found: LossClusters) -> None:
    """A week out of line that is not long past is said at the top; the chart stands further down."""
    latest = next(iter(found.clusters), None)
    if latest is None or (pd.Timestamp(portfolio.as_of) - latest.week).days > _FRESH_DAYS:
        return
    leads = lead_words(w, latest)
    notice(weeks_finding(w, found), " ".join([*leads, w("red_line.cluster.below")]), "groups")


def figures(w: Words, portfolio: Portfolio, cases: pd.DataFrame, found: LossClusters) -> list[Card]:
    problems = [
        trigger for triggers in cases["triggers"] for trigger in triggers if trigger.code == "problem"
    ]
    unowned = sum(not trigger.values["staff"] for trigger in problems)
    oldest = int(cases["days"].max()) if len(cases) else None
    since = found.days_since_last
    total = float(cases["worth"].sum())
    return [
        Card(w("red_line.card.cases"), w.number(len(cases))),
        Card(
            w("red_line.card.worth" if portfolio.has_amounts else "red_line.card.visits"),
            w.money(total) if portfolio.has_amounts else w.number(total),
            help=w("red_line.card.worth.help"),
        ),
        Card(
            w("red_line.card.problems"),
            w.number(len(problems)) if len(portfolio.records.problems) else "–",
            w("red_line.card.unowned", n=unowned) if unowned else "",
            "red" if unowned else "off",
            help=w("red_line.card.problems.help"),
        ),
        Card(w("red_line.card.quiet"), w.number(since), quiet_words(w, found))
        if since is not None
        else Card(w("red_line.card.oldest"), w.number(oldest)),
    ]


def trigger_filter(w: Words, cases: pd.DataFrame) -> list[str]:
    """The kinds of triggers there are, to choose some of them."""
    counts = _counts(cases)
    present = [code for code in TRIGGERS if counts.get(code)]
    labels = {
        code: f":material/{LOOKS[code][0]}: {w(f'red_line.kind_of.{code}')} {w.number(counts[code])}"
        for code in present
    }
    chosen = st.pills(
        w("red_line.kinds"),
        present,
        selection_mode="multi",
        format_func=labels.__getitem__,
        key="red_line_kinds",
        persist_state="session",
    )
    return list(chosen)


def with_kinds(cases: pd.DataFrame, kinds: list[str]) -> pd.DataFrame:
    """The cases with at least one of these triggers; all where none is chosen."""
    if not kinds:
        return cases
    chosen = [any(trigger.code in kinds for trigger in triggers) for triggers in cases["triggers"]]
    return cases.loc[chosen]


def set_aside_line(w: Words, found: RedLine) -> None:
    if len(found.set_aside):
        st.markdown(muted(f":material/inventory_2: {w('red_line.set_aside', n=len(found.set_aside))}"))


def how(w: Words) -> None:
    """What makes a case and how they are put in order."""
    with st.expander(w("red_line.how")):
        st.markdown(
            w(
                "red_line.how.body",
                goodbye=GOODBYE_DAYS,
                notice=NOTICE_DAYS,
                rating=RATING_DAYS,
                top=TOP_SHARE,
            ),
            width=TEXT_WIDTH,
        )


def _counts(cases: pd.DataFrame) -> Mapping[str, int]:
    """In how many cases each kind of trigger stands."""
    codes = pd.Series([trigger.code for triggers in cases["triggers"] for trigger in triggers], dtype=object)
    return {str(code): int(count) for code, count in codes.value_counts().items()}
