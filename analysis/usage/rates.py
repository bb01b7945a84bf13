"""How much each client drives: units a day by a robust regression of readings on days, shrunk to the shop's.

A meter is a running total: the errors of successive readings add up, and a regression on the readings themselves would
think it knows far more than it does. Here the increments are regressed on the days they took, through the origin, by
iteratively reweighted least squares with Huber's weights (Huber 1981), begun at the weighted median. An increment over
t days varies by rate^2 (wander t + habit t^2): day by day, and because some stretches are busier than others; both are
learned from the shop. On the scale of logarithms the client's rate is shrunk to the shop's by how much is known of it
(empirical Bayes), so no rate is negative and miles give the same as kilometres. The prior has the tails of a Student's
t: a lorry among cars is not made a car of.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.arrays import Array, Bools, Ints, sum_by
from analysis.usage.medians import medians, weighted_medians
from analysis.usage.meter_lines import MeterLines

#: Residuals beyond this many standard deviations pull no harder (95% efficient on normal errors).
HUBER = 1.345
ITERATIONS = 8
#: What was driven so long ago counts half: people change jobs.
HALF_LIFE_DAYS = 730.0
#: A shop's spread of rates and of errors, until there are enough clients to learn it from; and the least spread
#: believed.
USUAL_SPREAD, USUAL_WANDER, USUAL_HABIT = 0.6, 15.0, 0.04
LEAST_SPREAD = 0.3
CLIENTS_TO_LEARN_FROM, INCREMENTS_TO_LEARN_FROM = 8, 30
#: Degrees of freedom of the prior.
TAILS = 4.0
#: A client's own unsteadiness is told from the shop's by this many increments' worth of doubt, and within these bounds.
UNSTEADY_PRIOR, UNSTEADY_LEAST, UNSTEADY_MOST = 6.0, 0.25, 6.0
#: Who hardly moves still drives this share of what is usual: nothing is due never.
LEAST_SHARE = 0.05
#: A client's rate is their own from this share of it on.
OWN_SHARE = 0.5
_BINS, _IN_A_BIN = 8, 12
#: A rate fitted to fewer increments hides most of its errors.
_INCREMENTS_THAT_TELL = 4
#: Relative variance below which two increments are the same: meters are read to the unit.
_LEAST_VARIANCE = 1e-6
#: Median absolute deviation of a normal to its standard deviation.
_MAD = 1.4826


@dataclass(frozen=True)
class Rates:
    """Units a day, one entry per client; NaN where neither the client nor the shop has two readings.

    own: most of what is said comes from the client's own readings, not from the shop's
    spread: standard error of the logarithm of `per_day`
    unsteady: how much more than the shop's the client's own increments vary (a factor of the variance)
    wander, habit: variance of an increment over t days, relative to what is expected: wander / t + habit
    """

    per_day: Array
    own: Bools
    spread: Array
    unsteady: Array
    wander: float
    habit: float

    def doubt(self, client: Ints, days: Array) -> Array:
        """Standard deviation of the logarithm of the days it takes to drive what is expected to take `days`."""
        ahead = self.wander / np.maximum(days, 1.0) + self.habit
        return np.sqrt(self.spread[client] ** 2 + self.unsteady[client] * ahead)


@dataclass(frozen=True)
class _Increments:
    """Steps between two readings of a client on one line: the days they took, and the units a day in those days."""

    client: Ints
    days: Array
    rate: Array
    weight: Array  # 1 / 2^(age / half-life)


def rates(lines: MeterLines, clients: int, today: int) -> Rates:
    """Fits every client's rate."""
    seen = _increments(lines, today)
    if not (seen.rate > 0).any():
        nothing = np.full(clients, np.nan)
        no = np.zeros(clients, dtype=bool)
        return Rates(nothing, no, nothing, np.ones(clients), USUAL_WANDER, USUAL_HABIT)
    least = LEAST_SHARE * float(np.median(seen.rate[seen.rate > 0]))
    middle = weighted_medians(seen.client, seen.rate, seen.weight * seen.days, clients)
    rough = _regression(seen, 1 / seen.days, middle, least)
    wander, habit = _error_model(seen, rough, clients)
    fitted = _regression(seen, wander / seen.days + habit, rough, least)
    unsteady, variance = _own_errors(seen, fitted, wander, habit, clients)
    logs = np.log(fitted)
    known = np.isfinite(logs)
    typical = float(np.median(logs[known]))
    away = np.where(known, logs, typical) - typical
    spread = np.full(clients, _spread(logs[known], variance[known], typical) ** 2)
    # One increment far from all others is a slip of the pen as likely as a lorry.
    several = np.bincount(seen.client, minlength=clients) > 1
    beyond = np.maximum(away**2 - np.where(known & several, variance, np.inf), 0.0)
    spread = (TAILS * spread + np.where(beyond > spread, beyond, spread)) / (TAILS + 1)
    trust = np.where(known, spread / (spread + np.where(known, variance, np.inf)), 0.0)
    found = np.exp(typical + trust * away)
    return Rates(found, trust >= OWN_SHARE, np.sqrt(spread * (1 - trust)), unsteady, wander, habit)


