"""A client's score of affection: how it came about, point by point, the owner's word, and what is not known."""

from __future__ import annotations

from typing import Literal

import pandas as pd
import streamlit as st

from analysis.portfolio import Portfolio
from analysis.practices.affection.evidence import evidence
from ui import session
from ui.charts.house import CONFIG
from ui.charts.score_waterfall import score_waterfall
from ui.client.own_score import own_score, own_word_line
from ui.client.signs import client_signs
from ui.markdown import muted
from words import Words

Place = Literal["drawer", "page"]

#: Bars of the score; what is left goes together as "other signs".
_SIGNS_SHOWN = 6
_SMALLEST_POINT = 0.05


def panel_heading(place: Place, title: str, note: str = "") -> None:
    """A part's title, a level under the drawer's or the page's own, and the muted line under it."""
    with st.container(gap="xsmall"):
        if place == "drawer":
            st.subheader(title, anchor=False)
        else:
            st.header(title, anchor=False)
        if note:
            st.markdown(muted(note))


def client_score(w: Words, portfolio: Portfolio, client: pd.Series, place: Place) -> None:
    points = portfolio.affection_points
    signs = evidence(points.loc[points["client_id"] == client["client_id"]])
    steps = score_steps(w, signs)
    score = float(client["affection"])
    note = w("client.affection.note", halfwidth=client["affection_halfwidth"])
    if client["behaviour_only"]:
        note += " " + w("client.affection.behaviour_only")
    title = _title(w, signs, score)
    if client["owner_said"]:
        title, note = w("own_word.heading", score=score), w("own_word.waterfall")
        steps.append((w("sign.own_word"), score - float(client["computed_affection"])))
    with st.container(gap="xsmall"):
        panel_heading(place, title, note)
        if client["owner_said"]:
            st.markdown(own_word_line(w, client))
        listed = "; ".join(f"{name} {w.signed(value, 1)}" for name, value in steps)
        name = w.client(client["client_name"], client["client_id"])
        st.plotly_chart(
            score_waterfall(steps, score, w, session.palette()),
            theme=None,
            config=CONFIG,
            key=f"client_{place}_score",
            alt=w("client.affection.alt", name=name, score=score, steps=listed),
        )
        own_score(w, portfolio, client, place)
        client_signs(w, portfolio, client, place)


def score_steps(w: Words, signs: pd.DataFrame) -> list[tuple[str, float]]:
    """The bars of the score from `evidence`: what adds, the greatest first, then what subtracts."""
    order = signs["points"].abs().sort_values(ascending=False, kind="stable").index
    ranked = signs.loc[order]
    shown = ranked.loc[ranked["points"].abs() >= _SMALLEST_POINT].head(_SIGNS_SHOWN)
    steps = [
        (w(f"sign.{sign}"), float(value)) for sign, value in zip(shown["sign"], shown["points"], strict=True)
    ]
    steps.sort(key=lambda step: -step[1])
    rest = float(signs["points"].sum() - shown["points"].sum())
    if abs(rest) >= _SMALLEST_POINT:
        steps.append((w("sign.others"), rest))
    return steps


def _title(w: Words, signs: pd.DataFrame, score: float) -> str:
    """The score with the sign that lifts it most and the one that lowers it most."""
    known = signs.loc[signs["points"].abs() >= _SMALLEST_POINT].sort_values("points", kind="stable")
    ups = [f"sign_up.{sign}" for sign in known.loc[known["points"] > 0, "sign"].iloc[::-1]]
    downs = [f"sign_down.{sign}" for sign in known.loc[known["points"] < 0, "sign"]]
    plus = next((w(form) for form in ups if w.has(form)), "")
    minus = next((w(form) for form in downs if w.has(form)), "")
    form = "both" if plus and minus else "plus" if plus else "minus" if minus else "none"
    return w(f"client.affection.{form}", score=score, plus=plus, minus=minus)
