"""After how many units each service is done again: learned where the data shows that use decides, or set by the owner.

A gap between two visits for a service took so many days and so many units. If the calendar decides, its days are much
the same whoever drives; if use decides, its units are; if whichever comes first decides, it is
min(units at this pace, a limit of days). Each is fitted by least absolute errors of the logarithm of the days, every
client counting once, and the best is taken at its price in parameters (Schwarz's criterion for Laplace errors).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.arrays import Array, Bools, Ints, Names
from analysis.schema import SERVICE_USE, empty_frame
from analysis.usage.distance import Distance
from analysis.usage.medians import weighted_medians

#: Clients with a gap of known units, to learn an interval from.
CLIENTS_TO_LEARN_FROM = 5
#: The calendar is believed unless use explains this much more (in units of the log likelihood).
MARGIN = 2.0
#: Where both limits are fitted, each must decide for this share of the clients, and for as many as one learns from.
DECIDES_SHARE = 0.08
#: A visit within this factor of a limit of days is at it.
AROUND = 1.3
#: Gaps of a service looked at: enough for a median, and bounded.
MOST_GAPS = 1_000
#: No rule is believed to be truer than to one percent.
LEAST_ERROR = 0.01
#: Figures people keep in their heads, by their leading digit: below the first number, a multiple of the second.
_KEPT_IN_HEADS = ((2.0, 0.1), (5.0, 0.25), (np.inf, 0.5))
_QUANTILES = np.linspace(0.05, 0.95, 19)


@dataclass(frozen=True)
class Gaps:
    """Gaps between successive visits for a service (its number) with the meter read at both."""

    service: Ints
    client: Ints
    days: Array
    units: Array


@dataclass(frozen=True)
class Waits:
    """Open streams: days from the last visit for a service to the client's last visit of any kind, and their rate."""

    service: Ints
    client: Ints
    days: Array
    per_day: Array


def human_figure(units: float) -> float:
    """The nearest figure people keep in their heads: 500, 1,000, 1,500, 5,000, 12,000, 22,500, within 6%."""
    if not units > 0:
        return float("nan")
    power = 10.0 ** np.floor(np.log10(units) + 1e-12)
    first = units / power
    step = power * next(multiple for below, multiple in _KEPT_IN_HEADS if first < below)
    return float(round(units / step) * step)


def gaps_of(service: Ints, client: Ints, day: Ints, total: Distance) -> Gaps:
    """The gaps of visits sorted by client, service and day."""
    row = total.read_on(client, day)
    same = (np.diff(client) == 0) & (np.diff(service) == 0) & (row[1:] >= 0) & (row[:-1] >= 0)
    first, last = row[:-1][same], row[1:][same]
    days = np.diff(day)[same].astype(float)
    # Over a reset nobody read how far it was.
    whole = total.line[first] == total.line[last]
    units = total.total[last] - total.total[first]
    kept = whole & (units > 0) & (days > 0)
    return Gaps(service[1:][same][kept], client[1:][same][kept], days[kept], units[kept])


@dataclass(frozen=True)
class Learned:
    """What the gaps of one service show. NaN: nothing.

    units: interval in units; limit_days: limit of days beside it; error: mean absolute error of the logarithm of a gap
    """

    units: float = float("nan")
    limit_days: float = float("nan")
    error: float = float("nan")


def service_use(names: Names, gaps: Gaps, waits: Waits, owner: Mapping[str, float]) -> pd.DataFrame:
    """`schema.SERVICE_USE` of the services of `names` with gaps of known units, or with an interval of the owner's.

    Those with an interval come first, then by how many clients there are to see it in.
    """
    rows = []
    for place, name in enumerate(names):
        mine = gaps.service == place
        clients = len(np.unique(gaps.client[mine]))
        own = owner.get(str(name))
        if not clients and own is None:
            continue
        learned = _learn(gaps.client[mine], gaps.days[mine], gaps.units[mine])
        if _outlived(learned, gaps, mine, waits, waits.service == place):
            learned = _learn(gaps.client[mine], gaps.days[mine], gaps.units[mine], limits=False)
        source = "owner" if own is not None else "learned" if np.isfinite(learned.units) else ""
        rows.append(
            {
                "service": name,
                "clients": clients,
                "gaps": int(mine.sum()),
                "typical_units": _typical(gaps.client[mine], gaps.units[mine]),
                "learned_units": learned.units,
                "unit_interval": learned.units if own is None else float(own),
                "unit_source": source,
                "limit_days": learned.limit_days,
                "error": learned.error,
            }
        )
    if not rows:
        return empty_frame(SERVICE_USE)
    table = pd.DataFrame(rows)[list(SERVICE_USE)].assign(unset=lambda found: found["unit_source"] == "")
    order = table.sort_values(
        ["unset", "clients", "service"], ascending=[True, False, True], ignore_index=True
    )
    return order.drop(columns="unset")


