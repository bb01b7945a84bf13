"""What the lost-revenue page says first: its answer, the loss by month, and the few clients that make half of it."""

from __future__ import annotations

from typing import Literal

import pandas as pd
import streamlit as st

from analysis import findings, tallies
from analysis.portfolio import Portfolio
from ui.charts.house import CONFIG
from ui.charts.loss_by_month import loss_by_month
from ui.charts.ranked_bars import ranked_bars
from ui.client.table import client_table
from ui.lost_revenue.chosen_loss import YEAR_MONTHS, Loss, loss_ends
from ui.page import chart_numbers, finding_line, notice, panel
from ui.palette import Palette
from words import Words

TOP_CLIENTS = 8
_RED_SHARE = 1 / 3


def answer(w: Words, loss: Loss) -> str:
    """What was lost, and how much of it by clients who may still return."""
    late, gone = loss.total("late"), loss.total("gone")
    values = {
        "total": loss.amount(w, late + gone),
        "late": loss.amount(w, late),
        "gone": loss.amount(w, gone),
        "period": loss.period(w),
    }
    if not late and not gone:
        return w("late_revenue.answer.none", **values)
    kinds: Literal["both", "late", "gone"] = "both" if late and gone else "late" if late else "gone"
    sure = loss.range
    between = w(
        f"late_revenue.answer.range.{loss.against}",
        low=loss.amount(w, sure.low),
        high=loss.amount(w, sure.high),
    )
    return f"{w(f'late_revenue.answer.{kinds}', **values)} {between}"


def month_panel(w: Words, loss: Loss, palette: Palette) -> None:
    """Late and gone by month, the other lens beside them."""
    table = tallies.loss_by_month(loss.both, loss.months, loss.lens, loss.measure)
    found = findings.monthly_loss(table)
    if found.code == "none":
        notice(w("late_revenue.none.title"), w("late_revenue.none.body"), "check_circle")
        return
    unit: Literal["money", "visits"] = "money" if loss.money else "visits"
    finding = _month_finding(w, loss, found, table)
    other: tallies.Lens = "service" if loss.lens == "own" else "own"
    totals = table["late"] + table["gone"]
    numbers = pd.DataFrame({w("late_revenue.column.month"): [w.month(month) for month in table["month"]]})
    for name, column in (("late", table["late"]), ("gone", table["gone"]), ("total", totals)):
        numbers[w(f"late_revenue.column.{name}")] = column.round(0 if loss.money else 1)
    low, high = loss_ends(loss, "month", table["month"], totals)
    numbers[w("late_revenue.column.low")], numbers[w("late_revenue.column.high")] = low, high
    if loss.other:
        numbers[w(f"late_revenue.legend.{other}")] = table["other"].round(0 if loss.money else 1)
    notes = [w(f"late_revenue.month.note.{unit}.{loss.against}")]
    if loss.other:
        notes.append(w("late_revenue.month.other"))
    if len(table) > YEAR_MONTHS:
        notes.append(w("late_revenue.month.parts"))
    months = "; ".join(
        f"{w.month(month)} {loss.amount(w, total)}"
        for month, total in zip(table["month"], totals, strict=True)
    )
    panel(
        w,
        finding,
        " ".join(notes),
        loss_by_month(
            table,
            w,
            palette,
            money=loss.money,
            other=w(f"late_revenue.legend.{other}") if loss.other else None,
        ),
        key="late_by_month",
        alt=w("late_revenue.month.alt", finding=finding, months=months),
        numbers=numbers,
    )


def _month_finding(w: Words, loss: Loss, found: findings.MonthlyLoss, table: pd.DataFrame) -> str:
    if found.code == "worst":
        month, amount = w.month(found.month, "name").capitalize(), loss.amount(w, found.value)
        if loss.money:
            return w("late_revenue.month.worst", month=month, amount=amount)
        return w("late_revenue.month.worst_visits", month=month, amount=amount)
    if found.code in {"rising", "falling"}:
        return w(f"late_revenue.month.{found.code}", change=abs(found.change))
    total = float((table["late"] + table["gone"]).sum())
    amount = loss.amount(w, total / len(table))
    if loss.money:
        return w("late_revenue.month.steady", amount=amount)
    return w("late_revenue.month.steady_visits", amount=amount)


def top_panel(w: Words, portfolio: Portfolio, loss: Loss, palette: Palette) -> None:
    """The few clients that make half of the loss, and the table that opens their records."""
    table = tallies.loss_by(loss.rows, "client_id", loss.measure)
    half = findings.concentration(table["total"])
    if not half.few:
        return
    red = findings.concentration(table["total"], _RED_SHARE).few
    top = table.head(TOP_CLIENTS)
    people = portfolio.clients.set_index("client_id").reindex(top["client_id"])
    names = [w.client(name, key) for key, name in people["client_name"].items()]
    labels = [loss.amount(w, value) for value in top["total"]]
    finding = w("late_revenue.top", n=half.few)
    note = w("late_revenue.top.note", n=len(top), all=w("common.clients", n=half.parts))
    alt = w(
        "late_revenue.top.alt",
        finding=finding,
        who="; ".join(f"{name} {label}" for name, label in zip(names, labels, strict=True)),
    )
    low, high = loss_ends(loss, "client_id", table["client_id"], table["total"])
    heading = w("late_revenue.column.total")
    numbers = pd.DataFrame({w("common.client"): names, heading: top["total"].round(0 if loss.money else 1)})
    numbers[w("late_revenue.column.low")] = low[: len(top)]
    numbers[w("late_revenue.column.high")] = high[: len(top)]
    with st.container(gap="xsmall"):
        finding_line(finding, note)
        st.plotly_chart(
            ranked_bars(
                names, top["total"].tolist(), labels, [rank < red for rank in range(len(top))], w, palette
            ),
            theme=None,
            config=CONFIG,
            key="late_top",
            alt=alt,
        )
        chart_numbers(w, numbers, key="late_top", alt=alt)
        with st.expander(w("late_revenue.top.who")):
            few = table["client_id"].head(max(half.few, TOP_CLIENTS))
            rows = portfolio.clients.set_index("client_id", drop=False).reindex(few).reset_index(drop=True)
            client_table(w, portfolio, rows, key="late_top_clients", alt=alt)
