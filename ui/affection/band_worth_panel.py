"""What a client of each band brings and costs in a year, as a table under its finding."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from analysis.portfolio import Portfolio
from analysis.practices.affection.band_worth import Worth, band_worth, worth
from analysis.schema import BANDS
from ui import session
from ui.missing_columns import hint
from ui.page import finding_line
from words import Words


def band_worth_panel(w: Words, portfolio: Portfolio) -> None:
    table = session.worked_out(band_worth, portfolio)
    finding = _finding(w, worth(table))
    with st.container(gap="xsmall"):
        finding_line(finding, w("band_worth.note", days=portfolio.settings.horizon_days))
        st.dataframe(
            _table(w, table, portfolio),
            hide_index=True,
            height="content",
            placeholder="–",
            key="band_worth",
            alt=w("band_worth.alt", finding=finding),
        )
        hint(w, portfolio, 11)


def _finding(w: Words, found: Worth) -> str:
    if found.code == "few":
        return w("band_worth.few")
    if math.isnan(found.revenue):
        return w(f"band_worth.{found.code}.visits", visits=found.visits, other=found.other_visits)
    money = {"revenue": round(found.revenue), "other": round(found.other_revenue)}
    if found.code == "costs" and found.problem_days > found.other_problem_days:
        return w("band_worth.costs.days", **money, days=found.problem_days)
    return w(f"band_worth.{found.code}.money", **money)


def _table(w: Words, table: pd.DataFrame, portfolio: Portfolio) -> pd.DataFrame:
    """A row per measure, a column per band: the mean with its interval."""
    counts = portfolio.clients["band"].value_counts()
    wide: dict[str, list[str | None]] = {w("band_worth.each"): []}
    names = {band: w("band_worth.column", band=w.band(band), n=int(counts.get(band, 0))) for band in BANDS}
    wide |= {name: [] for name in names.values()}
    for measure, rows in table.groupby("measure", sort=False):
        wide[w("band_worth.each")].append(w(f"band_worth.measure.{measure}"))
        cells = {row["band"]: _cell(w, row) for row in rows.to_dict("records")}
        for band, name in names.items():
            wide[name].append(cells[band])
    return pd.DataFrame(wide)


def _cell(w: Words, row: Mapping[Hashable, Any]) -> str | None:
    """`690 € (659–721)`; without the interval where one value tells none; nothing where nobody is."""
    each, low, high = (float(row[name]) for name in ("each", "low", "high"))
    if math.isnan(each):
        return None
    unit = str(row["unit"])
    said = _value(w, unit, each)
    if math.isnan(low):
        return said
    return w("band_worth.range", value=said, low=_figure(w, unit, low), high=_figure(w, unit, high))


def _value(w: Words, unit: str, value: float) -> str:
    if unit == "money":
        return w.money(round(value) if value >= 1 else round(value, 2))
    if unit == "share":
        return w.percent(value)
    return _figure(w, unit, value)


def _figure(w: Words, unit: str, value: float) -> str:
    """A number without its unit, as its range is written."""
    if unit == "share":
        return w.number(100 * value)
    if unit == "money":
        return w.number(value) if value >= 1 else w.number(value, 2)
    return w.number(value, 1 if value >= 1 else 2)
