"""What Home says: its answer, where the loss comes from and how clients stand."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from analysis.findings import leader
from analysis.portfolio import Portfolio
from analysis.tallies import loss_by, state_shares
from ui.charts.ranked_bars import ranked_bars, state_bars
from ui.home.figures import measure_of
from ui.markdown import escape
from ui.page import finding_line, notice, panel
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


def loss_panel(w: Words, portfolio: Portfolio, palette: Palette) -> None:
    """Who loses most to lateness: services, else sellers, else clients."""
    by: Literal["service", "staff", "client"]
    by = "service" if portfolio.has_services else "staff" if portfolio.has_staff else "client"
    measure = measure_of(portfolio)
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
