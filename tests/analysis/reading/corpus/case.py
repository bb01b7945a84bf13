"""One file of the corpus: what comes in, and exactly what must come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.book import Book
from analysis.errors import PuntualError
from analysis.reading import Corrections, Upload

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """Files with the tables they hold, or the refusal they end with.

    `tables`: per canonical table its rows in order; only the columns named are compared, every row must be there and
    no other. Dates are ISO texts, a missing value is None. `refusal`: the error's code and the values named.
    `left_out`: Excel's row number and reason of every row left out. `notices`: codes that the Book must carry.
    """

    name: str
    uploads: Sequence[Upload]
    tables: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    refusal: tuple[str, Mapping[str, object]] | None = None
    left_out: Sequence[tuple[int, str]] | None = None
    notices: Sequence[str] = ()
    corrections: Corrections | None = None


def assert_book(book: Book, case: Case) -> None:
    """The Book holds exactly what the case says."""
    for name, rows in case.tables.items():
        table = book.table(name)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        found = [
            {column: _plain(value) for column, value in row.items()}
            for row in table[columns].to_dict("records")
        ]
        assert found == [{column: row.get(column) for column in columns} for row in rows], name
    if case.left_out is not None:
        found_out = list(zip(book.left_out["row"], book.left_out["reason"], strict=True))
        assert found_out == list(case.left_out)
    missing = set(case.notices) - {notice.code for notice in book.notices}
    assert not missing


def assert_refused(error: PuntualError, case: Case) -> None:
    """The error is the one the case expects, with the values it names."""
    assert case.refusal is not None
    code, values = case.refusal
    assert error.code == code
    assert {name: error.values.get(name) for name in values} == dict(values)


def _plain(value: object) -> object:
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and pd.isna(value)):
        return None
    return value
