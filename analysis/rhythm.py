"""How often does each client come, when is the next visit due, and are they still a client?

A renewal mixture with dropout, fitted by nonparametric empirical Bayes on a fixed grid: every client's gaps follow one
of a few thousand (usual gap, regularity, share of disrupted gaps, chance of leaving after a visit) cells, and the shop's
own file says how common each cell is. There is no optimiser, so nothing can fail to converge on 80 clients.

Sources: Kiefer & Wolfowitz 1956 (the estimator); Platzer & Reutterer 2016, "Ticking Away the Moments" (regularity helps
to tell who is gone); Reutterer, Platzer & Schroeder 2021 (MBG/CNBD-k: dropout after any visit); Fader, Hardie & Lee 2005.

All durations are whole days. A gap of d days has probability S(d - 1/2) - S(d + 1/2); a silence of c days that is still
open enters as the probability of a gap longer than that, S(c + 1/2).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse, special

Array = npt.NDArray[np.float64]
Weights = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

#: Regularity k of the gamma kernels (1 = random timing) and the matching one of the log-logistic kernels.
GAMMA_SHAPES = (1.0, 2.5, 5.0, 12.0, 30.0)
LOG_LOGISTIC_SHAPES = (0.7, 2.0, 5.0, 12.0, 30.0)
#: Share of gaps that were disrupted (holiday, illness): three times as long and random.
DISRUPTED_SHARES = (0.0, 0.2)
#: Chance of leaving for good after a visit.
DROPOUTS = np.array([0.001, 0.008, 0.03, 0.1, 0.25, 0.5, 0.75])
#: Usual gaps: dense where the shop's gaps are, sparse up to eight times the longest silence, because a grid that ends at
#: the data cannot tell "gone" from "very slow" (a shorter range costs AUC).
DENSE_MEANS, TAIL_MEANS = 24, 6

EM_STEPS = 12  # stopping early smooths the prior
FIT_SAMPLE = 1_500  # histories are exchangeable: more do not change the prior, they only cost time
GROUP_STEPS, GROUP_PSEUDO_CLIENTS = 4, 20.0  # a service's prior starts as 20 clients of the whole business
FORGETTING_HALF_LIFE_GAPS = 8.0  # for p_no_visit the latest gaps count most
RETURN_WITHIN_DAYS = 180  # the next-visit window is for those who return within this time
COMING_WEEKS = 13  # expected visits are told week by week for this long
CHUNK_ROWS = 2_048  # bounds memory whatever the number of clients


@dataclass(frozen=True)
class Histories:
    """Gaps of n rows (clients, or client-service streams) up to a cutoff.

    `row`, `gap_days` and `age` (0 = the row's latest gap) are aligned, one entry a gap, in any order; `silence_days`
    has one entry a row: days from the last visit to the cutoff.
    """

    row: Ints
    gap_days: Ints
    age: Ints
    silence_days: Ints

    @property
    def rows(self) -> int:
        return len(self.silence_days)

    @property
    def gaps(self) -> Ints:
        """Number of closed gaps of each row."""
        return np.bincount(self.row, minlength=self.rows).astype(np.int64)

    def take(self, rows: Ints) -> Histories:
        """The histories of some rows, in that order."""
        place = np.full(self.rows, -1, dtype=np.int64)
        place[rows] = np.arange(len(rows))
        kept = place[self.row] >= 0
        return Histories(place[self.row[kept]], self.gap_days[kept], self.age[kept], self.silence_days[rows])


def histories(row: Ints, day: Ints, cutoff: int, rows: int) -> Histories:
    """Histories of visits given as (row, day) pairs sorted by row then day, seen up to the day `cutoff` (included)."""
    seen = day <= cutoff
    row, day = row[seen], day[seen]
    same = row[1:] == row[:-1]
    gap_row, gap_days = row[1:][same], np.diff(day)[same]
    last_day = np.full(rows, cutoff, dtype=np.int64)
    last_day[row] = day  # sorted: the last assignment wins; a row without visits has a silence of zero
    count = np.bincount(gap_row, minlength=rows)
    ends = np.cumsum(count)
    age = np.repeat(ends, count) - 1 - np.arange(len(gap_row))
    return Histories(gap_row, gap_days.astype(np.int64), age, cutoff - last_day)


def _unit_survival(u: Array) -> Array:
    """Survival of every shape at u = t / usual gap: (shapes, len(u)); shapes in the order of `Grid.shape_k`."""
    pure = [special.gammaincc(k, k * u) for k in GAMMA_SHAPES]
    rough = special.gammaincc(1.5, 0.5 * u)
    pure_tail = [1 / (1 + u ** (1.814 * np.sqrt(k))) for k in LOG_LOGISTIC_SHAPES]
    rough_tail = 1 / (1 + (u / 3) ** 2)
    curves = [(1 - e) * s + e * rough for s in pure for e in DISRUPTED_SHARES]
    curves += [(1 - e) * s + e * rough_tail for s in pure_tail for e in DISRUPTED_SHARES]
    return np.array(curves)


@dataclass(frozen=True)
class Grid:
    """The kernels of a business, tabulated by day. A kernel is a (usual gap, shape) pair; a cell adds a dropout.

    `survival[j, d]` = P(gap > d + 1/2 days) of kernel j; `usual[j]` is the kernel's survival table without disrupted
    gaps; `k[j]` its regularity. Kernels are ordered by usual gap, then shape.
    """

    means: Array  # (M,)
    k: Array  # (J,) J = M x shapes
    survival: Weights  # (J, D + 1)
    undisturbed: Ints  # (J,) index of the same kernel with no disrupted gaps

    @property
    def kernels(self) -> int:
        return len(self.k)

    @property
    def last_day(self) -> int:
        return self.survival.shape[1] - 1

    @cached_property
    def density(self) -> Weights:
        """P(gap = d days), (J, D + 1); day 0 is empty."""
        out = np.zeros_like(self.survival)
        out[:, 1:] = self.survival[:, :-1] - self.survival[:, 1:]
        return out


def grid(known: Histories, horizon_days: int) -> Grid:
    """A grid that fits the gaps and silences of a business and reaches `horizon_days` beyond them."""
    gaps = known.gap_days if len(known.gap_days) else np.array([30])
    low, high = (float(q) for q in np.quantile(gaps, [0.01, 0.99]))
    longest = float(max(high, known.silence_days.max(initial=1)))
    low = max(2.0, low)
    high = max(high, 1.5 * low)
    tail = np.geomspace(high, max(8 * longest, 2 * high), TAIL_MEANS + 1)[1:]
    means = np.concatenate([np.geomspace(low, high, DENSE_MEANS), tail])
    days = int(max(gaps.max(), longest) + max(horizon_days, RETURN_WITHIN_DAYS) + 2)
    # Every kernel is the same few curves stretched: tabulate once on a fine log scale, then look up.
    log_u = np.linspace(np.log(0.5 / means[-1]) - 0.1, np.log((days + 1) / means[0]) + 0.1, 6_000)
    curves = _unit_survival(np.exp(log_u))
    log_t = np.log(np.arange(days + 1) + 0.5)
    survival = np.empty((len(means), len(curves), days + 1), dtype=np.float32)
    for m, mean in enumerate(means):
        for s, curve in enumerate(curves):
            survival[m, s] = np.interp(log_t - np.log(mean), log_u, curve)
    shape_k = np.repeat(np.array(GAMMA_SHAPES + LOG_LOGISTIC_SHAPES), len(DISRUPTED_SHARES))
    k = np.tile(shape_k, len(means))
    index = np.arange(len(k))
    return Grid(means, k, survival.reshape(len(k), days + 1), index - index % len(DISRUPTED_SHARES))


def _log_likelihood(known: Histories, on: Grid, *, forgetting: bool) -> tuple[Weights, Weights]:
    """Log-likelihood of each row's closed gaps under each kernel (n, J), and the (weighted) number of gaps (n,)."""
    weight = (
        0.5 ** (known.age / FORGETTING_HALF_LIFE_GAPS) if forgetting else np.ones(len(known.age))
    ).astype(np.float32)
    day = np.minimum(known.gap_days, on.last_day)
    used, column = np.unique(day, return_inverse=True)
    log_pmf = np.log(np.maximum(on.density[:, used], 1e-12)).T.astype(np.float32)
    counts = sparse.csr_matrix((weight, (known.row, column)), shape=(known.rows, len(used)), dtype=np.float32)
    total = np.bincount(known.row, weights=weight, minlength=known.rows).astype(np.float32)
    return np.asarray(counts @ log_pmf, dtype=np.float32), total


@dataclass(frozen=True)
class _Evidence:
    """What n rows' histories say of kernels and dropouts, kept apart: a cell's likelihood is kernel x stayed x open.

    A silence has probability p + (1 - p) S(silence) under a cell, so sums over dropouts are small matrix products and the
    (n, J, P) array of all cells is never needed.
    """

    kernel: Weights  # (n, J) likelihood of the closed gaps, relative to the row's best kernel
    stayed: Weights  # (n, P) probability of not having left after any visit but the last
    gaps: Weights  # (n,)

    def weigh(self, prior: Prior) -> tuple[Weights, Weights]:
        """Each row's weight on (having left after the last visit, still coming), by kernel: (n, J), (n, J)."""
        p = DROPOUTS.astype(np.float32)
        left = self.stayed @ (prior.weights * p).T
        stays = self.stayed @ (prior.weights * (1 - p)).T
        left *= self.kernel
        stays *= self.kernel
        return left, stays


def _evidence(known: Histories, on: Grid, *, forgetting: bool) -> _Evidence:
    log_likelihood, gaps = _log_likelihood(known, on, forgetting=forgetting)
    log_likelihood -= log_likelihood.max(axis=1, keepdims=True)
    stayed = np.exp(np.outer(gaps, np.log1p(-DROPOUTS))).astype(np.float32)
    return _Evidence(np.exp(log_likelihood), stayed, gaps)


def _silent(on: Grid, days: Ints) -> Weights:
    """Probability of a gap longer than each row's `days`, by kernel: (n, J)."""
    return np.ascontiguousarray(on.survival.T[np.minimum(days, on.last_day)])


@dataclass(frozen=True)
class Prior:
    """How common each cell is: (J, P), sums to 1."""

    grid: Grid
    weights: Weights


def fit(known: Histories, on: Grid, *, start: Prior | None = None, steps: int = EM_STEPS) -> Prior:
    """The business's prior by EM from `start` (or uniform), on at most `FIT_SAMPLE` histories."""
    weights = (
        np.full((on.kernels, len(DROPOUTS)), 1 / (on.kernels * len(DROPOUTS)), dtype=np.float32)
        if start is None
        else start.weights
    )
    if known.rows == 0:
        return Prior(on, weights)
    sample = _Sample.of(known.take(_spread(known, np.arange(known.rows))), on)
    for _ in range(steps):
        weights = sample.em_step(weights)
    return Prior(on, weights)


def fit_groups(known: Histories, pooled: Prior, group: Ints, groups: int) -> list[Prior]:
    """A prior for each group (service) that starts at, and is shrunk toward, the business's."""
    priors = []
    for g in range(groups):
        members = _spread(known, np.flatnonzero(group == g))
        w = pooled.weights
        if len(members):
            sample = _Sample.of(known.take(members), pooled.grid)
            share = np.float32(len(members) / (len(members) + GROUP_PSEUDO_CLIENTS))
            for _ in range(GROUP_STEPS):
                w = share * sample.em_step(w) + (1 - share) * pooled.weights
        priors.append(Prior(pooled.grid, w))
    return priors


def _spread(known: Histories, rows: Ints) -> Ints:
    """At most `FIT_SAMPLE` of the rows, evenly spread over the kinds of history.

    The order depends on the histories alone, so that renaming or reordering clients cannot change the prior.
    """
    if len(rows) <= FIT_SAMPLE:
        return rows
    mark = np.random.default_rng(0).integers(1 << 40, size=int(known.gap_days.max(initial=1)) + 1)
    multiset = np.bincount(known.row, weights=mark[known.gap_days], minlength=known.rows)
    total = np.bincount(known.row, weights=known.gap_days, minlength=known.rows)
    order = np.lexsort((multiset[rows], known.silence_days[rows], total[rows], known.gaps[rows]))
    return rows[order[np.linspace(0, len(rows) - 1, FIT_SAMPLE).astype(np.int64)]]


@dataclass(frozen=True)
class _Sample:
    """Histories to fit a prior on, with what every EM step needs of them."""

    grid: Grid
    evidence: _Evidence
    alive: Weights  # (n, J)

    @classmethod
    def of(cls, sample: Histories, on: Grid) -> _Sample:
        return cls(on, _evidence(sample, on, forgetting=False), _silent(on, sample.silence_days))

    def em_step(self, weights: Weights) -> Weights:
        """One step of expectation-maximisation for the weights of the cells (J, P)."""
        left, stays = self.evidence.weigh(Prior(self.grid, weights))
        per_row = (left + stays * self.alive).sum(axis=1)
        scaled = self.evidence.kernel / np.maximum(per_row, 1e-30)[:, None]
        p = DROPOUTS.astype(np.float32)
        gone = scaled.T @ self.evidence.stayed
        scaled *= self.alive
        still = scaled.T @ self.evidence.stayed
        updated = weights * (p * gone + (1 - p) * still)
        return np.asarray(updated / updated.sum(), dtype=np.float32)


@dataclass(frozen=True)
class Rhythms:
    """What the fitted model says of each row, aligned with `Histories`. Days are floats, probabilities 0-1.

    interval_*: quantiles (10, 50, 90%) of an undisturbed gap; `mean_gap_days` its mean. `next_*`: days from the cutoff to the
    next visit, given that it has not come yet and comes within 180 days: the shortest 80% window and its median.
    `gone_after_days`: the silence at which P(alive) falls under one half.
    """

    interval_low: Array
    interval_days: Array
    interval_high: Array
    regularity_k: Array
    gone_after_days: Array
    p_alive: Array
    p_no_visit: Array
    expected_visits: Array
    next_low: Array
    next_days: Array
    next_high: Array
    weekly_visits: Array  # (n, COMING_WEEKS): expected visits in each coming week


@dataclass(frozen=True)
class Intervals:
    """The usual gap of each row (10, 50, 90% quantiles, days), its regularity, and the fitted density of each group.

    `density[g, d]` = P(a gap of group g lasts d days), weighted by how many gaps each row has.
    """

    low: Array
    days: Array
    high: Array
    k: Array
    density: Array


@dataclass(frozen=True)
class Outlook:
    """The part of `Rhythms` a back-test asks for at each past cutoff."""

    interval_high: Array
    p_alive: Array
    p_no_visit: Array


def _chunks(known: Histories, group: Ints) -> Iterator[tuple[int, Ints]]:
    """Rows in blocks of one group each."""
    for g in np.unique(group):
        rows = np.flatnonzero(group == g)
        for start in range(0, len(rows), CHUNK_ROWS):
            yield int(g), rows[start : start + CHUNK_ROWS]


def _quantile(cdf: Array, points: Array, level: Array | float) -> Array:
    """Row-wise inverse of distribution functions tabulated at increasing `points`: (n,)."""
    target = np.broadcast_to(np.asarray(level, dtype=np.float64), (len(cdf),))
    above = np.clip((cdf < target[:, None]).sum(axis=1), 1, len(points) - 1)
    rows = np.arange(len(cdf))
    low, high = cdf[rows, above - 1], cdf[rows, above]
    share = np.clip((target - low) / np.maximum(high - low, 1e-12), 0, 1)
    return np.asarray(points[above - 1] + share * (points[above] - points[above - 1]))


def _day_points(last: int) -> Ints:
    """Days at which distributions are tabulated: each one up to 60, then in steps of about 4%."""
    far = np.unique(np.geomspace(60, max(last, 61), 80).astype(np.int64))
    return np.concatenate([np.arange(min(60, last) + 1), far[far > 60]])


def predict(known: Histories, priors: list[Prior], group: Ints, horizon_days: int) -> Rhythms:
    """Everything the model says of every row; `group[i]` is the prior that row i borrows from. Bounded memory."""
    on = priors[0].grid
    points = _day_points(on.last_day)
    table = on.survival[:, points]  # (J, D')
    ends = np.append(7 * np.arange(1, COMING_WEEKS + 1), horizon_days)
    silences, bins = _silence_bins(known.silence_days)
    tables = _visit_tables(on, silences, ends)
    log_k = np.log(on.k).astype(np.float32)
    out = {name: np.empty(known.rows) for name in Rhythms.__dataclass_fields__}
    out["weekly_visits"] = np.empty((known.rows, COMING_WEEKS))
    for g, rows in _chunks(known, group):
        part = known.take(rows)
        closed = _closed(part, priors[g])
        low, median, high = _interval_quantiles(closed.kernel, on)
        out["interval_low"][rows], out["interval_days"][rows], out["interval_high"][rows] = low, median, high
        out["regularity_k"][rows] = np.exp(closed.kernel @ log_k)
        out["p_alive"][rows] = closed.p_alive(part.silence_days)
        gone = closed.stays @ table < closed.left[:, None]
        first = np.where(gone.any(axis=1), gone.argmax(axis=1), len(points) - 1)
        out["gone_after_days"][rows] = points[first]
        _next_visit(out, rows, closed.stays, on, part.silence_days, out["interval_high"][rows])

        recent, now, later = _recent(part, priors[g], horizon_days)
        out["p_no_visit"][rows] = np.clip(later / now, 0, 1)
        cells = (recent.kernel[:, :, None] * recent.stayed[:, None, :]) * priors[g].weights
        expected = _expected(cells, bins[rows], tables) / now[:, None]
        # A visit within the horizon is at least this expected; binned silences may differ in the third decimal.
        out["expected_visits"][rows] = np.maximum(expected[:, -1], 1 - out["p_no_visit"][rows])
        out["weekly_visits"][rows] = np.diff(expected[:, :-1], prepend=0, axis=1)
    return Rhythms(**out)


def intervals(known: Histories, priors: list[Prior], group: Ints) -> Intervals:
    """The part of `predict` that service streams need."""
    on = priors[0].grid
    out = {name: np.empty(known.rows) for name in ("low", "days", "high", "k")}
    mixture = np.zeros((len(priors), on.kernels))
    for g, rows in _chunks(known, group):
        part = known.take(rows)
        closed = _closed(part, priors[g])
        low, median, high = _interval_quantiles(closed.kernel, on)
        out["low"][rows], out["days"][rows], out["high"][rows] = low, median, high
        out["k"][rows] = np.exp(closed.kernel @ np.log(on.k).astype(np.float32))
        mixture[g] += closed.gaps @ closed.kernel
    mixture /= np.maximum(mixture.sum(axis=1, keepdims=True), 1e-12)
    return Intervals(**out, density=mixture @ on.density)


@dataclass(frozen=True)
class _Closed:
    """Each row's posterior after its last visit, from its closed gaps alone; rows sum to 1."""

    grid: Grid
    kernel: Weights  # (n, J)
    stays: Weights  # (n, J) the part of it that came with staying a client
    left: Weights  # (n,) probability of having left with the last visit
    gaps: Weights  # (n,)

    def p_alive(self, silence: Ints) -> Array:
        """Probability of still being a client after such a silence."""
        alive = np.einsum("nj,nj->n", self.stays, _silent(self.grid, silence))
        return np.asarray(alive / (alive + self.left), dtype=np.float64)


def _closed(part: Histories, prior: Prior) -> _Closed:
    evidence = _evidence(part, prior.grid, forgetting=False)
    left, stays = evidence.weigh(prior)
    kernel = left + stays
    total = kernel.sum(axis=1, keepdims=True)
    return _Closed(prior.grid, kernel / total, stays / total, (left / total).sum(axis=1), evidence.gaps)


def _interval_quantiles(kernel: Weights, on: Grid) -> tuple[Array, Array, Array]:
    """10, 50 and 90% quantiles of an undisturbed gap, for weights on kernels (n, J)."""
    points = _day_points(on.last_day)
    cdf = 1 - kernel @ on.survival[:, points][on.undisturbed]
    low, median, high = (_quantile(cdf, points + 0.5, level) for level in (0.1, 0.5, 0.9))
    return low, median, high


def outlook(known: Histories, prior: Prior, horizon_days: int) -> Outlook:
    """When each row counts as late, whether it is still alive, and whether it will come within the horizon."""
    out = Outlook(*(np.empty(known.rows) for _ in range(3)))
    for _, rows in _chunks(known, np.zeros(known.rows, dtype=np.int64)):
        part = known.take(rows)
        closed = _closed(part, prior)
        out.interval_high[rows] = _interval_quantiles(closed.kernel, prior.grid)[2]
        out.p_alive[rows] = closed.p_alive(part.silence_days)
        _, now, later = _recent(part, prior, horizon_days)
        out.p_no_visit[rows] = np.clip(later / now, 0, 1)
    return out


def _recent(part: Histories, prior: Prior, horizon_days: int) -> tuple[_Evidence, Array, Array]:
    """With forgetting: each row's evidence, and the probability of its silence now and a horizon later (n,)."""
    recent = _evidence(part, prior.grid, forgetting=True)
    left, stays = recent.weigh(prior)
    gone = left.sum(axis=1)
    now = gone + np.einsum("nj,nj->n", stays, _silent(prior.grid, part.silence_days))
    later = gone + np.einsum("nj,nj->n", stays, _silent(prior.grid, part.silence_days + horizon_days))
    return recent, now, later


def _next_visit(
    out: dict[str, Array], rows: Ints, stays: Weights, on: Grid, silence: Ints, due: Array
) -> None:
    """The shortest window that holds 80% of the next visit's date (84% when overdue), and its median."""
    ahead = np.unique(
        np.concatenate([np.arange(0, 29), np.geomspace(29, RETURN_WITHIN_DAYS, 40).astype(np.int64)])
    )
    cdf = np.empty((len(rows), len(ahead)))
    here = np.minimum(silence, on.last_day - RETURN_WITHIN_DAYS)
    for c in np.unique(here):  # rows that have been silent equally long share a table
        same = here == c
        passed = on.survival[:, c][:, None] - on.survival[:, c + ahead]
        cdf[same] = stays[same] @ passed
    cdf /= np.maximum(cdf[:, -1:], 1e-30)
    mass = np.where(silence > due, 0.84, 0.80)
    point = ahead.astype(np.float64)
    best_low = np.zeros(len(rows))
    best_high = np.full(len(rows), np.inf)
    for step in np.linspace(0, 1, 9):
        start = step * (1 - mass)
        low, high = _quantile(cdf, point, start), _quantile(cdf, point, start + mass)
        shorter = high - low < best_high - best_low
        best_low = np.where(shorter, low, best_low)
        best_high = np.where(shorter, high, best_high)
    median = _quantile(cdf, point, 0.5)
    out["next_low"][rows] = np.minimum(best_low, median)
    out["next_days"][rows] = median
    out["next_high"][rows] = np.maximum(best_high, median)


def _renewal(on: Grid, days: int) -> Weights:
    """Expected visits within h days after a visit, of each cell: (J, P, days + 1), h = 0..days."""
    density = on.density[:, : days + 1]
    expected = np.zeros((on.kernels, len(DROPOUTS), days + 1), dtype=np.float32)
    stay = (1 - DROPOUTS).astype(np.float32)
    for h in range(1, days + 1):
        # Condition on the first gap d: one visit, then the same process with h - d days to go.
        after = 1 + expected[:, :, :h][:, :, ::-1]
        expected[:, :, h] = stay * (after @ density[:, 1 : h + 1, None])[:, :, 0]
    return expected


def _silence_bins(silence: Ints) -> tuple[Ints, Ints]:
    """Representative silences (each day up to 30, then steps of about 5%) and each row's bin."""
    day = np.where(
        silence <= 30, silence, np.exp(np.round(np.log(np.maximum(silence, 1)) / 0.05) * 0.05)
    ).astype(np.int64)
    return np.unique(day, return_inverse=True)


def _visit_tables(on: Grid, silences: Ints, ends: Ints) -> Weights:
    """Expected visits within each of `ends` days, times P(silence), of each cell: (C, J x P, E)."""
    days = int(ends.max())
    renewal = _renewal(on, days)
    # A first visit d days from now counts itself and what is expected in the days that remain.
    remain = ends[None, :] - np.arange(1, days + 1)[:, None]
    worth = np.where(remain >= 0, 1 + renewal[:, :, np.maximum(remain, 0)], 0)  # (J, P, days, E)
    worth *= (1 - DROPOUTS).astype(np.float32)[:, None, None]
    worth = np.ascontiguousarray(worth.transpose(0, 2, 1, 3)).reshape(on.kernels, days, -1)
    here = np.minimum(silences, on.last_day - days)
    first = (
        on.survival[:, here[:, None] + np.arange(days)]
        - on.survival[:, here[:, None] + np.arange(1, days + 1)]
    )
    tables = first @ worth  # (J, C, P x E)
    tables = tables.reshape(on.kernels, len(silences), len(DROPOUTS), len(ends)).transpose(1, 0, 2, 3)
    return np.ascontiguousarray(tables, dtype=np.float32).reshape(len(silences), -1, len(ends))


def _expected(cells: Weights, bins: Ints, tables: Weights) -> Array:
    """(n, E) expected visits times the probability of the row's history."""
    out = np.empty((len(cells), tables.shape[2]))
    flat = cells.reshape(len(cells), -1)
    for c in np.unique(bins):
        same = bins == c
        out[same] = flat[same] @ tables[c]
    return out
