"""Months, years and weekdays in names and headers: what a sheet, a title or a column is called after."""

from __future__ import annotations

import re
from functools import lru_cache

from analysis.reading.layout.dates_here import are_dates_here
from analysis.reading.values.texts import plain

# fmt: off
_NAMES = (
    "ene|enero|jan|january", "feb|febrero|february", "mar|marzo|march", "abr|abril|apr|april", "may|mayo",
    "jun|junio|june",
    "jul|julio|july", "ago|agosto|aug|august", "sep|sept|set|septiembre|setiembre|september",
    "oct|octubre|october",
    "nov|noviembre|november", "dic|diciembre|dec|december",
)
# fmt: on
_MONTH = re.compile(r"\b(?:" + "|".join(f"(?P<m{at}>{names})" for at, names in enumerate(_NAMES, 1)) + r")\b")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SHORT_YEAR = re.compile(r"\b(?:" + "|".join(_NAMES) + r") ?(\d\d)\b")
_MONTH_ONLY = re.compile(r"^(?:" + "|".join(_NAMES) + r")(?: ?(?:de |del )?(?:\d\d|(?:19|20)\d\d))?$")
_NUMBERED = re.compile(
    r"^(?:(?:19|20)\d\d[-/. ](?:0?[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])[-/. ](?:19|20)\d\d|(?:19|20)\d\d)$"
)
_WHOLE_DATE = re.compile(
    r"(?<!\d)(?:(?:19|20)\d{2}[-_.]?\d{2}[-_.]?\d{2}|\d{1,2}[-_.]\d{1,2}[-_.](?:19|20)\d{2})(?!\d)"
)
_WEEKDAY = re.compile(
    r"^(?:lun|lunes|mar|martes|mie|miercoles|jue|jueves|vie|viernes|sab|sabado|dom|domingo|mon|monday|tue|"
    r"tuesday|wed|wednesday|"
    r"thu|thursday|fri|friday|sat|saturday|sun|sunday)(?: \d{1,2}(?: \d{1,2})?(?: \d{2,4})?)?$"
)
_QUARTER = re.compile(
    r"^(?:[tq][1-4]|[1-4] ?(?:er|o|do|to)? ?[tq](?:rimestre)?|semana \d+|week \d+|s\d{1,2}|"
    r"w\d{1,2})(?: \d{2,4})?$"
)


@lru_cache(maxsize=5_000)
def is_period(text: str) -> bool:
    """Whether a header is a stretch of time: a month, a year, a quarter, a week, a day.

    >>> is_period("Enero"), is_period("mar-26"), is_period("2026-03"), is_period("Importe")
    (True, True, True, False)
    """
    said = plain(text)
    return bool(
        _MONTH_ONLY.match(said) or _NUMBERED.match(text.strip()) or _QUARTER.match(said)
    ) or are_dates_here(text)


def is_weekday(text: str) -> bool:
    """Whether a header is a day of the week, with its date or without."""
    return bool(_WEEKDAY.match(plain(text)))


def months_in(text: str) -> frozenset[int]:
    """The months a text names, 1-12."""
    hits = _MONTH.finditer(plain(text))
    return frozenset(int(next(name for name, said in hit.groupdict().items() if said)[1:]) for hit in hits)


def years_in(text: str) -> frozenset[int]:
    """The years a text names; the day of a download in a file's name is none."""
    said = _WHOLE_DATE.sub(" ", text)
    short = (int(year) + 2000 for year in _SHORT_YEAR.findall(plain(said)))
    return frozenset(map(int, _YEAR.findall(said))) or frozenset(short)
