"""Which sources, first services, first tickets and sellers bring clients who come again, stay and pay."""

from __future__ import annotations

from typing import Literal

import pandas as pd
import streamlit as st

from analysis.practices.growth.sources import Measure, Origins, groupings, origins
from ui.charts.groups_beside_mean import Group, groups_beside_mean
from ui.charts.house import CONFIG
from ui.filters import one_code
from ui.growth.choice import Shown
from ui.markdown import escape, muted_body
from ui.missing_columns import hint
from ui.page import TEXT_WIDTH, chart_numbers, finding_line, notice
from ui.palette import Palette
from ui.session import worked_out
from words import Words

_FEWEST_GROUPS = 2


def origins_panel(w: Words, shown: Shown, palette: Palette) -> None:
    """The groups beside the shop: who stays, who pays; all figures as a table."""
    possible = worked_out(groupings, shown.portfolio)
    with st.container(gap="xsmall"):
        heading = st.container(gap="xsmall")
        if not possible:
            with heading:
                finding_line(w("growth.origins.title"))
            hint(w, shown.portfolio, 27)
            return
        grouping = one_code(
            w("growth.origins.by"),
            possible,
            lambda code: w(f"growth.grouping.{code}"),
            name="origin",
            usual=possible[0],
        )
        found = worked_out(origins, shown.portfolio, grouping, shown.service, shown.seller)
        compared = found.table[found.table["second_drawn"].notna()]
        if len(compared) < _FEWEST_GROUPS:
            with heading:
                finding_line(w("growth.origins.title"))
            notice(w("growth.origins.none.title"), w("growth.origins.none.body", n=found.newcomers), "groups")
        else:
            with heading:
                finding_line(_finding(w, found), w("growth.origins.note"))
            left, right = st.columns(2, gap="large")
            with left:
                _chart(w, found, "stay" if found.table["stay_drawn"].notna().any() else "second", palette)
            with right:
                _chart(w, found, "value" if found.table["value_drawn"].notna().any() else "second", palette)
            chart_numbers(w, _numbers(w, found), key="growth_origins", alt=_finding(w, found, plain=True))
        st.markdown(muted_body(w("growth.origins.caution")), width=TEXT_WIDTH)
        hint(w, shown.portfolio, 27)


def _finding(w: Words, found: Origins, *, plain: bool = False) -> str:
    """Who surely stays longer or pays more than the shop's new clients; none where it cannot be told."""
    parts = []
    for measure in ("stay", "value"):
        for standing in ("better", "worse"):
            rows = found.table[found.table[f"{measure}_standing"] == standing]
            names = [_name(w, row) for _, row in rows.iterrows()]
            if names:
                said = names if plain else [escape(name) for name in names]
                parts.append(w(f"growth.origins.{measure}.{standing}", names=said))
    if not parts:
        return w(f"growth.origins.alike.{found.grouping}")
    text = w("growth.origins.found", parts="; ".join(parts))
    return text[:1].upper() + text[1:]


def _chart(w: Words, found: Origins, measure: Measure, palette: Palette) -> None:
    table = found.table[found.table[f"{measure}_drawn"].notna()]
    unit: Literal["share", "money", "visits"] = (
        "share" if measure != "value" else "money" if found.money else "visits"
    )
    title = w(f"growth.origins.chart.{measure}.{unit}", n=found.stay_after or 0)
    groups = [
        Group(
            name=_name(w, row),
            value=float(row[f"{measure}_drawn"]),
            low=float(row[f"{measure}_low"]),
            high=float(row[f"{measure}_high"]),
            label=_written(w, row[f"{measure}_drawn"], unit),
            hover=w(
                "growth.origins.hover",
                low=_written(w, row[f"{measure}_low"], unit),
                high=_written(w, row[f"{measure}_high"], unit),
                raw=_written(w, row[measure], unit),
                n=int(row["clients"]),
            ),
            strong=row[f"{measure}_standing"] != "cannot_tell",
        )
        for _, row in table.iterrows()
    ]
    mean = found.means[measure]
    said = "; ".join(f"{group.name} {group.label}" for group in groups)
    st.markdown(f"**{title}**")
    st.plotly_chart(
        groups_beside_mean(
            groups, mean, w("growth.origins.mean", value=_written(w, mean, unit)), w, palette, unit=unit
        ),
        theme=None,
        config=CONFIG,
        key=f"growth_origins_{measure}",
        alt=w("growth.origins.alt", title=title, groups=said),
    )


def _written(w: Words, value: float, unit: str) -> str:
    if unit == "share":
        return w.percent(value)
    return w.money(round(value)) if unit == "money" else w.number(value, 1)


def _name(w: Words, row: pd.Series) -> str:
    """What a group is called: its own name, or what its code means."""
    code = str(row["code"])
    if not code:
        return str(row["name"])
    if code in {"low", "middle", "high"}:
        return w(f"growth.group.{code}", low=w.money(row["from"]), high=w.money(row["to"]))
    return w(f"growth.group.{code}")


def _numbers(w: Words, found: Origins) -> pd.DataFrame:
    table = found.table
    columns: dict[str, object] = {
        w(f"growth.grouping.{found.grouping}"): [_name(w, row) for _, row in table.iterrows()],
        w("growth.column.new_clients"): table["clients"],
        w("growth.column.in_time"): [w.percent(share) for share in table["second"]],
    }
    for months in (6, 12):
        columns[w("growth.column.active", n=months)] = [
            w.percent(share) for share in table[f"active_{months}"]
        ]
    value = w("growth.column.first_year" if found.money else "growth.column.first_year_visits")
    columns[value] = table["value"].round(0 if found.money else 1)
    for measure in ("second", "stay", "value"):
        columns[w(f"growth.column.standing.{measure}")] = [
            w(f"growth.compared.{standing}") if not pd.isna(drawn) else None
            for standing, drawn in zip(table[f"{measure}_standing"], table[f"{measure}_drawn"], strict=True)
        ]
    return pd.DataFrame(columns)
