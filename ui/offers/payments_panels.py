"""Who owes, who is late for the first time, and the plans of instalments that go on."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.consent import refused
from analysis.portfolio import Portfolio
from analysis.practices.offers.payments import GRACE_DAYS, SIGNAL_DAYS, Owed, owed, payers, plans
from ui import session
from ui.client.table import MOST_ROWS, people_table
from ui.filters import one_code
from ui.page import Card, finding_line
from words import Words

#: Records that stand in the list by themselves; the others on request.
_TELLING = ("owes", "first_late")


def figures(w: Words, portfolio: Portfolio) -> list[Card]:
    """The shop's bills in four figures."""
    now: Owed = session.worked_out(owed, portfolio)
    money = _has_money(portfolio)
    return [
        Card(
            w("offers.card.overdue"),
            w.money(now.overdue_money) if money else w("offers.card.overdue.delta", n=now.overdue_bills),
            delta=w("offers.card.overdue.delta", n=now.overdue_bills) if money and now.overdue_bills else "",
            delta_colour="red",
            arrow="off",
            help=w("offers.card.overdue.help", days=GRACE_DAYS),
        ),
        Card(
            w("offers.card.first_late"),
            w.number(now.first_late),
            help=w("offers.card.first_late.help", days=SIGNAL_DAYS),
        ),
        Card(
            w("offers.card.on_time"),
            w.percent(now.on_time_share) if now.bills else "–",
            help=w("offers.card.on_time.help", bills=now.bills, days=GRACE_DAYS),
        ),
        Card(
            w("offers.card.coming"),
            w.money(now.coming_money) if money else w("offers.card.overdue.delta", n=now.coming_bills),
            delta=w("offers.card.overdue.delta", n=now.coming_bills) if money and now.coming_bills else "",
            arrow="off",
        ),
    ]


def answer(w: Words, portfolio: Portfolio) -> str:
    """Who owes and who is late for the first time, in a sentence or two; "" where nobody is."""
    now: Owed = session.worked_out(owed, portfolio)
    said = []
    if now.overdue_clients and _has_money(portfolio):
        said.append(w("offers.answer.owed", n=now.overdue_clients, money=now.overdue_money))
    elif now.overdue_clients:
        said.append(w("offers.answer.owed_bills", n=now.overdue_clients))
    if now.first_late:
        said.append(w("offers.answer.first_late", n=now.first_late))
    return " ".join(said)


def payments_panel(w: Words, portfolio: Portfolio) -> None:
    """The table of those who owe or are late for the first time, and of everyone with a bill on request."""
    table: pd.DataFrame = session.worked_out(payers, portfolio)
    now: Owed = session.worked_out(owed, portfolio)
    if not now.overdue_clients:
        finding = w("offers.payers.none")
    elif _has_money(portfolio):
        finding = w("offers.payers", n=now.overdue_clients, money=now.overdue_money)
    else:
        finding = w("offers.payers.bills", n=now.overdue_clients)
    with st.container(gap="small"):
        finding_line(finding, w("offers.payers.note"))
        show = one_code(
            w("offers.payers.show"),
            ("telling", "all"),
            lambda code: w(f"offers.payers.show.{code}"),
            name="payers",
            usual="telling",
        )
        found = table if show == "all" else table[table["record"].isin(_TELLING)]
        _payers_table(w, portfolio, found)
    _plans(w, portfolio)


def _payers_table(w: Words, portfolio: Portfolio, found: pd.DataFrame) -> None:
    shown = found.head(MOST_ROWS)
    texts: dict[str, object] = {}
    config: dict[str, object] = {}
    if _has_money(portfolio):
        texts["money"] = _not_zero(shown["overdue_money"].round())
        config["money"] = st.column_config.NumberColumn(
            w.in_money(w("offers.payers.money")), format="localized", width=110
        )
    texts |= {
        "days": _not_zero(shown["days_overdue"]),
        "record": [
            w("offers.pays.first_late") if first else w(f"offers.pays.{record}")
            for first, record in zip(shown["first_late"], shown["record"], strict=True)
        ],
        "told": [
            w("offers.payers.history", late=int(late), n=int(n)) if n else None
            for late, n in zip(shown["late"], shown["settled"], strict=True)
        ],
        "next": [None if pd.isna(day) else w.date(day) for day in shown["next_due"]],
        "contact": [
            w("client.no_consent") if no else " · ".join(part for part in (phone, email) if part)
            for no, phone, email in zip(
                refused(shown), shown["phone"].fillna(""), shown["email"].fillna(""), strict=True
            )
        ],
    }
    config |= {
        "days": st.column_config.NumberColumn(w("offers.payers.days"), format="localized", width=70),
        "record": st.column_config.TextColumn(w("offers.payers.record"), width=155),
        "told": st.column_config.TextColumn(w("offers.payers.told"), width=110),
        "next": st.column_config.TextColumn(w("offers.payers.next"), width=145),
        "contact": st.column_config.TextColumn(w("offers.payers.contact"), width="large"),
    }
    people_table(w, found, texts, config, key="payers_table", alt=w("offers.payers.alt", n=len(found)))


def _plans(w: Words, portfolio: Portfolio) -> None:
    """Plans of instalments that are not paid in full, those overdue first."""
    table: pd.DataFrame = session.worked_out(plans, portfolio)
    if table.empty:
        return
    shown = table.head(MOST_ROWS)
    texts: dict[str, object] = {
        "paid": [
            w("offers.plans.of", paid=int(paid), n=int(n))
            for paid, n in zip(shown["paid"], shown["instalments"], strict=True)
        ],
        "amount": shown["amount"].round().astype("Int64").to_numpy(),
        "left": shown["left_money"].round().astype("Int64").to_numpy(),
        "overdue": _not_zero(shown["overdue"]),
        "next": [w.date(day) for day in shown["next_due"]],
        "last": [w.date(day) for day in shown["last_due"]],
        "contact": [w("client.no_consent") if no else None for no in refused(shown)],
    }
    config: dict[str, object] = {
        "paid": st.column_config.TextColumn(w("offers.plans.paid"), width=85),
        "amount": st.column_config.NumberColumn(
            w.in_money(w("offers.plans.amount")), format="localized", width=90
        ),
        "left": st.column_config.NumberColumn(
            w.in_money(w("offers.plans.left")), format="localized", width=90
        ),
        "overdue": st.column_config.NumberColumn(w("offers.plans.overdue"), format="localized", width=85),
        "next": st.column_config.TextColumn(w("offers.plans.next"), width=110),
        "last": st.column_config.TextColumn(w("offers.plans.last"), width=110),
        "contact": st.column_config.TextColumn(w("offers.payers.contact"), width="medium"),
    }
    with st.container(gap="small"):
        finding_line(
            w("offers.plans", n=len(table)),
            w("offers.plans.note", left=float(table["left_money"].sum())),
        )
        people_table(w, table, texts, config, key="plans", alt=w("offers.plans.alt", n=len(table)))


def _has_money(portfolio: Portfolio) -> bool:
    return "payments.amount" in portfolio.known


def _not_zero(figures: pd.Series) -> object:
    """Whole figures, empty where they are nothing."""
    whole = figures.astype("Int64")
    return whole.mask(whole == 0).to_numpy()
