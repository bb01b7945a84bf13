"""Day first or month first, for every date column of an upload; asked only where nothing tells."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.book import Notice, Question
from analysis.reading.corrections import ColumnKey, Corrections, DateOrder
from analysis.reading.fields import FIELDS
from analysis.reading.meaning.understand import Understood
from analysis.reading.values.columns import Column
from analysis.reading.values.dates import DateTexts, read_dates, swapped
from analysis.reading.values.statuses import status_meaning

#: Where nothing tells: most of the world writes the day first.
DEFAULT_ORDER: DateOrder = "dmy"
#: Exports are often sorted by date: nearly every step goes one way in the right order, and not in the wrong one.
_SORTED, _UNSORTED = 0.99, 0.95
_STEPS_LOOKED_AT = 20_000
#: A few rows are in order by chance.
_ENOUGH_STEPS = 8
#: Days that are yet to come by their nature, and those that a status may put off.
_AHEAD = frozenset({"due", "left"})
#: A workbook opened in the other country's Excel: `03/04` became a date, day and month in each other's place, and
#: `25/03` stayed a text. That many dates, none after the twelfth, beside that many texts, all after it, are no chance.
_HALF_CONVERTED = 8
_LAST_MONTH = 12
_ROWS_NAMED = 10

Days = npt.NDArray[np.datetime64]
#: Votes for an order by whose columns they are: the sheet's, the file's, the whole upload's.
Votes = dict[tuple[str, ...], Counter[DateOrder]]


@dataclass(frozen=True, eq=False)
class DatedColumn:
    """A date column read: `days` per distinct text (NaT where it is no date), and how its order was decided."""

    days: Days
    detail: str  # dmy | mdy | mixed | swapped | assumed_dmy | "" where the order does not matter
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, eq=False)
class _DateColumn:
    """A column taken for a date, before its order is decided."""

    sheet: Understood
    field: str
    column: Column
    texts: DateTexts
    corrected: DateOrder | None

    @property
    def key(self) -> ColumnKey:
        return self.sheet.key(self.column)

    @property
    def verdict(self) -> str:
        """The owner's word, else what the texts tell."""
        return self.corrected or self.texts.slots.verdict

    @property
    def circles(self) -> tuple[tuple[str, ...], ...]:
        """Whose columns are its siblings, nearest first: the sheet's, the file's, the upload's."""
        return (self.key.file, self.key.sheet), (self.key.file,), ()


def read_date_columns(
    sheets: Sequence[Understood], corrections: Corrections, today: dt.date
) -> tuple[dict[ColumnKey, DatedColumn], tuple[Question, ...]]:
    """Every column taken for a date, read; with one question per file whose order nothing tells."""
    columns = list(_date_columns(sheets, corrections, today))
    votes = _votes(columns)
    by_rows: dict[str, DateOrder] = {}
    for column in columns:
        told = (
            _order_by_rows(column, today)
            if column.verdict == "unsure" and not _siblings(column, votes)
            else None
        )
        if told:
            by_rows.setdefault(column.key.file, told)
    read: dict[ColumnKey, DatedColumn] = {}
    questions: dict[str, Question] = {}
    for column in columns:
        told = _siblings(column, votes) or by_rows.get(column.key.file)
        read[column.key] = _decided(column, told)
        if column.verdict == "unsure" and not told:
            questions.setdefault(column.key.file, _question(column))
    return read, tuple(questions.values())


def _date_columns(
    sheets: Sequence[Understood], corrections: Corrections, today: dt.date
) -> Iterable[_DateColumn]:
    for sheet in sheets:
        for column, match in zip(sheet.body.columns, sheet.matches, strict=True):
            if sheet.role is not None and match.field is not None and FIELDS[match.field].holds == "date":
                order = corrections.date_order(sheet.key(column))
                texts = read_dates(column.uniques, today, may_be_old=match.field == "birthday")
                yield _DateColumn(sheet, match.field, column, texts, order)


def _votes(columns: Iterable[_DateColumn]) -> Votes:
    votes: Votes = {}
    for column in columns:
        order: DateOrder | None = (
            "dmy" if column.verdict == "dmy" else "mdy" if column.verdict == "mdy" else None
        )
        if order:
            for circle in column.circles:
                votes.setdefault(circle, Counter())[order] += 1
    return votes


def _siblings(column: _DateColumn, votes: Mapping[tuple[str, ...], Counter[DateOrder]]) -> DateOrder | None:
    """The order of the nearest columns that tell one."""
    return next((votes[circle].most_common(1)[0][0] for circle in column.circles if circle in votes), None)


