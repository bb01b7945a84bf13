"""One client: where they stand, how to reach them, their visits, their score point by point, and what to say."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.portfolio import Portfolio
from ui import session
from ui.charts.house import CONFIG
from ui.charts.time_lines import client_time_line
from ui.client.contact_links import mail_link, phone_link
from ui.client.message import contact_buttons, edit_draft, facts_of, refuses_contact
from ui.client.own_score import own_badge
from ui.client.score import Place, client_score, panel_heading
from ui.client.subjects import client_subjects
from ui.client.use import client_use
from ui.markdown import escape
from ui.palette import BANDS, STATES
from words import Words

#: More visits than these say little on a line as wide as a drawer.
_VISITS_SHOWN = 12
#: Reasons whose facts are the sentence at the top of the panel.
_SAID_ABOVE = frozenset({"late", "due", "on_rhythm", "lapsed", "booked", "new", "due_by_use", "visit_by_use"})


def show_client(w: Words, portfolio: Portfolio, client_id: str, *, place: Place) -> None:
    """Draws the panel of one client, in the drawer or on the page of its own."""
    client = portfolio.clients.loc[portfolio.clients["client_id"] == client_id].iloc[0]
    key = f"client_{place}"
    with st.container(gap="medium"):
        with st.container(gap="small"):
            _badges(w, client)
            st.markdown(_rhythm(w, client))
            client_use(w, portfolio, client_id)
            client_subjects(w, portfolio, client_id, key)
            contacts = st.container()
            _figures(w, portfolio, client)
        _time_line(w, portfolio, client, place)
        client_score(w, portfolio, client, place)
        _reasons(w, portfolio, client, place)
        if not refuses_contact(client):
            with st.container(gap="small"):
                carried = phone_link(client["phone"]) or mail_link(client["email"], "", "")
                note = "client.draft.note" if carried else "client.draft.note.unreachable"
                panel_heading(place, w("client.draft"), w(note))
                text = edit_draft(w, facts_of(client, named=portfolio.has_names), key)
            with contacts:
                contact_buttons(w, client, text, key)
        if place == "drawer":
            st.page_link(
                "pages/client.py",
                label=w("client.full_page"),
                icon=":material/open_in_full:",
                query_params={"id": client_id},
            )


def _badges(w: Words, client: pd.Series) -> None:
    with st.container(horizontal=True, gap="xsmall"):
        state, band = STATES[client["state"]], BANDS[client["band"]]
        st.badge(w.state(client["state"]), icon=state.material, color=state.badge)
        st.badge(w.band(client["band"]), icon=band.material, color=band.badge)
        own_badge(w, client)


def _rhythm(w: Words, client: pd.Series) -> str:
    """How often they come and how long it has been, as markdown; in the same figures as the reasons."""
    facts = [dict(reason.values) for reason in client["reasons"]]
    said = next((fact for fact in facts if "usual" in fact), {})
    if client["interval_source"] != "own":
        form = "client.rhythm.borrowed"
    elif "beyond" in said:
        form = "client.rhythm.late"
    else:
        form = "client.rhythm.own"
    sentence = w(
        form,
        n=int(client["visits"]),
        usual=said.get("usual", client["interval_days"]),
        low=said.get("low", client["interval_low"]),
        high=said.get("high", client["interval_high"]),
        days=client["recency_days"],
        beyond=said.get("beyond"),
    )
    if not pd.isna(client["booked_for"]):
        return f"{sentence} {w('client.booked', date=client['booked_for'])}"
    if client["state"] in {"on_time", "due", "new", "seasonal"} and not pd.isna(client["next_visit_low"]):
        return f"{sentence} {w('client.next', low=client['next_visit_low'], high=client['next_visit_high'])}"
    return sentence


def _figures(w: Words, portfolio: Portfolio, client: pd.Series) -> None:
    days = portfolio.settings.horizon_days
    with st.grid(3, min_column_width=110):
        if portfolio.has_amounts:
            st.metric(w("client.a_year"), w.money(client["annual_value"]))
            st.metric(w("client.at_stake"), w.money(client["value_at_stake"]))
        else:
            st.metric(w("client.visits_a_year"), w.number(client["visits_12m"]))
            st.metric(
                w("client.expected_visits"),
                w.number(client["expected_visits"], 1),
                help=w("client.expected_visits.help", n=days),
            )
        st.metric(
            w("client.may_not_return"),
            w.percent(client["p_no_visit"]),
            help=w("client.may_not_return.help", n=days),
        )


def _time_line(w: Words, portfolio: Portfolio, client: pd.Series, place: Place) -> None:
    visits = portfolio.visits.loc[portfolio.visits["client_id"] == client["client_id"], "date"].sort_values()
    last = client["last_visit"]
    state = client["state"]
    figure = client_time_line(
        visits.tail(_VISITS_SHOWN).tolist(),
        last + pd.Timedelta(days=round(client["due_after_days"])),
        last + pd.Timedelta(days=round(client["late_after_days"])),
        portfolio.as_of,
        w,
        session.palette(),
        late=state in {"late", "lapsed"},
    )
    beyond = max(round(client["recency_days"] - client["interval_days"]), 0)
    days = beyond if state == "late" else int(client["recency_days"])
    with st.container(gap="xsmall"):
        panel_heading(place, w(f"client.timeline.{state}", n=days), w("client.timeline.note"))
        name = w.client(client["client_name"], client["client_id"])
        alt = w("client.timeline.alt", name=name, n=len(visits), last=last, days=client["recency_days"])
        st.plotly_chart(figure, theme=None, config=CONFIG, key=f"client_{place}_time_line", alt=alt)


def _reasons(w: Words, portfolio: Portfolio, client: pd.Series, place: Place) -> None:
    """What else we know beside the rhythm, which stands above, and what to do about it."""
    with st.container(gap="xsmall"):
        panel_heading(place, w("client.do"))
        if refuses_contact(client):
            st.markdown(f":material/block: **{w('client.no_consent')}**")
        else:
            st.markdown(f"**{escape(w.action(client['suggested_action']))}.**")
        lines = [
            f"- {escape(w.reason(reason, full=True))}"
            for reason in client["reasons"]
            if reason.code not in _SAID_ABOVE
        ]
        if client["flagged"] and client["first_signal"].date() < portfolio.as_of:
            lines.append(f"- {w('client.first_signal', date=client['first_signal'])}")
        if lines:
            st.markdown("\n".join(lines))
