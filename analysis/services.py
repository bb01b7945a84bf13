"""Each service's own cadence: what is usual, the standard it is held to, and whether it repeats at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import rhythm, schema
from analysis.arrays import Array, Dates, Ints, Names
from analysis.calendar.clock import Clock
from analysis.pace.clean_rhythm import CleanRhythm, clean_rhythm
from analysis.pace.gaps import Gaps
from analysis.settings import Settings
from analysis.visits import Visits

WEEK = 7
MIN_RETURNING_CLIENTS = 5  # to learn a standard from; fewer borrow the business's
REPEATS_SHARE = (
    0.5  # a necessary service: at least half of its visits are followed by another within two standards
)
#: Variation of a gap under about a third, under about two thirds; no kernel has just these, so none sits on the edge.
CLOCKWORK_ABOVE_K, ROUGH_ABOVE_K = 8.0, 2.4


@dataclass(frozen=True)
class Streams:
    """Client-service streams, one for each subject the client brings: one row each, sorted by client, service, subject.

    `gaps` are those of the stream rows; `service` is an index into `names`; `ticket` is money per visit of the stream
    (NaN if unknown).
    """

    names: Names
    client: Ints
    service: Ints
    subject: Names  # "" for the client alone
    visits: Ints
    last_day: Ints
    ticket: Array
    gaps: Gaps
    known: rhythm.Histories
    priors: list[rhythm.Prior]  # one a service
    fitted: rhythm.Intervals
    pace: CleanRhythm


def regularity(k: Array) -> Names:
    """The words' codes for a regularity: clockwork, rough or erratic."""
    codes = np.select([k >= CLOCKWORK_ABOVE_K, k >= ROUGH_ABOVE_K], ["clockwork", "rough"], "erratic")
    return codes.astype(object)


def streams(seen: Visits, pooled: rhythm.Prior, borrow: Array, clock: Clock) -> Streams:
    """Fit every client-service stream; a service's prior is shrunk to the business's (`pooled`).

    `borrow` is the business's usual gap per client, for streams with few gaps of their own; `clock` the shop's.
    """
    table = seen.streams
    names, group = seen.stream_services
    client = seen.stream_starts[1]
    row, rows = seen.stream_of, len(group)
    service = group[row]
    day = table["day"].to_numpy()
    known = rhythm.histories(row, day, seen.today, rows)
    priors = rhythm.fit_groups(known, pooled, group, len(names)) or [pooled]
    fitted = rhythm.intervals(known, priors, group)
    gaps = Gaps.of(row, day, seen.today, rows)
    closed = ~gaps.is_open
    # The clean pace is in days the shop was open, as everything about lateness.
    length = clock.at(gaps.closed[closed]) - clock.at(gaps.opened[closed])
    of_service = _median_by(service[closed], length, len(names))
    lean = np.where(np.isnan(of_service[group]), borrow[client], of_service[group])
    pace = clean_rhythm(row[closed], length, rows, lean)
    amount = table["amount"].to_numpy(dtype=float)
    known_amount = np.bincount(row, weights=~np.isnan(amount), minlength=rows)
    total = np.bincount(row, weights=np.nan_to_num(amount), minlength=rows)
    ticket = np.where(known_amount > 0, total / np.maximum(known_amount, 1), np.nan)
    last = np.append(np.flatnonzero(np.diff(row)), len(row) - 1) if len(row) else np.array([], dtype=int)
    return Streams(
        names.astype(object),
        client,
        group,
        seen.stream_subjects,
        np.bincount(row, minlength=rows),
        day[last],
        ticket,
        gaps,
        known,
        priors,
        fitted,
        pace,
    )


def _median_by(group: Ints, value: Array, groups: int) -> Array:
    out = np.full(groups, np.nan)
    medians = pd.Series(value).groupby(group).median()
    out[medians.index.to_numpy()] = medians.to_numpy()
    return out


def whole_weeks(days: float) -> float:
    """A standard people can keep in their heads: whole weeks, at least one."""
    return float(max(WEEK, WEEK * round(days / WEEK)))


