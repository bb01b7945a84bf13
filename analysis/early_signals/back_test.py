"""How each method did on the owner's past, and which one wins."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis import alarm, schema
from analysis.arrays import Array, Bools, Ints, Names
from analysis.early_signals import figures
from analysis.early_signals.classifier import RULES, Classifier, Recalibration, rule_p_no_visit
from analysis.early_signals.past import Origin

Method = Literal["puntual", "rhythm", "own_gap", "recency"]
METHODS: tuple[Method, ...] = ("puntual", "rhythm", "own_gap", "recency")

MIN_OUTCOMES = 10  # of each kind, to compare methods
LIST_LENGTHS = (5, 10, 15, 20, 25, 30, 40, 50)
REPLAY_CALLS = 20


@dataclass(frozen=True)
class Judged:
    """The back-test's figures, as in `analysis.portfolio.BackTest`."""

    usable: bool
    why: str
    origins: tuple[dt.date, ...]
    client_windows: int
    methods: pd.DataFrame
    calibration: pd.DataFrame
    precision_at: pd.DataFrame
    replay: pd.DataFrame


@dataclass(frozen=True)
class Winner:
    """The method to use, and how the past corrects the level of what the classifier says."""

    method: Method
    recalibration: Recalibration


def judge(found: list[Origin], why: str, horizon_days: int, ids: Names) -> tuple[Winner, Judged]:
    """The method that won on the owner's past ("rhythm" where it cannot be judged) and the figures."""
    judged, past = _judgeable(found, horizon_days)
    if not judged:
        return Winner("rhythm", Recalibration([], [])), _unjudged(why or "too_short")
    stayed_away = np.concatenate([origin.stayed_away for origin in judged])
    rarer = min(stayed_away.sum(), (~stayed_away).sum())
    if rarer < MIN_OUTCOMES:
        return Winner("rhythm", Recalibration([], [])), _unjudged(
            "too_few_clients" if rarer else "one_outcome"
        )

    said: dict[Method, list[Array]] = {method: [] for method in METHODS}
    for origin, closed in zip(judged, past, strict=True):
        for method, p in _said(origin, closed).items():
            said[method].append(p)
    raw = said["puntual"]
    said["puntual"] = [
        _recalibration(raw, judged, origin.day - horizon_days)(p)
        for p, origin in zip(raw, judged, strict=True)
    ]
    p_of = {method: np.concatenate(values) for method, values in said.items()}
    auc = {method: figures.auc(stayed_away, p) for method, p in p_of.items()}
    winner = max(METHODS, key=lambda method: (auc[method], method == "puntual"))
    shown: Method = "rhythm" if winner == "rhythm" else "puntual"
    compared = {method: p_of[method] for method in (shown, *RULES)}
    return Winner(winner, _recalibration(raw, judged, judged[-1].day)), Judged(
        usable=True,
        why="",
        origins=tuple(dt.date(1970, 1, 1) + dt.timedelta(days=origin.day) for origin in judged),
        client_windows=len(stayed_away),
        methods=_method_table(compared, stayed_away, judged),
        calibration=figures.calibration(stayed_away, p_of[winner]),
        precision_at=_precision_at(said[winner], judged, horizon_days),
        replay=_replay(said[winner][-1], judged[-1], ids, horizon_days),
    )


def _recalibration(said: list[Array], judged: list[Origin], until: int) -> Recalibration:
    """Learned from the origins up to the day `until`, whose outcomes are known."""
    known = [place for place, origin in enumerate(judged) if origin.day <= until]
    return Recalibration([said[place] for place in known], [judged[place].stayed_away for place in known])


def _judgeable(found: list[Origin], horizon_days: int) -> tuple[list[Origin], list[list[Origin]]]:
    """Origins that have something to learn from, and for each the origins whose horizon had closed by that day."""
    judged, past = [], []
    for origin in found:
        closed = [earlier for earlier in found if earlier.day + horizon_days <= origin.day]
        if any(earlier.stayed_away.any() for earlier in closed):
            judged.append(origin)
            past.append(closed)
    return judged, past


