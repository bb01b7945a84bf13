"""Day first or month first, for every date column of an upload; asked only where nothing tells."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.book import Question
from analysis.reading.columns import EMPTY, Column
from analysis.reading.dates import DateTexts, read_dates
from analysis.reading.fields import FIELDS
from analysis.reading.understand import Understood
from analysis.reading.upload import ColumnKey, Corrections, DateOrder

#: Where nothing tells: most of the world writes the day first.
DEFAULT_ORDER: DateOrder = "dmy"
#: Exports are often sorted by date: nearly every step goes one way in the right order, and not in the wrong one.
_SORTED, _UNSORTED = 0.99, 0.95
_STEPS_LOOKED_AT = 20_000


@dataclass(frozen=True, eq=False)
class DatedColumn:
    """A date column read: `days` per distinct text (NaT where it is no date), and how its order was decided."""

    key: ColumnKey
    column: Column
    texts: DateTexts
    order: DateOrder
    detail: str  # dmy | mdy | mixed | assumed_dmy | assumed_mdy | "" where the order does not matter

    @property
    def days(self) -> np.ndarray:
        return self.texts.days(self.order)


def read_date_columns(
    sheets: Sequence[Understood], corrections: Corrections, today: dt.date
) -> tuple[dict[ColumnKey, DatedColumn], tuple[Question, ...]]:
    """Every column taken for a date, read; with one question per file whose order nothing tells."""
    read = [
        (sheet, sheet.key(column), match.field, column, read_dates(column.values, today))
        for sheet in sheets
        if sheet.role is not None
        for column, match in zip(sheet.body.columns, sheet.matches, strict=True)
        if match.field is not None and FIELDS[match.field].holds == "date"
    ]
    votes: dict[tuple[str, ...], Counter[DateOrder]] = {}
    for _, key, _, _, texts in read:
        verdict = corrections.date_order(key) or texts.slots.verdict
        if verdict in {"dmy", "mdy"}:
            order: DateOrder = "dmy" if verdict == "dmy" else "mdy"
            for circle in _circles(key):
                votes.setdefault(circle, Counter())[order] += 1

    columns: dict[ColumnKey, DatedColumn] = {}
    questions: dict[str, Question] = {}
    evidence: dict[str, DateOrder] = {}
    for sheet, key, field, column, texts in read:
        if texts.slots.verdict == "unsure" and not _sibling_order(key, votes):
            told = _order_by_rows(column, texts, today, may_be_ahead=field == "due" or sheet.role == "bookings")
            if told:
                evidence.setdefault(key.file, told)
    for sheet, key, _, column, texts in read:
        corrected = corrections.date_order(key)
        verdict = texts.slots.verdict
        if corrected:
            columns[key] = DatedColumn(key, column, texts, corrected, corrected)
        elif verdict == "unsure":
            told = _sibling_order(key, votes) or evidence.get(key.file)
            columns[key] = DatedColumn(key, column, texts, told or DEFAULT_ORDER, told or f"assumed_{DEFAULT_ORDER}")
            if not told:
                questions.setdefault(key.file, _question(sheet, key, column, texts))
        else:
            detail = verdict if verdict != "none" else ""
            columns[key] = DatedColumn(key, column, texts, texts.slots.majority, detail)
    return columns, tuple(questions.values())


def _circles(key: ColumnKey) -> tuple[tuple[str, ...], ...]:
    """Who is a sibling, nearest first: the sheet's columns, the file's, the upload's."""
    return (key.file, key.sheet), (key.file,), ()


def _sibling_order(key: ColumnKey, votes: dict[tuple[str, ...], Counter[DateOrder]]) -> DateOrder | None:
    for circle in _circles(key):
        if votes.get(circle):
            return votes[circle].most_common(1)[0][0]
    return None


def _order_by_rows(column: Column, texts: DateTexts, today: dt.date, *, may_be_ahead: bool) -> DateOrder | None:
    """What the order of rows and the calendar tell: exports are sorted, and nothing sold is dated after today."""
    codes = column.codes[column.codes != EMPTY][:_STEPS_LOOKED_AT]
    dmy, mdy = texts.days("dmy"), texts.days("mdy")
    if not may_be_ahead:
        ahead = np.datetime64(today, "s")
        late_dmy, late_mdy = bool((dmy[codes] > ahead).any()), bool((mdy[codes] > ahead).any())
        if late_dmy != late_mdy:
            return "mdy" if late_dmy else "dmy"
    sorted_dmy, sorted_mdy = _sortedness(dmy[codes]), _sortedness(mdy[codes])
    if sorted_dmy >= _SORTED and sorted_mdy < _UNSORTED:
        return "dmy"
    if sorted_mdy >= _SORTED and sorted_dmy < _UNSORTED:
        return "mdy"
    return None


def _sortedness(days: np.ndarray) -> float:
    """The share of steps between rows that go the usual way, of those that go anywhere."""
    steps = np.diff(days[~np.isnat(days)]).astype(np.int64)
    steps = steps[steps != 0]
    return float(max((steps > 0).mean(), (steps < 0).mean())) if len(steps) > 1 else 0.0


def _question(sheet: Understood, key: ColumnKey, column: Column, texts: DateTexts) -> Question:
    """Asks with the first text of the column that the two orders read differently."""
    slots = texts.slots
    doubtful = slots.texts[slots.first != slots.second]
    first = doubtful[np.argmin(column.first_rows[doubtful])]
    return Question(
        code="date_order",
        file=key.file,
        sheet=key.sheet,
        row=int(sheet.body.rows[column.first_rows[first]]),
        header=key.header,
        example=str(column.values[int(first)].as_py()),
        choices=("dmy", "mdy"),
        assumed=DEFAULT_ORDER,
    )