def service_table(seen: Visits, found: Streams, business_pace: float, settings: Settings) -> pd.DataFrame:
    """`schema.SERVICES`: cadence, standard and whether it repeats, one row per service, most visits first."""
    n = len(found.names)
    table = seen.streams
    service = found.service[seen.stream_of]
    returning = found.visits > 1
    pace = _median_by(found.service[returning], found.pace.mu[returning], n)
    enough = np.bincount(found.service[returning], minlength=n) >= MIN_RETURNING_CLIENTS
    learned = np.array(
        [whole_weeks(days) if ok and days > 0 else np.nan for days, ok in zip(pace, enough, strict=True)]
    )
    standard = np.where(np.isnan(learned), whole_weeks(business_pace), learned)
    source = np.where(np.isnan(learned), "business", "learned").astype(object)
    for place, name in enumerate(found.names):
        if name in settings.standards:
            standard[place], source[place] = float(settings.standards[name]), "owner"
    followed = _return_share(found, standard, seen.today)
    amount = table["amount"].to_numpy(dtype=float)
    revenue = np.bincount(service, weights=np.nan_to_num(amount), minlength=n)
    known = np.bincount(service, weights=~np.isnan(amount), minlength=n) > 0
    k = np.exp(_median_by(found.service[returning], np.log(found.fitted.k[returning]), n))
    out = pd.DataFrame(
        {
            "service": found.names,
            "visits": np.bincount(service, minlength=n),
            "clients": _clients_of(found, n),
            "revenue": np.where(known, np.round(revenue, 2), np.nan),
            "interval_days": _median_by(found.service, found.fitted.days, n),
            "standard_days": standard,
            "standard_source": source,
            "return_share": followed,
            "repeats": np.nan_to_num(followed) >= REPEATS_SHARE,
            "regularity": regularity(np.nan_to_num(k, nan=1.0)),
        }
    )
    return out.sort_values(["visits", "service"], ascending=[False, True], ignore_index=True)[
        list(schema.SERVICES)
    ]


def _clients_of(found: Streams, services: int) -> Ints:
    """How many clients each service has; several subjects of one client are one client."""
    each = np.unique(found.service * (found.client.max(initial=0) + 1) + found.client)
    return np.bincount(each // (found.client.max(initial=0) + 1), minlength=services)


def _return_share(found: Streams, standard: Array, today: int) -> Array:
    """Share of a service's visits followed by another within two standards; visits too recent to know are left out."""
    service = found.service[found.gaps.row]
    within = 2 * standard[service]
    length = found.gaps.closed - found.gaps.opened
    came = ~found.gaps.is_open & (length <= within)
    can_tell = came | (today - found.gaps.opened > within)
    told = np.bincount(service[can_tell], minlength=len(standard))
    back = np.bincount(service[came], minlength=len(standard))
    return np.where(told > 0, back / np.maximum(told, 1), np.nan)


def stream_table(seen: Visits, found: Streams, services: pd.DataFrame) -> pd.DataFrame:
    """`schema.STREAMS`: when each client's next visit for each repeating service is due."""
    repeats = (
        services.set_index("service")["repeats"].reindex(found.names).to_numpy(dtype=bool)[found.service]
    )
    due_day = found.last_day + np.round(found.fitted.days).astype(np.int64)
    late = np.maximum(0.0, seen.today - found.last_day - found.fitted.high)
    return pd.DataFrame(
        {
            "client_id": seen.client_id[found.client],
            "service": found.names[found.service],
            "subject": found.subject,
            "visits": found.visits,
            "last_visit": _date(found.last_day),
            "interval_days": np.round(found.fitted.days, 1),
            "interval_high": np.round(found.fitted.high, 1),
            "due": _date(due_day),
            "days_late": np.round(late),
        }
    )[repeats].reset_index(drop=True)[list(schema.STREAMS)]


def _date(day: Ints) -> Dates:
    return day.astype("datetime64[D]").astype("datetime64[s]")


def gap_densities(found: Streams | None, all_visits: Array) -> pd.DataFrame:
    """The fitted density of gaps, of all visits (service "") and of each service: service, days, density."""
    curves = {"": all_visits}
    if found is not None:
        curves |= {str(name): found.fitted.density[place] for place, name in enumerate(found.names)}
    frames = []
    for name, density in curves.items():
        reach = min(int(np.searchsorted(np.cumsum(density), 0.985)) + 2, len(density))
        frames.append(
            pd.DataFrame({"service": name, "days": np.arange(1, reach), "density": density[1:reach]})
        )
    return pd.concat(frames, ignore_index=True)
