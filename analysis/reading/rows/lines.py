"""The rows of one understood sheet with their values converted."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis.book import ROW_BITS, LeftOutReason, Notice
from analysis.reading.corrections import ColumnKey, Corrections, DecimalMark
from analysis.reading.fields import FIELDS, Role
from analysis.reading.meaning.evidence import SURE
from analysis.reading.meaning.matching import claims_by_name
from analysis.reading.meaning.understand import Understood
from analysis.reading.rows.amounts import MORE_TAX, TAKEN_OFF, Amounts, amounts_of
from analysis.reading.rows.date_orders import DatedColumn
from analysis.reading.rows.left_out import reasons_to_leave_out
from analysis.reading.rows.money_shown import mark_of_currencies
from analysis.reading.values.columns import Column, Dates, Flags, Numbers
from analysis.reading.values.dates import NAT
from analysis.reading.values.numbers import NumberReading, read_numbers

#: Business dates outside these years are slips of the pen, not visits (a birthday may lie further back).
_FIRST_YEAR = 1970
_YEARS_AHEAD = 5
#: Fields of money, whose columns share one decimal mark; and those of them where a percentage is no amount.
_MONEY = ("amount", "net_amount", "unit_price", "tax", "discount", "tip", "refunded_amount", "paid_amount")
_IN_MONEY = frozenset({"amount", "net_amount", "unit_price", "quantity", "paid_amount"})
_ROWS_NAMED = 10


@dataclass(frozen=True, eq=False)
class Lines:
    """One sheet's rows. `reason` is "" for a row in use; the mappings hold one entry per row and field."""

    sheet: Understood
    reason: npt.NDArray[np.str_]
    dates: Mapping[str, Dates]
    numbers: Mapping[str, Numbers]
    details: Mapping[ColumnKey, str]  # how a column was read: its date order or decimal mark
    open_marks: frozenset[str] = (
        frozenset()
    )  # fields of money whose decimal mark no figure of the sheet tells
    money_from: tuple[str, ...] = ()  # the fields that `numbers["amount"]`, the line's money, is made of
    notices: tuple[Notice, ...] = ()
    first_place: int = 0  # of the places (`Book.places`) that of the sheet's first part

    @property
    def origins(self) -> npt.NDArray[np.int64]:
        """Where each row stands, as one figure that `book.Origins` takes apart: its place, then Excel's row."""
        parts = self.sheet.body.parts
        place = np.repeat(np.arange(len(parts)), [part.count for part in parts]) + self.first_place
        return (place.astype(np.int64) << ROW_BITS) | self.sheet.body.rows

    @property
    def role(self) -> Role:
        """What the sheet is; only sheets with a role have Lines."""
        return self.sheet.role or "sales"

    @property
    def used(self) -> Flags:
        return np.asarray(self.reason == "")

    def leaving_out(self, rows: Flags, why: LeftOutReason) -> Lines:
        """The same lines with these rows out of use too."""
        return replace(self, reason=np.where((self.reason == "") & rows, why, self.reason))

    def column(self, name: str) -> Column | None:
        """The column of a field; keys and phones as written, never as fractions."""
        column = self.sheet.column(name)
        return column.without_point_zero() if column and FIELDS[name].holds in {"code", "phone"} else column

    def text(self, name: str) -> pa.StringArray:
        """The texts of a field, a row each; all null where the sheet has no such column."""
        column = self.column(name)
        return column.texts() if column is not None else pa.nulls(len(self.reason), pa.string())

    def date(self, *names: str) -> Dates:
        """The dates of the first of these fields that the sheet has."""
        return next(
            (self.dates[name] for name in names if name in self.dates),
            np.full(len(self.reason), NAT, dtype="datetime64[s]"),
        )

    def number(self, name: str) -> Numbers:
        return self.numbers.get(name, np.full(len(self.reason), np.nan))

    def has(self, name: str) -> bool:
        """Whether the sheet has a column for the field with anything in it."""
        column = self.sheet.column(name)
        return column is not None and bool(len(column.uniques))


