"""What the lost-revenue page says: by month, by client, by service, by seller and by band, in the chosen lens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd
import streamlit as st

from analysis import findings, tallies
from analysis.portfolio import Portfolio
from ui import session
from ui.charts.house import CONFIG
from ui.charts.loss_by_month import loss_by_month, month_bars
from ui.charts.ranked_bars import ranked_bars
from ui.client_table import client_table
from ui.filters import Filters, one_code
from ui.markdown import escape
from ui.page import chart_numbers, finding_line, notice, panel
from ui.palette import Palette
from words import Words

TOP_CLIENTS = 8
MOST_SELLERS = 8
#: Small multiples on a page: more are a wall.
MOST_SERVICES = 8
_RED_SHARE = 1 / 3
_LENSES: tuple[tallies.Lens, ...] = ("own", "service")
_TWELVE = 12


@dataclass(frozen=True)
class Loss:
    """The losses the reader chose to see: `rows` in one lens, `both` in both, of the months shown."""

    rows: pd.DataFrame
    both: pd.DataFrame
    months: pd.DatetimeIndex
    covered: int  # months the history really covers, up to twelve
    lens: tallies.Lens
    against: Literal["own", "service", "business"]  # what the lens measures against, by name
    other: bool  # whether the other lens has a figure to show beside it
    money: bool

    @property
    def measure(self) -> tallies.Measure:
        return "lost_revenue" if self.money else "lost_visits"

    def total(self, kind: str) -> float:
        return float(self.rows.loc[self.rows["kind"] == kind, self.measure].sum())

    def amount(self, w: Words, value: float) -> str:
        """Money, or a count of visits where there are no amounts."""
        if self.money:
            return w.money(value)
        rounded = round(value) if value >= 10 else round(value, 1)  # noqa: PLR2004
        return w("late_revenue.visits", n=rounded, visits=rounded)

    def period(self, w: Words) -> str:
        return w("late_revenue.year") if self.covered >= _TWELVE else w("late_revenue.months", n=self.covered)


def missing_notices(w: Words, portfolio: Portfolio) -> None:
    """What the file lacks for this page: amounts, or a rhythm clear enough for the own lens."""
    if not portfolio.has_amounts:
        notice(w("late_revenue.no_amounts.title"), w("late_revenue.no_amounts.body"), "payments")
        ticket = st.number_input(
            w("late_revenue.ticket"),
            min_value=0.0,
            value=portfolio.settings.average_ticket,
            step=1.0,
            width=220,
            key="late_revenue_ticket",
        )
        if (ticket or None) != portfolio.settings.average_ticket:
            session.set_settings(replace(session.settings(), average_ticket=ticket or None))
            st.rerun()
    if why := portfolio.totals.own_lens_why:
        instead = "service" if portfolio.has_services else "business"
        body = f"{w(f'late_revenue.unpublished.{why}')} {w(f'late_revenue.unpublished.{instead}')}"
        notice(w("late_revenue.unpublished.title"), body, "straighten")


def choose_lens(w: Words, portfolio: Portfolio) -> tallies.Lens:
    """Against their own rhythm or the service's; no choice where only one of them has a figure."""
    possible = [lens for lens in _LENSES if lens == "service" or portfolio.totals.own_lens_published]
    if not portfolio.has_services:
        possible = [lens for lens in possible if lens == "own"] or ["service"]
    if len(possible) == 1:
        return possible[0]
    return one_code(
        w("late_revenue.lens"),
        possible,
        lambda lens: w(f"late_revenue.lens.{lens}"),
        name="lens",
        usual="own",
    )


def chosen_loss(portfolio: Portfolio, lens: tallies.Lens, filters: Filters) -> Loss:
    """The losses of the last twelve months that meet the filters."""
    both = portfolio.losses
    if filters.service is not None:
        both = both[both["service"] == filters.service]
    if filters.seller is not None:
        both = both[both["staff"] == filters.seller]
    months = tallies.year_months(portfolio.as_of)
    first = pd.Timestamp(portfolio.visits["date"].min())
    return Loss(
        rows=both[both["lens"] == lens],
        both=both,
        months=months[months >= first.to_period("M").to_timestamp()],
        covered=min(_TWELVE, max(1, round((pd.Timestamp(portfolio.as_of) - first).days / 30.4))),
        lens=lens,
        against=lens if lens == "own" or portfolio.has_services else "business",
        other=portfolio.has_services and bool((both["lens"] != lens).any()),
        money=portfolio.has_amounts or portfolio.settings.average_ticket is not None,
    )


def answer(w: Words, loss: Loss) -> str:
    """What was lost, and how much of it by clients who may still return."""
    late, gone = loss.total("late"), loss.total("gone")
    values = {
        "total": loss.amount(w, late + gone),
        "late": loss.amount(w, late),
        "gone": loss.amount(w, gone),
        "period": loss.period(w),
    }
    if late and gone:
        return w("late_revenue.answer.both", **values)
    if late or gone:
        return w("late_revenue.answer.late", **values) if late else w("late_revenue.answer.gone", **values)
    return w("late_revenue.answer.none", **values)


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
    if loss.other:
        numbers[w(f"late_revenue.legend.{other}")] = table["other"].round(0 if loss.money else 1)
    notes = [w(f"late_revenue.month.note.{unit}.{loss.against}")]
    if loss.other:
        notes.append(w("late_revenue.month.other"))
    if len(table) > _TWELVE:
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
        with st.expander(w("late_revenue.top.who")):
            few = table["client_id"].head(max(half.few, TOP_CLIENTS))
            rows = portfolio.clients.set_index("client_id", drop=False).reindex(few).reset_index(drop=True)
            client_table(w, portfolio, rows, key="late_top", alt=alt)


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
    with st.container(gap="xsmall"):
        finding_line(finding, note)
        with st.grid(4, min_column_width=150, gap="small"):
            for name in totals.index:
                amount = loss.amount(w, float(totals[name]))
                with st.container(gap=None):
                    st.markdown(f"**{escape(name)}** · {amount}")
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
    _parts_panel(w, "band", table.assign(name=table["band"].map(w.band)), loss, palette)


def sellers_panel(w: Words, portfolio: Portfolio, loss: Loss, palette: Palette) -> None:
    """Loss by the seller who served the visit before the gap."""
    if not portfolio.has_staff:
        notice(w("late_revenue.no_staff.title"), w("late_revenue.no_staff.body"), "badge")
        return
    table = tallies.loss_by(loss.rows, "staff", loss.measure).head(MOST_SELLERS)
    names = [str(name) or w("late_revenue.part.unknown") for name in table["staff"]]
    _parts_panel(w, "staff", table.assign(name=names), loss, palette)


def _parts_panel(
    w: Words, part: Literal["band", "staff"], table: pd.DataFrame, loss: Loss, palette: Palette
) -> None:
    """Bars of `table` (name, late, gone, total), the one that matters in red."""
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
