"""Which method is used: ours, unless a simple rule did better on the owner's own past."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.arrays import Array, Bools, Ints
from analysis.early_signals import figures
from analysis.early_signals.classifier import RULES, Rule
from analysis.early_signals.learned import METHODS, Method

LEAST_NOISE = 1e-9


@dataclass(frozen=True)
class OtherShops:
    """What other shops showed of two methods: by how much (AUC) one is usually ahead, and how much that differs."""

    ahead: float
    differs: float

    def believed(self, difference: Array) -> float:
        """How far ahead it is here: the posterior mean, given the difference found and its bootstrap draws.

        Both are taken as normal, so that the difference is believed as far as it is certain: in a small shop a few
        clients' luck does not outweigh what is usual, and the longer the past the more it decides alone.
        """
        noise = float(np.nanvar(difference[1:])) + LEAST_NOISE
        known = self.differs**2
        return float((difference[0] * known + self.ahead * noise) / (known + noise))


#: From real exports (a grocer, a gym's sales and bookings, a record shop, a retailer) and simulated ones.
SIGNS_OVER_RHYTHM = OtherShops(ahead=0.005, differs=0.005)
OURS_OVER_RULES = OtherShops(ahead=0.03, differs=0.04)


@dataclass(frozen=True)
class Verdict:
    """The method in use, what is shown as ours beside the rules, and each method's AUC: as it is, then each draw's."""

    method: Method
    ours: Method
    best_rule: Rule
    auc: Mapping[Method, Array]


def verdict(stayed_away: Bools, day: Ints, said: Mapping[Method, Array], draws: figures.Draws) -> Verdict:
    """Compares what the methods `said` of the same clients on the same days."""
    auc = {method: figures.auc(stayed_away, said[method], day, draws) for method in METHODS}
    ours: Method = "puntual" if SIGNS_OVER_RHYTHM.believed(auc["puntual"] - auc["rhythm"]) >= 0 else "rhythm"
    best_rule = max(RULES, key=lambda rule: auc[rule][0])
    wins = OURS_OVER_RULES.believed(auc[ours] - auc[best_rule]) >= 0
    return Verdict(ours if wins else best_rule, ours, best_rule, auc)
