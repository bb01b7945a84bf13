"""What the page of problems says first: how many are open, whose they are, and the list of them."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from analysis.consent import refused
from analysis.portfolio import Portfolio
from analysis.practices.problems.open_problems import Standing, open_problems, standing
from analysis.practices.problems.slow_answers import SlowAnswers, slow_answers
from analysis.practices.problems.time_to_close import times_to_close
from ui import session
from ui.calling.people_download import people_download
from ui.client.table import MOST_ROWS, people_table
from ui.markdown import muted
from ui.page import TEXT_WIDTH, Card
from words import Words
from words.files.problems import open_problems_file

_CHOICE_WIDTH = 180


def answer(w: Words, portfolio: Portfolio) -> str:
    """How many are open, of whom nobody takes care, and since when."""
    if portfolio.records.problems.empty:
        return w("problems.answer.nothing")
    now = session.worked_out(standing, portfolio)
    if not now.open:
        return w("problems.answer.none")
    said = [w("problems.answer", n=now.open, days=now.oldest_days)]
    if portfolio.has_amounts:
        said.append(w("problems.answer.worth", n=now.clients, worth=now.worth))
    if now.gone:
        said.append(w("problems.answer.gone", n=now.gone))
    return " ".join(said)


def figures(w: Words, portfolio: Portfolio) -> list[Card]:
    now: Standing = session.worked_out(standing, portfolio)
    times = session.worked_out(times_to_close, portfolio, "")
    half = times["days"].iloc[0] if len(times) else float("nan")
    more = now.opened_lately - now.closed_lately
    return [
        Card(
            w("problems.card.open"),
            w.number(now.open),
            delta=w("problems.card.lately", opened=now.opened_lately, closed=now.closed_lately),
            delta_colour="red" if more > 0 else "blue" if more < 0 else "off",
            arrow="up" if more > 0 else "down" if more < 0 else "off",
            help=w("problems.card.open.help"),
        ),
        Card(w("problems.card.unowned"), w.number(now.unowned), help=w("problems.card.unowned.help")),
        Card(w("problems.card.overdue"), w.number(now.overdue), help=w("problems.card.overdue.help")),
        Card(
            w("problems.card.half"),
            "–" if pd.isna(half) else w("problems.days", n=int(half)),
            help=w("problems.card.half.help"),
        ),
    ]


def narrowed(w: Words, portfolio: Portfolio) -> pd.DataFrame:
    """The open problems of the owner and kind chosen; draws the two boxes and the download."""
    found: pd.DataFrame = session.worked_out(open_problems, portfolio)
    owners = found["staff"].value_counts().index.tolist()
    kinds = found.loc[found["kind"] != "", "kind"].value_counts().index.tolist()
    owner = _one_of(w, "problem_owner", w("problems.owner"), owners)
    kind = _one_of(w, "problem_kind", w("problems.kind"), kinds)
    if owner is not None:
        found = found[found["staff"] == owner]
    if kind is not None:
        found = found[found["kind"] == kind]
    people_download(
        w,
        portfolio,
        w("problems.download"),
        w("problems.file_name"),
        partial(open_problems_file, w, found, money=portfolio.has_amounts),
        key="problems_download",
        empty=found.empty,
    )
    return found


def _one_of(w: Words, key: str, label: str, names: list[str]) -> str | None:
    """One of the names, "" being nobody; None for all."""
    return st.selectbox(
        label,
        names,
        index=None,
        placeholder=w("common.all"),
        format_func=lambda name: name or w("problems.nobody"),
        key=key,
        width=_CHOICE_WIDTH,
    )


def problem_table(w: Words, portfolio: Portfolio, found: pd.DataFrame) -> None:
    """The open problems, the most pressing first; a row opens the client."""
    shown = found.head(MOST_ROWS)
    texts: dict[str, object] = {
        "kind": shown["kind"].replace("", "–").to_numpy(),
        "days": shown["days_open"].astype("Int64").to_numpy(),
        "owner": [name or w("problems.nobody") for name in shown["staff"]],
        "promised": [
            None if pd.isna(day) else w("problems.passed", n=int(late)) if late else w.date(day)
            for day, late in zip(shown["promised"], shown["overdue_days"], strict=True)
        ],
    }
    config: dict[str, object] = {
        "kind": st.column_config.TextColumn(w("problems.kind"), width=190),
        "days": st.column_config.NumberColumn(w("problems.days_open"), format="localized", width=90),
        "owner": st.column_config.TextColumn(w("problems.owner"), width=115),
        "promised": st.column_config.TextColumn(w("problems.promised"), width=140),
    }
    if portfolio.has_amounts:
        texts["worth"] = shown["worth"].round().astype("Int64").to_numpy()
        config["worth"] = st.column_config.NumberColumn(
            w.in_money(w("problems.a_year")), format="localized", width=90
        )
    texts["state"] = shown["state"].map(w.state).to_numpy()
    config["state"] = st.column_config.TextColumn(w("common.state"), width=100)
    texts["detail"] = [
        f"{w('client.no_consent')} {said}".strip() if no else said
        for said, no in zip(shown["detail"], refused(shown), strict=True)
    ]
    config["detail"] = st.column_config.TextColumn(w("problems.detail"), width="large")
    people_table(w, found, texts, config, key="problems", alt=_alt(w, found))


def _alt(w: Words, found: pd.DataFrame) -> str:
    if found.empty:
        return w("common.nobody_matches")
    first = found.iloc[0]
    return w(
        "problems.table.alt",
        n=len(found),
        first=w.client(first["client_name"], first["client_id"]),
        days=int(first["days_open"]),
    )


def at_risk_line(w: Words, portfolio: Portfolio) -> None:
    """How many of the clients with signs of leaving have a problem open: the quickest way to keep them."""
    found: SlowAnswers = session.worked_out(slow_answers, portfolio)
    if not found.with_problem:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            muted(
                w(
                    "problems.at_risk",
                    n=found.with_problem,
                    all=found.at_risk,
                    old=found.with_old,
                    days=found.days,
                )
            ),
            width=TEXT_WIDTH,
        )
        st.page_link("pages/at_risk.py", label=w("problems.at_risk.link"), icon=":material/call:")
