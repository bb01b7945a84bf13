"""The rhythm of every client of one shop: the mixture for probabilities and dates, the clean pace for what is lost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import rhythm
from analysis.arrays import Array, Ints, Names, sum_by
from analysis.calendar.clock import Clock
from analysis.pace.clean_rhythm import BORROWED_UNTIL_GAPS, CleanRhythm, clean_rhythm
from analysis.pace.gaps import Gaps
from analysis.settings import Settings
from analysis.visits import Visits

#: A main service with this many clients has a rhythm of its own to borrow from; the others borrow the business's.
LENDING_SERVICE_CLIENTS = 30
OWN_GAPS = 3  # with this many gaps most of what is said of a client is their own
MEAN_GAPS = 12  # a year's value goes by the latest dozen gaps
TICKETS = 6  # the money of a visit: the last six, and one of the service's


@dataclass(frozen=True)
class ClientRhythms:
    """One entry per client number, but for the shop-wide `grid`, `pooled`, `clock` and `density`."""

    known: rhythm.Histories
    grid: rhythm.Grid
    pooled: rhythm.Prior
    priors: list[rhythm.Prior]
    group: Ints  # which prior each client borrows from; 0 = the business's
    masses: rhythm.Masses
    rhythms: rhythm.Rhythms
    interval_source: Names
    gaps: Gaps
    clock: Clock
    pace: CleanRhythm  # in days the shop was open
    mean_gap: Array  # mean of the latest gaps, in calendar days, leaning on the shop's where there are few
    ticket: Array  # money expected per visit; NaN if the export has no amounts
    density: Array  # fitted density of the gaps of all clients by day


def client_rhythms(seen: Visits, main_service: Names, settings: Settings) -> ClientRhythms:
    """Fit the shop and every client. `main_service[i]` is client i's most usual service ("" if unknown)."""
    table = seen.table
    client, day = table["client"].to_numpy(), table["day"].to_numpy()
    n = seen.clients
    known = rhythm.histories(client, day, seen.today, n)
    on = rhythm.grid(known, settings.horizon_days)
    pooled = rhythm.fit(known, on)
    group = _lending_group(main_service)
    priors = [pooled, *rhythm.fit_groups(known, pooled, group - 1, int(group.max(initial=0)))]
    masses = rhythm.learn_masses(known, pooled)
    rhythms = rhythm.predict(known, priors, group, settings.horizon_days, masses)
    source = np.where(known.gaps >= OWN_GAPS, "own", np.where(group > 0, "service", "business")).astype(
        object
    )

    clock = Clock.of(day, seen.today)
    gaps = Gaps.of(client, day, seen.today, n)
    closed = ~gaps.is_open
    open_length = clock.at(gaps.closed[closed]) - clock.at(gaps.opened[closed])
    lean = _group_median(group, rhythms.interval_days)
    pace = clean_rhythm(gaps.row[closed], open_length, n, lean)
    whole = rhythm.intervals(known, [pooled], np.zeros(n, dtype=np.int64))
    return ClientRhythms(
        known,
        on,
        pooled,
        priors,
        group,
        masses,
        rhythms,
        source,
        gaps,
        clock,
        pace,
        _mean_gap(known, lean),
        _ticket(seen, main_service, settings),
        whole.density[0],
    )


def main_services(seen: Visits) -> Names:
    """Each client's most usual service, ties to the first by name."""
    return _most_usual(seen, "service")


def _most_usual(seen: Visits, column: str) -> Names:
    named = seen.table[seen.table[column] != ""]
    count = named.groupby(["client", column], sort=True).size().reset_index(name="times")
    best = count.sort_values(["client", "times", column], ascending=[True, False, True]).drop_duplicates(
        "client"
    )
    out = np.full(seen.clients, "", dtype=object)
    out[best["client"].to_numpy()] = best[column].to_numpy(dtype=object)
    return out


def _lending_group(main_service: Names) -> Ints:
    names, code, count = np.unique(main_service.astype(str), return_inverse=True, return_counts=True)
    lends = (count >= LENDING_SERVICE_CLIENTS) & (names != "")
    number = np.where(lends, np.cumsum(lends), 0)
    return np.asarray(number[code])


def _group_median(group: Ints, value: Array) -> Array:
    medians = pd.Series(value).groupby(group).median()
    return np.asarray(medians.reindex(group), dtype=np.float64)


def _mean_gap(known: rhythm.Histories, lean: Array) -> Array:
    """Mean of a client's latest dozen gaps; fewer than six lean on the group's."""
    late = known.age < MEAN_GAPS
    count = np.bincount(known.row[late], minlength=known.rows)
    total = sum_by(known.row[late], known.gap_days[late], known.rows)
    borrowed = np.maximum(
        0.0, 1 - count / BORROWED_UNTIL_GAPS
    )  # of a gap: none from six gaps on, so never 0 / 0
    return np.asarray((total + borrowed * lean) / (count + borrowed))


def _ticket(seen: Visits, main_service: Names, settings: Settings) -> Array:
    """(sum of the last six tickets + the service's mean) / (n + 1): a median ticket under-reports money by 15%."""
    table = seen.table[seen.table["amount"].notna()]
    if table.empty:
        return np.full(seen.clients, np.nan if settings.average_ticket is None else settings.average_ticket)
    by_client = table.groupby("client")["amount"]
    latest = (
        table[by_client.cumcount(ascending=False) < TICKETS].groupby("client")["amount"].agg(["sum", "size"])
    )
    latest = latest.reindex(range(seen.clients), fill_value=0.0)
    of_service = table.groupby("service")["amount"].mean()
    mean = pd.Series(main_service).map(of_service).fillna(table["amount"].mean()).to_numpy(dtype=float)
    return np.asarray((latest["sum"].to_numpy() + mean) / (latest["size"].to_numpy() + 1))