def read_lines(
    sheet: Understood, dated: Mapping[ColumnKey, DatedColumn], corrections: Corrections, today: dt.date
) -> Lines:
    """Converts a sheet's columns by their fields and says which rows stay out."""
    dates: dict[str, Dates] = {}
    details: dict[ColumnKey, str] = {}
    notices: list[Notice] = []
    for column, match in zip(sheet.body.columns, sheet.matches, strict=True):
        if match.field is not None and FIELDS[match.field].holds == "date":
            found = dated[sheet.key(column)]
            days = _in_reach(found.days, today, may_be_old=match.field == "birthday")
            dates[match.field] = column.spread(days, NAT)
            details[sheet.key(column)] = found.detail
            notices += found.notices
    read, open_marks = _read_numbers(sheet, corrections)
    numbers = {name: column.spread(figures.figures, np.nan) for name, (column, figures) in read.items()}
    percent = {name: column.spread(figures.percent, empty=False) for name, (column, figures) in read.items()}
    wrong = {
        name: column.spread(figures.wrong | (figures.percent & (name in _IN_MONEY)), empty=False)
        for name, (column, figures) in read.items()
    }
    for column, figures in read.values():
        details[sheet.key(column)] = figures.decimal or ""
        if figures.contrary.any():
            notices.append(_contradiction(sheet, column, figures))
    amounts = amounts_of(sheet, numbers, percent)
    if amounts.money is not None:
        numbers["amount"] = amounts.money
    if amounts.discounts is not None:
        numbers[TAKEN_OFF] = amounts.discounts
    notices += _paid_without_day(sheet)
    reason = reasons_to_leave_out(sheet, dates, numbers, wrong, _must_be_read(amounts, numbers))
    return Lines(
        sheet, reason, dates, numbers, details, open_marks, amounts.sources, (*notices, *amounts.notices)
    )


def _paid_without_day(sheet: Understood) -> list[Notice]:
    """Tells that bills are said to be paid by a word, and no column has the day."""
    said = sheet.column("payment_status")
    dated = sheet.column("paid")
    if sheet.role != "payments" or sheet.column("due") is None or said is None or not len(said.uniques):
        return []
    if dated is not None and len(dated.uniques):
        return []
    return [Notice("paid_without_day", sheet.body.file, sheet.body.sheet, {"header": said.header})]


def _must_be_read(amounts: Amounts, numbers: Mapping[str, Numbers]) -> tuple[str, ...]:
    """The fields whose unreadable cells leave their row out: those the money comes from, else what was paid."""
    return amounts.sources or tuple(name for name in ("paid_amount",) if name in numbers)


def _read_numbers(
    sheet: Understood, corrections: Corrections
) -> tuple[dict[str, tuple[Column, NumberReading]], frozenset[str]]:
    """Every column of numbers by its field; those that leave their mark open with their siblings', or the country's.

    Also the fields whose mark no figure of the sheet tells.
    """
    columns = {
        match.field: column
        for column, match in zip(sheet.body.columns, sheet.matches, strict=True)
        if match.field is not None and FIELDS[match.field].holds == "number"
    }
    if "tax" in columns:
        columns |= {f"{MORE_TAX}{column.position}": column for column in _more_taxes(sheet)}

    def read(column: Column, otherwise: DecimalMark | None) -> NumberReading:
        stored = sheet.body.make(column.position).numbers
        mark = corrections.decimal(sheet.key(column))
        return read_numbers(column.uniques, mark, otherwise=otherwise, stored_as_numbers=stored)

    first = {name: read(column, None) for name, column in columns.items()}
    votes = Counter(figures.voted for name, figures in first.items() if name in _MONEY and figures.voted)
    told = votes.most_common(1)[0][0] if votes else mark_of_currencies(sheet)
    left_open = {name for name, figures in first.items() if figures.unsure.any() and not figures.voted}
    read_again = {name: read(columns[name], told) for name in left_open}
    read_all = {name: (columns[name], read_again.get(name, figures)) for name, figures in first.items()}
    return read_all, frozenset() if votes else frozenset(left_open)


def _more_taxes(sheet: Understood) -> Iterator[Column]:
    """Columns of tax beside the first ("GST", "PST"), but those that say its rate."""
    for (column, match), profile in zip(sheet.columns, sheet.profiles, strict=True):
        if (
            match.field is None
            and "%" not in column.header
            and len(column.uniques)
            and profile.numbers >= SURE
        ):
            claims = claims_by_name(column.header)
            if claims and max(claims, key=lambda name: claims[name]) == "tax":
                yield column


def _contradiction(sheet: Understood, column: Column, figures: NumberReading) -> Notice:
    """Tells the rows whose decimal mark is not the column's."""
    rows = np.flatnonzero(column.spread(figures.contrary, empty=False))
    example = str(column.uniques[int(column.codes[rows[0]])].as_py())
    values = {
        "header": column.header,
        "n": len(rows),
        "rows": tuple(map(str, sheet.body.rows[rows[:_ROWS_NAMED]])),
        "example": example,
    }
    return Notice("mixed_decimal_marks", sheet.body.file, sheet.body.sheet, values)


def _in_reach(days: Dates, today: dt.date, *, may_be_old: bool) -> Dates:
    """Dates no business has yet, or had before there were spreadsheets, become missing."""
    years = days.astype("datetime64[Y]").astype(np.float64) + 1970
    years[np.isnat(days)] = np.nan
    ahead = 0 if may_be_old else _YEARS_AHEAD
    far = (years > today.year + ahead) | ((years < _FIRST_YEAR) & (not may_be_old))
    return np.where(far, NAT, days)
