"""Reasons that repeat: how often, where they come from, and who else may meet them."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from analysis.portfolio import Portfolio
from analysis.practices.problems.repeated_reasons import By, exposed, places, repeated_reasons
from ui import session
from ui.calling.people_download import people_download
from ui.client.table import MOST_ROWS, people_table
from ui.markdown import escape, muted_body
from ui.missing_columns import lacks
from ui.page import TEXT_WIDTH, finding_line
from ui.problems.people_columns import worth_and_contact
from words import Words
from words.files.problems import exposed_file

_MOST_PLACES = 12
_CHOICE_WIDTH = 260
#: Rates stay numbers: they stand to the right, and sort.
_RATE = st.column_config.NumberColumn(format="localized")


def reasons_panel(w: Words, portfolio: Portfolio) -> None:
    """The reasons with how they go, the places that have more than the others, and the clients exposed to one."""
    reasons: pd.DataFrame = session.worked_out(repeated_reasons, portfolio)
    if reasons.empty:
        if not lacks(w, portfolio, 23):
            finding_line(w("problems.reasons.none"), w("problems.reasons.none.note"))
        return
    where: pd.DataFrame = session.worked_out(places, portfolio)
    with st.container(gap="small"):
        finding = _finding(w, reasons)
        finding_line(finding, w("problems.reasons.note"))
        st.dataframe(
            _table(w, reasons),
            hide_index=True,
            column_config={w("problems.reasons.per_1000"): _RATE},
            lazy=False,
            key="problem_reasons",
            alt=finding,
        )
        st.markdown(muted_body(_where(w, where)), width=TEXT_WIDTH)
        if len(where):
            with st.expander(w("problems.places"), key="problem_places_fold"):
                st.dataframe(
                    _places_table(w, where.head(_MOST_PLACES)),
                    hide_index=True,
                    column_config={
                        w("problems.reasons.per_1000"): _RATE,
                        w("problems.places.others"): _RATE,
                    },
                    lazy=False,
                    key="problem_places",
                    alt=_where(w, where),
                )
                st.markdown(muted_body(w("problems.places.note")), width=TEXT_WIDTH)
    _exposed(w, portfolio, reasons, where)


def _finding(w: Words, reasons: pd.DataFrame) -> str:
    growing = reasons[reasons["trend"] == "rising"]
    row = growing.iloc[0] if len(growing) else reasons.iloc[0]
    code = "rising" if len(growing) else "first"
    return w(
        f"problems.reasons.{code}",
        reason=escape(row["reason"]),
        n=int(row["problems"]),
        lately=int(row["lately"]),
    )


def _table(w: Words, reasons: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            w("problems.kind"): reasons["reason"].tolist(),
            w("problems.reasons.problems"): reasons["problems"].tolist(),
            w("problems.reasons.per_1000"): reasons["per_1000"].round(1).tolist(),
            w("problems.reasons.lately"): reasons["lately"].tolist(),
            w("problems.reasons.trend"): [w(f"problems.trend.{code}") for code in reasons["trend"]],
            w("problems.reasons.open"): reasons["open"].tolist(),
            w("problems.reasons.badly"): reasons["badly"].tolist(),
        }
    )


def _where(w: Words, where: pd.DataFrame) -> str:
    """The places that surely have more than the others; or that nothing of the kind can be said. Markdown."""
    sure = where[where["stands_out"]] if len(where) else where
    if sure.empty:
        return w("problems.places.none")
    said = [
        w(
            "problems.places.sure" if row["reason"] else "problems.places.sure_all",
            name=escape(row["name"]),
            reason=escape(row["reason"]),
            n=int(row["problems"]),
            rate=float(row["per_1000"]),
            times=float(row["times"]),
        )
        for row in sure.head(3).to_dict("records")
    ]
    return " ".join(said)


def _places_table(w: Words, where: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            w("problems.places.name"): where["name"].tolist(),
            w("problems.kind"): [reason or w("problems.any_kind") for reason in where["reason"]],
            w("problems.reasons.problems"): where["problems"].tolist(),
            w("problems.reasons.per_1000"): where["per_1000"].round(1).tolist(),
            w("problems.places.others"): where["others_per_1000"].round(1).tolist(),
            w("problems.places.sure_column"): [
                w("problems.places.yes") if sure else w("problems.places.chance")
                for sure in where["stands_out"]
            ],
        }
    )


def _exposed(w: Words, portfolio: Portfolio, reasons: pd.DataFrame, where: pd.DataFrame) -> None:
    """Who had the same service or seller lately and has not complained: a solution can serve them too."""
    if where.empty:
        lacks(w, portfolio, 23)
        return
    with st.container(gap="small"):
        heading = st.container()
        with st.container(horizontal=True, vertical_alignment="bottom"):
            names = [name for name in reasons["reason"] if (where["reason"] == name).any()]
            options = ["", *names]
            sure = where[where["stands_out"]]
            first = str(sure["reason"].iloc[0]) if len(sure) else (names[0] if names else "")
            reason = st.selectbox(
                w("problems.kind"),
                options,
                index=options.index(first) if first in options else 0,
                format_func=lambda name: name or w("problems.any_kind"),
                key="exposed_reason",
                width=_CHOICE_WIDTH,
            )
            there = where[where["reason"] == reason]
            # What surely has more of them, else what simply has most: a service before a seller.
            there = there.sort_values(["stands_out", "by", "problems"], ascending=[False, True, False])
            spots = [(str(by), str(name)) for by, name in zip(there["by"], there["name"], strict=True)]
            spot = st.selectbox(
                w("problems.exposed.place"),
                spots,
                format_func=lambda one: w(f"problems.exposed.{one[0]}", name=one[1]),
                key=f"exposed_place_{reason}",
                width=_CHOICE_WIDTH,
            )
            by: By = "service" if spot[0] == "service" else "staff"
            found: pd.DataFrame = session.worked_out(exposed, portfolio, reason, by, spot[1])
            people_download(
                w,
                portfolio,
                w("problems.exposed.download"),
                w("problems.exposed.file_name"),
                partial(exposed_file, w, found, money=portfolio.has_amounts),
                key="exposed_download",
                empty=found.empty,
                main=False,
            )
        with heading:
            days = portfolio.settings.horizon_days
            finding_line(
                w("problems.exposed", n=len(found), name=escape(spot[1])),
                w("problems.exposed.note", days=days),
            )
        with st.expander(w("problems.exposed.list"), icon=":material/list:", key="exposed_fold"):
            _exposed_table(w, portfolio, found)


def _exposed_table(w: Words, portfolio: Portfolio, found: pd.DataFrame) -> None:
    shown = found.head(MOST_ROWS)
    texts: dict[str, object] = {
        "last": shown["last_visit"].dt.date.to_numpy(),
        "state": shown["state"].map(w.state).to_numpy(),
    }
    config: dict[str, object] = {
        "last": st.column_config.DateColumn(w("problems.exposed.last"), format="localized", width=120),
        "state": st.column_config.TextColumn(w("common.state"), width=110),
    }
    more_texts, more_config = worth_and_contact(w, portfolio, shown)
    people_table(
        w,
        found,
        {**texts, **more_texts},
        {**config, **more_config},
        key="exposed",
        alt=w("problems.exposed.alt", n=len(found)),
    )