def _decided(column: _DateColumn, told: DateOrder | None) -> DatedColumn:
    slots = column.texts.slots
    if column.corrected:
        return DatedColumn(column.texts.days(column.corrected), column.corrected)
    if _half_converted(column):
        days = column.texts.days("dmy")
        natives = column.texts.year_first
        days[natives] = swapped(days[natives])
        return DatedColumn(days, "swapped", (_notice("dates_half_converted", column, natives),))
    if slots.verdict == "unsure":
        return DatedColumn(column.texts.days(told or DEFAULT_ORDER), told or f"assumed_{DEFAULT_ORDER}")
    days = column.texts.days(slots.majority)
    if slots.verdict == "mixed":
        odd = slots.day_first if slots.majority == "mdy" else slots.month_first
        return DatedColumn(days, "mixed", (_notice("mixed_date_orders", column, slots.texts[odd]),))
    return DatedColumn(days, "" if slots.verdict == "none" else slots.verdict)


def _half_converted(column: _DateColumn) -> bool:
    """Whether the workbook's own dates have day and month swapped, as its texts that stayed texts betray."""
    slots, texts = column.texts.slots, column.texts
    native = texts.certain[texts.year_first & ~np.isnat(texts.certain)]
    days = (native.astype("datetime64[D]") - native.astype("datetime64[M]")).astype(np.int64) + 1
    return bool(
        column.sheet.body.grid.text is None
        and min(len(native), len(slots.texts)) >= _HALF_CONVERTED
        and slots.day_first.all()
        and (days <= _LAST_MONTH).all()
    )


def _notice(code: str, column: _DateColumn, texts: npt.NDArray[Any]) -> Notice:
    """Tells the rows that hold these distinct texts (indices or a mask): how many, the first of them, an example."""
    chosen = np.zeros(len(column.column.uniques), dtype=bool)
    chosen[texts] = True
    rows = np.flatnonzero(column.column.spread(chosen, empty=False))
    return Notice(
        code,
        column.key.file,
        column.key.sheet,
        {
            "header": column.key.header,
            "n": len(rows),
            "rows": tuple(map(str, column.sheet.body.rows[rows[:_ROWS_NAMED]])),
            "example": str(column.column.uniques[int(column.column.codes[rows[0]])].as_py()),
        },
    )


def _order_by_rows(column: _DateColumn, today: dt.date) -> DateOrder | None:
    """What the calendar and the order of rows tell: nothing sold is dated after today, and exports are sorted."""
    codes = column.column.codes[column.column.filled][:_STEPS_LOOKED_AT]
    dmy, mdy = column.texts.days("dmy")[codes], column.texts.days("mdy")[codes]
    if _is_past(column):
        now = np.datetime64(today, "s")
        ahead_dmy, ahead_mdy = bool((dmy > now).any()), bool((mdy > now).any())
        if ahead_dmy != ahead_mdy:
            return "mdy" if ahead_dmy else "dmy"
    sorted_dmy, sorted_mdy = _sortedness(dmy), _sortedness(mdy)
    if sorted_dmy >= _SORTED and sorted_mdy < _UNSORTED:
        return "dmy"
    return "mdy" if sorted_mdy >= _SORTED and sorted_dmy < _UNSORTED else None


def _is_past(column: _DateColumn) -> bool:
    """Whether the column's days have come by their nature: an agenda's have not all, nor a due date."""
    if column.field != "date":
        return column.field not in _AHEAD
    sheet = column.sheet
    if sheet.role in {"contacts", "problems", "payments"}:
        return True
    status = sheet.column("status")
    to_come = status is not None and any(
        status_meaning(text) in {"booked", "waiting"} for text in status.uniques.to_pylist()
    )
    sold = any(
        money is not None and len(money.uniques)
        for money in (sheet.column(name) for name in ("amount", "net_amount", "unit_price"))
    )
    return sheet.role == "sales" and sold and not to_come


def _sortedness(days: npt.NDArray[Any]) -> float:
    """The share of steps between rows that go the usual way, of those that go anywhere."""
    steps = np.diff(days[~np.isnat(days)]).astype(np.int64)
    steps = steps[steps != 0]
    return float(max((steps > 0).mean(), (steps < 0).mean())) if len(steps) >= _ENOUGH_STEPS else 0.0


def _question(dated: _DateColumn) -> Question:
    """Asks with the first text of the column that the two orders read differently."""
    slots, column, key = dated.texts.slots, dated.column, dated.key
    doubtful = slots.texts[slots.first != slots.second]
    first = int(doubtful[np.argmin(column.first_rows[doubtful])])
    return Question(
        code="date_order",
        file=key.file,
        sheet=key.sheet,
        row=int(dated.sheet.body.rows[column.first_rows[first]]),
        header=key.header,
        position=key.position,
        taken_for=dated.field,
        example=str(column.uniques[first].as_py()),
        choices=("dmy", "mdy"),
        assumed=DEFAULT_ORDER,
    )
