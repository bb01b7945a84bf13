"""Whether a proposed price is comfortable: for one client, with the reason, and for how many of all."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Literal

import numpy as np
import pandas as pd
import streamlit as st

from analysis.consent import refused
from analysis.portfolio import Portfolio
from analysis.practices.needs import has
from analysis.practices.offers.capacity import VERDICTS, Answer, Verdict, answer, capacities, reach, who_for
from analysis.practices.offers.payments import payers
from ui import session
from ui.calling.people_download import people_download
from ui.charts.price_reach import price_reach
from ui.client import asked
from ui.client.names import name_box
from ui.client.picker import names_with
from ui.client.table import MOST_ROWS, people_table
from ui.filters import some_codes
from ui.markdown import escape, muted
from ui.page import TEXT_WIDTH, panel
from ui.palette import Palette
from words import Words
from words.files.prices import price_file

_PRICE_WIDTH = 180
_POINTS = 80
_WIDTHS = {"usual": 85, "comfortable": 120, "top": 85, "year": 85}
#: The price shown first: so many of all clients' tickets are lower.
_FIRST_PRICE = 0.8
#: A curve to the price that is possible for one client in a hundred, and beyond the one proposed.
_ALMOST_ALL, _BEYOND = 0.99, 1.25
#: From here on a price is shown without cents; below, with those it has.
_LAST_WITH_CENTS = 1000.0
_STEPS = (1.0, 5.0, 10.0, 50.0, 100.0, 500.0, 1000.0)
_LOOKS: Mapping[Verdict, tuple[str, Literal["blue", "yellow", "red"]]] = {
    "comfortable": ("check_circle", "blue"),
    "stretch": ("fitness_center", "yellow"),
    "too_much": ("do_not_disturb_on", "red"),
}


def ask(w: Words, portfolio: Portfolio, about: str | None) -> tuple[float, str | None]:
    """The boxes for a price and a client, in the current row: what was typed and who was chosen.

    The second begins with the client whom a link is `about`.
    """
    table: pd.DataFrame = session.worked_out(capacities, portfolio)
    usual, step = _first_price(table)
    price = st.number_input(
        w.in_money(w("offers.price")),
        min_value=0.0,
        value=usual,
        step=step,
        format="%g" if usual < _LAST_WITH_CENTS else "%.0f",
        key="offer_price",
        width=_PRICE_WIDTH,
    )
    people = names_with(portfolio.clients, about)
    client_id = name_box(w, people, w("offers.for_whom"), "offer_client", first=about)
    return float(price), client_id


def _first_price(table: pd.DataFrame) -> tuple[float, float]:
    """A price to begin with, round, and the step of its box."""
    price = float(table["comfortable"].quantile(_FIRST_PRICE))
    if np.isnan(price):
        return 0.0, 1.0
    step = max((step for step in _STEPS if step <= price / 10), default=_STEPS[0])
    return round(price / step) * step, step


def client_answer(w: Words, portfolio: Portfolio, client_id: str, price: float) -> None:
    """What the price is for one client, why, and the figures it is told by."""
    table: pd.DataFrame = session.worked_out(capacities, portfolio)
    told = answer(table, client_id, price)
    with st.container(border=True, gap="small", key="offer_answer"):
        if told is None:
            st.markdown(w("offers.no_amount"))
            return
        icon, colour = _LOOKS[told.verdict]
        name = w.client(told.client["client_name"], client_id)
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.markdown(f"**{escape(name)}** · {w.money(price)}", width="content")
            st.badge(w(f"offers.verdict.{told.verdict}"), icon=f":material/{icon}:", color=colour)
        sentences = [_because(w, portfolio, told), _record(w, portfolio, told)]
        st.markdown(" ".join(said for said in sentences if said), width=TEXT_WIDTH)
        with st.grid(4, min_column_width=130):
            for column in ("usual", "comfortable", "stretch", "year"):
                st.metric(w(f"offers.metric.{column}"), _money(w, float(told.client[column])))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(muted(w("offers.not_wealth")), width="stretch")
            st.button(
                w("common.open_record"),
                key="offer_open",
                type="tertiary",
                on_click=asked.ask,
                args=(client_id,),
            )


def _because(w: Words, portfolio: Portfolio, told: Answer) -> str:
    client = told.client
    own = client["basis"] == "own"
    values = {
        "n": int(client["tickets"]),
        "what": escape(_borrowed_from(w, portfolio, client)),
        **{name: float(client[name]) for name in ("comfortable", "stretch", "top", "year")},
    }
    if told.because in {"within_usual", "beyond"}:
        return w(f"offers.because.{told.because}.{'own' if own else 'others'}", **values)
    return w(f"offers.because.{told.because}", **values)


def _borrowed_from(w: Words, portfolio: Portfolio, client: pd.Series) -> str:
    if client["basis"] != "service":
        return w("offers.whole_shop")
    of = portfolio.clients.loc[portfolio.clients["client_id"] == client["client_id"], "service"]
    return str(of.iloc[0])


def _record(w: Words, portfolio: Portfolio, told: Answer) -> str:
    """How they pay, where the export knows."""
    if not has(portfolio, "payments.paid"):
        return ""
    record = str(told.client["record"])
    if record == "unknown":  # few owe anything in most shops
        return ""
    if record == "first_late":
        return w("offers.record.first_late")
    table: pd.DataFrame = session.worked_out(payers, portfolio)
    row = table[table["client_id"] == told.client["client_id"]].iloc[0]
    if record == "good":
        return w("offers.record.good", kept=int(row["settled"] - row["late"]), settled=int(row["settled"]))
    if record == "owes":
        return w("offers.lowered.owes", money=float(row["overdue_money"]), days=int(row["days_overdue"]))
    return w("offers.lowered.slow", late=int(row["late"]), settled=int(row["settled"]))


def reach_panel(w: Words, portfolio: Portfolio, price: float, palette: Palette) -> pd.DataFrame:
    """For how many the price is comfortable; gives `capacity.who_for`."""
    table: pd.DataFrame = session.worked_out(capacities, portfolio)
    found = who_for(portfolio, table, price)
    counts = found["verdict"].value_counts()
    comfortable, stretch = int(counts.get("comfortable", 0)), int(counts.get("stretch", 0))
    coming = table[table["client_id"].isin(found["client_id"])]
    high = float(coming["stretch"].quantile(_ALMOST_ALL)) if len(coming) else 0.0
    prices = np.linspace(0.0, max(high, price * _BEYOND, 1.0), _POINTS)
    curve = reach(coming, np.unique(np.append(prices, price)))
    values = {"price": price, "of": len(found)}
    finding = w("offers.reach", n=comfortable, **values) if comfortable else w("offers.reach.none", **values)
    numbers = curve.iloc[:: max(1, len(curve) // 12)]
    panel(
        w,
        finding,
        w("offers.reach.note", n=stretch),
        price_reach(curve, price, w, palette),
        key="offer_reach",
        alt=f"{finding.replace('**', '')}. {w('offers.reach.note', n=stretch)}",
        numbers=pd.DataFrame(
            {
                w("offers.reach.price"): [w.money(at) for at in numbers["price"]],
                w("offers.reach.comfortable"): numbers["comfortable"].tolist(),
                w("offers.reach.possible"): numbers["possible"].tolist(),
            }
        ),
    )
    return found


def who_table(w: Words, portfolio: Portfolio, found: pd.DataFrame, price: float) -> None:
    """Whom the price is for, by what it is for them, and the list as a file."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = some_codes(
            w("offers.who.choose"), VERDICTS, lambda code: w(f"offers.verdict.{code}"), name="verdict"
        )
        found = found[found["verdict"].isin(chosen)]
        people_download(
            w,
            portfolio,
            w("offers.who.download"),
            w("offers.who.file_name"),
            partial(price_file, w, found, price, with_bills=has(portfolio, "payments.paid")),
            key="offer_download",
            empty=found.empty,
        )
    shown = found.head(MOST_ROWS)
    texts: dict[str, object] = {"verdict": [w(f"offers.verdict.{code}") for code in shown["verdict"]]}
    config: dict[str, object] = {"verdict": st.column_config.TextColumn(w("offers.who.verdict"), width=95)}
    for column, width in _WIDTHS.items():
        texts[column] = shown[column].round().astype("Int64").to_numpy()
        config[column] = st.column_config.NumberColumn(
            w.in_money(w(f"offers.who.{column}")), format="localized", width=width
        )
    if has(portfolio, "payments.paid"):
        texts["record"] = [w(f"offers.pays.{record}") for record in shown["record"]]
        config["record"] = st.column_config.TextColumn(w("offers.payers.record"), width=145)
    texts["basis"] = [
        f"{w('client.no_consent')} {said}" if no else said
        for said, no in zip(
            (w(f"offers.basis.{basis}") for basis in shown["basis"]), refused(shown), strict=True
        )
    ]
    config["basis"] = st.column_config.TextColumn(w("offers.who.basis"), width="large")
    with st.expander(w("offers.who.list"), icon=":material/list:", key="offer_who_fold"):
        people_table(w, found, texts, config, key="offer_who", alt=w("offers.who.alt", n=len(found)))


def _money(w: Words, value: float) -> str:
    return "–" if np.isnan(value) else w.money(value)
