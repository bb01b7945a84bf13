"""What the rhythms page says: gaps with their fit, standards to edit, who is out of rhythm, the coming weeks."""

from __future__ import annotations

import math
from functools import partial

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from analysis import findings, tallies
from analysis.portfolio import Portfolio
from ui import session
from ui.charts.expected_weeks import expected_weeks
from ui.charts.gap_histogram import gap_histogram
from ui.charts.house import CONFIG
from ui.charts.time_lines import visit_lines
from ui.client_table import client_table
from ui.markdown import escape, muted
from ui.page import TEXT_WIDTH, chart_numbers, finding_line, notice, panel
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
#: A standard beyond two years is no rhythm.
_LONGEST_STANDARD = 730
_EDITOR_KEY = "intervals_standards"


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


def standards_panel(w: Words, portfolio: Portfolio) -> None:
    """The standard of each service, to read and to change; a change is worked out at once."""
    services = portfolio.services
    if services.empty:
        return
    own = session.settings().standards
    title = w("intervals.standards.owner", n=len(own)) if own else w("intervals.standards.learned")
    with st.container(gap="xsmall"):
        finding_line(title, w("intervals.standards.note"))
        # The key follows what is shown: once a change has been worked out, the editor starts afresh from it.
        key = f"{_EDITOR_KEY}_{hash(tuple(sorted(own.items())))}"
        st.data_editor(
            _standards_table(w, portfolio),
            hide_index=True,
            key=key,
            on_change=partial(_standard_edited, key, services["service"].tolist()),
            disabled=["service", "clients", "rhythm", "source", "returns", "regularity"],
            column_config=_standards_columns(w),
            placeholder="–",
            alt=w("intervals.standards.alt", n=len(services)),
        )
        once = services.loc[~services["repeats"].astype(bool), "service"]
        if len(once):
            names = w.listing([escape(name) for name in once])
            st.markdown(muted(w("intervals.standards.once", n=len(once), service=names)), width=TEXT_WIDTH)
        if own:
            st.button(
                w("intervals.standards.reset"),
                icon=":material/restart_alt:",
                on_click=session.set_standards,
                args=({},),
            )


def _standards_table(w: Words, portfolio: Portfolio) -> pd.DataFrame:
    services = portfolio.services
    usual = tallies.service_rhythms(services, portfolio.gap_fits).set_index("service")["usual_days"]
    return pd.DataFrame(
        {
            "service": services["service"],
            "standard": services["standard_days"].round(),
            "rhythm": services["service"].map(usual).round(),
            "clients": services["clients"],
            "source": services["standard_source"].map(lambda code: w(f"intervals.standards.source.{code}")),
            "returns": (services["return_share"] * 100).round(),
            "regularity": services["regularity"].map(lambda code: w(f"intervals.regularity.{code}")),
        }
    )


def _standards_columns(w: Words) -> dict[str, ColumnConfig | str | None]:
    number = partial(st.column_config.NumberColumn, format="localized")
    return {
        "service": st.column_config.TextColumn(w("common.service"), width=150),
        "clients": number(w("intervals.standards.clients"), width=80),
        "rhythm": number(w("intervals.standards.rhythm"), width=130),
        "standard": number(
            w("intervals.standards.standard"), width=130, min_value=1, max_value=_LONGEST_STANDARD, step=1
        ),
        "source": st.column_config.TextColumn(w("intervals.standards.source"), width=110),
        "returns": number(
            w("intervals.standards.returns"), width=90, help=w("intervals.standards.returns_help")
        ),
        "regularity": st.column_config.TextColumn(w("intervals.standards.regularity"), width=110),
    }


def _standard_edited(key: str, services: list[str]) -> None:
    """Keeps what was typed as the owner's standard; an emptied cell goes back to the learned one."""
    standards = dict(session.settings().standards)
    for row, change in st.session_state[key]["edited_rows"].items():
        if "standard" not in change:
            continue
        if change["standard"] is None:
            standards.pop(services[int(row)], None)
        else:
            standards[services[int(row)]] = float(change["standard"])
    session.set_standards(standards)


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
        w("intervals.expected.note"),
        expected_weeks(weeks, w, palette, money=money),
        key="intervals_expected",
        alt=finding,
        numbers=pd.DataFrame(numbers),
    )
