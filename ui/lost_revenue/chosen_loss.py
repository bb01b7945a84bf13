"""The losses a reader chose to see: against which rhythm, of which service and seller; and what the file lacks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd
import streamlit as st

from analysis import tallies
from analysis.arrays import Array
from analysis.losses.ranges import LossRange, half_ranges, loss_range
from analysis.portfolio import Portfolio
from ui import session
from ui.filters import Filters, one_code
from ui.page import notice
from words import Words

_LENSES: tuple[tallies.Lens, ...] = ("own", "service")
YEAR_MONTHS = 12
WHOLE_VISITS_FROM = 10  # of fewer, a tenth still tells


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
    whole: bool  # nothing filtered out

    @property
    def measure(self) -> tallies.Measure:
        return "lost_revenue" if self.money else "lost_visits"

    def total(self, kind: str) -> float:
        return float(self.rows.loc[self.rows["kind"] == kind, self.measure].sum())

    @property
    def range(self) -> LossRange:
        """All that was lost, late and gone, and how sure that is."""
        return loss_range(self.rows, self.measure)

    def amount(self, w: Words, value: float) -> str:
        """Money, or a count of visits where there are no amounts."""
        if self.money:
            return w.money(value)
        rounded = round(value) if value >= WHOLE_VISITS_FROM else round(value, 1)
        return w("late_revenue.visits", n=rounded, visits=rounded)

    def period(self, w: Words) -> str:
        return (
            w("late_revenue.year")
            if self.covered >= YEAR_MONTHS
            else w("late_revenue.months", n=self.covered)
        )


def loss_ends(loss: Loss, by: str, values: pd.Series, totals: pd.Series) -> tuple[Array, Array]:
    """Both ends of the ranges of `totals`, the losses of `values` of the column `by`; as tables show them."""
    names, half = half_ranges(loss.rows, by, loss.measure)
    widths = pd.Series(half, index=names).reindex(values).fillna(0.0).to_numpy(dtype=float)
    total, digits = totals.to_numpy(dtype=float), 0 if loss.money else 1
    low = np.asarray(np.maximum(total - widths, 0.0), dtype=np.float64)
    return np.round(low, digits), np.round(total + widths, digits)


def missing_notices(w: Words, portfolio: Portfolio) -> None:
    """What the file lacks for this page: amounts, or a rhythm clear enough for the own lens."""
    if not portfolio.has_amounts:
        notice(w("late_revenue.no_amounts.title"), w("late_revenue.no_amounts.body"), "payments")
        ticket = portfolio.settings.average_ticket
        key = f"late_revenue_ticket_{ticket}"  # follows its value: a notebook given later shows in the box
        st.number_input(
            w("late_revenue.ticket"),
            min_value=0.0,
            value=ticket,
            step=1.0,
            width=220,
            key=key,
            on_change=_set_ticket,
            args=(key,),
        )
    if why := portfolio.totals.own_lens_why:
        instead = "service" if portfolio.has_services else "business"
        body = f"{w(f'late_revenue.unpublished.{why}')} {w(f'late_revenue.unpublished.{instead}')}"
        notice(w("late_revenue.unpublished.title"), body, "straighten")


def _set_ticket(key: str) -> None:
    """The average ticket where the file has no amounts; nothing and zero take it back."""
    session.set_settings(replace(session.settings(), average_ticket=st.session_state[key] or None))


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
        covered=tallies.covered_months(first.date(), portfolio.as_of),
        lens=lens,
        against=lens if lens == "own" or portfolio.has_services else "business",
        other=portfolio.has_services and bool((both["lens"] != lens).any()),
        money=portfolio.has_amounts or portfolio.settings.average_ticket is not None,
        whole=not filters,
    )
