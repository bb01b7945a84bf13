"""How tidy the client book is: a score and what takes points from it, the costliest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from analysis.book import Book
from analysis.quality import gaps, lines, people
from analysis.quality.checks import CHECKS, CheckCode, Finding

_ALL = 100
#: Bands of the score, from the tidiest down: where each begins.
BANDS = ((90, "tidy"), (75, "fair"), (50, "untidy"), (0, "poor"))


@dataclass(frozen=True, eq=False)
class Quality:
    """`score` 0-100; `findings`: what was found, the costliest first; `unknown`: what the export has no column for."""

    score: int
    findings: tuple[Finding, ...]
    unknown: tuple[CheckCode, ...]

    @property
    def band(self) -> str:
        """What the score means, as a code (`tidiness.<band>`)."""
        return next(band for least, band in BANDS if self.score >= least)


def quality_of(book: Book, today: dt.date) -> Quality:
    """The tidiness of a Book as seen on a day: lines and birthdays after it are still to come."""
    made = list(_checks(book, today))
    found = [one for one in made if isinstance(one, Finding) and one.n]
    order = {code: place for place, code in enumerate(CHECKS)}
    unknown = tuple(sorted((one for one in made if isinstance(one, str)), key=order.__getitem__))
    points = sum(one.points for one in found)
    score = max(0, round(_ALL - points))
    if found:
        score = min(score, _ALL - 1)  # a hundred is for nothing found at all
    return Quality(score, tuple(sorted(found, key=lambda one: (-one.points, order[one.code]))), unknown)


def section(quality: Quality) -> dict[str, object]:
    """The quality as plain values for book.json and report.json; whose cells they are is left out."""
    return {
        "score": quality.score,
        "band": quality.band,
        "findings": [
            {
                "code": found.code,
                "n": found.n,
                "of": found.of,
                "points": found.points,
                "rows": [
                    {"file": file, "sheet": sheet, "row": int(row)}
                    for file, sheet, row in zip(
                        found.rows["file"], found.rows["sheet"], found.rows["row"], strict=True
                    )
                    if not pd.isna(row)
                ][:_ALL],
            }
            for found in quality.findings
        ],
        "unknown": list(quality.unknown),
    }


def _checks(book: Book, today: dt.date) -> Iterator[Finding | CheckCode]:
    """Every check once: what it found (perhaps nothing), or its code where the export cannot tell."""
    yield from people.reach(book)
    yield from people.twice(book)
    yield from people.walk_ins(book)
    yield from lines.dates(book, today)
    yield from people.birthdays(book, today)
    yield from lines.amounts(book)
    yield from lines.repeated(book)
    yield from gaps.gaps(book)
    yield from lines.cells(book)
