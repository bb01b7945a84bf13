"""Clients by when they came first: how each cohort thins out over its first year."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.practices.growth.cohorts import AFTER, UNITS, Cohorts, cohorts
from ui.charts.house import CONFIG
from ui.charts.small_survival import small_survival
from ui.filters import one_code
from ui.growth.choice import Shown, cohort_name
from ui.markdown import muted
from ui.page import chart_numbers, finding_line, notice
from ui.palette import Palette
from ui.session import worked_out
from words import Words

#: Small multiples on a page: more are a wall.
MOST_COHORTS = 8


def choose_cohorts(w: Words, shown: Shown, usual: Cohorts) -> Cohorts:
    """The cohorts by the unit that the reader chose; drawn where the panel begins."""
    unit = one_code(
        w("growth.cohorts.unit"),
        UNITS,
        lambda code: w(f"growth.unit.{code}"),
        name="cohort",
        usual=usual.unit,
    )
    if unit == usual.unit:
        return usual
    return worked_out(cohorts, shown.portfolio, unit, shown.service, shown.seller)


def cohorts_panel(w: Words, shown: Shown, usual: Cohorts, palette: Palette) -> None:
    """Small lines of the latest cohorts on one scale, all of them as a table; `usual`: by the unit to begin with."""
    with st.container(gap="xsmall"):
        heading = st.container(gap="xsmall")
        found = choose_cohorts(w, shown, usual)
        with heading:
            finding = _finding(w, found)
            finding_line(finding, w("growth.cohorts.note", days=round(found.silence_days)))
        latest = found.table[found.curves[1].notna().to_numpy()].tail(MOST_COHORTS)
        if latest.empty:  # nobody who began has been watched for a month yet
            notice(
                w("growth.cohorts.none.title"),
                w("growth.cohorts.none.body", n=found.newcomers),
                "hourglass_empty",
            )
            return
        with st.grid(4, min_column_width=150, gap="small"):
            for row, begins, clients in zip(latest.index, latest["begins"], latest["clients"], strict=True):
                _small(w, found, int(row), cohort_name(w, begins, found.unit), int(clients), palette)
        if found.too_small:
            st.markdown(muted(w("growth.cohorts.too_small", n=found.too_small)))
        chart_numbers(w, _numbers(w, found), key="growth_cohorts", alt=_alt(w, found, finding))


def _finding(w: Words, found: Cohorts) -> str:
    lasting = [months for months in AFTER if found.active[months].known]
    if not lasting:
        return w("growth.cohorts.title")
    return w("growth.cohorts.finding", share=found.active[lasting[-1]].share, n=lasting[-1])


def _small(w: Words, found: Cohorts, row: int, name: str, clients: int, palette: Palette) -> None:
    shares = found.curves.to_numpy(dtype=float)[row].tolist()
    known = [share for share in shares if not pd.isna(share)]
    with st.container(gap=None):
        st.markdown(f"**{name}** · {w('common.clients', n=clients)}")
        st.plotly_chart(
            small_survival(shares, found.overall, w, palette, strong=True),
            theme=None,
            config=CONFIG,
            key=f"growth_cohort_{found.unit}_{row}",
            alt=w("growth.cohorts.small", name=name, share=known[-1], n=len(known) - 1),
        )


def _numbers(w: Words, found: Cohorts) -> pd.DataFrame:
    table = found.table.iloc[::-1]
    columns: dict[str, object] = {
        w("growth.column.began"): [cohort_name(w, begins, found.unit) for begins in table["begins"]],
        w("growth.column.new_clients"): table["clients"],
    }
    for months in AFTER:
        columns[w("growth.column.active", n=months)] = [
            w("growth.share_between", share=share, low=low, high=high) if not pd.isna(share) else None
            for share, low, high in table[[f"active_{months}", f"low_{months}", f"high_{months}"]].itertuples(
                index=False
            )
        ]
    value = w("growth.column.first_year" if found.money else "growth.column.first_year_visits")
    digits = 0 if found.money else 1
    columns[value] = table["value"].round(digits)
    return pd.DataFrame(columns)


def _alt(w: Words, found: Cohorts, finding: str) -> str:
    said = "; ".join(
        f"{cohort_name(w, begins, found.unit)} {w.percent(share)}"
        for begins, share in zip(found.table["begins"], found.table["active_6"], strict=True)
        if not pd.isna(share)
    )
    return w("growth.cohorts.alt", finding=finding, cohorts=said)
