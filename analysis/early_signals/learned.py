"""What was known on each day of how the past had gone, and what every method would have said with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.arrays import Array, Bools
from analysis.early_signals.classifier import RULES, Classifier, Curve, Recalibration, Rule
from analysis.early_signals.features import Facts
from analysis.early_signals.past import Origin, Past

Method = Literal["puntual", "rhythm", "own_gap", "recency", "bg_nbd"]
METHODS: tuple[Method, ...] = ("puntual", "rhythm", *RULES)


@dataclass(frozen=True)
class Learned:
    """Learned from the origins whose horizon had closed by `day`."""

    day: int
    classifier: Classifier | None  # None where all those origins had one outcome
    recalibration: Recalibration
    curves: Mapping[Rule, Curve]
    base_rate: float  # share of the active clients who stayed away

    def p_no_visit(self, method: Method, known: Facts) -> Array:
        """Probability of no visit within the horizon: the method's for active clients, the rhythm's for the others."""
        if method == "rhythm":
            return known.p_rhythm
        if method == "puntual":
            p = self.recalibration(self.before_recalibration(known))
        else:
            p = self.curves[method].p_no_visit(known)
        return np.where(known.active, p, known.p_rhythm)

    def before_recalibration(self, known: Facts) -> Array:
        return known.p_rhythm if self.classifier is None else self.classifier.p_no_visit(known)


def learn(past: Past) -> list[Learned]:
    """What the closed past had taught, once a horizon and by today; nothing before there is something to learn from."""
    origins = past.origins
    found: list[Learned] = []
    said: list[tuple[Origin, Array]] = []
    for day in [*(look.day for look in past.looks), past.today]:
        closed = [origin for origin in origins if origin.day + past.horizon_days <= day]
        is_lesson = not found or day == past.today or day - found[-1].day >= past.horizon_days
        if is_lesson and any(origin.stayed_away.any() for origin in closed):
            told = [(p, origin.stayed_away) for origin, p in said if origin.day + past.horizon_days <= day]
            found.append(_learned(day, closed, told))
        if found:
            said += [
                (origin, found[-1].before_recalibration(origin)) for origin in origins if origin.day == day
            ]
    return found


def _learned(day: int, closed: list[Origin], told: list[tuple[Array, Bools]]) -> Learned:
    """From the closed origins, and from what had been said of some of them and who stayed away."""
    outcomes = np.concatenate([origin.stayed_away for origin in closed])
    return Learned(
        day=day,
        classifier=None if outcomes.all() else Classifier.of(closed),
        recalibration=Recalibration.of([p for p, _ in told], [stayed_away for _, stayed_away in told]),
        curves={rule: Curve.of(rule, closed) for rule in RULES},
        base_rate=float(outcomes.mean()),
    )


def learned_by(timeline: list[Learned], day: int) -> Learned | None:
    """The latest of what had been learned by a day."""
    known = [each for each in timeline if each.day <= day]
    return known[-1] if known else None
