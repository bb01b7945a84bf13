"""What each client did, as of any day: the evidence behind affection, reasons and the early-signal classifier.

Everything here is rebuilt from dated rows up to a day, so the same function gives today's signs and those of six months
ago.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.arrays import Array, Bools, Ints
from analysis.event_signs import YEAR_DAYS, event_signs
from analysis.events import Events
from analysis.visits import Visits

RECENT_GAPS, EARLIER_GAPS = 3, 8  # a trend compares the last three gaps with up to eight before them
PUNCTUAL_GAPS = 12
TICKETS = 6
USUAL_STAFF_VISITS = 6
STAFF_GONE_DAYS = 45  # no line for this long while the shop works: the seller is gone, not on holiday
DROPPED_AFTER = 2.0  # a service is dropped when the client came on without it for twice its own gap
MIN_STREAM_VISITS = 3

Columns = Mapping[str, Array | Ints | pd.Categorical]


def signals(
    seen: Visits,
    happened: Events,
    day: int,
    late_after: Array | None = None,
    early_before: Array | None = None,
) -> pd.DataFrame:
    """One row per client (by number) with what was known at the end of `day`; NaN where it cannot be known.

    `late_after`, `early_before`: days of a gap beyond which a visit is late, or under which it is a visit more than
    usual, one per client; without them nothing is said of punctuality. Clients with no visit by then have `visits` 0.
    """
    # One frame of all columns at once: frames that grow column by column were a third of the time.
    return pd.DataFrame(sign_columns(seen, happened, day, late_after, early_before))


def sign_columns(
    seen: Visits,
    happened: Events,
    day: int,
    late_after: Array | None = None,
    early_before: Array | None = None,
) -> dict[str, Array | Ints | pd.Categorical]:
    """The columns of `signals`, for who looks at many days and needs no frame."""
    end = seen.rows_until(day)
    felt = felt_columns(seen, happened, day, late_after, early_before)
    return {
        **felt,
        **_usual_staff(seen, day, seen.first_row, end),
        **_dropped_service(seen, day, np.asarray(felt["last_day"], dtype=np.float64)),
    }


def felt_columns(
    seen: Visits,
    happened: Events,
    day: int,
    late_after: Array | None = None,
    early_before: Array | None = None,
) -> dict[str, Array | Ints | pd.Categorical]:
    """Those of `sign_columns` that affection is told by: without sellers and services."""
    start, end = seen.first_row, seen.rows_until(day)
    when = seen.table["day"].to_numpy()
    has = end > start
    last_day = np.where(has, when[np.maximum(end - 1, start)], np.nan)
    year_start = np.maximum(start, seen.rows_until(day - YEAR_DAYS))
    basic: Columns = {
        "visits": end - start,
        "first_day": np.where(has, when[start], np.nan),
        "last_day": last_day,
        "silence": day - last_day,
        "visits_12m": end - year_start,
    }
    punctual: Columns = {}
    if late_after is not None and early_before is not None:
        punctual = _punctuality(seen, start, end, late_after, early_before)
    return {
        **basic,
        **_trends(seen, start, end, year_start),
        **punctual,
        **event_signs(happened, day, seen.clients),
    }


def _trends(seen: Visits, start: Ints, end: Ints, year_start: Ints) -> Columns:
    """Mean gap and ticket of the latest visits against those before.

    Means over runs of visits come from the first and last day, and from running totals: no loop, no groupby.
    """
    when = seen.table["day"].to_numpy()
    visits = end - start
    recent = np.clip(visits - 1, 0, RECENT_GAPS)  # nobody has -1 gaps: who had not come yet has none
    earlier = np.clip(visits - 1 - recent, 0, EARLIER_GAPS)
    enough = (recent >= RECENT_GAPS) & (earlier >= RECENT_GAPS)
    last = np.maximum(end - 1, start)
    cut = np.maximum(last - recent, start)
    before = np.maximum(cut - earlier, start)

    amount = _running_total(np.nan_to_num(seen.table["amount"].to_numpy()))
    known = _running_total(seen.table["amount"].notna().to_numpy())
    split = end - recent * enough
    old = split - earlier * enough

    def mean_ticket(first: Ints, stop: Ints) -> Array:
        return np.asarray((amount[stop] - amount[first]) / (known[stop] - known[first]))

    with np.errstate(invalid="ignore", divide="ignore"):
        return {
            "gap_now": np.where(enough, (when[last] - when[cut]) / np.maximum(recent, 1), np.nan),
            "gap_before": np.where(enough, (when[cut] - when[before]) / np.maximum(earlier, 1), np.nan),
            "revenue_12m": amount[end] - amount[year_start],
            "ticket_6": mean_ticket(np.maximum(end - TICKETS, start), end),
            "ticket_now": np.where(enough, mean_ticket(split, end), np.nan),
            "ticket_before": np.where(enough, mean_ticket(old, split), np.nan),
        }


def _running_total(values: Array | Bools) -> Array:
    """Sums before each place: the sum of values[a:b] is total[b] - total[a]."""
    return np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])


def _punctuality(seen: Visits, start: Ints, end: Ints, late_after: Array, early_before: Array) -> Columns:
    """Of the latest gaps, how many ended before they were late and how many were a visit more than usual."""
    client, when = seen.table["client"].to_numpy(), seen.table["day"].to_numpy()
    gap = np.diff(when, prepend=when[:1])
    closes_gap = np.ones(len(when), dtype=bool)
    closes_gap[start] = False
    on_time = _running_total((gap <= late_after[client]) & closes_gap)
    extra = _running_total((gap < early_before[client]) & closes_gap)
    gaps = np.clip(end - start - 1, 0, PUNCTUAL_GAPS)
    with np.errstate(invalid="ignore", divide="ignore"):
        return {
            "gaps_12": gaps,
            "punctual_share": (on_time[end] - on_time[end - gaps]) / gaps,
            "extra_share": (extra[end] - extra[end - gaps]) / gaps,
        }


def _usual_staff(seen: Visits, day: int, start: Ints, end: Ints) -> Columns:
    """The seller of most of the latest visits, and since when that seller has no lines at all."""
    names, code = seen.staff_codes
    place = end[:, None] - 1 - np.arange(USUAL_STAFF_VISITS)
    latest = np.where(place >= start[:, None], code[np.maximum(place, 0)], -1)
    latest = np.where(latest >= 0, np.where(names[latest] == "", -1, latest), -1)
    same = (latest[:, :, None] == latest[:, None, :]).sum(axis=2) * (latest >= 0)
    best = same.argmax(axis=1)  # ties go to the latest
    usual = latest[np.arange(len(latest)), best]
    seller, when = seen.staff_last_lines  # of all lines: who only adds a colour to others' cuts has not left
    last_line = np.full(len(names), -np.inf)
    past = when <= day
    np.maximum.at(last_line, seller[past], when[past].astype(float))
    gone = (usual >= 0) & (last_line[usual] < day - STAFF_GONE_DAYS)
    # Only news: after a year without them the client has another seller or another reason.
    gone &= last_line[usual] >= day - YEAR_DAYS
    return {
        "staff": pd.Categorical.from_codes(usual, dtype=seen.staff_type),
        "staff_left_day": np.where(gone, last_line[usual], np.nan),
    }


def _dropped_service(seen: Visits, day: int, last_visit: Array) -> Columns:
    """A service the client used to take and came on without, for twice its own gap: the most usual one dropped."""
    _, code = seen.stream_services
    dropped = np.full(seen.clients, -1)
    last_day = np.full(seen.clients, np.nan)
    start, client = seen.stream_starts
    if len(start):
        when = seen.streams["day"].to_numpy()
        end = seen.stream_rows_until(day)
        visits = end - start
        latest = when[np.maximum(end - 1, start)]
        gap = (latest - when[start]) / np.maximum(visits - 1, 1)
        without = last_visit[client] - latest
        if seen.brought is not None:  # who brings another car for the same service has not dropped it
            same = client * (code.max() + 1) + code
            of_any = np.full(int(same.max()) + 1, -np.inf)
            np.maximum.at(of_any, same, np.where(visits > 0, latest, -np.inf))
            without = np.where(latest < of_any[same], -np.inf, without)
        gone = (visits >= MIN_STREAM_VISITS) & (without > np.maximum(DROPPED_AFTER * gap, 0))
        gone &= latest >= day - YEAR_DAYS
        order = np.flatnonzero(gone)[np.lexsort((latest[gone], visits[gone]))]  # the last assignment wins
        dropped[client[order]] = code[order]
        last_day[client[order]] = latest[order]
    return {
        "dropped_service": pd.Categorical.from_codes(dropped, dtype=seen.service_type),
        "dropped_last_day": last_day,
    }
