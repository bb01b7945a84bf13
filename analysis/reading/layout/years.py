"""Days written without their year ("05/03", "5", "5 mar"): the year of the sheet's name or title, if they say one."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pyarrow as pa

from analysis.book import Notice
from analysis.reading.layout.body import Body
from analysis.reading.layout.cells import fields_named, is_page_line
from analysis.reading.layout.months import months_in, years_in
from analysis.reading.values.columns import EMPTY, Column
from analysis.reading.values.texts import plain_header

_DAY_MONTH = re.compile(r"^(?:[A-Za-zÀ-ÿ]{2,10}\.?,? )?(\d{1,2}) ?[-/.] ?(\d{1,2})$")
_DAY_NAME = re.compile(r"^(?:[A-Za-zÀ-ÿ]{2,10}\.?,? )?(\d{1,2})[-/. ]+(?:de )?([A-Za-z]{3,10})\.?$")
_DAY = re.compile(r"^(?:[A-Za-zÀ-ÿ]{2,10}\.?,? )?(\d{1,2})(?:\.0)?$")
_DATE_WORDS = re.compile(r"\b(fecha|date|dia|day)\b")
_NEARLY_ALL = 0.9
_LAST_DAY, _LAST_MONTH = 31, 12


def with_years(body: Body) -> Body:
    """The same table with whole dates; as it is, but for `yearless`, where nothing tells the year."""
    if body.header_row is None:
        return body
    columns, notices, yearless = list(body.columns), list(body.notices), body.yearless
    for index, column in enumerate(body.columns):
        if not _named_as_date(column) or not (shape := _shape(column)):
            continue
        year, months = _told(body)
        whole = _whole(column, shape, year, months) if year else None
        if whole is None:
            yearless = column.header
            continue
        columns[index] = whole
        notices.append(
            Notice("year_from_name", body.file, body.sheet, {"header": column.header, "year": str(year)})
        )
    return replace(body, columns=tuple(columns), notices=tuple(notices), yearless=yearless)


def _named_as_date(column: Column) -> bool:
    return "date" in fields_named(column.header) or bool(_DATE_WORDS.search(plain_header(column.header)))


def _shape(column: Column) -> re.Pattern[str] | None:
    """How nearly all of the column's texts are written, where that is a day without its year."""
    texts = column.uniques.slice(0, 400).to_pylist()
    if not texts:
        return None
    for shape in (_DAY_MONTH, _DAY_NAME, _DAY):
        hits = [hit for text in texts if (hit := shape.match(text))]
        if len(hits) >= _NEARLY_ALL * len(texts):
            possible = all(1 <= int(hit[1]) <= _LAST_DAY for hit in hits)
            return shape if possible else None
    return None


def _told(body: Body) -> tuple[int | None, frozenset[int]]:
    """The one year that the sheet's name says, else its titles and the file's name; and the month, likewise."""
    titles = [text for row in body.titles for text in row if not is_page_line(text)]
    years = years_in(body.sheet) or frozenset().union(years_in(body.file), *map(years_in, titles))
    months = months_in(body.sheet) or frozenset().union(*map(months_in, titles)) or months_in(body.file)
    return (next(iter(years)) if len(years) == 1 else None), months


def _whole(column: Column, shape: re.Pattern[str], year: int | None, months: frozenset[int]) -> Column | None:
    """The column with its year; None where its months are not those of the sheet."""
    texts: list[str] = column.uniques.to_pylist()
    parts = [shape.match(text) for text in texts]
    if shape is _DAY:
        if len(months) != 1:
            return None
        (month,) = months
        made = [
            f"{year}-{month:02}-{int(part[1]):02}" if part else text
            for part, text in zip(parts, texts, strict=True)
        ]
    elif shape is _DAY_NAME:
        made = [
            f"{part[1]} {part[2]} {year}" if part else text for part, text in zip(parts, texts, strict=True)
        ]
    else:
        slots = np.array([(int(part[1]), int(part[2])) for part in parts if part])
        day_first = _day_first(slots, months)
        if day_first is None:
            return None
        made = [
            (f"{year}-{part[2]:0>2}-{part[1]:0>2}" if day_first else f"{year}-{part[1]:0>2}-{part[2]:0>2}")
            if part
            else text
            for part, text in zip(parts, texts, strict=True)
        ]
    per_row = pa.array(made, pa.string()).take(pa.array(column.codes, mask=column.codes == EMPTY))
    return replace(Column.of(column.header, column.position, per_row), last_line=column.last_line)


def _day_first(slots: np.ndarray, months: frozenset[int]) -> bool | None:
    """Which slot is the day: by slots above twelve, then by the month of the sheet; None where they contradict it."""
    possible = [order for order in (True, False) if (slots[:, 1 if order else 0] <= _LAST_MONTH).all()]
    if len(months) == 1:
        possible = [
            order
            for order in possible
            if np.isin(slots[:, 1 if order else 0], list(months)).mean() >= _NEARLY_ALL
        ]
    return possible[0] if possible else None
