"""Goals for the end of a year: the owner sets them, the page shows how far they have come and whether on pace."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analysis.notebook import Goal
from analysis.portfolio import Portfolio
from analysis.practices.affection.goals import (
    GOALS,
    GoalName,
    Progress,
    measured,
    new_goal,
    progress,
    year_ends,
)
from ui import session
from ui.charts.goal_bars import goal_bars
from ui.markdown import muted_body
from ui.page import TEXT_WIDTH, finding_line, panel
from ui.palette import Palette
from words import Words

_SCORES: frozenset[GoalName] = frozenset({"mean_affection"})
_MOST_CLIENTS = 1_000_000


def goals_panel(w: Words, portfolio: Portfolio, palette: Palette) -> None:
    found = session.worked_out(progress, portfolio)
    if found:
        _progress(w, found, palette)
    else:
        finding_line(w("goals.none.title"), w("goals.none.note"))
    with st.expander(
        w("goals.change") if found else w("goals.set"), icon=":material/flag:", expanded=not found
    ):
        _form(w, portfolio)


def _progress(w: Words, found: tuple[Progress, ...], palette: Palette) -> None:
    fine = sum(goal.standing in {"reached", "on_pace"} for goal in found)
    finding = w("goals.finding", n=len(found), fine=fine, by=found[0].goal.by)
    names = [w(f"goals.name.{goal.name}") for goal in found]
    labels = [_label(w, goal) for goal in found]
    panel(
        w,
        finding,
        w("goals.note", start=min(goal.goal.on for goal in found)),
        goal_bars(found, names, labels, w, palette),
        key="movement_goals",
        alt=w(
            "goals.alt",
            parts=[f"{name}: {label}" for name, label in zip(names, labels, strict=True)],
            finding=finding,
        ),
    )


def _label(w: Words, goal: Progress) -> str:
    digits = 1 if goal.name in _SCORES else 0
    now, target = w.number(goal.now, digits), w.number(goal.goal.target, digits)
    begun = goal.standing == "on_pace" and not goal.elapsed
    said = (
        w("goals.begun") if begun else w(f"goals.standing.{goal.standing}", pace=w.number(goal.pace, digits))
    )
    return f"{w('goals.now', now=now, target=target)} · {said}"


def _form(w: Words, portfolio: Portfolio) -> None:
    """A figure for each goal, empty for those not wanted."""
    goals, today = portfolio.notebook.goals, measured(portfolio)
    ends = year_ends(portfolio.as_of)
    usual = next((goal.by for goal in goals.values() if goal.by in ends), ends[0])
    with st.form("goals", border=False):
        st.markdown(muted_body(w("goals.how")), width=TEXT_WIDTH)
        st.selectbox(
            w("goals.by"), ends, index=ends.index(usual), format_func=w.date, key="goals_by", width=200
        )
        with st.grid(4, min_column_width=160, gap="small"):
            for name in GOALS:
                _figure_box(w, name, goals.get(name), today[name])
        st.form_submit_button(
            w("goals.keep"), icon=":material/check:", key="goals_keep", on_click=_keep, args=(portfolio,)
        )


def _figure_box(w: Words, name: GoalName, goal: Goal | None, now: float) -> None:
    """The figure of one goal; a box that begins without a value can be emptied again, so it is filled in beforehand."""
    is_score, key = name in _SCORES, f"goals_{name}"
    said = "goals.from_today" if name == "moved_up" else "goals.today"
    help_text = w(said, now=w.number(now, 1 if is_score else 0))
    if key not in st.session_state and goal:
        st.session_state[key] = goal.target if is_score else int(goal.target)
    label = w(f"goals.name.{name}")
    if is_score:
        st.number_input(label, 0.0, 10.0, None, step=0.1, format="%.1f", help=help_text, key=key)
    else:
        st.number_input(label, 0, _MOST_CLIENTS, None, step=1, help=help_text, key=key)


def _keep(portfolio: Portfolio) -> None:
    """The figures that stand in the boxes, as goals; an empty box is no goal."""
    notebook, by = session.notebook(), st.session_state["goals_by"]
    targets = {name: st.session_state[f"goals_{name}"] for name in GOALS}
    goals: dict[str, Goal] = {
        name: new_goal(portfolio, name, float(target), by, notebook.goals.get(name))
        for name, target in targets.items()
        if target is not None
    }
    session.set_notebook(replace(notebook, goals=goals))
