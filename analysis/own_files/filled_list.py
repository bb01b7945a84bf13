"""A call list that comes back filled in: known by its headers in either language, its rows read whatever wrote them.

Excel, LibreOffice and Google Sheets change the separator, the encoding, the dates and the order of columns, and people
add columns of their own: columns are found by name, and the order of day and month is told by all dates of the list.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from analysis.files.grid import Grid
from analysis.reading.corrections import DateOrder
from analysis.reading.values.dates import Slots, read_dates
from analysis.reading.values.texts import plain_header

#: Headers of the columns in use, as `plain_header` leaves them.
_HEADERS: Mapping[str, frozenset[str]] = {
    "client_id": frozenset({"codigo", "code", "client id"}),
    "client_name": frozenset({"cliente", "client", "client name"}),
    "last_visit": frozenset({"ultima visita", "last visit"}),
    "outcome": frozenset({"resultado de la llamada", "call outcome", "outcome"}),
    "outcome_date": frozenset({"fecha de la llamada", "call date", "outcome date"}),
    "note": frozenset({"nota de la llamada", "call note", "note"}),
    "offer": frozenset({"se le ofrecio", "offered", "offer"}),
}
#: No other export has a column called so; the plain "outcome" of the command line's list has these beside it.
_OURS_ALONE = frozenset({"resultado de la llamada", "call outcome"})
_BESIDE = frozenset({"suggested action", "outcome date"})

_ORDERS: tuple[DateOrder, ...] = ("dmy", "mdy")
_HEADER_WITHIN = 12
_DAY_AND_MONTH = re.compile(r"\d{1,2}[/.\-]\d{1,2}")


@dataclass(frozen=True)
class FilledRow:
    """One row somebody filled in. `row` is Excel's; `on` is None where the cell is empty or (`bad_date`) no date."""

    row: int
    client_id: str
    client_name: str
    outcome: str
    on: dt.date | None
    note: str
    offer: str
    bad_date: str = ""


@dataclass(frozen=True)
class FilledList:
    """A call list with what was written into it; rows where nothing was are only counted."""

    file: str
    rows: tuple[FilledRow, ...]
    listed: int


def is_call_list(grid: Grid) -> bool:
    """Whether a sheet is a call list of ours."""
    return _header_row(grid.head(_HEADER_WITHIN)) is not None


def read_call_list(grid: Grid, today: dt.date) -> FilledList:
    """What was written into the list on a sheet (`is_call_list`)."""
    lines = grid.head(grid.height)
    header = _header_row(lines[:_HEADER_WITHIN]) or 0
    places = _places(lines[header])

    def cells(name: str) -> list[str]:
        place = places.get(name)
        return [line[place] if place is not None else "" for line in lines[header + 1 :]]

    days = _days(cells("outcome_date"), cells("last_visit"), today)
    columns = ("client_id", "client_name", "outcome", "outcome_date", "note", "offer")
    listed, rows = 0, []
    for number, (client_id, name, outcome, written, note, offer) in enumerate(
        zip(*(cells(column) for column in columns), strict=True)
    ):
        listed += bool(client_id or name)
        if outcome or written or note or offer:
            day = days[number]
            wrong = written if day is None else ""
            place = header + number + 2
            rows.append(FilledRow(place, client_id, name, outcome, day, note, offer, wrong))
    return FilledList(grid.file, tuple(rows), listed)


def _header_row(lines: Sequence[Sequence[str]]) -> int | None:
    for number, line in enumerate(lines):
        names = {plain_header(cell) for cell in line}
        said = names & _HEADERS["outcome"]
        sure = bool(names & _OURS_ALONE) or names >= _BESIDE
        if said and sure and names & (_HEADERS["client_id"] | _HEADERS["client_name"]):
            return number
    return None


def _places(headers: Sequence[str]) -> dict[str, int]:
    """Where each column stands; the first of that name."""
    plain = [plain_header(header) for header in headers]
    found: dict[str, int] = {}
    for name, known in _HEADERS.items():
        place = next((number for number, header in enumerate(plain) if header in known), None)
        if place is not None:
            found[name] = place
    return found


def _days(written: Sequence[str], last_visits: Sequence[str], today: dt.date) -> list[dt.date | None]:
    """The dates written; day or month first as the list's own dates show, else as lets fewer be yet to come."""
    texts = [_with_year(text, today) for text in written]
    every = read_dates(pa.array([*texts, *last_visits], type=pa.string()), today)
    days = every.days(_order(every.slots, today))[: len(texts)].astype("datetime64[D]").astype(object)
    return [day if isinstance(day, dt.date) else None for day in days]


def _order(slots: Slots, today: dt.date) -> DateOrder:
    if slots.verdict in {"dmy", "mdy"}:
        return slots.majority
    ahead = {order: int((slots.days(order) > np.datetime64(today)).sum()) for order in _ORDERS}
    return "mdy" if ahead["mdy"] < ahead["dmy"] else "dmy"


def _with_year(text: str, today: dt.date) -> str:
    """`3/11` as people write it by hand: of this year."""
    return f"{text}/{today.year}" if _DAY_AND_MONTH.fullmatch(text) else text
