"""What a column's cells are like, whatever its header says."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis.reading.fields import FIELDS
from analysis.reading.values.columns import Column
from analysis.reading.values.currencies import currency_of_code
from analysis.reading.values.dates import are_dates
from analysis.reading.values.numbers import read_numbers
from analysis.reading.values.statuses import (
    flag_meaning,
    is_credit_note,
    is_no_sale,
    is_sale,
    speaks_of_solving,
    status_meaning,
)

#: Distinct texts looked at per column: enough to tell what it holds, few enough to cost nothing.
_SAMPLE = 300
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"^[+(]?[\d][\d\s().\-/+]{5,24}(\s?(ext|x|int)\.?\s?\d+)?$")
_CODE = re.compile(r"^\S*[\d*._-]\S*$|^[A-Z0-9]{2,8}$")
_ARTICLE = re.compile(r"^(?=\S*\d)\S+$")
_ORDER_NUMBER = re.compile(r"^#\s?\w*\d+$")
#: Shares of cells under which a column cannot be what its header says, and above which it is without a header's help.
_POSSIBLE = 0.5
SURE = 0.9
_FEW_STATUSES = 40
_WHOLE = re.compile(r"^\d{1,15}$")
#: Two numbers one after the other may count; so many in order do, whatever lies between them.
_TWO, _MANY = 2, 8


@dataclass(frozen=True)
class Profile:
    """What was looked at: shares are of distinct texts or, where that is more, of the rows that hold them, 0-1."""

    rows: int
    filled: int
    distinct: int
    dates: float
    numbers: float
    emails: float
    phones: float
    flags: float
    solved: float
    statuses: float
    credit_notes: float  # of rows
    sales_and_others: bool  # among kinds of documents there are sales, and others that are none
    codes: float
    articles: float  # one word with a figure in it, as products are numbered
    order_numbers: float
    currencies: float
    running: bool  # whole numbers that count up or down the sheet, as documents are numbered

    @property
    def empty(self) -> bool:
        return self.filled == 0

    @property
    def unique(self) -> bool:
        return self.distinct == self.filled

    def veto(self, field: str) -> str:
        """A code for why the column cannot be this field, "" where it can; an empty column can be anything."""
        if self.empty:
            return ""
        holds = FIELDS[field].holds
        likeness = {
            "date": self.dates,
            "number": self.numbers,
            "email": self.emails,
            "phone": self.phones,
            "currency": self.currencies,
            "flag": self.solved if field == "solved" else self.flags,
            "status": self._likeness_to_status(field),
        }
        if likeness.get(holds, 1.0) < _POSSIBLE:
            return f"not_{holds}"
        if holds == "name" and self.order_numbers >= _POSSIBLE:
            return "order_numbers"
        if holds in {"text", "name", "code"} and field != "document" and self.dates >= SURE > self.numbers:
            return "dates"
        return ""

    def _likeness_to_status(self, field: str) -> float:
        if self.distinct > _FEW_STATUSES:
            return 0.0
        if field == "document_type":
            # One credit note among a hundred invoices is enough; but most of what a business does is selling.
            return 1.0 if 0 < self.credit_notes <= _POSSIBLE or self.sales_and_others else 0.0
        return max(self.statuses, self.flags)


def profile_of(column: Column, today: dt.date) -> Profile:
    """Looks at a spread of the column's distinct texts."""
    step = max(1, len(column.uniques) // _SAMPLE)
    chosen = np.arange(0, len(column.uniques), step)
    sample = column.uniques.take(pa.array(chosen))
    texts: list[str] = sample.to_pylist()
    counts = column.counts[chosen]

    notes = np.array([is_credit_note(text) for text in texts], dtype=bool)

    def of_rows(hits: npt.NDArray[np.bool_]) -> float:
        return float(max(hits.mean(), (counts * hits).sum() / counts.sum())) if texts else 0.0

    def share(test: Callable[[str], object]) -> float:
        return of_rows(np.array([bool(test(text)) for text in texts], dtype=bool))

    return Profile(
        rows=len(column),
        filled=int(column.filled.sum()),
        distinct=len(column.uniques),
        dates=of_rows(are_dates(sample, today)),
        numbers=of_rows(~read_numbers(sample).wrong),
        emails=share(_EMAIL.match),
        phones=share(_PHONE.match),
        flags=share(lambda text: flag_meaning(text) is not None),
        solved=share(speaks_of_solving),
        statuses=share(status_meaning),
        credit_notes=float(counts @ notes / max(counts.sum(), 1)),
        sales_and_others=len(column.uniques) <= _FEW_STATUSES
        and any(map(is_no_sale, texts))
        and any(map(is_sale, texts)),
        codes=share(_CODE.match),
        articles=share(_ARTICLE.match),
        order_numbers=share(_ORDER_NUMBER.match),
        currencies=share(currency_of_code),
        running=_is_running(column),
    )


def _is_running(column: Column) -> bool:
    """Whether the first texts are whole numbers, each the one before and one more (or less), or many in order."""
    texts = column.uniques.slice(0, _SAMPLE).to_pylist()
    if len(texts) < _TWO or not all(map(_WHOLE.match, texts)):
        return False
    steps = np.diff(np.array(texts, dtype=np.int64))
    in_order = bool((steps > 0).all() or (steps < 0).all())
    return in_order and (len(texts) >= _MANY or bool((np.abs(steps) == 1).all()))
