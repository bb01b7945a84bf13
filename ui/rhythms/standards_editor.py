"""The standard interval of each service: learned, shown beside what is usual, and the owner's to change."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from analysis import tallies
from analysis.portfolio import Portfolio
from ui import session
from ui.markdown import escape, muted
from ui.own_values import editor_key, with_edits
from ui.page import TEXT_WIDTH, finding_line
from words import Words

#: A standard beyond two years is no rhythm.
_LONGEST_STANDARD = 730
_EDITOR_KEY = "intervals_standards"


def standards_panel(w: Words, portfolio: Portfolio) -> None:
    """The standard of each service, to read and to change; a change is worked out at once."""
    services = portfolio.services
    if services.empty:
        return
    own = session.settings().standards
    title = w("intervals.standards.owner", n=len(own)) if own else w("intervals.standards.learned")
    with st.container(gap="xsmall"):
        finding_line(title, w("intervals.standards.note"))
        key = editor_key(_EDITOR_KEY, own)
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
    session.set_standards(with_edits(session.settings().standards, key, "standard", services))
