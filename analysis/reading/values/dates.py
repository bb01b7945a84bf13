"""Dates from texts: the order of day and month is decided once per column, by evidence.

Shapes that say themselves what they mean (ISO, a month's name, a year first) are read as they are; `03/04/2024`
needs an order. A slot above 12 is a day and decides; without one the caller brings other evidence (sibling columns,
the order of rows, no future dates) or asks the owner. A month without its day (`03/2024`, `2024-W05`) is no date.
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

#: `10:30`, `9.05`, `10:30:00.000`, `10:30 a. m.`, `12:28 hs.`, `10h30`; `9 am`, `10 hs`.
_CLOCK = (
    r"(?:\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?(?:\s*[ap]\.?\s?m\.?)?|\d{1,2}\s*[ap]\.?\s?m\.?|\d{1,2}\s*h(?:s|rs)?\.?)"
    r"\s*(?:hs?|hrs?|horas?)?\.?"
)
_ZONE = r"\s*(?:z|[a-z]{3,5}|[a-z_]+/[a-z_]+)?\s*(?:[-+]\d{1,2}:?\d{0,2})?\s*(?:[a-z]{3,4})?\s*(?:\([^)]*\))?"
_DAY_NAMES = r"(?:lu|ma|mi|ju|vi|sa|do|mo|tu|we|th|fr|su)[a-z]*\.?"
#: What may follow the day: its time, or a stretch of time, with the zone; or the day's name.
_TIME = (
    r"(?:(?:t|\s*,\s*|\s+)(?:-\s*)?(?:a las?\s+|at\s+)?" + _CLOCK + r"(?:\s*(?:-|a|to|hasta)\s*" + _CLOCK + r")?"
    + _ZONE + r"|[,\s]+\(?" + _DAY_NAMES + r"\)?)?"
)  # fmt: skip
_WITH_TIME = r"^'?(?P<day>.*?[^\s,])" + _TIME + r"$"
#: A time starts with one of these, and a text may with the last; without any the day is all there is.
_MAY_HAVE_TIME = r"[\s,t']"
_COMPACT_TIME = r"^(\d{8})(?:t?\d{4}|t?\d{6})z?$"
_WEEKDAY = r"(?:[a-z]{2,10}\.?,?\s+)?"
_ISO = r"^(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})$"
_COMPACT = r"^(?P<y>(?:19|20)\d{2})(?P<m>0\d|1[0-2])(?P<d>[0-3]\d)$"
_COMPACT_SLOTS = r"^(?P<a>[0-3]\d)(?P<b>[0-3]\d)(?P<y>(?:19|20)\d{2})$"
_SLOTS = r"^" + _WEEKDAY + r"(?P<a>\d{1,2})\s?[-/.\s]\s?(?P<b>\d{1,2})\s?[-/.\s]\s?(?P<y>\d{4}|\d{2})$"
_DAY_NAME_YEAR = (
    r"^"
    + _WEEKDAY
    + r"(?P<d>\d{1,2})(?:st|nd|rd|th|ro|er|o|°)?[-/.,\s]*(?:de\s+|of\s+)?(?P<n>[a-z]{3,10})\.?[-/.,\s]*(?:del?\s+)?"
    + r"(?P<y>\d{4}|\d{2})$"
)
_NAME_DAY_YEAR = (
    r"^"
    + _WEEKDAY
    + r"(?P<n>[a-z]{3,10})\.?[-/\s]+(?P<d>\d{1,2})(?:st|nd|rd|th)?[-/,\s]+(?:del?\s+)?(?P<y>\d{4})$"
)
#: Excel's day numbers, 1954-10-03 to 2064-04-08: nothing else in a date column looks like them.
_SERIAL = r"^(?:[2-5]\d{4}(?:[.,]\d+)?|60000)$"
_EXCEL_EPOCH = np.datetime64("1899-12-30", "D")
_MONTHS_A_YEAR = 12
_EARLIEST_YEAR = 1900
_LATEST_YEAR = 2100
#: Years of two figures from here on are of the last century, for no visit is older.
_FIRST_SHORT_YEAR = 70

# fmt: off
#: Spanish, English, Catalan and Portuguese, without accents.
_MONTH_NAMES = (
    ("ene enero jan january gen gener janeiro", 1),
    ("feb febrero february febr febrer fev fevereiro", 2),
    ("mar marzo march marc marco", 3),
    ("abr abril apr april", 4),
    ("may mayo mai maig maio", 5),
    ("jun junio june juny junho", 6),
    ("jul julio july juliol julho", 7),
    ("ago agosto aug august agost", 8),
    ("sep sept set septiembre setiembre september setembre setembro", 9),
    ("oct octubre october out outubro", 10),
    ("nov noviembre november novembre novembro", 11),
    ("dic diciembre dec december des desembre dez dezembro", 12),
)
# fmt: on
_MONTHS = {name: month for names, month in _MONTH_NAMES for name in names.split()}


@dataclass(frozen=True)
class Slots:
    """What the `03/04/2024`-shaped texts of a column tell about their order."""

    texts: npt.NDArray[np.int64]  # indices of the texts of this shape
    first: npt.NDArray[np.int64]
    second: npt.NDArray[np.int64]
    year: npt.NDArray[np.int64]

    @property
    def day_first(self) -> npt.NDArray[np.bool_]:
        """Which can only have the day in the first slot."""
        return (self.first > _MONTHS_A_YEAR) & (self.second <= _MONTHS_A_YEAR)

    @property
    def month_first(self) -> npt.NDArray[np.bool_]:
        """Which can only have the day in the second."""
        return (self.second > _MONTHS_A_YEAR) & (self.first <= _MONTHS_A_YEAR)

    @property
    def doubtful(self) -> npt.NDArray[np.bool_]:
        """Which are another day in the other order."""
        either = (self.first <= _MONTHS_A_YEAR) & (self.second <= _MONTHS_A_YEAR)
        return np.asarray(either & (self.first != self.second))

    @property
    def verdict(self) -> DateOrder | Literal["mixed", "unsure", "none"]:
        """`none`: the order does not matter here; `unsure`: it does, and nothing in the texts tells it."""
        dmy, mdy = bool(self.day_first.any()), bool(self.month_first.any())
        if dmy and mdy:
            return "mixed"
        if dmy or mdy:
            return "dmy" if dmy else "mdy"
        return "unsure" if self.doubtful.any() else "none"

    @property
    def majority(self) -> DateOrder:
        return "mdy" if self.month_first.sum() > self.day_first.sum() else "dmy"

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
    year_first: npt.NDArray[np.bool_]  # per text: written as a workbook's own dates are

    def days(self, order: DateOrder) -> npt.NDArray[np.datetime64]:
        """The midnight of every text, NaT where it is no date."""
        days = self.certain.copy()
        days[self.slots.texts] = self.slots.days(order)
        return days


def read_dates(texts: pa.StringArray, today: dt.date, *, may_be_old: bool = False) -> DateTexts:
    """Distinct texts as dates.

    Years of two figures are 1970 to 2069; of dates that may be older (birthdays), those not after `today`.
    """
    texts = _plain(texts)
    if not pc.any(pc.match_substring_regex(texts, r"\d")).as_py():  # names, most often
        return _no_dates(len(texts))
    heads = pc.dictionary_encode(_without_time(texts))
    codes = heads.indices.to_numpy(zero_copy_only=False)
    read = _of_heads(heads.dictionary, today, may_be_old=may_be_old)
    place = np.full(len(heads.dictionary), -1, dtype=np.int64)
    place[read.slots.texts] = np.arange(len(read.slots.texts))
    of_text = place[codes]
    slotted = np.flatnonzero(of_text >= 0)
    which = of_text[slotted]
    slots = Slots(slotted, read.slots.first[which], read.slots.second[which], read.slots.year[which])
    return DateTexts(read.certain[codes], slots, read.year_first[codes])


def are_dates(texts: pa.StringArray, today: dt.date) -> npt.NDArray[np.bool_]:
    """Per text, whether it is a date in one order or the other."""
    read = read_dates(texts, today)
    return ~np.isnat(read.days(read.slots.majority))


def swapped(days: npt.NDArray[np.datetime64]) -> npt.NDArray[np.datetime64]:
    """Day and month in each other's place; NaT where no calendar has that day."""
    years = days.astype("datetime64[Y]")
    months = days.astype("datetime64[M]")
    month = (months - years).astype(np.int64) + 1
    day = (days.astype("datetime64[D]") - months).astype(np.int64) + 1
    there = ~np.isnat(days)
    year = np.where(there, years.astype(np.int64) + 1970, 0)
    return _days(year, np.where(there, day, 0), np.where(there, month, 0))


