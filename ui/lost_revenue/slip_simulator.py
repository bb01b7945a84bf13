"""The simulator: move a rhythm and see what a client who slips costs in a year."""

from __future__ import annotations

import streamlit as st

from analysis.portfolio import Portfolio
from analysis.practices.punctuality import MONTH_DAYS, slip
from ui.markdown import escape
from ui.page import finding_line
from words import Words

_MONTHLY = ""
#: The slider starts at a month and a half for a monthly client: 12 visits become 8.
_SLIPPED = 1.5
_LONGEST = 3


@st.fragment
def slip_simulator(w: Words, portfolio: Portfolio) -> None:
    """Draws the simulator for a monthly client, or for a client of one of the services at its standard."""
    services = portfolio.services[portfolio.services["repeats"].astype(bool)]
    standards = {
        str(name): days for name, days in zip(services["service"], services["standard_days"], strict=True)
    }
    with st.container(gap="xsmall"):
        heading = st.container(gap="xsmall")
        service = _MONTHLY
        if standards:
            service = st.selectbox(
                w("late_revenue.slip.service"),
                [_MONTHLY, *standards],
                format_func=lambda name: name or w("late_revenue.slip.monthly"),
                key="slip_service",
            )
        usual = round(standards.get(service, MONTH_DAYS))
        actual = st.slider(
            w("late_revenue.slip.slider", usual=usual),
            min_value=max(1, usual // 2),
            max_value=usual * _LONGEST,
            value=round(usual * _SLIPPED),
            key=f"slip_days_{usual}",
        )
        ticket, clients = _ticket_and_clients(portfolio, service)
        result = slip(usual, actual, ticket)
        with heading:
            finding = w("late_revenue.slip.title", usual=result.usual_visits, visits=result.visits)
            if usual == actual:
                finding = w("late_revenue.slip.same", usual=result.usual_visits)
            finding_line(finding, w("late_revenue.slip.note"))
        with st.grid(2 if result.lost_revenue is None else 3, min_column_width=100, gap="small"):
            st.metric(w("late_revenue.slip.visits"), w.number(result.visits))
            st.metric(w("late_revenue.slip.lost"), w.number(result.lost_visits))
            if result.lost_revenue is not None:
                st.metric(w("late_revenue.slip.money"), w.money(-result.lost_revenue))
        if clients and result.lost_visits > 0:
            visits = w("common.visits", n=round(result.lost_visits * clients))
            amount = visits if result.lost_revenue is None else w.money(result.lost_revenue * clients)
            st.markdown(
                w("late_revenue.slip.all", n=clients, service=escape(service), amount=f"**{amount}**")
            )


def _ticket_and_clients(portfolio: Portfolio, service: str) -> tuple[float | None, int]:
    """What a visit brings in, and how many active clients a service has (0 where none is chosen)."""
    active = portfolio.clients[portfolio.clients["active"]]
    if service:
        row = portfolio.services[portfolio.services["service"] == service]
        ticket = float(row["revenue"].sum() / row["visits"].sum()) if portfolio.has_amounts else None
        return ticket, int((active["service"] == service).sum())
    # Not all clients come monthly: without a service there is no "all of them" to multiply by.
    return float(active["ticket"].mean()) if portfolio.has_amounts else None, 0
