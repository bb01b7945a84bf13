"""The rows of one understood sheet with their values converted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis.book import LeftOutReason
from analysis.reading.corrections import ColumnKey, Corrections
from analysis.reading.fields import FIELDS, Role
from analysis.reading.meaning.understand import Understood
from analysis.reading.rows.date_orders import DatedColumn
from analysis.reading.rows.left_out import reasons_to_leave_out
from analysis.reading.values.columns import Column, Dates, Flags, Numbers
from analysis.reading.values.dates import NAT
from analysis.reading.values.numbers import read_numbers

#: Business dates outside these years are slips of the pen, not visits (a birthday may lie further back).
_FIRST_YEAR = 1970
_YEARS_AHEAD = 5


@dataclass(frozen=True, eq=False)
class Lines:
    """One sheet's rows. `reason` is "" for a row in use; the mappings hold one entry per row and field."""

    sheet: Understood
    reason: npt.NDArray[np.str_]
    dates: Mapping[str, Dates]
    numbers: Mapping[str, Numbers]
    details: Mapping[ColumnKey, str]  # how a column was read: its date order or decimal mark

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
    numbers: dict[str, Numbers] = {}
    wrong_number: dict[str, Flags] = {}
    details: dict[ColumnKey, str] = {}
    for column, match in zip(sheet.body.columns, sheet.matches, strict=True):
        if match.field is None:
            continue
        key = sheet.key(column)
        holds = FIELDS[match.field].holds
        if holds == "date":
            days = _in_reach(dated[key].days, today, may_be_old=match.field == "birthday")
            dates[match.field] = column.spread(days, NAT)
            details[key] = dated[key].detail
        elif holds == "number":
            figures = read_numbers(
                column.uniques,
                corrections.decimal(key),
                stored_as_numbers=sheet.body.make(column.position).numbers,
            )
            numbers[match.field] = column.spread(figures.figures, np.nan)
            wrong_number[match.field] = column.spread(figures.wrong, empty=False)
            details[key] = figures.decimal or ""
    reason = reasons_to_leave_out(sheet, dates, numbers, wrong_number)
    return Lines(sheet, reason, dates, numbers, details)


def _in_reach(days: Dates, today: dt.date, *, may_be_old: bool) -> Dates:
    """Dates no business has yet, or had before there were spreadsheets, become missing."""
    years = days.astype("datetime64[Y]").astype(np.float64) + 1970
    years[np.isnat(days)] = np.nan
    ahead = 0 if may_be_old else _YEARS_AHEAD
    far = (years > today.year + ahead) | ((years < _FIRST_YEAR) & (not may_be_old))
    return np.where(far, NAT, days)