def _plain(texts: pa.StringArray) -> pa.StringArray:
    """Lower case, spaces of one kind, no accents."""
    if not pc.all(pc.string_is_ascii(texts)).as_py():
        texts = pc.replace_substring_regex(pc.utf8_normalize(texts, "NFKD"), r"[\p{Mn}\p{Cf}]", "")
        texts = pc.utf8_trim_whitespace(texts)
    return pc.ascii_lower(pc.replace_substring_regex(texts, r"[–—−]", "-"))


def _without_time(texts: pa.StringArray) -> pa.StringArray:
    """The day of each text; a text of another shape stays whole."""
    texts = pc.replace_substring_regex(texts, _COMPACT_TIME, r"\1")
    if not pc.any(pc.match_substring_regex(texts, _MAY_HAVE_TIME)).as_py():
        return texts
    day = pc.struct_field(pc.extract_regex(texts, _WITH_TIME), "day")
    return pc.coalesce(day, texts)


def _no_dates(count: int) -> DateTexts:
    """So many texts none of which is a date."""
    nothing = np.zeros(0, dtype=np.int64)
    return DateTexts(
        np.full(count, NAT, dtype="datetime64[s]"),
        Slots(nothing, nothing, nothing, nothing),
        np.zeros(count, dtype=bool),
    )


