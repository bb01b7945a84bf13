"""What became of every line, from all the columns that say something of it.

Whether a visit took place is said by the status of the appointment or the document; attendance knows better who came,
a column of voided documents what does not count. How a line was paid says something only where nothing else does, or
where the money went back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from analysis.book import STATUSES, Notice, Status
from analysis.reading.rows.lines import Lines
from analysis.reading.values.columns import Column, Flags
from analysis.reading.values.statuses import (
    Meaning,
    flag_meaning,
    is_credit_note,
    is_returned,
    status_meaning,
    status_meanings,
)
from analysis.reading.values.texts import plain_header

#: What a sheet's own subject says of its lines.
OF_ROLE: Mapping[str, Status] = {"cancellations": "cancelled", "no_shows": "no_show", "bookings": "booked"}
#: A line that was served and is owed was served; one on a waiting list is at most booked.
_OF_MEANING: Mapping[Meaning | None, Status] = {
    "completed": "completed",
    "unpaid": "completed",
    "cancelled": "cancelled",
    "no_show": "no_show",
    "booked": "booked",
    "waiting": "booked",
    "refund": "refund",
    None: "completed",
}
CODE: Mapping[Status, int] = {status: code for code, status in enumerate(STATUSES)}
#: Columns that say what became of a line, the one that decides first.
SAYING = ("status", "attendance", "voided", "payment_status")
#: Where so few lines are anything but booked or called off, "booked" is this export's word for having come.
_HARDLY_ANY = 0.05
_MOST_TEXTS = 5

Codes = npt.NDArray[np.int8]


def statuses_of(lines: Lines) -> Codes:
    """The status of every row (an index into STATUSES), before amounts and dates have their say."""
    completed, booked, refund = CODE["completed"], CODE["booked"], CODE["refund"]
    if lines.role in OF_ROLE:
        return np.full(len(lines.reason), CODE[OF_ROLE[lines.role]], dtype=np.int8)
    said = {name: _said_by(column) for name in SAYING if (column := _filled(lines, name)) is not None}
    status = np.full(len(lines.reason), completed, dtype=np.int8)
    if said:
        status = said.pop(next(iter(said)))
    for name, other in said.items():
        decided = status if name != "attendance" else np.where(status == booked, completed, status)
        came_or_not = other != completed if name != "payment_status" else other == refund
        status = np.where(came_or_not & np.isin(decided, (completed, booked)), other, decided)
        if name == "attendance":  # of a visit to come, nobody has attended yet
            status = np.where(other == booked, booked, status)
    if lines.role == "sales" and "cancelled_on" in lines.dates:
        called_off = ~np.isnat(lines.dates["cancelled_on"]) & np.isin(status, (completed, booked))
        status = np.where(called_off, CODE["cancelled"], status)
    kinds = lines.column("document_type")
    if kinds is not None:
        notes = np.array([is_credit_note(text) for text in kinds.uniques.to_pylist()], dtype=bool)
        status = np.where(kinds.spread(notes, empty=False) & (status == completed), refund, status)
    return np.asarray(status, dtype=np.int8)


def given_back(lines: Lines) -> Flags:
    """Rows whose own status says that they were given back ("Refunded"), and which are not the giving back."""
    back = np.zeros(len(lines.reason), dtype=bool)
    for name in SAYING:
        column = _filled(lines, name)
        if column is not None:
            asked = is_returned(column.header)
            said = [
                (asked and flag_meaning(text) is True) or is_returned(text)
                for text in column.uniques.to_pylist()
            ]
            back |= column.spread(np.array(said, dtype=bool), empty=False)
    return back


def status_notices(lines: Lines) -> Iterator[Notice]:
    """What was decided about statuses: which column decides, what is not understood, and words read against habit."""
    columns = [column for name in SAYING if (column := _filled(lines, name)) is not None]
    if not columns or lines.role in OF_ROLE:
        return
    body = lines.sheet.body
    headers = [column.header for column in columns]
    if len(columns) > 1:
        yield Notice(
            "status_columns", body.file, body.sheet, {"header": headers[0], "others": tuple(headers[1:])}
        )
    for column in columns:
        texts = column.uniques.to_pylist()
        meanings, came = _meanings(column)
        unknown = [
            place
            for place, meaning in enumerate(meanings)
            if meaning is None and flag_meaning(texts[place]) is None
        ]
        if unknown:
            told = tuple(texts[place] for place in unknown[:_MOST_TEXTS])
            rows = int(column.counts[unknown].sum())
            yield Notice(
                "unknown_statuses", body.file, body.sheet, {"header": column.header, "texts": told, "n": rows}
            )
        plainly = [status_meaning(text) for text in texts]
        paid = any(
            was == "cancelled" and now == "completed" for was, now in zip(plainly, meanings, strict=True)
        )
        if paid or came:
            code = "cancelled_is_paid" if paid else "booked_is_came"
            yield Notice(code, body.file, body.sheet, {"header": column.header})


def _filled(lines: Lines, name: str) -> Column | None:
    column = lines.column(name)
    return column if column is not None and len(column.uniques) else None


def _said_by(column: Column) -> Codes:
    """What a column of statuses says of every row; an empty or unheard-of one is a completed line's."""
    meanings, _ = _meanings(column)
    codes = np.array([CODE[_OF_MEANING[meaning]] for meaning in meanings], dtype=np.int8)
    return np.asarray(column.spread(codes, CODE["completed"]), dtype=np.int8)


def _meanings(column: Column) -> tuple[Sequence[Meaning | None], bool]:
    """The meaning of each distinct text, and whether "booked" had to be read as having come."""
    meanings = status_meanings(
        plain_header(column.header), column.uniques.to_pylist(), column.counts.tolist()
    )
    codes = np.array([CODE[_OF_MEANING[meaning]] for meaning in meanings], dtype=np.int8)
    completed = column.counts[codes == CODE["completed"]].sum() + (~column.filled).sum()
    if "booked" in meanings and completed < _HARDLY_ANY * len(column):
        return ["completed" if meaning == "booked" else meaning for meaning in meanings], True
    return meanings, False
