"""Gaps in the calendar: months and weeks without a line, months with far too few, a seller or a place gone for a month.

What happens every year, or around Christmas, Easter and in August, is a closed door and no gap.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.book import Book
from analysis.calendar.clock import closed_runs
from analysis.quality.checks import CheckCode, Finding, listed

#: Lines are counted by months from this many on.
_FEWEST_MONTHS = 3
#: A month is held against as many before and after it.
_NEAR_MONTHS = 3
#: It is thin with less than this share of the usual lines, and so few seldom (deviations of a Poisson count).
_THIN_SHARE, _THIN_DEVIATIONS, _ENOUGH_LINES = 0.4, 4.0, 20
#: In a month that other years have as empty, or this thin, business is slow by nature.
_SLOW_SHARE = 0.6
#: A seller or place works every month with at least this many months and lines in its usual one.
_PART_MONTHS, _PART_LINES = 5, 8
_SHORTEST_WEEK, _LONGEST_WEEKS = 6, 27  # days: a longer run is told as months
_AUGUST, _YEAR, _WEEK = 8, 364, 7
_EASTER_DAYS = 8


def gaps(book: Book) -> Iterator[Finding | CheckCode]:
    """Everything that is missing from the calendar."""
    sales = book.sales
    done = ((sales["status"] == "completed") & sales["date"].notna()).to_numpy()
    dates = sales["date"].to_numpy()[done]
    months = dates.astype("datetime64[M]").astype(np.int64)
    if not len(months) or months.max() - months.min() + 1 < _FEWEST_MONTHS:
        yield from ("missing_months", "missing_weeks", "thin_months", "part_gaps")
        return
    first = int(months.min())
    lines = np.bincount(months - first)
    missing = [int(place) for place in np.flatnonzero(lines == 0) if not _every_year(lines, int(place), 0.0)]
    yield _months("missing_months", first, missing, len(lines))
    yield _weeks(dates)
    yield _months("thin_months", first, _thin(lines), len(lines))
    yield _parts(book, done, months, first, lines)


def _months(code: CheckCode, first: int, places: list[int], of: int) -> Finding:
    found = [_month_text(first + place) for place in places]
    return Finding(
        code, len(found), of, listed([("", "", None, month) for month in found]), {"months": tuple(found)}
    )


def _thin(lines: np.ndarray) -> list[int]:
    """Months with far fewer lines than those before and those after: a business that grows or ends is no gap."""
    thin = []
    for place in range(1, len(lines) - 1):
        sides = lines[max(0, place - _NEAR_MONTHS) : place], lines[place + 1 : place + 1 + _NEAR_MONTHS]
        usual = min(float(np.median(side)) for side in sides)
        few = 0 < lines[place] < min(_THIN_SHARE * usual, usual - _THIN_DEVIATIONS * np.sqrt(usual))
        if usual >= _ENOUGH_LINES and few and not _every_year(lines, place, _SLOW_SHARE * usual):
            thin.append(place)
    return thin


def _every_year(lines: np.ndarray, place: int, at_most: float) -> bool:
    """Whether the same month of the other years, if there are any, is as empty or thin."""
    others = [lines[other] for other in range(place % 12, len(lines), 12) if other != place]
    return bool(others) and max(others) <= at_most


def _weeks(dates: np.ndarray) -> Finding:
    """Runs of six to twenty-seven days without a line where some were to be expected."""
    day = dates.astype("datetime64[D]").astype(np.int64)
    runs = closed_runs(day, int(day.max()))
    told = [
        (start, end)
        for start, end in runs
        if _SHORTEST_WEEK <= end - start <= _LONGEST_WEEKS
        and not _is_holiday(start, end)
        and not _yearly(start, end, runs)
    ]
    texts = [f"{np.datetime64(start, 'D')} – {np.datetime64(end - 1, 'D')}" for start, end in told]
    rows = listed([("", "", None, text) for text in texts])
    return Finding("missing_weeks", len(told), int((day.max() - day.min()) // _WEEK + 1), rows)


def _is_holiday(start: int, end: int) -> bool:
    """Whether a run of closed days lies in August or touches Christmas, New Year or Easter."""
    days = pd.DatetimeIndex(np.arange(start, end).astype("datetime64[D]"))
    festive = ((days.month == 12) & (days.day >= 24)) | ((days.month == 1) & (days.day <= 6))  # noqa: PLR2004
    easter = pd.Timestamp(days[0].year, 1, 1) + pd.offsets.Easter()
    near = np.abs((days - easter).days) <= _EASTER_DAYS
    return bool(festive.any() or near.any() or (days.month == _AUGUST).all())


def _yearly(start: int, end: int, runs: list[tuple[int, int]]) -> bool:
    """Whether another year has closed days in the same weeks."""
    return any(
        other_start - _WEEK < end + years * _YEAR and start + years * _YEAR < other_end + _WEEK
        for years in (-2, -1, 1, 2)
        for other_start, other_end in runs
        if (other_start, other_end) != (start, end)
    )


def _parts(book: Book, done: np.ndarray, months: np.ndarray, first: int, whole: np.ndarray) -> Finding:
    """Months without a single line of a seller or a file (a place) that otherwise has some every month."""
    found: list[tuple[str, str, int | None, str]] = []
    looked_at = 0
    for labels in _labels(book, done):
        codes, names = pd.factorize(labels)
        known = codes >= 0
        width = len(whole)
        counts = np.bincount(codes[known] * width + months[known] - first, minlength=width * len(names))
        for name, lines in zip(names, counts.reshape(len(names), width), strict=True):
            active = np.flatnonzero(lines)
            span = np.arange(active[0], active[-1] + 1)
            if len(active) < _PART_MONTHS or np.median(lines[active]) < _PART_LINES:
                continue
            looked_at += len(span)
            absent = [place for place in span if lines[place] == 0 and whole[place] > 0]
            found += [("", "", None, f"{name} · {_month_text(first + place)}") for place in absent]
    return Finding("part_gaps", len(found), max(looked_at, 1), listed(found))


def _labels(book: Book, done: np.ndarray) -> Iterator[np.ndarray]:
    """Of every completed line its seller; and its file, where several files tell of the same months."""
    sales = book.sales
    if book.knows("sales", "staff"):
        yield sales["staff"].to_numpy(dtype=object)[done]
    if "sales" in book.origins and len({file for file, _ in book.places}) > 1:
        files = np.array([file for file, _ in book.places], dtype=object)
        yield files[book.origins["sales"].place[done]]


def _month_text(month: int) -> str:
    """Months since 1970 as 2026-03."""
    return str(np.datetime64(int(month), "M"))
