"""What is learned from the past: how signs correct the rhythm, and the simple rules it must beat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from scipy import special
from sklearn.linear_model import LogisticRegression

from analysis.arrays import Array, Bools
from analysis.early_signals.features import PROBABILITY_RANGE
from analysis.early_signals.past import Origin

Rule = Literal["own_gap", "recency"]
RULES: tuple[Rule, ...] = ("own_gap", "recency")

CATALYTIC_WEIGHT = 40.0  # pseudo-observations the rhythm model is worth against the shop's own outcomes
CALIBRATION_WEIGHT = 100.0  # and what a probability said is worth against what came
RIDGE_C = 1.0
MOST_STEPS = 200
RULE_C = 100.0  # a rule has one coefficient: hardly any need to hold it back
SMALLEST_OWN_GAP = 0.05


class Classifier:
    """Ridge logistic regression that starts from the rhythm model, averaged with it."""

    def __init__(self, learned_from: Sequence[Origin]) -> None:
        x = np.concatenate([origin.features for origin in learned_from])
        y = np.concatenate([origin.stayed_away for origin in learned_from])
        p = np.clip(np.concatenate([origin.p_rhythm for origin in learned_from]), *PROBABILITY_RANGE)
        pseudo = np.full(len(x), CATALYTIC_WEIGHT / len(x))
        self._model = LogisticRegression(C=RIDGE_C, max_iter=MOST_STEPS)
        self._model.fit(
            np.concatenate([x, x, x]),
            np.concatenate([y, np.ones(len(x)), np.zeros(len(x))]).astype(int),
            sample_weight=np.concatenate([np.ones(len(x)), pseudo * p, pseudo * (1 - p)]),
        )

    def p_no_visit(self, features: Array, p_rhythm: Array) -> Array:
        return np.asarray((self._model.predict_proba(features)[:, 1] + p_rhythm) / 2)


class Recalibration:
    """What was said and what came, on the log-odds scale (Platt 1999): the closed past corrects a level that drifts.

    It starts from "said is true" through the same kind of prior, so that a few outcomes change little; with none it
    changes nothing.
    """

    def __init__(self, said: Sequence[Array], stayed_away: Sequence[Bools]) -> None:
        self._curve: LogisticRegression | None = None
        if not said:
            return
        p = np.clip(np.concatenate(said), *PROBABILITY_RANGE)
        y = np.concatenate(stayed_away)
        x = special.logit(p)[:, None]
        pseudo = np.full(len(p), CALIBRATION_WEIGHT / len(p))
        self._curve = LogisticRegression(C=RULE_C).fit(
            np.concatenate([x, x, x]),
            np.concatenate([y, np.ones(len(p)), np.zeros(len(p))]).astype(int),
            sample_weight=np.concatenate([np.ones(len(p)), pseudo * p, pseudo * (1 - p)]),
        )

    def __call__(self, p: Array) -> Array:
        if self._curve is None or not len(p):
            return p
        x = special.logit(np.clip(p, *PROBABILITY_RANGE))[:, None]
        return np.asarray(self._curve.predict_proba(x)[:, 1])


def rule_p_no_visit(rule: Rule, learned_from: Sequence[Origin], silence: Array, own_gap: Array) -> Array:
    """The probability a simple rule gives: its score through a logistic curve learned on the same past."""
    x = np.concatenate([_score(rule, origin.silence, origin.own_gap) for origin in learned_from])
    y = np.concatenate([origin.stayed_away for origin in learned_from])
    if y.min() == y.max():
        return np.full(len(silence), float(y.mean()))
    curve = LogisticRegression(C=RULE_C).fit(x[:, None], y.astype(int))
    return np.asarray(curve.predict_proba(_score(rule, silence, own_gap)[:, None])[:, 1])


def _score(rule: Rule, silence: Array, own_gap: Array) -> Array:
    if rule == "own_gap":
        return np.asarray(np.log(np.maximum(own_gap, SMALLEST_OWN_GAP)))
    return np.asarray(np.log1p(silence))
