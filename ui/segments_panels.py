"""What the affection page says: its answer, the bands' cards, and who moved between the bands."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis import findings, returns, tallies
from analysis.portfolio import Portfolio
from analysis.schema import BANDS
from ui.charts.band_flow import band_flow
from ui.charts.house import CONFIG
from ui.filters import one_code
from ui.markdown import muted, muted_body
from ui.page import TEXT_WIDTH, chart_numbers, finding_line, notice
from ui.palette import BANDS as LOOKS
from ui.palette import Palette
from words import Words

#: Months back that the movement can be looked at over; a quarter is what one remembers.
MONTHS_BACK = (1, 3, 6)
_USUAL_MONTHS = "3"


def answer(w: Words, portfolio: Portfolio) -> str:
    """How many clients stand in each band, and which band is worth most together."""
    counts = portfolio.clients["band"].value_counts()
    loved, ignored, hated = (int(counts.get(band, 0)) for band in BANDS)
    fond = w("segments.answer.loved", n=loved) if loved else w("segments.answer.nobody_loved")
    strained = w("segments.answer.hated", n=hated) if hated else w("segments.answer.nobody_hated")
    said = w("segments.answer", parts=[fond, w("segments.answer.ignored", n=ignored), strained])
    said = said[:1].upper() + said[1:]
    if not portfolio.has_amounts:
        return said
    worth = portfolio.clients.groupby("band")["annual_value"].sum()
    richest = findings.leader([str(band) for band in worth.index], worth.tolist())
    return said if richest.code in {"none", "single"} else f"{said} {w(f'segments.richest.{richest.name}')}"


def band_cards(w: Words, portfolio: Portfolio, clients: pd.DataFrame) -> None:
    """A card per band: how many, worth how much a year, how well they return."""
    past = portfolio.affection_past
    came_back = past.by_band
    if len(clients) < len(portfolio.clients):
        came_back = returns.by_band(past.windows[past.windows["client_id"].isin(clients["client_id"])])
    table = tallies.band_summary(clients, came_back)
    with st.container(gap="xsmall"):
        with st.grid(len(BANDS), min_column_width=220, gap="small"):
            for band in BANDS:
                with st.container(border=True, gap="xsmall", height="stretch"):
                    st.badge(w.band(band), icon=LOOKS[band].material, color=LOOKS[band].badge)
                    _card_lines(w, table[table["band"] == band].iloc[0], money=portfolio.has_amounts)
        st.markdown(muted(w("segments.card.note", days=portfolio.settings.horizon_days)), width=TEXT_WIDTH)


def _card_lines(w: Words, row: pd.Series, *, money: bool) -> None:
    n = int(row["clients"])
    st.markdown(
        w("segments.card.worth", n=n, worth=row["annual_value"]) if money else w("segments.card.clients", n=n)
    )
    if not n:
        return
    share = row["returned_share"]
    known = w("segments.card.unknown") if pd.isna(share) else w("segments.card.returns", share=share)
    each = [w("segments.card.each", each=row["each"])] if money else []
    line = " · ".join([known, *each])
    st.markdown(muted_body(line[:1].upper() + line[1:]))


def behaviour_notice(w: Words, portfolio: Portfolio) -> None:
    """Says why nobody is hated where no explicit sign is known of anybody."""
    if portfolio.clients["behaviour_only"].all():
        notice(w("segments.behaviour.title"), w("segments.behaviour.body"), "info")


def flow_panel(w: Words, portfolio: Portfolio, clients: pd.DataFrame, palette: Palette) -> None:
    """Who moved between the bands since some months ago, as ribbons and as a matrix."""
    movement = portfolio.movement[portfolio.movement["client_id"].isin(clients["client_id"])]
    possible = [str(months) for months in MONTHS_BACK if tallies.movement_dates(movement, months)]
    if not possible:
        notice(w("segments.flow.short.title"), w("segments.flow.short.body"), "swap_vert")
        return
    with st.container(gap="xsmall"):
        heading = st.container(gap="xsmall")
        chosen = one_code(
            w("segments.flow.back"),
            possible,
            lambda count: w("segments.flow.option", n=int(count)),
            name="months",
            usual=_USUAL_MONTHS if _USUAL_MONTHS in possible else possible[-1],
        )
        months = int(chosen)
        dates = tallies.movement_dates(movement, months)
        if dates is None:  # only possible months are offered
            return
        flow = tallies.band_moves(movement, *dates)
        found = findings.moves(flow)
        period = w("segments.flow.months", n=months)
        if found.code == "still":
            finding = w("segments.flow.still", period=period)
        else:
            up = w("segments.flow.up", n=found.up) if found.up else w("segments.flow.nobody_up")
            down = w("segments.flow.down", n=found.down) if found.down else w("segments.flow.nobody_down")
            finding = w("segments.flow.moved", up=up[:1].upper() + up[1:], down=down, period=period)
        earlier, later = dates
        with heading:
            finding_line(finding, w("segments.flow.note", earlier=earlier, later=later))
        alt = w("segments.flow.alt", earlier=earlier, later=later, finding=finding)
        st.plotly_chart(
            band_flow(flow, w.date(earlier), w.date(later), w, palette),
            theme=None,
            config=CONFIG,
            key="segments_flow",
            alt=alt,
        )
        chart_numbers(w, _matrix(w, flow, earlier, later), key="segments_flow", alt=alt)


def _matrix(w: Words, flow: pd.DataFrame, earlier: pd.Timestamp, later: pd.Timestamp) -> pd.DataFrame:
    """The bands of the earlier date down, those of the later one across."""
    table = flow.pivot_table(index="before", columns="after", values="clients").reindex(
        index=BANDS, columns=BANDS
    )
    across = {band: f"{w.date(later)}: {w.band(band)}" for band in BANDS}
    table = table.astype("int64").rename(columns=across, index=w.band)
    return table.rename_axis(columns=None, index=w("segments.flow.from", date=earlier)).reset_index()
