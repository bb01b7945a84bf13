"""Lines of one document that name its client once: the lines below the first are the same client's, of the same day.

Shops' exports write an order's client on its first line alone; accounting programs leave its number and date out too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt

from analysis.reading.values.columns import Column, Flags

#: Who a line is of, and what else a document says once for all of its lines.
_WHO = ("client_id", "client_name", "first_name", "last_name", "tax_id", "phone", "email")
_NAMED = ("client_id", "client_name", "first_name", "last_name")
_OF_DOCUMENT = (*_WHO, "date", "document", "subject")


def continued(column_of: Callable[[str], Column | None]) -> dict[str, Column]:
    """By field, the columns with what each document says once told on all of its lines; only those that change."""
    document, date = column_of("document"), column_of("date")
    named = [column for name in _NAMED if (column := column_of(name)) is not None]
    if document is None or date is None or not named or not len(document):
        return {}
    nobody = ~_any(column.filled for column in named)
    if not nobody.any() or nobody.all():
        return {}
    same = np.zeros(len(document), dtype=bool)
    same[1:] = (document.codes[1:] == document.codes[:-1]) & document.filled[1:]
    goes_on = nobody & (same | _bare_line(column_of, nobody & ~document.filled & ~date.filled))
    goes_on[0] = False
    # Each such line is of the last line above it that is none.
    above = np.maximum.accumulate(np.where(goes_on, 0, np.arange(len(document))))
    goes_on &= ~nobody[above]
    changed = {}
    for name in _OF_DOCUMENT:
        column = column_of(name)
        if column is not None and (goes_on & ~column.filled).any():
            codes = np.where(goes_on & ~column.filled, column.codes[above], column.codes).astype(np.int32)
            changed[name] = Column(column.header, column.position, column.uniques, codes)
    return changed


def _bare_line(column_of: Callable[[str], Column | None], rows: Flags) -> Flags:
    """Of these rows those that hold what was sold and no total: lines of the document above, and no sum at its foot."""
    service, amount = column_of("service"), column_of("amount")
    counted = [
        column for name in ("quantity", "unit_price", "net_amount") if (column := column_of(name)) is not None
    ]
    if service is None or not counted:
        return np.zeros_like(rows)
    sold = service.filled & _any(column.filled for column in counted)
    return np.asarray(rows & sold & (~amount.filled if amount is not None else True))


def _any(flags: Iterable[npt.NDArray[np.bool_]]) -> Flags:
    return np.asarray(np.logical_or.reduce(list(flags)))
