"""The day in five lines: each a link to the page that has the rest, and beside it what matters most of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import streamlit as st

from analysis.practices.headlines import Code, Headline
from ui.markdown import escape, muted
from words import Words

_ICONS: Mapping[Code, str] = {
    "moved": "swap_vert",
    "month": "timelapse",
    "newcomers": "trending_up",
    "red_line": "emergency_home",
    "calls": "call",
    "problems": "build",
    "payments": "receipt_long",
    "hand_over": "switch_account",
    "birthdays": "cake",
    "due": "event",
}


def day_lines(w: Words, lines: Sequence[Headline]) -> None:
    """Draws the lines in one box; on a phone what stands beside a link goes under it."""
    with st.container(border=True, gap="xsmall", key="day"):
        for line in lines:
            link, more = said(w, line)
            with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall"):
                icon = f":material/{_ICONS[line.code]}:"
                st.page_link(
                    f"pages/{line.page}.py",
                    label=f"**{link}**",
                    icon=icon,
                    width="content",
                    query_params=_asked(line),
                )
                if more:
                    st.markdown(muted(more), width="content")


def _asked(line: Headline) -> dict[str, str] | None:
    """What the page is to show first, so that it opens with the figures of its line."""
    if line.code != "moved":
        return None
    return {"from": str(line.values["since"]), "to": str(line.values["until"])}


def said(w: Words, line: Headline) -> tuple[str, str]:
    """The words of the link, and those beside it; markdown."""
    values = dict(line.values)
    match line.code:
        case "moved":
            up, down = cast("int", values["up"]), cast("int", values["down"])
            form = "both" if up and down else "up" if up else "down"
            return w(f"day.moved.{form}", n=up or down, **values), w("day.moved.more")
        case "month":
            return w("day.month", n=values["late"]), w("day.month.more", **values)
        case "red_line":
            values["name"] = escape(w.client(values["name"], values["client_id"]))
        case "hand_over":
            values["seller"] = escape(values["seller"])
        case "calls" if values["stake"] is None:
            return w("day.calls", **values), w("day.calls.minutes", **values)
        case "payments" if values["money"] is None:
            return w("day.payments", **values), ""
        case "problems" if not values["unowned"]:
            return w("day.problems", **values), w("day.problems.owned", **values)
    return w(f"day.{line.code}", **values), w(f"day.{line.code}.more", **values)
