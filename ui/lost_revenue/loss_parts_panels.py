"""Where the loss comes from: by service month by month, by band of affection, by seller."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pandas as pd
import streamlit as st

from analysis import findings, tallies
from analysis.arrays import Array
from analysis.portfolio import Portfolio
from ui.charts.house import CONFIG
from ui.charts.loss_by_month import month_bars
from ui.charts.ranked_bars import ranked_bars
from ui.lost_revenue.chosen_loss import Loss, loss_ends
from ui.markdown import escape, muted
from ui.page import chart_numbers, finding_line, notice, panel
from ui.palette import Palette
from words import Words

MOST_SELLERS = 8
#: Small multiples on a page: more are a wall.
MOST_SERVICES = 8


def services_panel(w: Words, loss: Loss, palette: Palette) -> None:
    """Loss by month of each service, small and on one scale; the one that loses most in red."""
    rows = loss.rows[loss.rows["service"] != ""]
    table = tallies.loss_by_service_and_month(rows, loss.months, loss.measure, MOST_SERVICES)
    if table.empty:
        return
    totals = table.sum()
    found = findings.leader([str(name) for name in totals.index], totals.tolist())
    finding = _part_finding(w, "service", found, loss, escape(found.name))
    note = (
        w("late_revenue.part.note.service_money")
        if loss.money
        else w("late_revenue.part.note.service_visits")
    )
    low, high = loss_ends(loss, "service", totals.index.to_series(), totals)
    ends = dict(zip(totals.index, zip(low, high, strict=True), strict=True))
    with st.container(gap="xsmall"):
        finding_line(finding, note)
        with st.grid(4, min_column_width=150, gap="small"):
            for name in totals.index:
                amount = loss.amount(w, float(totals[name]))
                with st.container(gap=None):
                    st.markdown(f"**{escape(name)}** · {amount}")
                    least, most = (loss.amount(w, float(end)) for end in ends[name])
                    st.markdown(muted(w("late_revenue.part.between", low=least, high=most)))
                    st.plotly_chart(
                        month_bars(
                            table[name].tolist(),
                            list(table.index),
                            float(table.to_numpy().max()),
                            w,
                            palette,
                            money=loss.money,
                            strong=name == found.name and found.code != "similar",
                        ),
                        theme=None,
                        config=CONFIG,
                        key=f"late_service_{name}",
                        alt=f"{name}: {amount}",
                    )
        numbers = table.round(0 if loss.money else 1).reset_index(drop=True)
        numbers.insert(0, w("late_revenue.column.month"), [w.month(month) for month in table.index])
        chart_numbers(
            w, numbers, key="late_services", alt=_part_finding(w, "service", found, loss, found.name)
        )


def bands_panel(w: Words, portfolio: Portfolio, loss: Loss, palette: Palette) -> None:
    """Loss by band of affection."""
    table = tallies.loss_by_band(loss.rows, portfolio.clients, loss.measure)
    bands = loss.rows["client_id"].map(portfolio.clients.set_index("client_id")["band"])
    ends = loss_ends(replace(loss, rows=loss.rows.assign(band=bands)), "band", table["band"], table["total"])
    _parts_panel(w, "band", table.assign(name=table["band"].map(w.band)), ends, loss, palette)


def sellers_panel(w: Words, portfolio: Portfolio, loss: Loss, palette: Palette) -> None:
    """Loss by the seller who served the visit before the gap."""
    if not portfolio.has_staff:
        notice(w("late_revenue.no_staff.title"), w("late_revenue.no_staff.body"), "badge")
        return
    table = tallies.loss_by(loss.rows, "staff", loss.measure).head(MOST_SELLERS)
    names = [str(name) or w("late_revenue.part.unknown") for name in table["staff"]]
    ends = loss_ends(loss, "staff", table["staff"], table["total"])
    _parts_panel(w, "staff", table.assign(name=names), ends, loss, palette)


def _parts_panel(
    w: Words,
    part: Literal["band", "staff"],
    table: pd.DataFrame,
    ends: tuple[Array, Array],
    loss: Loss,
    palette: Palette,
) -> None:
    """Bars of `table` (name, late, gone, total) with the ends of the totals' ranges, the one that matters in red."""
    names, values = table["name"].tolist(), table["total"].tolist()
    found = findings.leader(names, values)
    if found.code == "none":
        return
    labels = [loss.amount(w, value) for value in values]
    strong = [name == found.name and found.code != "similar" for name in names]
    unit = w("late_revenue.part.note.money", period=loss.period(w))
    if not loss.money:
        unit = w("late_revenue.part.note.visits", period=loss.period(w))
    parts = "; ".join(f"{name} {label}" for name, label in zip(names, labels, strict=True))
    heading = w("common.band") if part == "band" else w("common.seller")
    numbers = pd.DataFrame({heading: names})
    for column in ("late", "gone", "total"):
        numbers[w(f"late_revenue.column.{column}")] = table[column].round(0 if loss.money else 1)
    numbers[w("late_revenue.column.low")], numbers[w("late_revenue.column.high")] = ends
    panel(
        w,
        _part_finding(w, part, found, loss, escape(found.name)),
        unit,
        ranked_bars(names, values, labels, strong, w, palette),
        key=f"late_{part}",
        alt=w("late_revenue.part.alt", finding=_part_finding(w, part, found, loss, found.name), parts=parts),
        numbers=numbers,
    )


def _part_finding(w: Words, part: str, found: findings.Leader, loss: Loss, name: str) -> str:
    """`name` is the leader's as the place needs it: escaped for a title, plain for a screen reader."""
    return w(
        f"late_revenue.part.{part}.{found.code}",
        name=name,
        share=found.share,
        amount=loss.amount(w, found.value),
    )
