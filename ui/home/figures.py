"""The row of figures on Home, each with its change and its twelve months."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from analysis.portfolio import Portfolio
from analysis.tallies import Measure, loss_by_month, year_months
from ui.page import Card
from words import Words


def figures(w: Words, portfolio: Portfolio) -> list[Card]:
    """Active clients, share on time, what lateness lost, what is at stake, mean affection; each over twelve months."""
    history, totals = portfolio.history, portfolio.totals
    days = portfolio.settings.horizon_days
    affection = portfolio.movement.groupby("month_end")["affection"].mean()
    return [
        _level(
            w,
            w("overview.active"),
            w.number(totals.active_clients),
            history["active_clients"],
            w("overview.active.help", n=days),
        ),
        _level(
            w,
            w("overview.on_time"),
            w.percent(totals.on_time_share),
            history["on_time_share"] * 100,
            w("overview.on_time.help"),
        ),
        _lost(w, portfolio),
        _stake(w, portfolio),
        _level(
            w,
            w("overview.affection"),
            w.number(totals.mean_affection, 1),
            affection,
            w("overview.affection.help"),
            digits=1,
        ),
    ]


def _level(w: Words, label: str, value: str, trend: pd.Series, help_text: str, digits: int = 0) -> Card:
    """A figure where up is good, with its change in a month."""
    known = [float(point) for point in trend.dropna()]
    change = round(known[-1] - known[-2], digits) if len(known) > 1 else 0.0
    return Card(
        label,
        value,
        delta=_in_a_month(w, change, digits) if len(known) > 1 else "",
        delta_colour="blue" if change > 0 else "red" if change < 0 else "off",
        arrow=_arrow(change),
        trend=known,
        help=help_text,
    )


def _lost(w: Words, portfolio: Portfolio) -> Card:
    """Money (visits, without amounts) lost to late visits in twelve months, by month."""
    totals, measure = portfolio.totals, measure_of(portfolio)
    label = w("overview.lost") if portfolio.has_amounts else w("overview.lost_visits")
    if not totals.own_lens_published:
        return Card(label, "–", help=w(f"overview.why.{totals.own_lens_why}"), flow=True, trend=[0.0] * 12)
    months = loss_by_month(portfolio.losses, year_months(portfolio.as_of), "own", measure)
    lost = totals.lost_revenue_12m if portfolio.has_amounts else totals.lost_visits_12m
    before = totals.lost_revenue_previous_12m if portfolio.has_amounts else None
    change = lost / before - 1 if lost is not None and before else None
    return Card(
        label,
        w.money(lost) if portfolio.has_amounts else w.number(lost),
        delta=_in_a_year(w, change),
        delta_colour="off" if not change else "red" if change > 0 else "blue",
        arrow=_arrow(change or 0.0),
        trend=months["late"].tolist(),
        flow=True,
        help=w("overview.lost.help"),
    )


def _stake(w: Words, portfolio: Portfolio) -> Card:
    """Money at stake with the flagged clients; without amounts, how many are late."""
    totals, history = portfolio.totals, portfolio.history
    if portfolio.has_amounts:
        return Card(
            w("overview.at_stake"),
            w.money(totals.value_at_stake),
            delta=w("overview.late_now", n=totals.late_clients),
            trend=history["value_at_stake"].fillna(0.0).tolist(),
            help=w("overview.at_stake.help"),
        )
    late = [float(count) for count in history["late_clients"]]
    change = late[-1] - late[-2] if len(late) > 1 else 0.0
    return Card(
        w("overview.late_clients"),
        w.number(totals.late_clients),
        delta=_in_a_month(w, change, 0) if len(late) > 1 else "",
        delta_colour="red" if change > 0 else "blue" if change < 0 else "off",
        arrow=_arrow(change),
        trend=late,
    )


def _in_a_month(w: Words, change: float, digits: int) -> str:
    return w("overview.in_a_month", change=w.signed(change, digits)) if change else w("overview.no_change")


def _in_a_year(w: Words, change: float | None) -> str:
    if change is None:
        return w("overview.in_12_months")
    sign = "+" if change > 0 else ""
    return w("overview.in_a_year", change=f"{sign}{w.percent(change)}")


def _arrow(change: float) -> Literal["up", "down", "off"]:
    return "up" if change > 0 else "down" if change < 0 else "off"


def measure_of(portfolio: Portfolio) -> Measure:
    """Money where the file has amounts, else visits."""
    return "lost_revenue" if portfolio.has_amounts else "lost_visits"