def _increments(lines: MeterLines, today: int) -> _Increments:
    client, day, value, line = lines.used.client, lines.used.day, lines.used.value, lines.line
    last_of_day = np.ones(len(client), dtype=bool)
    last_of_day[:-1] = (np.diff(client) != 0) | (np.diff(day) != 0) | (np.diff(line) != 0)
    client, day, value, line = client[last_of_day], day[last_of_day], value[last_of_day], line[last_of_day]
    goes_on = (np.diff(client) == 0) & (np.diff(line) == 0) & (np.diff(day) > 0)
    days = np.diff(day)[goes_on].astype(float)
    age = today - day[1:][goes_on]
    return _Increments(
        client[1:][goes_on], days, np.diff(value)[goes_on] / days, 0.5 ** (age / HALF_LIFE_DAYS)
    )


def _regression(seen: _Increments, variance: Array, begin: Array, least: float) -> Array:
    """Huber's regression of each client's increments on their days, from the rates it begins with: (clients,).

    The scale of a client's residuals is their median at the beginning, and stays. No rate is below `least`.
    """
    clients = len(begin)
    weight = seen.weight / variance

    def residual(rate: Array) -> Array:
        return np.asarray(np.abs(seen.rate / rate[seen.client] - 1) / np.sqrt(variance))

    rate = np.maximum(begin, least)
    bound = HUBER * np.maximum(_MAD * medians(seen.client, residual(rate), clients), 1e-9)[seen.client]
    for _ in range(ITERATIONS):
        kept = weight * np.minimum(1.0, bound / np.maximum(residual(rate), bound))
        total = sum_by(seen.client, kept, clients)
        sums = sum_by(seen.client, kept * seen.rate, clients)
        rate = np.maximum(np.where(total > 0, sums / np.where(total > 0, total, 1.0), np.nan), least)
    return rate


def _error_model(seen: _Increments, rate: Array, clients: int) -> tuple[float, float]:
    """(wander, habit) of the shop: relative squared residuals against 1 / days, by bins of days, robustly.

    Few increments lean on what is usual anywhere.
    """
    count = np.bincount(seen.client, minlength=clients)
    told = count[seen.client] >= _INCREMENTS_THAT_TELL
    bins = min(_BINS, int(told.sum()) // _IN_A_BIN)
    if not bins:
        return USUAL_WANDER, USUAL_HABIT
    client, days = seen.client[told], seen.days[told]
    residual = np.abs(seen.rate[told] / rate[client] - 1) * np.sqrt(count[client] / (count[client] - 1))
    edges = np.unique(np.quantile(days, np.linspace(0, 1, bins + 1)[1:-1]))
    place = np.searchsorted(edges, days, side="right")
    bins = len(edges) + 1
    variance = (_MAD * medians(place, residual, bins)) ** 2
    inverse = 1.0 / medians(place, days, bins)
    there = np.isfinite(variance)
    variance, inverse = np.maximum(variance[there], _LEAST_VARIANCE), inverse[there]
    number = np.bincount(place, minlength=bins)[there]
    weight = number / variance**2  # a variance is known the worse the larger it is
    design = np.stack([inverse, np.ones(len(inverse))], axis=1)
    learned = _non_negative(design, variance, weight)
    lean = INCREMENTS_TO_LEARN_FROM / (INCREMENTS_TO_LEARN_FROM + told.sum())
    wander, habit = (
        max((1 - lean) * of_shop + lean * usual, _LEAST_VARIANCE)
        for of_shop, usual in zip(learned, (USUAL_WANDER, USUAL_HABIT), strict=True)
    )
    return wander, habit


def _non_negative(design: Array, value: Array, weight: Array) -> tuple[float, float]:
    """Weighted least squares with two coefficients, neither below nought."""
    root = np.sqrt(weight / weight.max())

    def fit(columns: list[int]) -> tuple[Array, float]:
        part = design[:, columns] * root[:, None]
        found, *_ = np.linalg.lstsq(part, value * root, rcond=None)
        return found, float(((part @ found - value * root) ** 2).sum())

    both, _ = fit([0, 1])
    if (both >= 0).all():
        return float(both[0]), float(both[1])
    (wander,), missed_by_wander = fit([0])
    (habit,), missed_by_habit = fit([1])
    return (float(wander), 0.0) if missed_by_wander <= missed_by_habit else (0.0, float(habit))


def _own_errors(
    seen: _Increments, rate: Array, wander: float, habit: float, clients: int
) -> tuple[Array, Array]:
    """Each client's unsteadiness beside the shop's, and the variance of the logarithm of their rate (inf unknown)."""
    variance = wander / seen.days + habit
    squared = np.minimum((seen.rate / rate[seen.client] - 1) ** 2 / variance, 9.0)
    count = np.bincount(seen.client, minlength=clients)
    own = UNSTEADY_PRIOR + sum_by(seen.client, squared, clients)
    unsteady = np.clip(own / (UNSTEADY_PRIOR + np.maximum(count - 1, 0)), UNSTEADY_LEAST, UNSTEADY_MOST)
    # A client with one increment fits it exactly: nothing is known of their errors yet.
    unsteady = np.where(count > 1, unsteady, 1.0)
    weight = seen.weight / variance
    total = sum_by(seen.client, weight, clients)
    squares = sum_by(seen.client, seen.weight * weight, clients)
    known = total > 0
    return unsteady, np.where(known, unsteady * squares / np.where(known, total, 1.0) ** 2, np.inf)


def _spread(logs: Array, variance: Array, typical: float) -> float:
    """Standard deviation of the clients' log rates around the shop's, their own errors taken off."""
    if len(logs) < CLIENTS_TO_LEARN_FROM:
        return USUAL_SPREAD
    all_of_it = (_MAD * float(np.median(np.abs(logs - typical)))) ** 2
    return float(np.sqrt(max(all_of_it - float(np.median(variance)), LEAST_SPREAD**2)))