def _typical(client: Ints, units: Array) -> float:
    """The middle gap in units, every client counting once; NaN without gaps."""
    if not len(units):
        return float("nan")
    return float(weighted_medians(np.zeros(len(units), dtype=np.int64), units, _once_each(client), 1)[0])


def _once_each(client: Ints) -> Array:
    """Weights of gaps that add up to one for every client."""
    _, code, count = np.unique(client, return_inverse=True, return_counts=True)
    return np.asarray(1.0 / count[code])


def _outlived(learned: Learned, gaps: Gaps, mine: Bools, waits: Waits, open_: Bools) -> bool:
    """Whether a limit of days is only the end of the file: more clients wait beyond it than come at it.

    Of those who drive too little to reach the units by then; a wait counts up to the client's last visit of any kind.
    """
    if not np.isfinite(learned.limit_days):
        return False
    limit, units = learned.limit_days, learned.units

    def beyond(days: Array, per_day: Array) -> Bools:
        return np.asarray((units / per_day > AROUND * limit) & (days > AROUND * limit))

    days, per_day = gaps.days[mine], gaps.units[mine] / gaps.days[mine]
    slow = units / per_day > AROUND * limit
    at_it = slow & (days >= limit / AROUND) & ~beyond(days, per_day)
    waited = beyond(days, per_day).sum() + beyond(waits.days[open_], waits.per_day[open_]).sum()
    return bool(waited > at_it.sum())


def _learn(client: Ints, days: Array, units: Array, *, limits: bool = True) -> Learned:
    """The rule that explains a service's gaps best, if it is one of use; without `limits`, of use alone."""
    if len(client) > MOST_GAPS:
        kept = client % -(-len(client) // MOST_GAPS) == 0
        client, days, units = client[kept], days[kept], units[kept]
    clients = len(np.unique(client))
    if clients < CLIENTS_TO_LEARN_FROM:
        return Learned()
    weight = _once_each(client) / clients
    log_days, log_pace = np.log(days), np.log(units / days)
    at_units = np.unique([human_figure(value) for value in np.quantile(units, _QUANTILES)])
    at_days = np.unique(np.round(np.quantile(days, _QUANTILES)))
    by_use = np.log(at_units)[:, None] - log_pace  # candidates x gaps
    by_days = np.broadcast_to(np.log(at_days)[:, None], (len(at_days), len(days)))

    def error(expected: Array) -> Array:
        return np.asarray(np.abs(log_days - expected) @ weight)

    def price(missed: float, parameters: int) -> float:
        return float(clients * np.log(max(missed, LEAST_ERROR)) + parameters * np.log(clients) / 2)

    of_use, of_days = error(by_use), error(by_days)
    of_both = error(np.minimum(by_use[:, None, :], by_days[None, :, :]))
    use_first = (by_use[:, None, :] < by_days[None, :, :]) @ weight
    share = max(DECIDES_SHARE, CLIENTS_TO_LEARN_FROM / clients)
    of_both = np.where((use_first >= share) & (use_first <= 1 - share), of_both, np.inf)
    with_limit = limits and price(of_both.min(), 2) < price(of_use.min(), 1)
    best = price(of_both.min(), 2) if with_limit else price(of_use.min(), 1)
    if best > price(of_days.min(), 1) - MARGIN:
        return Learned()
    if not with_limit:
        return Learned(float(at_units[of_use.argmin()]), error=float(of_use.min()))
    unit, day = np.unravel_index(of_both.argmin(), of_both.shape)
    return Learned(float(at_units[unit]), float(at_days[day]), float(of_both.min()))
