"""What the movement page says: who moved up and down the scale between two dates, and who is new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analysis import findings
from analysis.portfolio import Portfolio
from analysis.practices.affection.movement import Movement, by_month, dates
from analysis.schema import BANDS
from ui import session
from ui.affection.movers_panel import stood_at
from ui.charts.band_flow import band_flow
from ui.client.table import MOST_ROWS, people_table
from ui.page import Card, cards, finding_line, notice, panel
from ui.palette import Palette
from words import Words

#: A quarter is what one remembers.
_USUAL_MONTHS = 3
_DATE_WIDTH = 170
_EARLIER, _LATER = "from", "to"


def choose_dates(w: Words, portfolio: Portfolio) -> tuple[dt.date, dt.date] | None:
    """Two month ends, the earlier one first; None where the export reaches back less than a month."""
    ends = session.worked_out(dates, portfolio)
    if len(ends) <= 1:
        return None
    left, right = st.container(width="content"), st.container(width="content")
    with right:
        later = _date(w, _LATER, w("movement.to"), ends[:-1], ends[0])
    before = [end for end in ends if end < later]
    with left:
        earlier = _date(w, _EARLIER, w("movement.from"), before, before[min(_USUAL_MONTHS, len(before)) - 1])
    return earlier, later


def too_short(w: Words) -> None:
    notice(w("movement.short.title"), w("movement.short.body"), "swap_vert")


def _date(w: Words, name: str, label: str, ends: Sequence[dt.date], usual: dt.date) -> dt.date:
    """One of some dates; its key is also its parameter in the URL, absent for the usual one."""
    codes = [end.isoformat() for end in ends]
    key, shown = f"movement_{name}", f"movement_{name}_shown"
    asked = st.query_params.get(name)
    if asked in codes and asked != st.session_state.get(shown):  # a link asks, not what was chosen here last
        st.session_state[key] = asked
    elif st.session_state.get(key) not in codes:
        st.session_state[key] = usual.isoformat()
    chosen = st.selectbox(
        label, codes, format_func=w.date, key=key, persist_state="session", width=_DATE_WIDTH
    )
    st.session_state[shown] = chosen
    if chosen == usual.isoformat():
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = chosen
    return dt.date.fromisoformat(chosen)


def answer(w: Words, moves: Movement) -> str:
    """How many went up and down since when, and what that did to the mean."""
    since = {"earlier": moves.earlier, "later": moves.later}
    found = findings.moves(moves.flow)
    mean = w("movement.mean", before=moves.mean_before, after=moves.mean_after) if len(moves.both) else ""
    if found.code == "still":
        return f"{w('movement.answer.still', **since)} {mean}".strip()
    up = w("movement.up", n=found.up) if found.up else w("movement.nobody_up")
    down = w("movement.down", n=found.down) if found.down else w("movement.nobody_down")
    verdict = w(f"movement.verdict.{found.code}")
    parts = [verdict, w("movement.answer", up=up, down=down, **since), mean]
    if moves.forgotten:
        parts.append(w("movement.forgotten", n=moves.forgotten))
    return " ".join(part for part in parts if part)


def band_cards(w: Words, portfolio: Portfolio, moves: Movement) -> None:
    """Mean affection and how many stand in each band, with what changed between the dates, over a year."""
    months = session.worked_out(by_month, portfolio)
    trend = len(moves.both) == len(portfolio.clients) - len(moves.new)
    flow = moves.flow
    row = [_mean_card(w, moves, months["mean"].tolist() if trend else ())]
    for band in BANDS:
        before = int(flow.loc[flow["before"] == band, "clients"].sum())
        now = int(flow.loc[flow["after"] == band, "clients"].sum())
        came = int((moves.new["band"] == band).sum())
        better = (now - before) * (-1 if band == "hated" else 1)
        row.append(
            Card(
                w.band(band),
                w.number(now + came),
                w("movement.card.change", change=now - before) if now != before else w("movement.card.same"),
                "off" if band == "ignored" or now == before else "blue" if better > 0 else "red",
                "off" if now == before else "up" if now > before else "down",
                trend=months[band].tolist() if trend else (),
                help=w("movement.card.help"),
            )
        )
    cards(row)


def _mean_card(w: Words, moves: Movement, trend: Sequence[float]) -> Card:
    # Everyone's mean, as on the other pages; what changed is of those who can be compared.
    now = pd.concat([moves.both["score_after"], moves.new["affection"]]).mean()
    change = round(moves.mean_after, 1) - round(moves.mean_before, 1) if len(moves.both) else 0.0
    change = round(change, 1)
    return Card(
        w("movement.card.mean"),
        w.number(now, 1),
        w.signed(change, 1) if change else w("movement.card.same"),
        "blue" if change > 0 else "red" if change < 0 else "off",
        "up" if change > 0 else "down" if change < 0 else "off",
        trend=trend,
        help=w("movement.card.mean_help"),
    )


def flow_panel(w: Words, moves: Movement, palette: Palette) -> None:
    """The ribbons between the bands at the two dates, and the same as a matrix."""
    found = findings.moves(moves.flow)
    if found.code == "still":
        finding = w("movement.flow.still")
    else:
        up = w("movement.up", n=found.up) if found.up else w("movement.nobody_up")
        down = w("movement.down", n=found.down) if found.down else w("movement.nobody_down")
        finding = w("movement.flow.moved", up=up[:1].upper() + up[1:], down=down).replace("**", "")
    panel(
        w,
        finding,
        w("movement.flow.note", earlier=moves.earlier, later=moves.later),
        band_flow(moves.flow, w.date(moves.earlier), w.date(moves.later), w, palette),
        key="movement_flow",
        alt=w("movement.flow.alt", earlier=moves.earlier, later=moves.later, finding=finding),
        numbers=_matrix(w, moves),
    )


def _matrix(w: Words, moves: Movement) -> pd.DataFrame:
    """The bands of the earlier date down, those of the later one across."""
    table = moves.flow.pivot_table(index="before", columns="after", values="clients").reindex(
        index=BANDS, columns=BANDS
    )
    across = {band: f"{w.date(moves.later)}: {w.band(band)}" for band in BANDS}
    table = table.astype("int64").rename(columns=across, index=w.band)
    return table.rename_axis(columns=None, index=w("movement.flow.from", date=moves.earlier)).reset_index()


def new_panel(w: Words, portfolio: Portfolio, moves: Movement) -> None:
    """Who came in between, by the band they stand in at the later date."""
    new = moves.new.sort_values("affection", ascending=False, kind="stable")
    if new.empty:
        notice(w("movement.new.nobody"), w("movement.new.nobody_note"), "fiber_new")
        return
    counts = new["band"].value_counts()
    parts = [
        w("movement.new.part", band=w.band(band), n=int(counts[band])) for band in BANDS if band in counts
    ]
    with st.container(gap="xsmall"):
        finding_line(w("movement.new.title", n=len(new), parts=parts), w("movement.new.note"))
        with st.expander(w("movement.new.who"), icon=":material/fiber_new:"):
            people = portfolio.clients.set_index("client_id").loc[new["client_id"]].reset_index()
            shown = new.head(MOST_ROWS)
            people_table(
                w,
                people,
                {
                    "band": [
                        stood_at(w, band, score)
                        for band, score in zip(shown["band"], shown["affection"], strict=True)
                    ],
                    "first": people.head(MOST_ROWS)["first_visit"].to_numpy(),
                    "visits": people.head(MOST_ROWS)["visits"].to_numpy(),
                },
                {
                    "band": st.column_config.TextColumn(w("common.band"), width=160),
                    "first": st.column_config.DateColumn(
                        w("movement.new.first"), format="localized", width=130
                    ),
                    "visits": st.column_config.NumberColumn(
                        w("movement.new.visits"), format="localized", width=90
                    ),
                },
                key="movement_new",
                alt=w("movement.new.alt", n=len(new)),
            )
