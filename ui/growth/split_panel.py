"""Where the change comes from: the bridge between two periods, and the clients behind each of its bars."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.practices.growth.growth_split import PARTS, GrowthSplit
from ui.charts.growth_bridge import Step, growth_bridge
from ui.filters import one_code
from ui.growth.choice import Shown, amount, change, period_name
from ui.growth.names import names_table
from ui.growth.panels import greatest
from ui.markdown import muted_body
from ui.missing_columns import hint
from ui.page import TEXT_WIDTH, notice, panel
from ui.palette import Palette
from words import Words


def split_panel(w: Words, shown: Shown, split: GrowthSplit | None, palette: Palette) -> None:
    """The bridge with its numbers, what is behind it in words, and the names."""
    if split is None:
        notice(w("growth.short.title"), w("growth.short.body"), "hourglass_empty")
        return
    if split.clients.empty and not split.total_before and not split.total_now:
        notice(w("growth.nobody.title"), w("growth.nobody.body"), "person_off")
        return
    finding = _finding(w, split)
    unit = "money" if split.money else "visits"
    table = split.parts[(split.parts["clients"] > 0) | (split.parts["change"] != 0)]
    steps = [
        Step(w(f"growth.part.{part}"), value, change(w, value, money=split.money))
        for part, value in zip(table["part"], table["change"], strict=True)
    ]
    before, now = (
        Step(period_name(w, period), total, amount(w, total, money=split.money))
        for period, total in ((split.before, split.total_before), (split.now, split.total_now))
    )
    said = "; ".join(f"{step.name} {step.label}" for step in (before, *steps, now))
    panel(
        w,
        finding,
        w(f"growth.bridge.note.{unit}", now=now.name, before=before.name),
        growth_bridge(before, steps, now, w, palette),
        key="growth_bridge",
        alt=w("growth.bridge.alt", finding=finding, parts=said),
        numbers=_numbers(w, split),
    )
    with st.container(gap="xsmall"):
        for line in _behind(w, split):
            st.markdown(muted_body(line), width=TEXT_WIDTH)
        hint(w, shown.portfolio, 19)
    _names(w, shown, split)


def _finding(w: Words, split: GrowthSplit) -> str:
    gain, loss = greatest(split, 1), greatest(split, -1)

    def said(part: str) -> str:
        return amount(w, abs(split.of(part, "change")), money=split.money)

    if gain and loss:
        parts = w(f"growth.noun.{gain}"), w(f"growth.noun.{loss}")
        return w("growth.bridge.both", gain=parts[0], more=said(gain), loss=parts[1], less=said(loss))
    if gain:
        return w("growth.bridge.gain", part=w(f"growth.noun.{gain}"), change=said(gain))
    if loss:
        return w("growth.bridge.loss", part=w(f"growth.noun.{loss}"), change=said(loss))
    return w("growth.bridge.none")


def _behind(w: Words, split: GrowthSplit) -> list[str]:
    """Visits or prices; how many of the lost are gone; new ones of unknown past."""
    parts = split.parts.set_index("part")
    lines = []
    stayed = parts.loc[["grown", "kept", "shrunk"]]
    if split.money and stayed["clients"].sum():
        by_visits, by_price = (float(stayed[name].sum()) for name in ("by_visits", "by_price"))
        lines.append(
            w(
                "growth.behind.stayed",
                visits=change(w, by_visits, money=True),
                price=change(w, by_price, money=True),
            )
        )
    lost = int(split.of("lost", "clients"))
    if lost:
        gone = split.gone_clients
        how_many = "all" if gone == lost else "some" if gone else "none"
        lines.append(w(f"growth.behind.lost.{how_many}", n=lost, gone=gone))
    if split.unclear:
        lines.append(w("growth.behind.unclear", n=split.unclear))
    return lines


def _numbers(w: Words, split: GrowthSplit) -> pd.DataFrame:
    table = split.parts
    digits = 0
    columns: dict[str, object] = {
        w("growth.column.part"): [w(f"growth.part.{part}") for part in table["part"]],
        w("growth.column.clients"): table["clients"].mask(table["part"] == "walk_ins"),
        period_name(w, split.before): table["before"].round(digits),
        period_name(w, split.now): table["now"].round(digits),
        w("growth.column.change"): table["change"].round(digits),
    }
    if split.money:
        columns[w("growth.column.by_visits")] = table["by_visits"].round(digits)
        columns[w("growth.column.by_price")] = table["by_price"].round(digits)
    return pd.DataFrame(columns)


def _names(w: Words, shown: Shown, split: GrowthSplit) -> None:
    """Who is behind a bar: the reader picks it, the clients stand below with the greatest change first."""
    sizes = split.clients["part"].value_counts()
    there = [part for part in PARTS if part in sizes.index]
    if not there:
        return
    lost_most = greatest(split, -1)
    usual = lost_most if lost_most in there else there[0]
    with st.container(gap="xsmall"):
        part = one_code(
            w("growth.names"),
            there,
            lambda code: w("growth.names.part", part=w(f"growth.part.{code}"), n=int(sizes[code])),
            name="part",
            usual=usual,
        )
        st.markdown(muted_body(w(f"growth.means.{part}")), width=TEXT_WIDTH)
        names_table(w, shown.portfolio, split, split.clients[split.clients["part"] == part], part)
