"""The team side by side: how many visits are followed by another, and who changed from whom to whom."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.portfolio import Portfolio
from analysis.practices.team.changed_hands import between, changed_hands
from analysis.practices.team.judged_visits import IN_TIME
from analysis.practices.team.seller_returns import SellerReturns, seller_returns
from ui import session
from ui.charts.seller_dots import seller_dots
from ui.client.table import MOST_ROWS, people_table
from ui.filters import Filters
from ui.markdown import escape, muted
from ui.page import TEXT_WIDTH, finding_line, notice, panel
from ui.palette import Palette
from words import Words

_TOLD = ("better", "worse", "like_the_rest")


def returns_panel(w: Words, portfolio: Portfolio, palette: Palette) -> None:
    """Each seller's share of visits followed in time, as if all served the same clients."""
    found = session.worked_out(seller_returns, portfolio)
    told = found.table[found.table["verdict"].isin(_TOLD)]
    if len(told) < 2:  # noqa: PLR2004 - one seller is beside nobody
        notice(w("hand_over.returns.none"), w("hand_over.returns.none.body"), "groups")
        return
    note = w("hand_over.returns.note", times=IN_TIME, n=found.visits)
    finding = _finding(w, told, [escape(name) for name in told["staff"]])
    panel(
        w,
        finding,
        note,
        seller_dots(told.reset_index(drop=True), found.mean, w, palette),
        key="hand_over_returns",
        alt=f"{_finding(w, told, told['staff'].tolist())}. {_each(w, told)}",
        numbers=_numbers(w, found),
    )
    for verdict in ("alone", "few"):
        names = [escape(name) for name in found.table.loc[found.table["verdict"] == verdict, "staff"]]
        if names:
            st.markdown(muted(w(f"hand_over.returns.{verdict}", names=names, n=len(names))), width=TEXT_WIDTH)


def _finding(w: Words, told: pd.DataFrame, names: list[str]) -> str:
    """Who stands apart from the mean, by name and never by rank."""
    named = told.assign(name=names)
    worse = named.loc[named["verdict"] == "worse", "name"].tolist()
    better = named.loc[named["verdict"] == "better", "name"].tolist()
    if worse:
        return w("hand_over.returns.worse", names=worse)
    if better:
        return w("hand_over.returns.better", names=better)
    return w("hand_over.returns.alike")


def _each(w: Words, told: pd.DataFrame) -> str:
    return "; ".join(
        f"{name} {w.percent(share)}" for name, share in zip(told["staff"], told["adjusted"], strict=True)
    )


def _numbers(w: Words, found: SellerReturns) -> pd.DataFrame:
    table = found.table
    return pd.DataFrame(
        {
            w("common.seller"): table["staff"],
            w("hand_over.returns.visits"): table["visits"],
            w("hand_over.column.clients"): table["clients"],
            w("hand_over.returns.raw"): [w.percent(share) for share in table["raw"]],
            w("hand_over.returns.adjusted"): [w.percent(share) for share in table["adjusted"]],
            w("hand_over.returns.between"): [
                "" if pd.isna(low) else w("hand_over.returns.range", low=low, high=high)
                for low, high in zip(table["low"], table["high"], strict=True)
            ],
            w("hand_over.returns.verdict"): [w(f"hand_over.verdict.{code}") for code in table["verdict"]],
        }
    )


def changed_panel(w: Words, portfolio: Portfolio, filters: Filters) -> None:
    """Who went from one seller of the house to another, and the list of them."""
    changed = filters.clients(session.worked_out(changed_hands, portfolio))
    if changed.empty:
        return
    with st.container(gap="small"):
        pairs = between(changed)
        first = pairs.iloc[0]
        note = w("hand_over.changed.note")
        if first["clients"] > 1:
            names = {name: escape(first[name]) for name in ("former", "now")}
            note = f"{w('hand_over.changed.most', count=int(first['clients']), **names)} {note}"
        finding_line(w("hand_over.changed", n=len(changed)), note)
        shown = changed.head(MOST_ROWS)
        service = {"service": shown["service"].to_numpy()} if (shown["service"] != "").any() else {}
        texts = {
            "former": shown["former"].to_numpy(),
            "now": shown["now"].to_numpy(),
            **service,
            "since": shown["since"].dt.date.to_numpy(),
            "state": shown["state"].map(w.state).to_numpy(),
        }
        config = {
            "former": st.column_config.TextColumn(w("hand_over.changed.former"), width=130),
            "now": st.column_config.TextColumn(w("hand_over.changed.now"), width=130),
            "service": st.column_config.TextColumn(w("common.service"), width=120),
            "since": st.column_config.DateColumn(w("hand_over.changed.since"), format="localized", width=105),
            "state": st.column_config.TextColumn(w("common.state"), width=105),
        }
        people_table(w, changed, texts, config, key="changed", alt=w("hand_over.changed", n=len(changed)))
