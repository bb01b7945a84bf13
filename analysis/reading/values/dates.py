"""Dates from texts: the order of day and month is decided once per column, by evidence.

Shapes that say themselves what they mean (ISO, a month's name, a year first) are read as they are; `03/04/2024`
needs an order. A slot above 12 is a day and decides; without one the caller brings other evidence (sibling columns,
the order of rows, no future dates) or asks the owner.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.reading.corrections import DateOrder

NAT = np.datetime64("NaT", "s")
_TIME = r"(?:[T,\s]\s*.*)?$"
_ISO = r"^(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})" + _TIME
_COMPACT = r"^(?P<y>(?:19|20)\d{2})(?P<m>[01]\d)(?P<d>[0-3]\d)$"
_SLOTS = r"^(?P<a>\d{1,2})\s?[-/.\s]\s?(?P<b>\d{1,2})\s?[-/.\s]\s?(?P<y>\d{4}|\d{2})" + _TIME
_WEEKDAY = r"(?:[a-záéíóúü]{3,10}\.?,?\s+)?"
_DAY_NAME_YEAR = (
    r"^"
    + _WEEKDAY
    + r"(?P<d>\d{1,2})(?:st|nd|rd|th|º)?[-/.,\s]+(?:de\s+)?(?P<n>[a-z]{3,10})\.?[-/.,\s]+(?:del?\s+)?(?P<y>\d{4}|\d{2})"
    + _TIME
)
_NAME_DAY_YEAR = (
    r"^"
    + _WEEKDAY
    + r"(?P<n>[a-z]{3,10})\.?[-/\s]+(?P<d>\d{1,2})(?:st|nd|rd|th)?[-/,\s]+(?:del?\s+)?(?P<y>\d{4})"
    + _TIME
)
#: Excel's day numbers, 1954-10-03 to 2064-04-08: nothing else in a date column looks like them.
_SERIAL = r"^[2-5]\d{4}(?:\.\d+)?$"
_EXCEL_EPOCH = np.datetime64("1899-12-30", "D")
_MONTHS_A_YEAR = 12
_EARLIEST_YEAR = 1900
_LATEST_YEAR = 2100

_MONTH_NAMES = (
    ("ene enero jan january", 1),
    ("feb febrero february", 2),
    ("mar marzo march", 3),
    ("abr abril apr april", 4),
    ("may mayo", 5),
    ("jun junio june", 6),
    ("jul julio july", 7),
    ("ago agosto aug august", 8),
    ("sep sept set septiembre setiembre september", 9),
    ("oct octubre october", 10),
    ("nov noviembre november", 11),
    ("dic diciembre dec december", 12),
)
_MONTHS = {name: month for names, month in _MONTH_NAMES for name in names.split()}


@dataclass(frozen=True)
class Slots:
    """What the `03/04/2024`-shaped texts of a column tell about their order."""

    texts: npt.NDArray[np.int64]  # indices of the texts of this shape
    first: npt.NDArray[np.int64]
    second: npt.NDArray[np.int64]
    year: npt.NDArray[np.int64]

    @property
    def verdict(self) -> DateOrder | Literal["mixed", "unsure", "none"]:
        """`none`: the order does not matter here; `unsure`: it does, and nothing in the texts tells it."""
        dmy, mdy = int((self.first > _MONTHS_A_YEAR).sum()), int((self.second > _MONTHS_A_YEAR).sum())
        if dmy and mdy:
            return "mixed"
        if dmy or mdy:
            return "dmy" if dmy else "mdy"
        return "unsure" if (self.first != self.second).any() else "none"

    @property
    def majority(self) -> DateOrder:
        return "mdy" if (self.second > _MONTHS_A_YEAR).sum() > (self.first > _MONTHS_A_YEAR).sum() else "dmy"

    def days(self, order: DateOrder) -> npt.NDArray[np.datetime64]:
        """The dates in one order; a text impossible in it is read in the other."""
        day, month = (self.first, self.second) if order == "dmy" else (self.second, self.first)
        flip = (month > _MONTHS_A_YEAR) & (day <= _MONTHS_A_YEAR)
        return _days(self.year, np.where(flip, day, month), np.where(flip, month, day))


@dataclass(frozen=True)
class DateTexts:
    """Distinct texts read as far as they say themselves; `slots` are those that still need an order."""

    certain: npt.NDArray[np.datetime64]  # one per text, NaT where not certain
    slots: Slots

    def days(self, order: DateOrder) -> npt.NDArray[np.datetime64]:
        """The midnight of every text, NaT where it is no date."""
        days = self.certain.copy()
        days[self.slots.texts] = self.slots.days(order)
        return days


def read_dates(texts: pa.StringArray, today: dt.date) -> DateTexts:
    """Distinct texts as dates. `today` places years of two figures: `31` is 2031 only once that has nearly come."""
    days = np.full(len(texts), NAT, dtype="datetime64[s]")
    slots = Slots(*(np.zeros(0, dtype=np.int64) for _ in range(4)))
    rest = np.arange(len(texts))
    for pattern in (_ISO, _SLOTS, _COMPACT, _SERIAL, _DAY_NAME_YEAR, _NAME_DAY_YEAR):
        if not len(rest):
            break
        some = texts.take(pa.array(rest))
        if pattern in {_DAY_NAME_YEAR, _NAME_DAY_YEAR}:
            some = pc.utf8_lower(some)
        hits = np.asarray(pc.match_substring_regex(some, pattern).to_numpy(zero_copy_only=False), dtype=bool)
        if not hits.any():
            continue
        found, matched = rest[hits], some.filter(pa.array(hits))
        rest = rest[~hits]
        if pattern == _SERIAL:
            days[found] = _from_serials(matched)
            continue
        parts = pc.extract_regex(matched, pattern)
        year = _years(parts.field("y"), today)
        if pattern == _SLOTS:
            slots = Slots(found, _ints(parts.field("a")), _ints(parts.field("b")), year)
            continue
        month = _month_numbers(parts.field("n")) if "?P<n>" in pattern else _ints(parts.field("m"))
        days[found] = _days(year, month, _ints(parts.field("d")))
    return DateTexts(days, slots)


def are_dates(texts: pa.StringArray, today: dt.date) -> npt.NDArray[np.bool_]:
    """Per text, whether it is a date in one order or the other."""
    read = read_dates(texts, today)
    return ~np.isnat(read.days(read.slots.majority))


def _days(
    year: npt.NDArray[np.int64], month: npt.NDArray[np.int64], day: npt.NDArray[np.int64]
) -> npt.NDArray[np.datetime64]:
    """Dates from their parts, NaT for those no calendar has (31 February, 00/00/0000)."""
    fits = (
        (year >= _EARLIEST_YEAR)
        & (year <= _LATEST_YEAR)
        & (month >= 1)
        & (month <= _MONTHS_A_YEAR)
        & (day >= 1)
    )
    months = (np.where(fits, year, 1970) - 1970) * _MONTHS_A_YEAR + np.where(fits, month, 1) - 1
    first = months.astype("datetime64[M]")
    days = first.astype("datetime64[D]") + (np.where(fits, day, 1) - 1)
    fits &= days.astype("datetime64[M]") == first
    return np.asarray(np.where(fits, days.astype("datetime64[s]"), NAT))


def _from_serials(texts: pa.StringArray) -> npt.NDArray[np.datetime64]:
    serials = pc.cast(texts, pa.float64()).to_numpy(zero_copy_only=False)
    return np.asarray(_EXCEL_EPOCH + np.floor(serials).astype(np.int64), dtype="datetime64[s]")


def _years(texts: pa.StringArray, today: dt.date) -> npt.NDArray[np.int64]:
    years = _ints(texts)
    short = np.asarray(pc.utf8_length(texts).to_numpy(zero_copy_only=False)) == len("24")
    century = np.where(years <= today.year % 100 + 1, 2000, 1900)
    return np.where(short, years + century, years)


def _month_numbers(names: pa.StringArray) -> npt.NDArray[np.int64]:
    coded = pc.dictionary_encode(names)
    numbers = np.array([_MONTHS.get(name, 0) for name in coded.dictionary.to_pylist()], dtype=np.int64)
    return np.asarray(numbers[coded.indices.to_numpy(zero_copy_only=False)])


def _ints(texts: pa.StringArray) -> npt.NDArray[np.int64]:
    return np.asarray(pc.cast(texts, pa.int64()).to_numpy(zero_copy_only=False), dtype=np.int64)
