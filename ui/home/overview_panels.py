"""What the overview says: its answer, its row of figures, where the loss comes from and how clients stand."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from analysis.findings import leader
from analysis.portfolio import Portfolio
from analysis.tallies import Measure, loss_by, loss_by_month, state_shares, year_months
from ui.charts.ranked_bars import ranked_bars, state_bars
from ui.markdown import escape
from ui.page import Card, finding_line, notice, panel
from ui.palette import Palette
from words import Words

_BARS = 6
_FEW_LATE, _ALMOST_ALL_LATE = 0.05, 0.95
#: A share is told in tenths where it lies no further from one than so many tenths.
_NEAR_TENTH = 0.2


def answer(w: Words, portfolio: Portfolio, calls: pd.DataFrame) -> str:
    """The page's question answered with the figures that are known."""
    totals = portfolio.totals
    share = totals.on_time_share
    if pd.isna(share):
        return w("overview.answer.unjudged")
    if not totals.own_lens_published:
        return w("overview.answer.unpublished", share=share, late=totals.late_clients)
    if not portfolio.has_amounts:
        return w(
            "overview.answer.visits", share=share, n=round(totals.lost_visits_12m), late=totals.late_clients
        )
    if calls.empty:
        return w("overview.answer.nobody_to_call", share=share)
    stake = float(calls["value_at_stake"].sum())
    return w("overview.answer.money", n=len(calls), share=share, lost=totals.lost_revenue_12m, stake=stake)


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
    totals, measure = portfolio.totals, _measure(portfolio)
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


def loss_panel(w: Words, portfolio: Portfolio, palette: Palette) -> None:
    """Who loses most to lateness: services, else sellers, else clients."""
    by: Literal["service", "staff", "client"]
    by = "service" if portfolio.has_services else "staff" if portfolio.has_staff else "client"
    measure = _measure(portfolio)
    losses = portfolio.losses.loc[(portfolio.losses["lens"] == "own") & (portfolio.losses["kind"] == "late")]
    whole = loss_by(losses, "client_id" if by == "client" else by, measure)
    if whole.empty:
        published = portfolio.totals.own_lens_published
        body = (
            w("overview.loss.none_body") if published else w(f"overview.why.{portfolio.totals.own_lens_why}")
        )
        notice(w("overview.loss.none") if published else w("overview.lost"), body, "info")
        return
    first = leader(_names(w, portfolio, whole.iloc[:, 0], by), whole["total"].tolist())
    table = whole.head(_BARS)
    names = _names(w, portfolio, table.iloc[:, 0], by)
    values = table["total"].tolist()
    labels = [w.money(value) if portfolio.has_amounts else w.number(value) for value in values]
    matter = [first.code in {"dominates", "leads", "single"} and name == first.name for name in names]
    finding = w(f"overview.loss.{first.code}", name=escape(first.name), share=first.share)
    unit = w("overview.loss.money") if portfolio.has_amounts else w("overview.loss.visits")
    panel(
        w,
        finding,
        w(f"overview.loss.note_{by}", unit=unit),
        ranked_bars(names, values, labels, matter, w, palette),
        key="loss_by",
        alt=". ".join([finding, *(f"{name}: {label}" for name, label in zip(names, labels, strict=True))]),
    )


def states_panel(w: Words, portfolio: Portfolio, palette: Palette) -> None:
    """How the clients who did not leave stand in their rhythm."""
    here = portfolio.clients.loc[portfolio.clients["state"] != "lapsed"]
    if here.empty:
        finding_line(w("overview.states.none"))
        return
    shares = state_shares(here)
    finding = _states_finding(w, float(shares.get("late", 0.0)))
    said = [f"{w.state(str(state))}: {w.percent(share)}" for state, share in shares.items()]
    panel(
        w,
        finding,
        w("overview.states.note"),
        state_bars([str(state) for state in shares.index], shares.tolist(), w, palette),
        key="states",
        alt=". ".join([finding, *said]),
    )


def _states_finding(w: Words, late: float) -> str:
    tenths = round(late * 10)
    if late == 0:
        return w("overview.states.none")
    if late < _FEW_LATE:
        return w("overview.states.few")
    if late > _ALMOST_ALL_LATE:
        return w("overview.states.all")
    if abs(10 * late - tenths) > _NEAR_TENTH:
        return w("overview.states.share", share=late)
    return w("overview.states.one_of_ten") if tenths == 1 else w("overview.states.of_ten", n=tenths)


def _names(w: Words, portfolio: Portfolio, keys: pd.Series, by: str) -> list[str]:
    if by != "client":
        return [str(key) or w("overview.loss.unknown") for key in keys]
    named = portfolio.clients.set_index("client_id")["client_name"]
    return [w.client(named.get(key), key) for key in keys]


def _measure(portfolio: Portfolio) -> Measure:
    return "lost_revenue" if portfolio.has_amounts else "lost_visits"


def _in_a_month(w: Words, change: float, digits: int) -> str:
    return w("overview.in_a_month", change=w.signed(change, digits)) if change else w("overview.no_change")


def _in_a_year(w: Words, change: float | None) -> str:
    if change is None:
        return w("overview.in_12_months")
    sign = "+" if change > 0 else ""
    return w("overview.in_a_year", change=f"{sign}{w.percent(change)}")


def _arrow(change: float) -> Literal["up", "down", "off"]:
    return "up" if change > 0 else "down" if change < 0 else "off"
