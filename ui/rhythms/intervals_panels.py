"""What the rhythms page says: gaps with their fit, standards to edit, who is out of rhythm, the coming weeks."""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st

from analysis import findings, tallies
from analysis.portfolio import Portfolio
from ui.charts.expected_weeks import expected_weeks
from ui.charts.gap_histogram import gap_histogram
from ui.charts.house import CONFIG
from ui.charts.time_lines import visit_lines
from ui.client.table import client_table
from ui.markdown import escape
from ui.page import chart_numbers, finding_line, notice, panel
from ui.palette import Palette
from words import Words

#: Small multiples on a page: more are a wall.
MOST_SERVICES = 6
#: Classes of the one histogram that has the page's width.
_WIDE_CLASSES = 48
#: Fewer gaps make no shape.
FEWEST_GAPS = 20
MOST_LATE = 8
WEEKS = 8


def answer(w: Words, portfolio: Portfolio) -> str:
    """Which service keeps time and which one stretches; without services, how often clients come."""
    found = findings.stretched(tallies.service_rhythms(portfolio.services, portfolio.gap_fits))
    service, punctual = escape(found.service), escape(found.punctual)
    if found.code == "over":
        n, standard = round(found.days), found.standard
        if punctual:
            return w("intervals.answer.over_but", n=n, service=service, standard=standard, punctual=punctual)
        return w("intervals.answer.over", n=n, service=service, standard=standard)
    if found.code == "several":
        return w(
            "intervals.answer.several",
            n=found.count,
            service=service,
            days=found.days,
            standard=found.standard,
        )
    usual = findings.typical_interval(portfolio.clients)
    if math.isnan(usual):
        return w("intervals.answer.nobody")
    firm = escape(_steadiness(portfolio).firm)
    return (
        w("intervals.answer.steady", days=usual, firm=firm)
        if firm
        else w("intervals.answer.none", days=usual)
    )


def _steadiness(portfolio: Portfolio) -> findings.Steadiness:
    repeating = portfolio.services.loc[portfolio.services["repeats"].astype(bool), "service"]
    return findings.steadiness(portfolio.gap_counts, repeating.tolist())


def gaps_panel(w: Words, portfolio: Portfolio, palette: Palette) -> None:
    """A histogram per service in a row of small ones; a single one where there are no services."""
    rhythms = tallies.service_rhythms(portfolio.services, portfolio.gap_fits)
    enough = portfolio.gap_counts.groupby("service")["gaps"].sum() >= FEWEST_GAPS
    shown = rhythms[rhythms["service"].isin(enough.index[enough])].head(MOST_SERVICES)
    if shown.empty:
        _single_histogram(w, portfolio, palette)
        return
    found = findings.stretched(rhythms)
    if found.code in {"over", "several"}:
        title = w("intervals.gaps.over", service=escape(found.service), n=round(found.days))
    else:
        title = _rhythms_finding(w, portfolio)
    with st.container(gap="xsmall"):
        finding_line(title, w("intervals.gaps.note"))
        with st.grid(min(len(shown), 3), min_column_width=150, gap="medium"):
            for row in shown.to_dict("records"):
                name = str(row["service"])
                every = w("intervals.gaps.every", days=row["usual_days"], standard=row["standard_days"])
                with st.container(gap=None):
                    st.markdown(f"**{escape(name)}**  \n{every}")
                    st.plotly_chart(
                        gap_histogram(
                            tallies.gap_bins(_of(portfolio.gap_counts, name)),
                            _of(portfolio.gap_fits, name),
                            row["standard_days"],
                            w,
                            palette,
                        ),
                        theme=None,
                        config=CONFIG,
                        key=f"gaps_{name}",
                        alt=w("intervals.gaps.alt", service=name, every=every),
                    )
        chart_numbers(w, _gap_numbers(w, portfolio, shown), key="gaps", alt=w("intervals.gaps.note"))


