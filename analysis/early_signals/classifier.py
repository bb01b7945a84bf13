"""What is learned from the past: how signs correct the rhythm, how its level is corrected, and a rule's own curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import special

from analysis.arrays import Array, Bools
from analysis.early_signals.features import PROBABILITY_RANGE, Facts
from analysis.early_signals.logistic import logistic
from analysis.early_signals.past import Origin

Rule = Literal["own_gap", "recency", "bg_nbd"]
RULES: tuple[Rule, ...] = ("own_gap", "recency", "bg_nbd")

CATALYTIC_WEIGHT = 200.0  # pseudo-observations the rhythm model is worth against the shop's own outcomes
#: And what a probability said is worth against what came: more, because looks overlap (an outcome is seen three times)
#: and the level of one season is not that of the next.
CALIBRATION_WEIGHT = 1000.0
RIDGE = 1.0
RULE_RIDGE = 0.01  # a single coefficient: hardly any need to hold it back
SMALLEST_OWN_GAP = 0.05


@dataclass(frozen=True)
class Classifier:
    """Ridge logistic regression that starts from the rhythm model, averaged with it."""

    coefficients: Array  # the constant, then one for each of `FEATURES`
    centre: Array  # the average client learned from

    @classmethod
    def of(cls, learned_from: Sequence[Origin]) -> Classifier:
        x = np.concatenate([origin.features for origin in learned_from])
        y = np.concatenate([origin.stayed_away for origin in learned_from]).astype(np.float64)
        p = np.concatenate([origin.p_rhythm for origin in learned_from])
        return cls(_catalytic(x, y, p, CATALYTIC_WEIGHT, RIDGE), x.mean(axis=0))

    def p_no_visit(self, known: Facts) -> Array:
        learned = special.expit(self.coefficients[0] + known.features @ self.coefficients[1:])
        return np.asarray((learned + known.p_rhythm) / 2)

    def contributions(self, known: Facts) -> Array:
        """What each feature adds to a client's log-odds, against the average client: (n, FEATURES)."""
        return np.asarray((known.features - self.centre) * self.coefficients[1:])


@dataclass(frozen=True)
class Recalibration:
    """What was said and what came, on the log-odds scale (Platt 1999): the closed past corrects a level that drifts.

    It starts from "said is true" through the same kind of prior, so that a few outcomes change little; with none it
    changes nothing.
    """

    constant: float = 0.0
    slope: float = 1.0

    @classmethod
    def of(cls, said: Sequence[Array], stayed_away: Sequence[Bools]) -> Recalibration:
        if not said:
            return cls()
        p, y = np.concatenate(said), np.concatenate(stayed_away).astype(np.float64)
        x = special.logit(np.clip(p, *PROBABILITY_RANGE))[:, None]
        constant, slope = _catalytic(x, y, p, CALIBRATION_WEIGHT, RULE_RIDGE)
        # An order turned upside down is noise, not knowledge.
        return cls(float(constant), float(slope)) if slope > 0 else cls()

    def __call__(self, p: Array) -> Array:
        if (self.constant, self.slope) == (0.0, 1.0):
            return p
        x = special.logit(np.clip(p, *PROBABILITY_RANGE))
        return np.asarray(special.expit(self.constant + self.slope * x))


@dataclass(frozen=True)
class Curve:
    """The probability a simple rule gives: its score through a logistic curve learned on the same past."""

    rule: Rule
    constant: float
    slope: float

    @classmethod
    def of(cls, rule: Rule, learned_from: Sequence[Origin]) -> Curve:
        x = np.concatenate([score(rule, origin) for origin in learned_from])[:, None]
        y = np.concatenate([origin.stayed_away for origin in learned_from]).astype(np.float64)
        if y.min() < y.max():
            constant, slope = logistic(x, y, np.ones(len(y)), RULE_RIDGE)
            if slope > 0:  # a rule is what it says: who is silent for longer is never likelier to come
                return cls(rule, float(constant), float(slope))
        return cls(rule, float(special.logit(y.mean())), 0.0)

    def p_no_visit(self, known: Facts) -> Array:
        return np.asarray(special.expit(self.constant + self.slope * score(self.rule, known)))


def score(rule: Rule, known: Facts) -> Array:
    """What the rule goes by, the higher the likelier to stay away."""
    if rule == "own_gap":
        return np.asarray(np.log(np.maximum(known.own_gap, SMALLEST_OWN_GAP)))
    if rule == "recency":
        return np.asarray(np.log1p(known.silence))
    return np.asarray(special.logit(np.clip(known.p_random, *PROBABILITY_RANGE)))


def _catalytic(x: Array, y: Array, p: Array, worth: float, ridge: float) -> Array:
    """Logistic regression with a catalytic prior: `worth` pseudo-observations whose outcomes are the shares `p`.

    Each row's pseudo-observation is added to its own outcome; a fit by weighted shares is the same as by more rows.
    """
    pseudo = worth / len(x)
    shares = (y + pseudo * np.clip(p, *PROBABILITY_RANGE)) / (1 + pseudo)
    return logistic(x, shares, np.full(len(x), 1 + pseudo), ridge)
