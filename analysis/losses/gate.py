"""How far a shortfall must exceed a client's natural ups and downs before it counts, learned from the shop.

What ups and downs alone would put past a gate has a closed form, so the gate is raised until at most half of what
passes could be theirs, and until they alone could not make more than 3% of the visits made. A shop where nobody is
late gets a high gate, one full of late clients a low one (Efron 2008, "Microarrays, empirical Bayes and the two-groups
model": a false discovery rate from the null's own tail, widened by what is seen of its other tail).
"""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln

from analysis.arrays import Array, Bools, Ints
from analysis.losses.lost_revenue import GATE, MIN_LOST_VISITS, ROUNDING, Shortfall
from analysis.pace.clean_rhythm import LATEST_GAPS, CleanRhythm, true_k

#: Past three times their ups and downs a client's loss always counts, whatever the shop is like.
HIGHEST_GATE, GATE_STEP = 3.0, 0.125
#: Of what passes the gate so much may be natural ups and downs; and of the visits expected they may make so much: 3% of
#: those made on simulated irregular shops, of which the closed form sees five sixths.
NATURAL_SHARE, NATURAL_OF_EXPECTED = 0.5, 0.025
NEARLY_NOTHING = 1e-9


def learned_gate(short: Shortfall, closed_gaps: Ints, pace: CleanRhythm, counted: Bools) -> float:
    """The gate of a shop, in standard deviations of each row's natural ups and downs: 0.75 to 3.

    `closed_gaps`: how many gaps each row's pace rests on; `counted`: whose losses count.
    """
    if not counted.any():
        return GATE
    net, natural, expected = short.net[counted], short.natural[counted], short.expected[counted]
    k = pace.k[counted] * true_k(pace.shop_k) / pace.shop_k
    known = np.minimum(closed_gaps[counted], LATEST_GAPS)
    most = NATURAL_OF_EXPECTED * float(expected.sum())
    for gate in np.arange(GATE, HIGHEST_GATE, GATE_STEP):
        least = np.maximum(MIN_LOST_VISITS, gate * natural)
        late = float(net[net >= least - ROUNDING].sum())
        early = -float(net[net <= ROUNDING - least].sum())
        too_late, too_early = natural_beyond(least, expected, k, known, short.drifted[counted])
        # More clients ahead of their pace than ups and downs explain: as many are behind it for the same reason.
        by_nature = too_late * max(1.0, early / max(too_early, NEARLY_NOTHING))
        if by_nature <= NATURAL_SHARE * late and too_late <= most:
            return float(gate)
    return HIGHEST_GATE


def natural_beyond(
    least: Array, expected: Array, k: Array, known: Ints, drifted: Array
) -> tuple[float, float]:
    """Visits that natural ups and downs put past `least` on the late side, and on the early side, in all rows together.

    n gaps of regularity k, held against a pace learned from `known` gaps which they are among, fall short by a gamma
    variable of shape a = n k less its mean, scaled to a variance of n (1 - n / known) / k, and what the drift adds. The
    part of such a variable beyond g is g^a e^-g / Gamma(a).
    """
    variance = expected / k * np.maximum(0.0, 1 - expected / (known + 1)) + drifted
    spread = np.sqrt(variance)
    some = spread > NEARLY_NOTHING
    shape = expected[some] * k[some]
    scale = spread[some] / np.sqrt(shape)
    away = least[some] / scale

    def part(g: Array) -> float:
        return float((scale * np.exp(shape * np.log(g) - g - gammaln(shape))).sum())

    return part(shape + away), part(np.maximum(shape - away, NEARLY_NOTHING))
