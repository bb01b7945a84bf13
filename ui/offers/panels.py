"""What to offer each client at risk, by the reason, and what came of offers made."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.portfolio import Portfolio
from analysis.practices.offers.ladder import LADDER, ladder
from analysis.practices.offers.offers_made import saved
from analysis.practices.offers.why_leaving import WHYS
from ui import session
from ui.charts.house import rows
from ui.client.table import MOST_ROWS, people_table
from ui.filters import some_codes
from ui.markdown import muted
from ui.offers.steps import numbered, step_of, why_of
from ui.page import finding_line
from words import Words

#: Boxes that say the least.
_LAST = frozenset({"unknown", "no_contact"})
#: With fewer whose end is known a share would say more than it knows.
_ENOUGH = 5
#: The column of reasons, with what a client said or a problem was, and without.
_WHY_WIDE, _WHY_NARROW = 290, 190


def answer(w: Words, portfolio: Portfolio) -> str:
    """Of how many at risk the reason is known."""
    table: pd.DataFrame = session.worked_out(ladder, portfolio)
    if table.empty:
        return w("offers.answer.nobody")
    known = int((~table["why"].isin(["unknown", "no_contact"])).sum())
    return w("offers.answer.reasons", n=known, of=len(table)) if known else w("offers.answer.no_reasons")


def ladder_panel(w: Words, portfolio: Portfolio) -> None:
    """Why each client at risk may leave, the first step, the next one, and what never to do."""
    table: pd.DataFrame = session.worked_out(ladder, portfolio)
    if table.empty:
        finding_line(w("offers.ladder.none"))
        return
    with st.container(gap="small"):
        finding_line(w("offers.ladder", n=len(table)), w("offers.ladder.note"))
        _by_reason(w, portfolio, table)
        present = [why for why in WHYS if (table["why"] == why).any()]
        chosen = some_codes(
            w("offers.ladder.choose"), present, lambda code: w(f"offers.why.{code}"), name="why"
        )
        found = table[table["why"].isin(chosen)]
        _ladder_table(w, portfolio, found)


def _by_reason(w: Words, portfolio: Portfolio, table: pd.DataFrame) -> None:
    """A box for each reason there is: how many, the two steps, and what never to do. Reasons known come first."""
    counts = table.groupby("why")["value_at_stake"].agg(["size", "sum"]).sort_values("sum", ascending=False)
    order = sorted(counts.index, key=_LAST.__contains__)
    with st.grid(3, min_column_width=215, gap="small"):
        for why in order:
            n, money = int(counts.loc[why, "size"]), float(counts.loc[why, "sum"])
            first, following, never = LADDER[why]
            with st.container(border=True, gap="xsmall", height="stretch", key=f"offer_why_{why}"):
                st.markdown(f"**{w(f'offers.why.{why}')}**")
                how_many = (
                    w("offers.ladder.clients_money", n=n, money=money)
                    if portfolio.has_amounts
                    else w("offers.ladder.clients", n=n)
                )
                st.markdown(muted(how_many))
                st.markdown(numbered([w(f"offers.step.{step}") for step in (first, following)]))
                st.markdown(muted(w("offers.ladder.never", what=w(f"offers.never.{never}"))))


def _ladder_table(w: Words, portfolio: Portfolio, found: pd.DataFrame) -> None:
    shown = found.head(MOST_ROWS)
    texts: dict[str, object] = {}
    config: dict[str, object] = {}
    if portfolio.has_amounts:
        texts["at_stake"] = shown["value_at_stake"].round().astype("Int64").to_numpy()
        config["at_stake"] = st.column_config.NumberColumn(
            w.in_money(w("common.at_stake")),
            format="localized",
            width=95,
        )
    texts |= {
        "why": [why_of(w, row) for _, row in shown.iterrows()],
        "first": [step_of(w, str(row["first"]), row) for _, row in shown.iterrows()],
        "next": [step_of(w, str(row["next"]), row) for _, row in shown.iterrows()],
    }
    wide = _WHY_WIDE if (shown["detail"] != "").any() else _WHY_NARROW
    config |= {
        "why": st.column_config.TextColumn(w("offers.ladder.why"), width=wide),
        "first": st.column_config.TextColumn(w("offers.ladder.first"), width=230),
        "next": st.column_config.TextColumn(w("offers.ladder.next"), width=225),
    }
    if (shown["offered"] != "").any():
        texts["offered"] = [w(f"offer.{code}") if code else None for code in shown["offered"]]
        config["offered"] = st.column_config.TextColumn(w("offers.ladder.offered"), width=140)
    people_table(w, found, texts, config, key="ladder", alt=w("offers.ladder.alt", n=len(found)))


def saved_panel(w: Words, portfolio: Portfolio) -> None:
    """Of those offered something, who came again after it."""
    table: pd.DataFrame = session.worked_out(saved, portfolio)
    if table.empty:
        finding_line(w("offers.saved.none"), w("offers.saved.none_note"))
        return
    finding = w("offers.saved", n=int(table["made"].sum()), came=int(table["came_again"].sum()))
    finding_line(finding, w("offers.saved.note", days=portfolio.settings.horizon_days))
    shares = [
        w("offers.saved.between", share=share, low=100 * low, high=100 * high)
        if came + lost >= _ENOUGH
        else w("offers.saved.few", came=came, n=came + lost)
        for came, lost, share, low, high in rows(table, "came_again", "did_not", "share", "low", "high")
    ]
    st.dataframe(
        pd.DataFrame(
            {
                w("offers.saved.offer"): [w(f"offer.{offer}") for offer in table["offer"]],
                w("offers.saved.made"): table["made"].tolist(),
                w("offers.saved.came"): table["came_again"].tolist(),
                w("offers.saved.not"): table["did_not"].tolist(),
                w("offers.saved.waiting"): table["waiting"].tolist(),
                w("offers.saved.share"): shares,
            }
        ),
        hide_index=True,
        placeholder="–",
        lazy=False,
        key="offers_saved",
        alt=finding,
    )
