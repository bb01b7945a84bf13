"""The clients behind a bar of the bridge: what each brought before and now; a row opens the client's drawer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from analysis.portfolio import Portfolio
from analysis.practices.growth.growth_split import GrowthSplit
from ui.client import asked
from ui.client.names import name_box
from ui.growth.choice import period_name
from ui.keys import key_of
from ui.markdown import muted
from words import Words

#: More rows than anyone reads, and few enough to be sent quickly.
MOST_ROWS = 300
_ROW, _HEAD = 35, 38
_ROWS_IN_SIGHT = 8
_OPENED = "growth_opened"
#: A period of whole months fits in a narrow column; one between two days does not.
_SHORT_PERIOD = 16


def names_table(w: Words, portfolio: Portfolio, split: GrowthSplit, clients: pd.DataFrame, part: str) -> None:
    """`clients`: rows of `split.clients`, in the order to show."""
    told = clients.head(MOST_ROWS)
    people = portfolio.clients.set_index("client_id", drop=False).loc[told["client_id"]]
    ids = told["client_id"].astype(str).tolist()
    names = [w.client(name, who) for name, who in zip(people["client_name"], ids, strict=True)]
    key = f"growth_names_{key_of(part, ids)}_{st.session_state.get(_OPENED, 0)}"
    columns: dict[str, object] = {"client": names}
    if split.money:
        columns |= {
            name: told[name].round().astype("Int64").to_numpy() for name in ("before", "now", "change")
        }
    columns |= {name: told[name].to_numpy() for name in ("visits_before", "visits_now")}
    columns["state"] = people["state"].map(w.state).to_numpy()
    st.dataframe(
        pd.DataFrame(columns),
        hide_index=True,
        height=_HEAD + _ROW * min(len(told), _ROWS_IN_SIGHT) + 1,
        column_config=_columns(w, split),
        placeholder="–",
        key=key,
        on_select=partial(_row_chosen, key, ids),
        selection_mode="single-row",
        lazy=False,
        alt=w("growth.names.alt", part=w(f"growth.part.{part}"), n=len(clients)),
    )
    if len(clients) > MOST_ROWS:
        st.markdown(muted(w("common.first_rows", shown=MOST_ROWS, n=len(clients))))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        client_id = name_box(w, people.reset_index(drop=True), w("common.find_client"), f"growth_name_{part}")
        st.button(
            w("common.open_record"),
            key="growth_open",
            disabled=client_id is None,
            on_click=asked.ask,
            args=(client_id,),
        )


def _columns(w: Words, split: GrowthSplit) -> dict[str, Any]:
    symbol = f" ({w.formats.symbol})" if w.formats.symbol else ""
    before, now = period_name(w, split.before), period_name(w, split.now)
    number = st.column_config.NumberColumn
    wide = 128 if max(len(before), len(now)) <= _SHORT_PERIOD else 200
    return {
        "client": st.column_config.TextColumn(w("common.client"), width=165),
        "before": number(f"{before}{symbol}", format="localized", width=wide),
        "now": number(f"{now}{symbol}", format="localized", width=wide),
        "change": number(f"{w('growth.column.change')}{symbol}", format="localized", width=90),
        "visits_before": number(w("growth.column.visits_before"), format="localized", width=95),
        "visits_now": number(w("growth.column.visits_now"), format="localized", width=95),
        "state": st.column_config.TextColumn(w("common.state"), width=100),
    }


def _row_chosen(table_key: str, ids: Sequence[str]) -> None:
    """Runs with the ids of the table that was clicked, whatever the next run shows."""
    rows = st.session_state[table_key]["selection"]["rows"]
    if rows:
        st.session_state[_OPENED] = st.session_state.get(_OPENED, 0) + 1
        asked.ask(ids[rows[0]])
