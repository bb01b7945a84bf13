"""What the winning method says of today's active clients."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import alarm
from analysis.arrays import Array, Ints
from analysis.early_signals.back_test import Method, Winner
from analysis.early_signals.classifier import Classifier, rule_p_no_visit
from analysis.early_signals.features import features_of, own_gap
from analysis.early_signals.past import Origin


@dataclass(frozen=True)
class EarlySignals:
    """The method in use and what it says today of the active clients (`client` numbers, `p_no_visit`).

    `base_rate`: the share of active clients who stayed away for a horizon in the past, or are expected to.
    """

    method: Method
    client: Ints
    p_no_visit: Array
    base_rate: float


def today(
    signs: pd.DataFrame, p_rhythm: Array, horizon_days: int, past: list[Origin], winner: Winner
) -> EarlySignals:
    """`signs` and `p_rhythm` have one row per client; `past` is what `origins` found."""
    silence = signs["silence"].to_numpy(dtype=float)
    who = np.flatnonzero(alarm.active(signs["visits"].to_numpy(), silence, horizon_days))
    mine = signs.iloc[who]
    p = p_rhythm[who]
    base = _base_rate(past, p)
    method = winner.method
    if len(who) == 0 or method == "rhythm":
        return EarlySignals(method, who, p, base)
    if method == "puntual":
        p = winner.recalibration(Classifier(past).p_no_visit(features_of(mine, p), p))
    else:
        p = rule_p_no_visit(method, past, silence[who], own_gap(mine))
    return EarlySignals(method, who, p, base)


def _base_rate(past: list[Origin], p_rhythm: Array) -> float:
    if past:
        return float(np.concatenate([origin.stayed_away for origin in past]).mean())
    return float(p_rhythm.mean()) if len(p_rhythm) else float("nan")
