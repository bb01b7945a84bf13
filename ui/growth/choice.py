"""What the reader of the growth page chose to see, and how its figures are written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from analysis.portfolio import Portfolio
from analysis.practices.growth.growth_split import Basis, GrowthSplit, bases, growth_split
from analysis.practices.growth.periods import Period
from ui.filters import Filters, one_code
from ui.session import worked_out
from words import Words


@dataclass(frozen=True)
class Shown:
    """The results, the service and the seller they are narrowed to, and the two periods compared (None: too short)."""

    portfolio: Portfolio
    service: str | None
    seller: str | None
    basis: Basis | None

    @property
    def money(self) -> bool:
        return self.portfolio.has_amounts

    def split(self) -> GrowthSplit | None:
        if self.basis is None:
            return None
        return worked_out(growth_split, self.portfolio, self.basis, self.service, self.seller)


def choose_basis(w: Words, portfolio: Portfolio) -> Basis | None:
    """Draws the choice of the periods to compare; None where the file is too short for any."""
    possible = worked_out(bases, portfolio)
    if not possible:
        return None
    return one_code(
        w("growth.basis"), possible, lambda code: w(f"growth.basis.{code}"), name="basis", usual=possible[0]
    )


def shown(portfolio: Portfolio, basis: Basis | None, filters: Filters) -> Shown:
    return Shown(portfolio, filters.service, filters.seller, basis)


def amount(w: Words, value: float, *, money: bool) -> str:
    """Money, or a count of visits where there are no amounts."""
    if money:
        return w.money(round(value))
    return w("common.visits", n=round(value))


def change(w: Words, value: float, *, money: bool) -> str:
    """The same with its sign, a plus included."""
    text = amount(w, value, money=money)
    return f"+{text}" if round(value) > 0 else text


def period_name(w: Words, period: Period) -> str:
    """`may–oct 2026` where it is whole months, else its two days."""
    first, last = period.first, period.last
    if first.day == 1 and (last + dt.timedelta(days=1)).day == 1:
        year = "" if first.year == last.year else f" {first.year}"
        return f"{w.month(first, 'short')}{year}–{w.month(last, 'short')} {last.year}"
    return f"{w.date(first)}–{w.date(last)}"


def cohort_name(w: Words, begins: pd.Timestamp, unit: str) -> str:
    """A month, a quarter or a year by its first day."""
    if unit == "month":
        return w.month(begins).capitalize()
    if unit == "year":
        return str(begins.year)
    return f"{w('growth.chart.quarter', n=begins.quarter)} {begins.year}"
