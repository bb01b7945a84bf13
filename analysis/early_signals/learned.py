"""What was known on each day of how the past had gone, and what every method would have said with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.arrays import Array
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
    """What the closed past had taught by each look, and by today; days with nothing to learn from are left out."""
    origins = past.origins
    found: list[Learned] = []
    said: list[tuple[Origin, Array]] = []
    for day in [*(look.day for look in past.looks), past.today]:
        closed = [origin for origin in origins if origin.day + past.horizon_days <= day]
        if not any(origin.stayed_away.any() for origin in closed):
            continue
        told = [(p, origin.stayed_away) for origin, p in said if origin.day + past.horizon_days <= day]
        outcomes = np.concatenate([origin.stayed_away for origin in closed])
        before = found[-1] if found else None
        known = Learned(
            day=day,
            classifier=None
            if outcomes.all()
            else Classifier.of(closed, before.classifier if before else None),
            recalibration=Recalibration.of([p for p, _ in told], [came for _, came in told]),
            curves={rule: Curve.of(rule, closed, before.curves[rule] if before else None) for rule in RULES},
            base_rate=float(outcomes.mean()),
        )
        found.append(known)
        said += [(origin, known.before_recalibration(origin)) for origin in origins if origin.day == day]
    return found


def learned_by(timeline: list[Learned], day: int) -> Learned | None:
    """The latest of what had been learned by a day."""
    known = [each for each in timeline if each.day <= day]
    return known[-1] if known else None
