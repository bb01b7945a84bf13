"""Clients, days and documents written on the first line of their group alone: put on the lines below it too.

A blank client is a nameless sale far more often than a name not repeated. So blanks are filled only inside one
document, inside merged cells, or where everything says that the sheet is in groups: names stand once each, each starts
a group, and the days start anew with every name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from analysis.book import Notice
from analysis.reading.layout.body import Body
from analysis.reading.layout.cells import Flags, fields_named, labelled_as_total, names_field
from analysis.reading.layout.dates_here import days_of, which_are_dates
from analysis.reading.values.columns import Column
from analysis.reading.values.texts import plain_header
from analysis.reading.values.vocabulary import words

_CLIENT = ("client_name", "client_id", "first_name", "last_name")
_SAYS_WHO = (*_CLIENT, "tax_id", "phone", "email")
_WEAK = "client_id_weak"
_DOCUMENT = words(
    "tickets?",
    "facturas?",
    "invoices?",
    "receipts?",
    "recibos?",
    "boletas?",
    "pedidos?",
    "orders?",
    "ordenes",
    "orden",
    "comprobantes?",
    "documentos?",
    "documents?",
    "albaran(es)?",
    "folios?",
    "bills?",
    "transactions?",
    "transaccion(es)?",
    "ventas? (no|id|numero)",
    "(no|id|numero) ventas?",
    "sale (no|id|number)",
)
#: The share of lines without a client below which a blank is a slip.
_MANY = 0.2
#: Names stand once each, but for clients who come back under another seller or month.
_ONCE = 0.9
#: Steps between days that go forward within groups, and of the whole sheet where it is a diary and no grouped report.
_FORWARD = 0.95
_FEW_GROUPS = 2
_HALF = 0.5
#: As many groups at least begin before the last one ended.
_BACK = 0.3


def filled_down(body: Body) -> Body:
    """The same table with what stands on the first line of a group on all of its lines."""
    if body.header_row is None or not len(body):
        return body
    lines = _lines(body)
    for decide in (_by_document, _by_merged_cells, _by_group_of_client, _by_group_of_day):
        found = decide(body, lines)
        if found is None:
            continue
        places, start = found
        columns = list(body.columns)
        filled = 0
        for place in places:
            columns[place], count = _down(columns[place], start, lines)
            filled = max(filled, count)
        if filled:
            said = next((columns[place].header for place in places), "")
            notice = Notice("filled_down", body.file, body.sheet, {"n": filled, "header": said})
            return replace(body, columns=tuple(columns), notices=(*body.notices, notice))
    return body


Found = tuple[list[int], npt.NDArray[np.int64]]


def _lines(body: Body) -> Flags:
    """Rows of data: filled like most of them."""
    widths = np.zeros(len(body), dtype=np.int64)
    totals = np.zeros(len(body), dtype=bool)
    for column in body.columns:
        widths += column.filled
        totals |= labelled_as_total(column)
    free = (body.fates == "") & (widths > 1) & ~totals
    return np.asarray(free & (widths >= _HALF * np.median(widths[free]))) if free.any() else free


def _down(column: Column, start: npt.NDArray[np.int64], lines: Flags) -> tuple[Column, int]:
    """A column whose blanks take the cell at `start` (per row the first row of its group); and how many did."""
    blank = ~column.filled & lines & (start >= 0)
    codes = np.where(blank, column.codes[np.maximum(start, 0)], column.codes).astype(np.int32)
    return replace(column, codes=codes), int((codes != column.codes).sum())


def _named(body: Body, *fields: str) -> list[int]:
    return [index for index, column in enumerate(body.columns) if names_field(column.header, *fields)]


def _by_document(body: Body, lines: Flags) -> Found | None:
    """Lines of one document, of which only the first says whose it is."""
    documents = [
        index for index, column in enumerate(body.columns) if _DOCUMENT.search(plain_header(column.header))
    ]
    clients = _with_companions(body, _named(body, *_CLIENT))
    if not documents or not clients:
        return None
    document = max((body.columns[index] for index in documents), key=lambda column: len(column.uniques))
    rows = np.arange(len(body))
    new = np.append(True, document.codes[1:] != document.codes[:-1])
    start = np.maximum.accumulate(np.where(new, rows, 0))
    start = np.where(document.filled, start, -1)
    inner = ~new & document.filled & lines
    client = body.columns[clients[0]]
    blank = inner & ~client.filled & client.filled[np.maximum(start, 0)]
    if any((body.columns[index].filled & blank).any() for index in _named(body, *_SAYS_WHO)):
        return None
    # Only where it is the export's way: no document names its client again on a later line.
    return (clients, start) if blank.any() and not (inner & client.filled).any() else None


def _by_merged_cells(body: Body, lines: Flags) -> Found | None:
    """Cells merged down over the lines of their group."""
    places = _with_companions(body, _named(body, *_CLIENT, "date", "document", "staff"))
    start = np.full(len(body), -1, dtype=np.int64)
    merged_in: set[int] = set()
    first = int(body.rows[0]) - 1
    for top, left, bottom, right in body.grid.merged:
        here = [index for index in places if body.columns[index].position == left == right]
        if here and top < bottom and top >= first:
            start[top - first : bottom - first + 1] = top - first
            merged_in.update(here)
    return (sorted(merged_in), start) if merged_in and (lines & (start >= 0)).any() else None


def _by_group_of_client(body: Body, lines: Flags) -> Found | None:
    clients = _named(body, *_CLIENT)
    dates = [index for index in _named(body, "date") if _holds_dates(body.columns[index])]
    if not clients or not dates:
        return None
    client, date = body.columns[clients[0]], body.columns[dates[0]]
    lines = lines & date.filled
    named = np.flatnonzero(lines & client.filled)
    blank = lines & ~client.filled
    # A line that says in another column whose it is has no need of the one above.
    if any((body.columns[index].filled & blank).any() for index in _named(body, *_SAYS_WHO)):
        return None
    if not _in_groups(lines, named, blank):
        return None
    if len(np.unique(client.codes[named])) < _ONCE * len(named):
        return None
    days, places = days_of(date)[lines], np.flatnonzero(lines)
    known = ~np.isnat(days)
    days, places = days[known], places[known]
    steps = np.diff(days).astype(np.int64)
    starts = np.isin(places[1:], named)
    within = ~starts
    orderly = within.any() and _one_way(steps) < _FORWARD <= _one_way(steps[within])
    if not (orderly and _start_anew(steps[starts], steps[within])):
        return None
    return _with_companions(body, clients), _starts(len(body), named)


def _start_anew(starts: npt.NDArray[np.int64], within: npt.NDArray[np.int64]) -> bool:
    """Whether the days go back where a name stands, as no diary's or seller's do."""
    backwards = starts > 0 if (within < 0).sum() > (within > 0).sum() else starts < 0
    return bool(len(starts)) and bool(backwards.mean() >= _BACK)


def _by_group_of_day(body: Body, lines: Flags) -> Found | None:
    """Days written once each, in order, over lines that all have their client."""
    dates = [index for index in _named(body, "date") if _holds_dates(body.columns[index])]
    clients = _named(body, *_CLIENT)
    if not clients or not dates:
        return None
    client, date = body.columns[clients[0]], body.columns[dates[0]]
    lines = lines & client.filled
    dated = np.flatnonzero(lines & date.filled)
    blank = lines & ~date.filled
    if not _in_groups(lines, dated, blank):
        return None
    steps = np.diff(days_of(date)[dated]).astype(np.int64)
    if (steps == 0).any() or _one_way(steps) < 1:
        return None
    return dates[:1], _starts(len(body), dated)


def _in_groups(lines: Flags, firsts: npt.NDArray[np.int64], blank: Flags) -> bool:
    """Whether the blanks are many, in several groups, and none before the first group."""
    blanks = np.flatnonzero(blank)
    if (
        len(firsts) < _FEW_GROUPS
        or len(blanks) < _MANY * lines.sum()
        or firsts[0] != np.flatnonzero(lines)[0]
    ):
        return False
    return len(np.unique(np.searchsorted(firsts, blanks))) >= _FEW_GROUPS


def _with_companions(body: Body, places: Sequence[int]) -> list[int]:
    """The columns and those of the client's beside them that are blank wherever the first is: keys, phones, mails."""
    if not places:
        return []
    first = body.columns[places[0]]
    companions = [
        index
        for index, column in enumerate(body.columns)
        if index not in places
        and (names_field(column.header, "phone", "email") or _WEAK in fields_named(column.header))
        and column.filled.any()
        and not (column.filled & ~first.filled).any()
    ]
    return [*places, *companions]


def _starts(count: int, firsts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    start = np.full(count, -1, dtype=np.int64)
    start[firsts] = firsts
    return np.maximum.accumulate(start)


def _one_way(steps: npt.NDArray[np.int64]) -> float:
    """The share of steps that go the usual way or stand still."""
    return float(max((steps >= 0).mean(), (steps <= 0).mean())) if len(steps) else 1.0


def _holds_dates(column: Column) -> bool:
    texts = column.uniques.slice(0, 50)
    return len(texts) > 0 and bool(which_are_dates(texts).mean() >= _ONCE)
