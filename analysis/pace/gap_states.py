"""States of gaps: usual, one that skipped a visit or two, or part of a slow stretch, and how probably each.

A forward-backward pass over the gaps of each row (Rabiner 1989), all rows in step.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import special

from analysis.arrays import Array, Ints, sum_by

#: A gap's state as a multiple of the usual one: usual; one or two visits skipped; two kinds of slow stretch.
MULTIPLES = np.array([1.0, 2.0, 3.0, 1.5, 2.25])
SLOW = np.array([False, False, False, True, True])
STAYS_SLOW = 0.8
K_RANGE = (0.5, 60.0)  # regularity: whole days cannot show more than about 60
SHORTEST_RATIO = 0.25  # a visit this soon after the last is an extra one and says nothing of regularity
SHORTEST_GAP_DAYS = 0.5  # a gap of no open days still needs a logarithm
K_PSEUDO_GAPS = 6.0  # a client's regularity is the shop's until they have about this many gaps
#: Guards under divisions and logarithms, below anything a real gap can make.
LEAST_WEIGHT, LEAST_SPREAD = 1e-300, 1e-4


@dataclass(frozen=True)
class RowGaps:
    """The latest gaps of each row in step: all first ones, all second ones..., at each step the longest rows first.

    So the rows that go on at a step are as many of the first ones of the step before, and a step is a slice.
    """

    row: Ints  # (gaps,)
    days: Array  # (gaps,)
    log_days: Array  # (gaps,)
    age: Array  # (gaps,) days from a gap's middle to the row's last visit
    count: Ints  # (rows,)
    starts: list[int]  # where each step begins, and the end

    @classmethod
    def of(cls, row: Ints, days: Array, rows: int, most: int) -> RowGaps:
        """At most so many gaps of each row (`row` sorted, gaps in order of time)."""
        count = np.bincount(row, minlength=rows)
        since_first = np.cumsum(days)
        age = since_first[np.cumsum(count) - 1][row] - since_first + days / 2
        until_last = np.repeat(np.cumsum(count), count) - np.arange(len(row))
        latest = until_last <= most
        row, days, age = row[latest], days[latest], age[latest]
        count = np.minimum(count, most)
        step = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
        starts = np.append(0, np.cumsum(np.bincount(step)))
        rank = np.empty(rows, dtype=np.int64)
        rank[np.argsort(-count, kind="stable")] = np.arange(rows)
        order = np.empty(len(row), dtype=np.int64)
        order[starts[step] + rank[row]] = np.arange(len(row))
        days = days[order]
        return cls(row[order], days, _log(days), age[order], count, starts.tolist())

    def divided_by(self, times: Array) -> RowGaps:
        """The same gaps, each so many times shorter."""
        days = self.days / times
        return replace(self, days=days, log_days=_log(days))


def _log(days: Array) -> Array:
    return np.asarray(np.log(np.maximum(days, SHORTEST_GAP_DAYS)))


def state_shares(gaps: RowGaps, mu: Array, k: Array, states: Array) -> Array:
    """P(state | all gaps of the row) of each gap, `states` being how common each is: (states, gaps)."""
    likelihood = _likelihood(gaps, mu, k)
    transition = np.where(SLOW[:, None], (1 - STAYS_SLOW) * states, states)
    transition[SLOW, SLOW] += STAYS_SLOW
    forward, behind = np.empty_like(likelihood), np.ones_like(likelihood)
    starts = gaps.starts
    forward[:, : starts[1]] = _shares(likelihood[:, : starts[1]] * states[:, None])
    for before, now, end in zip(starts, starts[1:], starts[2:], strict=False):
        earlier = forward[:, before : before + end - now]
        forward[:, now:end] = _shares(likelihood[:, now:end] * (transition.T @ earlier))
    for before, now, end in reversed(list(zip(starts, starts[1:], starts[2:], strict=False))):
        # Its scale is left: of 120 gaps none is so unlikely that the product would vanish.
        later = likelihood[:, now:end] * behind[:, now:end]
        behind[:, before : before + end - now] = transition @ later
    return _shares(forward * behind)


def _likelihood(gaps: RowGaps, mu: Array, k: Array) -> Array:
    """Of each gap under each state, relative to its best state: (states, gaps)."""
    # Of the gamma density's logarithm only what differs between the states.
    in_scale = k[gaps.row] * (gaps.log_days - np.log(mu / k)[gaps.row])
    log = MULTIPLES[:, None] * in_scale - special.gammaln(k * MULTIPLES[:, None])[:, gaps.row]
    return np.asarray(np.exp(log - log.max(axis=0)))


def _shares(weights: Array) -> Array:
    """Columns that sum to 1."""
    return np.asarray(weights / np.maximum(weights.sum(axis=0), LEAST_WEIGHT))


def spread(gaps: RowGaps, posterior: Array, mu: Array) -> Array:
    """How far each gap is from its state, as its part of the gamma likelihood: g/mu - 1 - log(g/mu), at least 0."""
    multiples = MULTIPLES[: len(posterior)]
    ratio = np.maximum(gaps.days / mu[gaps.row] / multiples[:, None], SHORTEST_RATIO)
    # A gap of f visits is as regular as f gaps together: its spread counts f times.
    return np.asarray(multiples @ (posterior * (ratio - 1 - np.log(ratio))))


def row_k(gaps: RowGaps, apart: Array, of_shop: float) -> Array:
    """Gamma regularity of each row by maximum likelihood, shrunk to the shop's; `apart` is the gaps' `spread`."""
    total = sum_by(gaps.row, apart, len(gaps.count))
    return gamma_k((total + K_PSEUDO_GAPS * of_shop) / (gaps.count + K_PSEUDO_GAPS))


def gamma_k(s: Array) -> Array:
    """Shape of the gamma whose log of the mean exceeds the mean of the logs by `s` (Minka 2002, closed form)."""
    s = np.maximum(s, LEAST_SPREAD)
    return np.asarray(np.clip((3 - s + np.sqrt((s - 3) ** 2 + 24 * s)) / (12 * s), *K_RANGE))
