"""The client's usual pace, leaving out gaps clearly too long for them.

Lost visits are counted against this pace. The mean of all gaps would hide a client's own absences in their rhythm, the
median would call half of an irregular client's gaps late. So each gap is usual, one that skipped a visit or two, or
part of a slow stretch (`gap_states`), and the pace is days over visits' worth of gaps (a gap that skipped one counts
two), or the mean of the usual gaps the more cleanly these part. It may drift over the years (`drift`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.arrays import Array, Bools, Ints, sum_by
from analysis.pace.drift import Drift, Slopes
from analysis.pace.gap_states import (
    MULTIPLES,
    SLOW,
    STAYS_SLOW,
    RowGaps,
    gamma_k,
    row_k,
    spread,
    state_shares,
)

#: Rare until the shop shows otherwise: with common absences to choose from, honest ups and downs are taken for them (on
#: simulated shops without any, .82 usual lost 7% of visits that were never missing, .94 lost 4%).
START_WEIGHTS = np.array([0.94, 0.03, 0.01, 0.01, 0.01])
#: How many gaps the start weights are worth against the shop's own: a small shop is not read off three odd gaps.
PSEUDO_GAPS = 50.0
#: The weights move slowly, so they are learned in many rounds from a sample of the rows; each row then takes a few,
#: some before its drift is known and some after. (Six rounds for all left clients who often skip 4% too slow.)
LEARNING_ROWS, LEARNING_GAPS, LEARNING_ROUNDS = 300, 60, 12
FIRST_ROUNDS, LAST_ROUNDS = 3, 2

SKIPPED_FROM = 1.4  # mean gaps, at first sight: longer ones are no part of a drift
USUAL_ABOVE = 0.7  # a gap this surely usual counts for the pace
#: Expected number of a client's gaps taken for what they are not, from which on their states do not part cleanly.
UNCLEAR_FROM_GAPS = 0.75
BORROWED_UNTIL_GAPS = 6.0  # fewer gaps borrow from the service or shop: max(0, 1 - n/6) of a gap
CHUNK_ROWS = 2_048  # rows worked out together: few enough for the processor's own memory
LATEST_GAPS = 120  # what came before says little of today's pace, and bounds memory
NO_GAPS_K = 4.0  # regularity of a shop without a single gap
#: How far what a shop shows stands above its true regularity, and by how much further where that is low.
K_ABOVE, K_FAR_ABOVE, LEAST_K = 0.25, 6.0, 0.5
NEARLY_NOTHING = 1e-9  # under divisions


@dataclass(frozen=True)
class ShopRhythm:
    """What the rows of a shop share: how common each state of a gap is, how regular gaps are, how much paces drift.

    `spread`: mean `gap_states.spread` of a gap; `drift`: variance of the paces' relative growth a day.
    """

    states: Array
    spread: float
    drift: float

    @property
    def k(self) -> float:
        """Regularity of the gaps; it stands above the truth of irregular shops (`true_k`).

        Their shortest gaps are left out, and some of the long ones pass for absences.
        """
        return float(gamma_k(np.array([self.spread]))[0])


@dataclass(frozen=True)
class CleanRhythm:
    """Per row: the usual gap `mu` in days, its regularity `k`, and `borrowed` (share of mu that is not the row's own).

    `shop_k` is the regularity of the whole shop, `shop` all that its rows share (None where there is no gap). `drift`
    tells how each row's pace changes with time; None where everybody is held to a fixed one.
    """

    mu: Array
    k: Array
    borrowed: Array
    shop_k: float
    shop: ShopRhythm | None = None
    drift: Drift | None = None

    def mu_at(self, age: Array) -> Array:
        """The usual gap of each row so many days before its last visit."""
        return self.mu if self.drift is None else self.mu * self.drift.times(age)

    def drift_variance_at(self, age: Array) -> Array:
        """How unsure `mu_at` is for not knowing the drift better, as a share of its square."""
        return np.zeros(len(self.mu)) if self.drift is None else self.drift.variance_at(age)

    @classmethod
    def joined(cls, parts: Sequence[CleanRhythm]) -> CleanRhythm:
        """The rows of several parts of one shop, one after another."""
        mu, k, borrowed = (
            np.concatenate([getattr(part, name) for part in parts]) for name in ("mu", "k", "borrowed")
        )
        drift = Drift.joined([part.drift for part in parts if part.drift is not None])
        return cls(mu, k, borrowed, parts[0].shop_k, parts[0].shop, drift)

    def take(self, rows: slice | Ints) -> CleanRhythm:
        """The same of some of the rows."""
        drift = None if self.drift is None else self.drift.take(rows)
        return CleanRhythm(self.mu[rows], self.k[rows], self.borrowed[rows], self.shop_k, self.shop, drift)


def true_k(shop_k: float) -> float:
    """The regularity of simulated shops of which `clean_rhythm` says `shop_k`: 2.5 of 2.95, 4 of 4.3, 8 of 8.3."""
    return max(LEAST_K, shop_k - K_ABOVE - K_FAR_ABOVE / shop_k**3)


def clean_rhythm(
    row: Ints, gap_days: Array, rows: int, borrow: Array, shop: ShopRhythm | None = None
) -> CleanRhythm:
    """The clean rhythm of `rows` rows from their gaps (`row` sorted, gaps in order of time).

    `borrow` is the usual gap to lean on where a row has few gaps of its own, one a row. What the rows share is learned
    from a sample of them, or given as `shop`; beyond that each row depends on its own gaps alone.
    """
    if len(row) == 0:
        return CleanRhythm(borrow.astype(float), np.full(rows, NO_GAPS_K), np.ones(rows), NO_GAPS_K)
    shop = shop or learned_shop(row, gap_days, rows, borrow)
    if rows <= CHUNK_ROWS:
        return _of_rows(row, gap_days, rows, borrow, shop)
    count = np.bincount(row, minlength=rows)
    ends = np.cumsum(count)
    # Rows of as many gaps together: the rows of a part go through their gaps in step.
    order = np.argsort(count, kind="stable")
    parts = []
    for first in range(0, rows, CHUNK_ROWS):
        chosen = order[first : first + CHUNK_ROWS]
        of = np.repeat(np.arange(len(chosen)), count[chosen])
        place = np.arange(len(of)) + (ends[chosen] - np.cumsum(count[chosen]))[of]
        parts.append(_of_rows(of, gap_days[place], len(chosen), borrow[chosen], shop))
    return CleanRhythm.joined(parts).take(np.argsort(order))


def _of_rows(row: Ints, gap_days: Array, rows: int, borrow: Array, shop: ShopRhythm) -> CleanRhythm:
    """The clean rhythm of rows of a shop whose rows share what `shop` says."""
    if len(row) == 0:
        none = np.zeros(rows)
        drift = Drift(none, np.full(rows, shop.drift), none, none)
        return CleanRhythm(borrow.astype(float), np.full(rows, shop.k), np.ones(rows), shop.k, shop, drift)
    fit = _Fit.of(RowGaps.of(row, gap_days, rows, LATEST_GAPS), borrow, shop)
    for _ in range(FIRST_ROUNDS):
        fit = fit.next(shop)
    drift = fit.slopes().shrunk(shop.drift)
    fit = fit.against(drift)
    for _ in range(LAST_ROUNDS):
        fit = fit.next(shop)
    drift = fit.slopes().shrunk(shop.drift)
    fit = fit.against(drift)
    borrowed = fit.borrowed / np.maximum(fit.borrowed + fit.gaps.count, NEARLY_NOTHING)
    return CleanRhythm(_pace(fit), fit.k, borrowed, shop.k, shop, drift)


def learned_shop(row: Ints, gap_days: Array, rows: int, borrow: Array) -> ShopRhythm:
    """What the rows share, from a sample of them."""
    row, gap_days, chosen = _sample(row, gap_days, rows)
    gaps = RowGaps.of(row, gap_days, len(chosen), LEARNING_GAPS)
    fit = _Fit.of(gaps, borrow[chosen], None)
    shop = ShopRhythm(START_WEIGHTS, fit.shop_spread, 0.0)
    # Taken for usual or not before the drift is known, the gaps of who drifts far would pass for a slow stretch.
    slopes = fit.slopes(fit.ordinary)
    fit = fit.against(slopes.shrunk(slopes.variance_of_shop()))
    for _ in range(LEARNING_ROUNDS):
        shop = _with_states(fit := fit.next(shop))
    slopes = fit.slopes()
    fit = fit.against(slopes.shrunk(slopes.variance_of_shop()))
    for _ in range(LAST_ROUNDS):
        shop = _with_states(fit := fit.next(shop))
    return ShopRhythm(shop.states, shop.spread, fit.slopes().variance_of_shop())


def _with_states(fit: _Fit) -> ShopRhythm:
    """How often each state is entered in the rows of a fit, and how regular their gaps are."""
    entered = fit.posterior.sum(axis=1) * np.where(SLOW, 1 - STAYS_SLOW, 1.0)
    states = entered + PSEUDO_GAPS * START_WEIGHTS
    return ShopRhythm(states / states.sum(), fit.shop_spread, 0.0)


def _sample(row: Ints, gap_days: Array, rows: int) -> tuple[Ints, Array, Ints]:
    """Gaps of some of the rows, evenly from those with few gaps to those with many, and which rows these are."""
    count = np.bincount(row, minlength=rows)
    ordered = np.lexsort((sum_by(row, gap_days, rows), count))[np.count_nonzero(count == 0) :]
    some = np.linspace(0, len(ordered) - 1, min(LEARNING_ROWS, len(ordered))).astype(np.int64)
    chosen = np.sort(ordered[some])
    place = np.full(rows, -1)
    place[chosen] = np.arange(len(chosen))
    kept = place[row] >= 0
    return place[row][kept], gap_days[kept], chosen


@dataclass(frozen=True)
class _Fit:
    """A round's result: pace and regularity of each row, and P(state) of each gap (states, gaps).

    `raw` are the gaps as they were, `gaps` the same against a pace that drifts; `shop_spread` is their mean spread.
    """

    raw: RowGaps
    gaps: RowGaps
    borrow: Array
    mu: Array
    k: Array
    posterior: Array
    shop_spread: float

    @classmethod
    def of(cls, gaps: RowGaps, borrow: Array, shop: ShopRhythm | None) -> _Fit:
        """Starting from "every gap is usual" a shop's natural ups and downs are never taken for absences.

        What stands out even so moves the estimate.
        """
        return cls._after(gaps, gaps, borrow, np.ones((1, len(gaps.row))), shop)

    @classmethod
    def _after(
        cls, raw: RowGaps, gaps: RowGaps, borrow: Array, posterior: Array, shop: ShopRhythm | None
    ) -> _Fit:
        rows, few = len(gaps.count), _borrowed(gaps)
        visits = sum_by(gaps.row, MULTIPLES[: len(posterior)] @ posterior, rows) + few
        mu = (sum_by(gaps.row, gaps.days, rows) + few * borrow) / np.maximum(visits, NEARLY_NOTHING)
        apart = spread(gaps, posterior, mu)
        here = float(apart.mean())
        k = row_k(gaps, apart, here if shop is None else shop.spread)
        return cls(raw, gaps, borrow, mu, k, posterior, here)

    def next(self, shop: ShopRhythm) -> _Fit:
        """States at this pace, then the pace at these states."""
        posterior = state_shares(self.gaps, self.mu, self.k, shop.states)
        return self._after(self.raw, self.gaps, self.borrow, posterior, shop)

    def against(self, drift: Drift) -> _Fit:
        """The same, each gap measured against the pace of its time."""
        level = self.raw.divided_by(drift.times_of(self.raw.row, self.raw.age))
        return _Fit(self.raw, level, self.borrow, self.mu, self.k, self.posterior, self.shop_spread)

    def slopes(self, through: Bools | None = None) -> Slopes:
        """Lines through the usual gaps, or through those named."""
        through = self.usual if through is None else through
        return Slopes.of(self.raw.row, self.raw.days, self.raw.age, through, self.k)

    @property
    def usual(self) -> Bools:
        return np.asarray(self.posterior[0] > USUAL_ABOVE)

    @property
    def ordinary(self) -> Bools:
        """Gaps not so long that one visit at least was skipped in them, as far as that shows at first sight."""
        return np.asarray(self.raw.days < SKIPPED_FROM * self.mu[self.raw.row])

    @property
    def borrowed(self) -> Array:
        return _borrowed(self.gaps)


def _borrowed(gaps: RowGaps) -> Array:
    """How much of a gap each row borrows from its service or shop."""
    return np.maximum(0.0, 1 - gaps.count / BORROWED_UNTIL_GAPS)


def _pace(fit: _Fit) -> Array:
    """The mean of the usual gaps where the states part cleanly: it is exact.

    Where they do not it leaves out honest long gaps and falls short of the estimate that weighs them all.
    """
    row, rows, few = fit.gaps.row, len(fit.gaps.count), fit.borrowed
    gaps = sum_by(row, fit.usual, rows) + few
    usual = (sum_by(row, fit.gaps.days * fit.usual, rows) + few * fit.borrow) / np.maximum(
        gaps, NEARLY_NOTHING
    )
    misjudged = sum_by(row, np.minimum(fit.posterior[0], 1 - fit.posterior[0]), rows)
    unclear = np.where(gaps > 0, np.minimum(misjudged / UNCLEAR_FROM_GAPS, 1), 1.0)
    return np.asarray(usual + unclear * (np.maximum(fit.mu, usual) - usual))