def _gap_numbers(w: Words, portfolio: Portfolio, shown: pd.DataFrame) -> pd.DataFrame:
    """Per service how many gaps, and the days that one, five and nine in ten of them do not exceed."""
    counts = [_of(portfolio.gap_counts, str(name)) for name in shown["service"]]
    numbers = pd.DataFrame(
        {
            w("common.service"): shown["service"].tolist(),
            w("intervals.gaps.column.gaps"): [int(count["gaps"].sum()) for count in counts],
            w("intervals.standards.standard"): shown["standard_days"].round().tolist(),
        }
    )
    for share in (0.1, 0.5, 0.9):
        name = w("intervals.gaps.column.quantile", share=share)
        numbers[name] = [tallies.gap_quantile(count, share) for count in counts]
    return numbers


def _rhythms_finding(w: Words, portfolio: Portfolio) -> str:
    found = _steadiness(portfolio)
    if not found.firm:
        return w("intervals.gaps.on")
    return w("intervals.gaps.steady", firm=escape(found.firm), loose=escape(found.loose))


def _single_histogram(w: Words, portfolio: Portfolio, palette: Palette) -> None:
    counts = _of(portfolio.gap_counts, "")
    if counts["gaps"].sum() >= FEWEST_GAPS:
        panel(
            w,
            w("intervals.gaps.none"),
            w("intervals.gaps.note_plain"),
            gap_histogram(
                tallies.gap_bins(counts, _WIDE_CLASSES), _of(portfolio.gap_fits, ""), None, w, palette
            ),
            key="gaps_all",
            alt=w("intervals.gaps.alt_plain", days=findings.typical_interval(portfolio.clients)),
        )
    if not portfolio.has_services:
        notice(w("intervals.no_services.title"), w("intervals.no_services.body"), "content_cut")


def _of(frame: pd.DataFrame, service: str) -> pd.DataFrame:
    return frame[frame["service"] == service]


def late_panel(w: Words, portfolio: Portfolio, palette: Palette) -> None:
    """The clients furthest beyond their own rhythm, each visit a dot, and the table that opens their records."""
    late = tallies.out_of_rhythm(portfolio.clients, MOST_LATE)
    if late.empty:
        notice(w("intervals.late.nobody.title"), w("intervals.late.nobody.body"), "check_circle")
        return
    names = [w.client(name, key) for name, key in zip(late["client_name"], late["client_id"], strict=True)]
    lines = late.assign(client_name=names)
    since = tallies.shown_since(late, portfolio.visits, portfolio.as_of)
    with st.container(gap="xsmall"):
        finding_line(w("intervals.late.title", n=len(late)), w("intervals.late.note"))
        alt = w("intervals.late.alt", who=names)
        st.plotly_chart(
            visit_lines(lines, portfolio.visits, portfolio.as_of, since, w, palette),
            theme=None,
            config=CONFIG,
            key="intervals_late",
            alt=alt,
        )
        with st.expander(w("intervals.late.who")):
            client_table(w, portfolio, late, key="intervals_late", alt=alt)


def expected_panel(w: Words, portfolio: Portfolio, palette: Palette) -> None:
    """Visits, and the money they bring, expected in the coming weeks from each client's rhythm."""
    weeks = portfolio.expected.head(WEEKS)
    if weeks.empty:
        return
    money = bool(weeks["revenue"].notna().any())
    visits, coming = round(float(weeks["visits"].sum())), w("intervals.expected.weeks", n=len(weeks))
    if money:
        revenue = float(weeks["revenue"].sum())
        finding = w("intervals.expected.money", n=visits, weeks=coming, revenue=revenue)
    else:
        finding = w("intervals.expected.visits", n=visits, weeks=coming)
    numbers = {
        w("intervals.expected.column.week"): [w.date(week) for week in weeks["week"]],
        w("intervals.expected.column.visits"): weeks["visits"].round(),
        w("intervals.expected.column.low"): weeks["visits_low"].round(),
        w("intervals.expected.column.high"): weeks["visits_high"].round(),
    }
    if money:
        numbers[w("intervals.expected.column.revenue")] = [w.money(value) for value in weeks["revenue"]]
    panel(
        w,
        finding,
        f"{w('intervals.expected.note')} {w(f'season.expected.{portfolio.year.season}')}",
        expected_weeks(weeks, w, palette, money=money),
        key="intervals_expected",
        alt=finding,
        numbers=pd.DataFrame(numbers),
    )
