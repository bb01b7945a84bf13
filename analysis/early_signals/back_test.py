"""How each method did on the owner's past, and which one is used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import alarm, intervals, schema
from analysis.arrays import Array, Bools, Ints, Names
from analysis.early_signals import figures
from analysis.early_signals.features import Facts
from analysis.early_signals.learned import METHODS, Learned, Method, learn, learned_by
from analysis.early_signals.past import Origin, Past
from analysis.early_signals.verdict import Verdict, verdict
from analysis.early_signals.warning import warning

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
    warning: pd.DataFrame


@dataclass(frozen=True)
class Choice:
    """The method in use, and what was known by each past day and today ([] where nothing could be learned)."""

    method: Method
    timeline: list[Learned]

    def p_no_visit(self, known: Facts, day: int) -> Array:
        """What the method says with what had been learned by that day: the rhythm alone, if nothing had."""
        learned = learned_by(self.timeline, day)
        return known.p_rhythm if learned is None else learned.p_no_visit(self.method, known)

    def base_rate(self, day: int, otherwise: float) -> float:
        """The share of active clients who stayed away, as known by that day."""
        learned = learned_by(self.timeline, day)
        return otherwise if learned is None else learned.base_rate


def judge(past: Past, ids: Names) -> tuple[Choice, Judged]:
    """The method that won on the owner's past ("rhythm" where it cannot be judged) and the figures."""
    timeline = learn(past)
    learned = {origin.day: learned_by(timeline, origin.day) for origin in past.origins}
    by_day = {day: known for day, known in learned.items() if known is not None}
    judged = [origin for origin in past.origins if origin.day in by_day]
    if not judged:
        return Choice("rhythm", timeline), _unjudged(past.why or "too_short")
    windows = _Windows.of(judged, by_day)
    rarer = min(windows.stayed_away.sum(), (~windows.stayed_away).sum())
    if rarer < MIN_OUTCOMES:
        return Choice("rhythm", timeline), _unjudged("too_few_clients" if rarer else "one_outcome")

    found = verdict(windows.stayed_away, windows.day, windows.said, windows.draws)
    method = found.method
    lists = [_call_list(method, by_day[each.day], each, past.horizon_days) for each in _whole(past, judged)]
    choice = Choice(method, timeline)
    return choice, Judged(
        usable=True,
        why="",
        origins=tuple(dt.date(1970, 1, 1) + dt.timedelta(days=origin.day) for origin in judged),
        client_windows=len(windows.day),
        methods=_method_table(windows, found, judged[-1].day),
        calibration=figures.calibration(windows.stayed_away, windows.said[method]),
        precision_at=_precision_at([named.stayed_away for named in lists]),
        replay=_replay(lists[-1], choice.p_no_visit(lists[-1], lists[-1].day), ids),
        warning=warning(past, timeline, method),
    )


@dataclass(frozen=True)
class _Windows:
    """All judged clients of all judged days, one below the other."""

    day: Ints
    stayed_away: Bools
    said: Mapping[Method, Array]
    draws: figures.Draws

    @classmethod
    def of(cls, judged: list[Origin], by_day: Mapping[int, Learned]) -> _Windows:
        def joined(name: str) -> Array:
            return np.concatenate([getattr(origin, name) for origin in judged])

        return cls(
            day=np.repeat([origin.day for origin in judged], [len(origin.client) for origin in judged]),
            stayed_away=joined("stayed_away").astype(bool),
            said={
                method: np.concatenate([by_day[each.day].p_no_visit(method, each) for each in judged])
                for method in METHODS
            },
            draws=figures.Draws.of(
                joined("client").astype(np.int64),
                joined("visits").astype(np.int64),
                joined("silence").astype(np.int64),
            ),
        )


def _unjudged(why: str) -> Judged:
    frames = (schema.METHODS, schema.CALIBRATION, schema.PRECISION_AT, schema.REPLAY, schema.WARNING)
    return Judged(False, why, (), 0, *(schema.empty_frame(columns) for columns in frames))


def _method_table(windows: _Windows, found: Verdict, latest: int) -> pd.DataFrame:
    """`schema.METHODS`: ours (the one of both that did better), the rules, and chance as the last row."""
    y, last = windows.stayed_away, windows.day == latest
    calls = min(REPLAY_CALLS, int(last.sum()))
    best = found.auc[found.best_rule]
    rows: list[tuple[object, ...]] = []
    for method in (found.ours, *(method for method in METHODS if method not in ("puntual", "rhythm"))):
        p, auc = windows.said[method], found.auc[method]
        rows.append(
            (
                "rhythm" if method == found.method == "rhythm" else method,
                float(auc[0]),
                *intervals.of_draws(auc[1:]),
                figures.brier(y, p),
                figures.precision_of_top(y, p, windows.day),
                figures.hits_of_first(y[last], p[last], calls) / calls * REPLAY_CALLS,
                float(auc[0] - best[0]),
                *(intervals.of_draws(auc[1:] - best[1:]) if method != found.best_rule else (0.0, 0.0)),
            )
        )
    base = float(y.mean())
    by_chance = float(y[last].mean() * REPLAY_CALLS)
    ahead = (0.5 - float(best[0]), *intervals.of_draws(0.5 - best[1:]))
    rows.append(("chance", 0.5, 0.5, 0.5, base * (1 - base), base, by_chance, *ahead))
    return pd.DataFrame(rows, columns=list(schema.METHODS))


def _whole(past: Past, judged: list[Origin]) -> list[Origin]:
    """The judged days with all active clients, oldest first: a list of a sample is no list."""
    if past.whole is None or past.whole.day != judged[-1].day:
        return judged
    sampled = len(past.whole.client) > len(judged[-1].client)
    return [past.whole] if sampled else judged


def _call_list(method: Method, known: Learned, origin: Origin, horizon_days: int) -> Origin:
    """The clients of that day's call list, money first."""
    p = known.p_no_visit(method, origin)
    flag = alarm.flagged(
        origin.visits, origin.silence, origin.late_after, origin.p_alive, p, horizon_days, known.base_rate
    )
    stake = alarm.value_at_stake(origin.annual_value, p, origin.p_alive)
    named = np.flatnonzero(flag)
    return origin.of(named[np.argsort(-stake[named], kind="stable")])


def _precision_at(lists: list[Bools]) -> pd.DataFrame:
    """Of the first n names of the lists of the past, how many did not return."""
    longest = max(len(named) for named in lists)
    # A list shorter than the shortest length is told as what it is.
    lengths = [calls for calls in LIST_LENGTHS if calls <= max(longest, LIST_LENGTHS[0])] if longest else []
    outcomes = [np.concatenate([named[:calls] for named in lists]) for calls in lengths]
    hits = np.array([stayed.sum() for stayed in outcomes], dtype=np.float64)
    of = np.array([len(stayed) for stayed in outcomes], dtype=np.float64)
    low, high = intervals.of_share(hits, of)
    return pd.DataFrame(
        {
            "calls": np.array(lengths, dtype=np.int64),
            "precision": hits / of,
            "precision_low": low,
            "precision_high": high,
        }
    )[list(schema.PRECISION_AT)]


def _replay(named: Origin, p_no_visit: Array, ids: Names) -> pd.DataFrame:
    """The list of the latest closed horizon and what became of it."""
    first = named.of(np.arange(min(len(named.client), REPLAY_CALLS)))
    return pd.DataFrame(
        {
            "client_id": ids[first.client],
            "rank": np.arange(1, len(first.client) + 1),
            "p_no_visit": p_no_visit[: len(first.client)],
            "returned": ~first.stayed_away,
        }
    )[list(schema.REPLAY)]
