"""New clients against existing ones: how their share went, what the owner aims at, and what the shop lacks."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import streamlit as st

from analysis.practices.growth.new_and_existing import TARGET, NewAndExisting, Side, target_of
from analysis.practices.needs import has
from ui import session
from ui.charts.house import CONFIG
from ui.charts.share_in_time import share_in_time
from ui.growth.choice import Shown, period_name
from ui.markdown import muted, muted_body
from ui.missing_columns import hint
from ui.page import TEXT_WIDTH, chart_numbers, finding_line, notice
from ui.palette import Palette
from words import Words

_HUNDRED = 100
_FEWEST_POINTS = 2


def new_panel(w: Words, shown: Shown, fresh: NewAndExisting, palette: Palette) -> None:
    """The trend beside the verdict; where new cannot be told from first seen, what can be said."""
    if fresh.code == "cannot_tell":
        _cannot_tell(w, shown, fresh)
        return
    finding = _finding(w, fresh)
    with st.container(gap="xsmall"):
        finding_line(finding, w("growth.new.note.money" if fresh.money else "growth.new.note.visits"))
        left, right = st.columns([3, 2], gap="large")
        with left:
            _trend(w, fresh, finding, palette)
        with right:
            _verdict(w, fresh)
            _target(w, shown, fresh)
        _sides(w, fresh, finding)
        if not fresh.money:
            hint(w, shown.portfolio, 24)


def _finding(w: Words, fresh: NewAndExisting) -> str:
    if fresh.code == "too_few":
        return w("growth.new.too_few", n=fresh.new.clients + fresh.existing.clients)
    return w(f"growth.new.{fresh.code}", share=fresh.share.share, target=fresh.target)


def _trend(w: Words, fresh: NewAndExisting, finding: str, palette: Palette) -> None:
    months = fresh.trend
    if len(months) < _FEWEST_POINTS:
        st.markdown(muted_body(w("growth.new.one_point")), width=TEXT_WIDTH)
        return
    hovers = [
        w("growth.new.hover", month=end, share=share, low=low, high=high, n=new)
        for end, share, low, high, new in months[["end", "share", "low", "high", "new_clients"]].itertuples(
            index=False
        )
    ]
    alt = w(
        "growth.new.alt",
        finding=finding,
        months="; ".join(
            f"{w.month(end)} {w.percent(share)}"
            for end, share in zip(months["end"], months["share"], strict=True)
        ),
    )
    st.plotly_chart(
        share_in_time(
            months, fresh.target, w("growth.new.target_line", target=fresh.target), hovers, w, palette
        ),
        theme=None,
        config=CONFIG,
        key="growth_trend",
        alt=alt,
    )
    value = w("growth.column.sales_of_new" if fresh.money else "growth.column.visits_of_new")
    total = w("growth.column.sales" if fresh.money else "growth.column.visits")
    numbers = pd.DataFrame(
        {
            w("growth.column.until"): [w.month(end) for end in months["end"]],
            w("growth.column.share"): [w.percent(share, 1) for share in months["share"]],
            w("growth.column.between"): [
                w("growth.between", low=low, high=high)
                for low, high in zip(months["low"], months["high"], strict=True)
            ],
            w("growth.column.new_clients"): months["new_clients"],
            w("growth.column.clients"): months["clients"],
            value: months["new_value"].round(),
            total: months["value"].round(),
        }
    )
    chart_numbers(w, numbers, key="growth_trend", alt=alt)


def _verdict(w: Words, fresh: NewAndExisting) -> None:
    """What the essay would say, what the target is worth, and the shop's own level beside it."""
    lines = [
        w(f"growth.verdict.{fresh.code}", low=fresh.share.low, high=fresh.share.high),
        w("growth.verdict.opinion"),
    ]
    if fresh.standing != "unknown":
        lines.append(w(f"growth.standing.{fresh.standing}", usual=fresh.usual, months=fresh.usual_months))
    for line in lines:
        st.markdown(line, width=TEXT_WIDTH)


def _target(w: Words, shown: Shown, fresh: NewAndExisting) -> None:
    """The owner's target in percent, and their own level as one click."""
    key = f"growth_target_{round(_HUNDRED * fresh.target)}"
    st.number_input(
        w("growth.target"),
        min_value=1,
        max_value=99,
        step=5,
        value=round(_HUNDRED * fresh.target),
        key=key,
        on_change=lambda: _set_target(st.session_state[key] / _HUNDRED),
        width=220,
    )
    own = fresh.usual
    if (
        not math.isnan(own)
        and 0 < round(own, 2) < 1
        and round(own, 2) != round(target_of(shown.portfolio), 2)
    ):
        st.button(
            w("growth.target.own", share=own),
            key="growth_target_own",
            on_click=_set_target,
            args=(round(own, 2),),
        )


def _set_target(share: float) -> None:
    said = session.notebook()
    session.set_notebook(replace(said, choices={**said.choices, TARGET: share}))


def _sides(w: Words, fresh: NewAndExisting, finding: str) -> None:
    """New, existing and nobody's lines in a table of three rows."""
    sides: list[tuple[str, Side]] = [("new", fresh.new), ("existing", fresh.existing)]
    if fresh.walk_ins.visits:
        sides.append(("walk_ins", fresh.walk_ins))
    columns: dict[str, object] = {
        w("growth.column.who"): [w(f"growth.side.{code}") for code, _ in sides],
        w("growth.column.clients"): pd.array([side.clients or None for _, side in sides], dtype="Int64"),
        w("growth.column.visits"): [side.visits for _, side in sides],
    }
    if fresh.money:
        named = fresh.new.value + fresh.existing.value
        symbol = f" ({w.formats.symbol})" if w.formats.symbol else ""
        columns[w("growth.column.sales") + symbol] = [round(side.value) for _, side in sides]
        columns[w("growth.column.of_sales")] = [
            w.percent(side.value / named) if code != "walk_ins" and named > 0 else None
            for code, side in sides
        ]
        columns[w("growth.column.per_client") + symbol] = pd.array(
            [round(side.value / side.clients) if side.clients else None for _, side in sides], dtype="Int64"
        )
    st.markdown(muted(w("growth.new.table", period=period_name(w, fresh.period))))
    table = pd.DataFrame(columns)
    localized = st.column_config.NumberColumn(format="localized")
    st.dataframe(
        table,
        hide_index=True,
        column_config={str(name): localized for name in table if pd.api.types.is_numeric_dtype(table[name])},
        placeholder="–",
        key="growth_sides",
        alt=w("growth.new.table.alt", finding=finding, new=fresh.new.clients, n=fresh.existing.clients),
    )


def _cannot_tell(w: Words, shown: Shown, fresh: NewAndExisting) -> None:
    if not fresh.new.clients + fresh.existing.clients:
        notice(w("growth.nobody.title"), w("growth.nobody.body"), "person_off")
        return
    lines = [w("growth.cannot_tell.seen", n=fresh.first_seen, unclear=fresh.unclear)]
    if fresh.tells_from is not None:
        lines.append(w("growth.cannot_tell.from", day=fresh.tells_from))
    if not has(shown.portfolio, "clients.joined"):
        lines.append(w("growth.cannot_tell.joined"))
    notice(w("growth.cannot_tell.title"), " ".join(lines), "help")
