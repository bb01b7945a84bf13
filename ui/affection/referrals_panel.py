"""Who brings whom, how those who came recommended do against the others, and whom to thank."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from analysis.consent import refused
from analysis.portfolio import Portfolio
from analysis.practices.affection.referrals import Standing, by_band, standing, to_thank, ways
from ui import session
from ui.client.table import MOST_ROWS, people_table
from ui.markdown import muted_body
from ui.missing_columns import lacks
from ui.page import TEXT_WIDTH, finding_line
from words import Words

_NAMES_SHOWN = 4


def referrals_panel(w: Words, portfolio: Portfolio) -> None:
    """The comparison and those to thank, or what to add where the export does not say who came through whom."""
    if lacks(w, portfolio, 13):
        return
    found = session.worked_out(standing, portfolio)
    with st.container(gap="xsmall"):
        finding = _finding(w, found)
        finding_line(finding, w("referrals.note"))
        st.dataframe(
            _ways(w, session.worked_out(ways, portfolio), money=portfolio.has_amounts),
            hide_index=True,
            height="content",
            placeholder="–",
            key="referrals_ways",
            alt=w("referrals.alt", finding=finding),
        )
        st.markdown(muted_body(_by_band(w, session.worked_out(by_band, portfolio))), width=TEXT_WIDTH)
        _thanks(w, portfolio)


def _finding(w: Words, found: Standing) -> str:
    if found.code == "few":
        return w("referrals.few", n=found.referred)
    return w(
        f"referrals.{found.code}",
        n=found.referred,
        stayed=found.stayed,
        other=found.other_stayed,
        value=_whole(found.value),
        other_value=_whole(found.other_value),
    )


def _whole(amount: float) -> float:
    return amount if math.isnan(amount) else round(amount)


def _ways(w: Words, table: pd.DataFrame, *, money: bool) -> pd.DataFrame:
    shown = pd.DataFrame(
        {
            w("referrals.column.way"): [
                str(row["source"]) if row["kind"] == "source" else w(f"referrals.kind.{row['kind']}")
                for row in table.to_dict("records")
            ],
            w("referrals.column.clients"): table["clients"].to_numpy(),
            w("referrals.column.followed"): table["followed"].to_numpy(),
            w("referrals.column.stayed"): [
                None
                if math.isnan(row["stayed"])
                else w(
                    "referrals.share",
                    share=row["stayed"],
                    low=100 * row["stayed_low"],
                    high=100 * row["stayed_high"],
                )
                for row in table.to_dict("records")
            ],
        }
    )
    if money:
        shown[w("referrals.column.value")] = [_money(w, row) for row in table.to_dict("records")]
    return shown


def _money(w: Words, row: Mapping[Hashable, Any]) -> str | None:
    if math.isnan(row["value"]):
        return None
    if math.isnan(row["value_low"]):
        return w.money(round(row["value"]))
    return w(
        "referrals.money", value=w.money(round(row["value"])), low=row["value_low"], high=row["value_high"]
    )


def _by_band(w: Words, table: pd.DataFrame) -> str:
    """How many clients each band has brought; the score counts referrals, which is said."""
    parts = [
        w("referrals.band", band=w.band(row["band"]), n=int(row["brought"]), clients=int(row["clients"]))
        for row in table.to_dict("records")
        if row["clients"]
    ]
    return w("referrals.bands", parts=parts)


def _thanks(w: Words, portfolio: Portfolio) -> None:
    """Those who brought somebody; a row opens their record."""
    table = session.worked_out(to_thank, portfolio)
    if table.empty:
        return
    people = portfolio.clients.set_index("client_id").loc[table["client_id"]].reset_index()
    shown = table.head(MOST_ROWS)
    texts: dict[str, object] = {
        "brought": shown["brought"].to_numpy(),
        "still": shown["still"].to_numpy(),
    }
    config = {
        "brought": st.column_config.NumberColumn(w("referrals.thank.brought"), format="localized", width=90),
        "still": st.column_config.NumberColumn(w("referrals.thank.still"), format="localized", width=100),
        "names": st.column_config.TextColumn(w("referrals.thank.names"), width="large"),
    }
    if portfolio.has_amounts:
        texts["value"] = shown["value"].round().astype("Int64").to_numpy()
        label = w.in_money(w("referrals.thank.value"))
        config["value"] = st.column_config.NumberColumn(label, format="localized", width=120)
    texts["names"] = [
        f"{w('client.no_consent')} {said}" if refuses else said
        for said, refuses in zip(
            (_names(w, names) for names in shown["names"]), refused(people.head(MOST_ROWS)), strict=True
        )
    ]
    with st.expander(w("referrals.thank.title", n=len(table)), icon=":material/volunteer_activism:"):
        people_table(
            w, people, texts, config, key="referrals_thank", alt=w("referrals.thank.alt", n=len(table))
        )


def _names(w: Words, names: tuple[str, ...]) -> str:
    shown = [str(name) for name in names[:_NAMES_SHOWN]]
    more = len(names) - len(shown)
    return w("referrals.thank.more", names=shown, n=more) if more else w.listing(shown)
