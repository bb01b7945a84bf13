"""Which readings lie on one meter's line, and what the others are: slips of the pen, a new meter, a second car.

A meter only goes up, and not faster than anyone drives. Where a client's readings do so they are one line. Where they
do not, the longest run of readings that does is the line (the longest increasing subsequence, as a dynamic programme
over clients side by side), and each reading beside it gets a name: see `Fault`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.arrays import Array, Bools, Ints
from analysis.usage.digits import slip_of
from analysis.usage.medians import medians, sorting_key
from analysis.usage.readings import Readings
from analysis.usage.side_by_side import GRACE_DAYS, Table, apart_from_all, longest, plausible, tables

Fault = Literal[
    "digit_missing",  # one digit more and it fits: 8430 for 84300
    "digit_added",
    "digits_swapped",  # two neighbours in the wrong order: 48300 for 84300
    "out_of_line",  # wrong, and nothing tells how
    "reset",  # from here on the meter counts anew: another meter, or another car; used, with the same slope
    "two_meters",  # of a second meter that runs beside the first: two cars under one name; dates alone are used
]

#: A second line beside the first is a second car if it has two readings at least, and this share of all.
SECOND_READINGS, SECOND_SHARE = 2, 0.25
#: Lines looked for: the first, and as many resets.
_LINES = 5
_FEWEST_FOR_OWN_PACE = 4


@dataclass(frozen=True)
class MeterLines:
    """The readings in use, with the line each lies on, and the faults.

    line: number of the line within its client, in order of time; a reset begins a new one
    two_meters: per client, whether two meters run side by side (their readings tell nothing of either car)
    faults: client, day, value, expected (what the line says for that day; NaN if it says nothing), fault
    """

    used: Readings
    line: Ints
    two_meters: Bools
    faults: pd.DataFrame


def meter_lines(found: Readings, clients: int) -> MeterLines:
    """Sorts every client's readings into lines and faults.

    A function of each client's rows and of the shop's usual pace; the same in miles as in kilometres.
    """
    pace = _usual_pace(found, clients)
    doubtful = np.zeros(clients, dtype=bool)
    same = np.diff(found.client) == 0
    steps = plausible(np.diff(found.value), np.diff(found.day), pace[found.client[1:]])
    doubtful[found.client[1:][same & ~steps]] = True
    line = np.zeros(len(found), dtype=np.int64)
    fault = np.full(len(found), "", dtype=object)
    expected = np.full(len(found), np.nan)
    for table in tables(found, np.flatnonzero(doubtful), pace):
        _name_faults(table)
        line[table.place[table.valid]] = table.line[table.valid]
        fault[table.place[table.valid]] = table.fault[table.valid]
        expected[table.place[table.valid]] = table.expected[table.valid]
    two_meters = np.zeros(clients, dtype=bool)
    two_meters[found.client[fault == "two_meters"]] = True
    in_use = ((fault == "") | (fault == "reset")) & ~two_meters[found.client]
    odd = np.flatnonzero(fault != "")
    faults = pd.DataFrame(
        {
            "client": found.client[odd],
            "day": found.day[odd],
            "value": found.value[odd],
            "expected": expected[odd],
            "fault": fault[odd],
        }
    )
    return MeterLines(found.take(in_use), line[in_use], two_meters, faults)


def _usual_pace(found: Readings, clients: int) -> Array:
    """Units a day that are usual for each client or, if more, for the shop: only to tell what cannot be.

    A client's own is their middle step up or, if that is less, the middle half of their readings over half of their
    days.
    """
    days, step = np.diff(found.day), np.diff(found.value)
    moved = (np.diff(found.client) == 0) & (days > 0) & (step > 0)
    rate = step[moved] / days[moved]
    typical = medians(found.client[1:][moved], rate, clients)
    shop = float(np.nanmedian(typical)) if moved.any() else 0.0
    own = np.zeros(clients)
    who, start, count = np.unique(found.client, return_index=True, return_counts=True)
    enough = count >= _FEWEST_FOR_OWN_PACE
    who, start, count = who[enough], start[enough], count[enough]
    by_value = found.value[np.argsort(sorting_key(found.client, found.value))]
    spread = by_value[start + (3 * (count - 1) + 3) // 4] - by_value[start + (count - 1) // 4]
    span = found.day[start + count - 1] - found.day[start]
    own[who] = np.where(span > 0, 2 * spread / np.maximum(span, 1), 0.0)
    # Two cars in turn make the middle step too long, one car after another the middle half.
    return np.maximum(np.fmin(own, typical), shop)


def _name_faults(table: Table) -> None:
    """Gives every reading of the table its line or its fault."""
    main = longest(table, table.free)
    table.line[main] = 0
    low, high, table.expected[:] = _said_by(table, main)
    left, size = table.free, table.valid.sum(axis=1)
    slip = np.full(left.shape, "", dtype=object)
    slip[left] = slip_of(table.value[left], low[left], high[left])
    # Of a second car's readings some look like slips by chance: a few odd readings are, many are not unless all are.
    few = left.sum(axis=1) < np.maximum(SECOND_READINGS, SECOND_SHARE * size)
    few |= ~(left & (slip == "")).any(axis=1)
    slipped = left & _alone(table, main) & few[:, None]
    table.fault[slipped] = slip[slipped]
    for number in range(1, _LINES):
        another = longest(table, table.free)
        length = another.sum(axis=1)
        apart = apart_from_all(table, another) & (length >= SECOND_READINGS)
        beside = ~apart & (length >= SECOND_READINGS) & (length >= SECOND_SHARE * size)
        table.line[another & apart[:, None]] = number
        table.fault[another & beside[:, None]] = "two_meters"
        neither = another & ~(apart | beside)[:, None]
        table.fault[neither] = np.where(slip[neither] == "", "out_of_line", slip[neither])
    table.fault[table.free] = "out_of_line"
    odd = table.fault != ""
    many = odd.sum(axis=1) >= np.maximum(SECOND_READINGS, SECOND_SHARE * size)
    many &= (table.fault == "out_of_line").any(axis=1)
    table.fault[odd & many[:, None]] = "two_meters"
    _number_by_time(table)


def _number_by_time(table: Table) -> None:
    """Lines are numbered anew in order of time, and the first reading of each later one is a reset."""
    on = table.line >= 0
    last = np.maximum.accumulate(np.where(on, np.arange(on.shape[1]), -1), axis=1)
    before = np.concatenate([np.full((len(on), 1), -1), last[:, :-1]], axis=1)
    other = np.take_along_axis(table.line, np.maximum(before, 0), axis=1) != table.line
    begins = on & (before >= 0) & other
    table.fault[begins] = "reset"
    table.line[:] = np.where(on, np.cumsum(begins, axis=1), 0)


def _said_by(table: Table, main: Bools) -> tuple[Array, Array, Array]:
    """What the main line says for every reading's day: at least, at most, and most likely."""
    column = np.arange(main.shape[1])
    before = np.maximum.accumulate(np.where(main, column, -1), axis=1)
    after = np.minimum.accumulate(np.where(main, column, main.shape[1])[:, ::-1], axis=1)[:, ::-1]
    has_before, has_after = before >= 0, after < main.shape[1]
    lower = np.take_along_axis(table.value, np.maximum(before, 0), axis=1)
    upper = np.take_along_axis(table.value, np.minimum(after, main.shape[1] - 1), axis=1)
    since = table.day - np.take_along_axis(table.day, np.maximum(before, 0), axis=1)
    until = np.take_along_axis(table.day, np.minimum(after, main.shape[1] - 1), axis=1) - table.day
    pace = table.pace[:, None]
    slack = GRACE_DAYS * pace
    # Beyond the line's ends: up to three times the usual pace.
    low = np.where(has_before, lower, upper - 3 * pace * until) - slack
    high = np.where(has_after, upper, lower + 3 * pace * since) + slack
    between = np.where(since + until > 0, since / np.maximum(since + until, 1), 0.5)
    middle = np.where(
        has_before & has_after,
        lower + between * (upper - lower),
        np.where(has_before, lower + pace * since, upper - pace * until),
    )
    return low, high, middle


def _alone(table: Table, main: Bools) -> Bools:
    """Readings with the line on both sides, or the only one before it or after it: two in a row may be a new meter."""
    order = np.arange(main.shape[1])
    first = np.where(main.any(axis=1), main.argmax(axis=1), 0)[:, None]
    last = main.shape[1] - 1 - main[:, ::-1].argmax(axis=1)[:, None]
    size = table.valid.sum(axis=1)[:, None]
    inside = (order > first) & (order < last)
    return np.asarray(
        inside | ((order < first) & (first == 1)) | ((order > last) & (size - 1 - last == 1)),
    )
