"""What a column's cells are like, whatever its header says."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from analysis.reading.columns import Column
from analysis.reading.currencies import currency_of_code
from analysis.reading.dates import share_of_dates
from analysis.reading.fields import FIELDS
from analysis.reading.numbers import read_numbers
from analysis.reading.statuses import flag_meaning, solved_meaning, status_meaning

#: Distinct texts looked at per column: enough to tell what it holds, few enough to cost nothing.
_SAMPLE = 300
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"^[+(]?[\d][\d\s().\-/+]{5,24}(\s?(ext|x|int)\.?\s?\d+)?$")
_CODE = re.compile(r"^\S*[\d*._-]\S*$|^[A-Z0-9]{2,8}$")
_ORDER_NUMBER = re.compile(r"^#\s?\w*\d+$")
#: Shares of cells under which a column cannot be what its header says, and above which it is without a header's help.
_POSSIBLE = 0.5
SURE = 0.9
_FEW_STATUSES = 40


@dataclass(frozen=True)
class Profile:
    """Shares are of the distinct non-empty texts looked at, 0-1."""

    rows: int
    filled: int
    distinct: int
    dates: float
    numbers: float
    emails: float
    phones: float
    flags: float
    solved: float
    statuses: float  # of rows, not of texts: one odd status among four is still a status column
    codes: float
    order_numbers: float
    currencies: float

    @property
    def empty(self) -> bool:
        return self.filled == 0

    @property
    def unique(self) -> bool:
        return self.distinct == self.filled

    def veto(self, field: str) -> str:
        """Why the column cannot be this field ("" where it can); an empty column can be anything."""
        if self.empty:
            return ""
        holds = FIELDS[field].holds
        if holds == "status":
            enough = self.distinct <= _FEW_STATUSES and max(self.statuses, self.flags) >= _POSSIBLE
            return "" if enough or (field == "document_type" and self.statuses > 0) else "not_status"
        if field == "solved":
            return "" if self.solved >= _POSSIBLE else "not_flag"
        if holds == "name" and self.order_numbers >= _POSSIBLE:
            return "order_numbers"
        if holds == "code" and field == "client_id" and self.dates >= SURE and self.numbers < SURE:
            return "dates"
        share = {
            "date": self.dates,
            "number": self.numbers,
            "email": self.emails,
            "phone": self.phones,
            "flag": self.flags,
            "currency": self.currencies,
        }.get(holds, 1.0)
        if share < _POSSIBLE:
            return f"not_{holds}"
        if holds == "text" and field != "referred_by" and self.dates >= SURE and self.numbers < SURE:
            return "dates"
        return ""


def profile_of(column: Column, today: dt.date) -> Profile:
    """Looks at a spread of the column's distinct texts."""
    step = max(1, len(column.values) // _SAMPLE)
    chosen = np.arange(0, len(column.values), step)
    sample = column.values.take(pa.array(chosen))
    texts: list[str] = sample.to_pylist()
    numbers = read_numbers(sample)
    counts = column.counts[chosen] if len(chosen) else np.zeros(0)
    known = np.array([status_meaning(text) is not None for text in texts], dtype=bool)

    def share(test: Callable[[str], object]) -> float:
        return sum(bool(test(text)) for text in texts) / len(texts) if texts else 0.0

    return Profile(
        rows=len(column),
        filled=int(column.filled.sum()),
        distinct=len(column.values),
        dates=share_of_dates(sample, today),
        numbers=float(1 - numbers.wrong.mean()) if texts else 0.0,
        emails=share(_EMAIL.match),
        phones=share(_PHONE.match),
        flags=share(lambda text: flag_meaning(text) is not None),
        solved=share(lambda text: flag_meaning(text) is not None or _speaks_of_solving(text)),
        statuses=float(counts[known].sum() / counts.sum()) if texts else 0.0,
        codes=share(_CODE.match),
        order_numbers=share(_ORDER_NUMBER.match),
        currencies=share(currency_of_code),
    )


def _speaks_of_solving(text: str) -> bool:
    return solved_meaning(text) is not None or status_meaning(text) in {"booked", "waiting", "completed"} or "open" in text.lower() or "abiert" in text.lower()
