"""What the method in use says of today's active clients."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.arrays import Array, Ints
from analysis.early_signals.back_test import Choice
from analysis.early_signals.features import FEATURES, Facts, facts
from analysis.early_signals.learned import Method, learned_by
from analysis.early_signals.past import Past


@dataclass(frozen=True)
class EarlySignals:
    """The method in use and what it says today of the active clients (`client` numbers, `p_no_visit`).

    `contributions`: what each of `FEATURES` adds to a client's log-odds of staying away, against the average active
    client; 0 where the signs have no say. `base_rate`: the share of active clients who stayed away for a horizon in the
    past, or are expected to.
    """

    method: Method
    client: Ints
    p_no_visit: Array
    contributions: pd.DataFrame
    base_rate: float


def today(signs: pd.DataFrame, p_rhythm: Array, past: Past, choice: Choice) -> EarlySignals:
    """`signs` and `p_rhythm` have one row per client."""
    known = facts_of(signs, p_rhythm, past)
    base = _base_rate(past, known.p_rhythm)
    learned = learned_by(choice.timeline, past.today)
    added = np.zeros_like(known.features)
    if choice.method == "puntual" and learned is not None and learned.classifier is not None:
        added = learned.classifier.contributions(known)
    return EarlySignals(
        choice.method,
        known.client,
        choice.p_no_visit(known, past.today),
        pd.DataFrame(added, columns=list(FEATURES), index=known.client),
        base,
    )


def facts_of(signs: pd.DataFrame, p_rhythm: Array, past: Past) -> Facts:
    """Of the active clients among those that `signs` and `p_rhythm` have a row of."""
    model = past.model_of(past.today)
    everybody = facts(
        signs, np.arange(len(signs)), p_rhythm, None if model is None else model.random, past.horizon_days
    )
    return everybody.of(everybody.active)


def _base_rate(past: Past, p_rhythm: Array) -> float:
    origins = past.origins
    if origins:
        return float(np.concatenate([origin.stayed_away for origin in origins]).mean())
    return float(p_rhythm.mean()) if len(p_rhythm) else float("nan")
