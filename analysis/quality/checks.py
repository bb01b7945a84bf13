"""What is checked in a client book, and what each kind of untidiness takes from a hundred points.

A check takes its `weight` times the share found, up to the share at which it takes all of it (`full`):
`points = weight x min(1, (n / of) / full)`. The weights sum to 100, and the score is 100 less all points. A check that
the export has no column for takes nothing and is listed as unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd

from analysis.book import Book

CheckCode = Literal[
    "no_phone",
    "no_email",
    "bad_phone",
    "bad_email",
    "duplicates",
    "ids_with_names",
    "walk_ins",
    "bad_dates",
    "future_dates",
    "birthdays",
    "outliers",
    "zero_amounts",
    "repeated_lines",
    "missing_months",
    "missing_weeks",
    "thin_months",
    "part_gaps",
    "unvalued",
    "mixed_dates",
    "unread",
    "left_out",
]


@dataclass(frozen=True)
class Check:
    """The points a check can take, and the share (0-1) of what it looks at that takes them all."""

    weight: float
    full: float


#: Every check, in the order it is made.
CHECKS: Mapping[CheckCode, Check] = {
    "no_phone": Check(7, 0.5),  # of clients
    "no_email": Check(3, 0.8),  # of clients
    "bad_phone": Check(5, 0.1),  # of phones
    "bad_email": Check(3, 0.1),  # of mails
    "duplicates": Check(8, 0.1),  # pairs, of clients
    "ids_with_names": Check(4, 0.02),  # of lines
    "walk_ins": Check(9, 0.5),  # of completed lines or, where that is more, of money
    "bad_dates": Check(7, 0.02),  # of rows read
    "future_dates": Check(5, 0.01),  # of completed lines
    "birthdays": Check(2, 0.1),  # of birthdays
    "outliers": Check(7, 0.005),  # of amounts
    "zero_amounts": Check(4, 0.2),  # of amounts
    "repeated_lines": Check(6, 0.03),  # of lines
    "missing_months": Check(8, 0.08),  # of months: one of a year takes all
    "missing_weeks": Check(3, 0.04),  # of weeks
    "thin_months": Check(4, 0.1),  # of months
    "part_gaps": Check(3, 0.1),  # months without a seller or place that works every month, of theirs
    "unvalued": Check(4, 0.005),  # of rows read
    "mixed_dates": Check(3, 0.01),  # of columns of dates: any takes all
    "unread": Check(2, 0.02),  # of rows read
    "left_out": Check(3, 0.05),  # of rows read
}

#: What the export lacks where a check cannot be made.
_SUBJECTS: Mapping[CheckCode, str] = {
    "no_phone": "phone",
    "bad_phone": "phone",
    "no_email": "email",
    "bad_email": "email",
    "birthdays": "birthday",
    "outliers": "amount",
    "zero_amounts": "amount",
}

#: Columns of `Finding.rows`; `row` is Excel's number, NA for what stands on no row (a month without any).
ROWS = {"file": "str", "sheet": "str", "row": "Int64", "text": "str"}
#: Rows listed per finding: `n` counts them all.
MOST_ROWS = 5_000


@dataclass(frozen=True, eq=False)
class Finding:
    """One kind of untidiness: `n` of `of` (clients, lines, months...), with the rows it stands on (`ROWS`)."""

    code: CheckCode
    n: int
    of: int
    rows: pd.DataFrame
    values: Mapping[str, object] = field(default_factory=dict)
    share: float | None = None  # where it is not n / of

    @property
    def points(self) -> float:
        """What it takes from the score."""
        check = CHECKS[self.code]
        share = self.share if self.share is not None else self.n / max(self.of, 1)
        return round(check.weight * min(1.0, share / check.full), 1)


def subject_of(code: CheckCode) -> str:
    """What an unknown check is about, as a code: phone, email, birthday, amount or calendar."""
    return _SUBJECTS.get(code, "calendar")


def rows_at(book: Book, table: str, index: np.ndarray, texts: Sequence[str] | pd.Series) -> pd.DataFrame:
    """Where some rows of a canonical table stand (0-based), each with what is in the cell meant."""
    index, texts = np.asarray(index)[:MOST_ROWS], list(texts[:MOST_ROWS])
    if table not in book.origins:  # a Book that was not read from files
        return listed([("", "", None, text) for text in texts])
    found = book.origins[table].take(index)
    files = [book.places[place] for place in found.place]
    return listed(
        [
            (file, sheet, int(row), text)
            for (file, sheet), row, text in zip(files, found.row, texts, strict=True)
        ]
    )


def listed(rows: Sequence[tuple[str, str, int | None, str]]) -> pd.DataFrame:
    """File, sheet, row and text as a table of `ROWS`."""
    return pd.DataFrame(rows[:MOST_ROWS], columns=list(ROWS)).astype(ROWS)
