"""What the owner sets of today's calls: what fits in a day, who is on the list at all, and which services repeat."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from analysis.portfolio import Portfolio
from analysis.practices.calling import today as practice
from analysis.practices.calling.necessary import CHOICE, repeating
from analysis.practices.calling.today import PLACES, Budget, DueList
from ui import noted, session
from ui.keys import key_of
from ui.markdown import escape, muted_body
from ui.page import TEXT_WIDTH
from words import Words

_MOST_CALLS, _MOST_MINUTES, _MOST_PER_CALL = 200, 600, 60


def choose_budget(w: Words, chosen: Budget) -> None:
    """What fits in a day, in calls or minutes, kept in the notebook; behind a button, for it is rarely changed."""
    with st.popover(w("today.budget.set"), icon=":material/tune:"):
        st.segmented_control(
            w("today.budget"),
            ("calls", "minutes"),
            default="minutes" if chosen.by_minutes else "calls",
            required=True,
            format_func=lambda code: w(f"today.budget.{code}"),
            key="today_budget",
            on_change=partial(_count_by, chosen),
        )
        if chosen.by_minutes:
            whole = round(session.notebook().choices[practice.MINUTES])
            _figure(w("today.minutes_a_day"), practice.MINUTES, whole, _MOST_MINUTES)
        else:
            _figure(w("today.calls_a_day"), practice.CALLS, chosen.calls, _MOST_CALLS)
        _figure(w("today.minutes_a_call"), practice.PER_CALL, round(chosen.per_call), _MOST_PER_CALL)


def places_panel(w: Words, due: DueList) -> None:
    """Everybody else, counted by the reason why they are not on the list."""
    counts = {place: due.count(place) for place in PLACES if place != "call"}
    with st.expander(w("today.places"), key="today_places"):
        lines = [f"- {w(f'today.place.{place}', n=n)}" for place, n in counts.items() if n]
        st.markdown("\n".join([*lines, f"- **{w('today.place.call', n=due.count('call'))}**"]))
        if due.count("unreachable") or practice.UNREACHABLE in session.notebook().choices:
            st.toggle(
                w("today.unreachable.keep"),
                not session.notebook().choices.get(practice.UNREACHABLE),
                key="today_keep",
                on_change=_keep_unreachable,
            )


def services_panel(w: Words, portfolio: Portfolio) -> None:
    """Which services repeat: learned, and the owner's to change."""
    table = session.worked_out(repeating, portfolio)
    if table.empty:
        return
    names = [name or w("today.services.unnamed") for name in table["service"]]
    on = table["repeats"].astype(bool)
    off = [name for name, kept in zip(names, on, strict=True) if not kept]
    title = w("today.services", on=int(on.sum()), n=len(table))
    with st.expander(title, key="today_services"):
        st.markdown(muted_body(w("today.services.note")), width=TEXT_WIDTH)
        if off:
            st.markdown(escape(w("today.services.off", names=off)), width=TEXT_WIDTH)
        key = f"today_services_{key_of(tuple(table['service']), tuple(on))}"
        st.data_editor(
            pd.DataFrame(
                {
                    "on": on.tolist(),
                    "service": names,
                    "returns": [w.percent(share) for share in table["return_share"]],
                    "clients": table["clients"].astype(int).tolist(),
                }
            ),
            hide_index=True,
            disabled=["service", "returns", "clients"],
            column_config={
                "on": st.column_config.CheckboxColumn(w("today.services.on"), width=90),
                "service": st.column_config.TextColumn(w("common.service"), width=220),
                "returns": st.column_config.TextColumn(w("today.services.returns"), width=90),
                "clients": st.column_config.NumberColumn(w("today.services.clients"), width=90),
            },
            key=key,
            on_change=partial(_tick, key, tuple(table["service"]), tuple(table["learned"])),
            alt=w("today.services.alt"),
        )


def _figure(label: str, name: str, value: int, most: int) -> None:
    """A figure to set; its key follows its value, so that a notebook given later shows in it."""
    key = f"{name.replace('.', '_')}_{value}"
    st.number_input(
        label, 1, most, min(max(value, 1), most), 1, key=key, width=150, on_change=partial(_set, name, key)
    )


def _set(name: str, key: str) -> None:
    noted.choose(name, st.session_state[key])


def _count_by(chosen: Budget) -> None:
    """From calls to the minutes they take, or back."""
    if st.session_state["today_budget"] == "minutes":
        noted.choose(practice.MINUTES, chosen.minutes, instead_of=(practice.CALLS,))
    else:
        noted.choose(practice.CALLS, max(chosen.calls, 1), instead_of=(practice.MINUTES,))


def _keep_unreachable() -> None:
    noted.choose(practice.UNREACHABLE, 0.0 if st.session_state["today_keep"] else 1.0)


def _tick(key: str, services: Sequence[str], learned: Sequence[bool]) -> None:
    """The owner's word on some services; what is as learned needs none."""
    for row, change in st.session_state[key]["edited_rows"].items():
        place, kept = int(row), change.get("on")
        if kept is not None:
            noted.choose(CHOICE + services[place], None if kept == learned[place] else float(kept))
