"""Services that follow use: after how many kilometres or hours each is due, the owner's to change, and odd readings."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from analysis.portfolio import Portfolio
from analysis.usage import DAYS_A_MONTH, about
from ui import session
from ui.markdown import escape, muted
from ui.own_values import editor_key, with_edits
from ui.page import TEXT_WIDTH, finding_line
from words import Words

_EDITOR_KEY = "intervals_use"
#: Beyond a million of anything no service is due.
_LONGEST_INTERVAL = 1_000_000
_FAULTS_SHOWN = 200


def usage_panel(w: Words, portfolio: Portfolio) -> None:
    """The interval in units of each service, to read and to change; where the file has no meter, what to add."""
    if not portfolio.usage.metered:
        st.markdown(muted(w("intervals.use.no_meter")), width=TEXT_WIDTH)
        return
    services = portfolio.usage.services
    by_use = services.loc[services["unit_interval"].notna(), "service"]
    if len(by_use):
        names = w.listing([escape(name or w("intervals.use.visit")) for name in by_use])
        title = w("intervals.use.title", n=len(by_use), service=names)
    else:
        title = w("intervals.use.none")
    with st.container(gap="xsmall"):
        finding_line(title, w("intervals.use.note", unit=portfolio.usage.unit))
        if len(services):
            _editor(w, portfolio)
        _usual(w, portfolio)
        _faults(w, portfolio)


def _editor(w: Words, portfolio: Portfolio) -> None:
    own = session.settings().unit_intervals
    services = portfolio.usage.services["service"].tolist()
    key = editor_key(_EDITOR_KEY, own)
    st.data_editor(
        _table(w, portfolio),
        hide_index=True,
        key=key,
        on_change=partial(_interval_edited, key, services),
        disabled=["service", "typical", "months", "source", "clients"],
        column_config=_columns(w, portfolio),
        placeholder="–",
        alt=w("intervals.use.alt", n=len(services)),
    )
    if own:
        st.button(
            w("intervals.standards.reset"),
            icon=":material/restart_alt:",
            on_click=session.set_unit_intervals,
            args=({},),
            key="intervals_use_reset",
        )


def _table(w: Words, portfolio: Portfolio) -> pd.DataFrame:
    services = portfolio.usage.services
    return pd.DataFrame(
        {
            "service": services["service"].replace("", w("intervals.use.visit")),
            "interval": services["unit_interval"],
            "typical": services["typical_units"].map(about),
            "months": (services["unit_interval"] / usual_per_month(portfolio)).round(1),
            "clients": services["clients"],
            "source": [w(f"intervals.use.source.{code or 'calendar'}") for code in services["unit_source"]],
        }
    )


def _columns(w: Words, portfolio: Portfolio) -> dict[str, ColumnConfig | str | None]:
    unit = portfolio.usage.unit
    number = partial(st.column_config.NumberColumn, format="localized")
    return {
        "service": st.column_config.TextColumn(w("common.service"), width=150),
        "interval": number(
            w("intervals.use.interval", unit=unit), width=110, min_value=1, max_value=_LONGEST_INTERVAL
        ),
        "typical": number(w("intervals.use.typical", unit=unit), width=130),
        "months": number(w("intervals.use.months"), width=130, help=w("intervals.use.months_help")),
        "clients": number(w("intervals.standards.clients"), width=80),
        "source": st.column_config.TextColumn(w("intervals.standards.source"), width=120),
    }


def _interval_edited(key: str, services: list[str]) -> None:
    session.set_unit_intervals(with_edits(session.settings().unit_intervals, key, "interval", services))


def usual_per_month(portfolio: Portfolio) -> float:
    """What the middle client whose own readings tell it does in a month."""
    each = portfolio.usage.clients.drop_duplicates("client_id")
    own = each[each["source"] == "own"]
    return float((own if len(own) else each)["units_per_day"].median() * DAYS_A_MONTH)


def _usual(w: Words, portfolio: Portfolio) -> None:
    own = portfolio.usage.clients.loc[portfolio.usage.clients["source"] == "own", "client_id"].nunique()
    usual = about(usual_per_month(portfolio))
    if own:
        text = w("intervals.use.usual", n=own, per_month=usual, unit=portfolio.usage.unit)
        st.markdown(muted(text), width=TEXT_WIDTH)


def _faults(w: Words, portfolio: Portfolio) -> None:
    """The readings that cannot be, folded away: whose, when, what was read, what was expected."""
    faults = portfolio.usage.faults
    if faults.empty:
        return
    names = portfolio.clients.set_index("client_id")["client_name"]
    shown = faults.sort_values(["fault", "client_id", "date"]).head(_FAULTS_SHOWN)
    title = w("intervals.use.faults", n=len(faults))
    with st.expander(title):
        st.markdown(muted(w("intervals.use.faults.note")), width=TEXT_WIDTH)
        st.dataframe(
            pd.DataFrame(
                {
                    w("common.client"): [w.client(names.get(key), key) for key in shown["client_id"]],
                    w("intervals.use.fault.date"): [w.date(day) for day in shown["date"]],
                    w("intervals.use.fault.read"): [w.number(value) for value in shown["reading"]],
                    w("intervals.use.fault.expected"): [
                        w.number(round(value, -2)) for value in shown["expected"]
                    ],
                    w("intervals.use.fault.what"): [
                        w(f"intervals.use.fault.{code}") for code in shown["fault"]
                    ],
                }
            ),
            hide_index=True,
            placeholder="–",
            alt=title,
            key="intervals_faults",
        )