def _said(origin: Origin, past: list[Origin]) -> dict[Method, Array]:
    """What each method would have said that day."""
    outcomes = np.concatenate([earlier.stayed_away for earlier in past])
    p = origin.p_rhythm
    if outcomes.min() != outcomes.max():
        p = Classifier(past).p_no_visit(origin.features, origin.p_rhythm)
    said: dict[Method, Array] = {"puntual": p, "rhythm": origin.p_rhythm}
    for rule in RULES:
        said[rule] = rule_p_no_visit(rule, past, origin.silence, origin.own_gap)
    return said


def _unjudged(why: str) -> Judged:
    frames = (schema.METHODS, schema.CALIBRATION, schema.PRECISION_AT, schema.REPLAY)
    return Judged(False, why, (), 0, *(schema.empty_frame(columns) for columns in frames))


def _method_table(p_of: dict[Method, Array], y: Bools, judged: list[Origin]) -> pd.DataFrame:
    """`schema.METHODS`, and chance as the last row."""
    draws = figures.Draws.of(np.concatenate([origin.client for origin in judged]))
    day = np.concatenate([np.full(len(origin.client), origin.day) for origin in judged])
    last = judged[-1]
    rows: list[tuple[str, float, float, float, float, float, float]] = []
    for method, p in p_of.items():
        first = np.argsort(-p[-len(last.client) :], kind="stable")[:REPLAY_CALLS]
        rows.append(
            (
                method,
                figures.auc(y, p),
                *figures.auc_interval(y, p, draws),
                figures.brier(y, p),
                figures.precision_of_top(y, p, day),
                float(last.stayed_away[first].mean() * REPLAY_CALLS),
            )
        )
    base = float(y.mean())
    by_chance = float(last.stayed_away.mean() * REPLAY_CALLS)
    rows.append(("chance", 0.5, 0.5, 0.5, base * (1 - base), base, by_chance))
    return pd.DataFrame(rows, columns=list(schema.METHODS))


def _call_list(p: Array, origin: Origin, horizon_days: int) -> Ints:
    """The call list of that day, money first: positions in the origin."""
    flag = alarm.flagged(
        origin.visits, origin.silence, origin.late_after, origin.p_alive, p, horizon_days, float(np.mean(p))
    )
    stake = alarm.value_at_stake(origin.annual_value, p, origin.p_alive)
    named = np.flatnonzero(flag)
    return named[np.argsort(-stake[named], kind="stable")]


def _precision_at(said: list[Array], judged: list[Origin], horizon_days: int) -> pd.DataFrame:
    """Of the first n names of the lists of the past, how many did not return."""
    lists = [o.stayed_away[_call_list(p, o, horizon_days)] for p, o in zip(said, judged, strict=True)]
    longest = max(len(named) for named in lists)
    # A list shorter than the shortest length is told as what it is.
    lengths = [calls for calls in LIST_LENGTHS if calls <= max(longest, LIST_LENGTHS[0])] if longest else []
    outcomes = [np.concatenate([named[:calls] for named in lists]) for calls in lengths]
    hits = np.array([stayed.sum() for stayed in outcomes], dtype=np.float64)
    of = np.array([len(stayed) for stayed in outcomes], dtype=np.float64)
    low, high = figures.wilson(hits, of)
    return pd.DataFrame(
        {
            "calls": np.array(lengths, dtype=np.int64),
            "precision": hits / of,
            "precision_low": low,
            "precision_high": high,
        }
    )[list(schema.PRECISION_AT)]


def _replay(p: Array, origin: Origin, ids: Names, horizon_days: int) -> pd.DataFrame:
    """The list of the latest closed horizon and what became of it."""
    named = _call_list(p, origin, horizon_days)[:REPLAY_CALLS]
    return pd.DataFrame(
        {
            "client_id": ids[origin.client[named]],
            "rank": np.arange(1, len(named) + 1),
            "p_no_visit": p[named],
            "returned": ~origin.stayed_away[named],
        }
    )[list(schema.REPLAY)]