def _of_heads(texts: pa.StringArray, today: dt.date, *, may_be_old: bool) -> DateTexts:
    """The same for texts without a time."""
    none = _no_dates(len(texts))
    days, year_first, slots = none.certain, none.year_first, none.slots
    rest = np.arange(len(texts))
    for pattern in (_ISO, _SLOTS, _COMPACT, _COMPACT_SLOTS, _SERIAL, _DAY_NAME_YEAR, _NAME_DAY_YEAR):
        if not len(rest):
            break
        some = texts.take(pa.array(rest))
        hits = np.asarray(pc.match_substring_regex(some, pattern).to_numpy(zero_copy_only=False), dtype=bool)
        if not hits.any():
            continue
        found, matched = rest[hits], some.filter(pa.array(hits))
        rest = rest[~hits]
        if pattern == _SERIAL:
            days[found] = _from_serials(matched)
            continue
        parts = pc.extract_regex(matched, pattern)
        year = _years(parts.field("y"), today, may_be_old=may_be_old)
        if pattern in {_SLOTS, _COMPACT_SLOTS}:
            new = (found, _ints(parts.field("a")), _ints(parts.field("b")), year)
            old = (slots.texts, slots.first, slots.second, slots.year)
            slots = Slots(*(np.concatenate(pair) for pair in zip(old, new, strict=True)))
            continue
        year_first[found] = pattern == _ISO
        month = _month_numbers(parts.field("n")) if "?P<n>" in pattern else _ints(parts.field("m"))
        days[found] = _days(year, month, _ints(parts.field("d")))
    return DateTexts(days, slots, year_first)


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
    points = pc.replace_substring(texts, ",", ".")
    serials = pc.cast(points, pa.float64()).to_numpy(zero_copy_only=False)
    return np.asarray(_EXCEL_EPOCH + np.floor(serials).astype(np.int64), dtype="datetime64[s]")


def _years(texts: pa.StringArray, today: dt.date, *, may_be_old: bool) -> npt.NDArray[np.int64]:
    years = _ints(texts)
    short = np.asarray(pc.utf8_length(texts).to_numpy(zero_copy_only=False)) == len("24")
    last = today.year % 100 if may_be_old else _FIRST_SHORT_YEAR - 1
    century = np.where(years <= last, 2000, 1900)
    return np.where(short, years + century, years)


def _month_numbers(names: pa.StringArray) -> npt.NDArray[np.int64]:
    coded = pc.dictionary_encode(names)
    numbers = np.array([_MONTHS.get(name, 0) for name in coded.dictionary.to_pylist()], dtype=np.int64)
    return np.asarray(numbers[coded.indices.to_numpy(zero_copy_only=False)])


def _ints(texts: pa.StringArray) -> npt.NDArray[np.int64]:
    return np.asarray(pc.cast(texts, pa.int64()).to_numpy(zero_copy_only=False), dtype=np.int64)
