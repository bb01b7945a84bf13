"""The client's usual pace, leaving out gaps clearly too long for them.

Lost visits are counted against this pace. The mean of all gaps would hide a client's own absences in their rhythm, the
median would call half of an irregular client's gaps late. So each gap is usual, one that skipped a visit or two, or part of a
slow stretch, and a forward-backward pass (Rabiner 1989) says how probably each; the pace is the mean of the usual ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: A gap's state as a multiple of the usual one: usual; one or two visits skipped; two kinds of slow stretch.
MULTIPLES = np.array([1.0, 2.0, 3.0, 1.5, 2.25])
SLOW = np.array([False, False, False, True, True])
STAYS_SLOW = 0.8
START_WEIGHTS = np.array([0.82, 0.07, 0.03, 0.05, 0.03])
#: A stretch of the prior so that a shop where nobody ever skips does not call the first skip usual.
PSEUDO_GAPS = 50.0

USUAL_ABOVE = 0.7  # a gap this surely usual counts for the pace
BORROWED_UNTIL_GAPS = 6.0  # fewer gaps borrow from the service or shop: max(0, 1 - n/6) of a gap
LATEST_GAPS = 120  # what came before says little of today's pace, and bounds memory
ROUNDS = 6
START_K = 8.0
K_RANGE = (0.5, 60.0)  # regularity: whole days cannot show more than about 60
#: With less regularity than this a skipped visit cannot be told from a long gap; asking anyway lets one short gap become the
#: pace and call all the others skips.
SEPARABLE_K = 2.5
SHORTEST_RATIO = 0.25  # a visit this soon after the last is an extra one and says nothing of regularity
LEAST_OF_MEDIAN = (
    0.7  # skips only lengthen gaps, and most gaps are no skips: the pace is not far under the median
)
K_PSEUDO_GAPS = 6.0  # a client's regularity is the shop's until they have about this many gaps


@dataclass(frozen=True)
class CleanRhythm:
    """Per row: the usual gap `mu` in days, its regularity `k`, and `borrowed` (share of mu that is not the row's own).

    `shop_k` is the regularity of the whole shop; below 1.5 timing is as good as random and no loss can be named.
    """

    mu: Array
    k: Array
    borrowed: Array
    shop_k: float


def clean_rhythm(row: Ints, gap_days: Array, rows: int, borrow: Array) -> CleanRhythm:
    """The clean rhythm of `rows` rows from their gaps (`row` sorted, gaps in order of time).

    `borrow` is the usual gap to lean on where a row has few gaps of its own, one a row.
    """
    total = np.bincount(row, minlength=rows)
    if len(row) == 0:
        return CleanRhythm(borrow.astype(float), np.full(rows, START_K), np.ones(rows), START_K)
    position = np.arange(len(row)) - np.repeat(np.cumsum(total) - total, total)
    kept = position >= np.repeat(total, total) - LATEST_GAPS
    position = np.where(kept, position - np.maximum(np.repeat(total, total) - LATEST_GAPS, 0), 0)
    row, gap_days, position = row[kept], gap_days[kept], position[kept]
    count = np.bincount(row, minlength=rows)
    # Rows with the most gaps first: at each position the rows still going on are a prefix.
    order = np.argsort(-count, kind="stable")
    rank = np.empty(rows, dtype=np.int64)
    rank[order] = np.arange(rows)
    length = int(count.max())
    gaps = np.ones((length, rows))
    gaps[position, rank[row]] = np.maximum(gap_days, 0.5)
    active = [int((count > step).sum()) for step in range(length)]

    weight = np.maximum(0.0, 1 - count / BORROWED_UNTIL_GAPS)
    mu = start = _start(row, gap_days, count, borrow, weight)
    k = np.full(rows, START_K)
    states = START_WEIGHTS
    shop_k = START_K
    for _ in range(ROUNDS):
        sharp = np.maximum(k, SEPARABLE_K)
        posterior = _forward_backward(gaps, active, mu[order], sharp[order], states)[position, rank[row]]
        usual = posterior[:, 0]
        entered = posterior.sum(axis=0) * np.where(SLOW, 1 - STAYS_SLOW, 1.0)
        states = entered + PSEUDO_GAPS * START_WEIGHTS
        states = states / states.sum()
        surely = usual > USUAL_ABOVE
        own = np.bincount(row, weights=gap_days * surely, minlength=rows)
        surely_count = np.bincount(row, weights=surely, minlength=rows)
        # A row with no usual gap at all keeps the pace it started with.
        denominator = surely_count + weight
        pace = (own + weight * borrow) / np.where(denominator > 0, denominator, 1)
        mu = np.maximum(np.where(denominator > 0, pace, mu), LEAST_OF_MEDIAN * start)
        k, shop_k = _regularity(row, gap_days, usual, mu, rows)
    return CleanRhythm(mu, k, weight / np.maximum(weight + surely_count, 1e-9), shop_k)


def _start(row: Ints, gap_days: Array, count: Ints, borrow: Array, weight: Array) -> Array:
    """Each row's lower median gap, leaning on `borrow`: skips only ever lengthen gaps, so the low side is the clean one."""
    order = np.lexsort((gap_days, row))
    middle = np.cumsum(count) - count + np.maximum(count - 1, 0) // 2
    median = np.where(count > 0, gap_days[order][np.minimum(middle, len(row) - 1)], borrow)
    return np.asarray(np.maximum((median * count + borrow * weight) / np.maximum(count + weight, 1e-9), 0.5))


def _forward_backward(gaps: Array, active: list[int], mu: Array, k: Array, states: Array) -> Array:
    """P(state | all gaps of the row) at each position: (positions, rows, states)."""
    shape = k[:, None] * MULTIPLES
    scale = mu / k
    constant = -special.gammaln(shape) - shape * np.log(scale)[:, None]
    likelihood = np.empty((*gaps.shape, len(MULTIPLES)))
    for step, n in enumerate(active):
        log = (
            constant[:n]
            + (shape[:n] - 1) * np.log(gaps[step, :n, None])
            - (gaps[step, :n] / scale[:n])[:, None]
        )
        likelihood[step, :n] = np.exp(log - log.max(axis=1, keepdims=True))
    transition = np.where(SLOW[:, None], (1 - STAYS_SLOW) * states, states)
    transition[SLOW, SLOW] += STAYS_SLOW
    forward = np.empty_like(likelihood)
    for step, n in enumerate(active):
        before = states if step == 0 else forward[step - 1, :n] @ transition
        now = likelihood[step, :n] * before
        forward[step, :n] = now / np.maximum(now.sum(axis=1, keepdims=True), 1e-300)
    posterior = forward
    behind = np.ones((gaps.shape[1], len(MULTIPLES)))
    for step in range(len(active) - 2, -1, -1):
        n = active[step + 1]
        back = (likelihood[step + 1, :n] * behind[:n]) @ transition.T
        behind[:n] = back / np.maximum(back.sum(axis=1, keepdims=True), 1e-300)
        both = forward[step, :n] * behind[:n]
        posterior[step, :n] = both / np.maximum(both.sum(axis=1, keepdims=True), 1e-300)
    return posterior


def _regularity(row: Ints, gap_days: Array, usual: Array, mu: Array, rows: int) -> tuple[Array, float]:
    """Gamma regularity of the usual gaps by maximum likelihood (Minka 2002), rows shrunk to the shop."""
    ratio = np.maximum(gap_days / mu[row], SHORTEST_RATIO)
    spread = usual * (ratio - 1 - np.log(ratio))
    in_shop = float(spread.sum() / max(usual.sum(), 1e-9))
    per_row = np.bincount(row, weights=spread, minlength=rows) + K_PSEUDO_GAPS * in_shop
    s = per_row / (np.bincount(row, weights=usual, minlength=rows) + K_PSEUDO_GAPS)
    return _gamma_k(s), float(_gamma_k(np.array([in_shop]))[0])


def _gamma_k(s: Array) -> Array:
    s = np.maximum(s, 1e-4)
    return np.clip((3 - s + np.sqrt((s - 3) ** 2 + 24 * s)) / (12 * s), *K_RANGE)
