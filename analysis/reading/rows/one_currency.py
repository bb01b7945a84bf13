"""Amounts of several currencies are never added: those of one count, the others become missing and are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.book import Notice
from analysis.reading.rows.amounts import TAKEN_OFF
from analysis.reading.rows.lines import Lines
from analysis.reading.rows.money_shown import currency_of_column
from analysis.reading.values.columns import Flags
from analysis.reading.values.currencies import currency_of_code, marks_of

#: What is added up: the line's money, and what was paid.
_COUNTED = ("amount", "paid_amount")
#: Currencies whose sign is no dollar's.
_NO_DOLLARS = frozenset({"EUR", "GBP", "PEN", "CRC", "PYG", "INR", "JPY", "CHF", "BOB", "GTQ"})
_ROWS_NAMED = 10


def in_one_currency(
    parts: Sequence[Lines], shown: Sequence[str], chosen: str | None
) -> tuple[list[Lines], tuple[Notice, ...]]:
    """The rows with amounts of one currency alone; those of the others become missing, and are told.

    `shown` are the currencies of the upload, that of the most rows first, which counts unless the owner has `chosen`
    another of them. A row that shows none is of the one that counts.
    """
    if len(shown) <= 1:
        return list(parts), ()
    counts = chosen if chosen is not None and chosen in shown else shown[0]
    kept: list[Lines] = []
    notices: list[Notice] = []
    for lines in parts:
        other = _currency_of_rows(lines, shown)
        foreign = np.isin(other, [code for code in shown if code != counts])
        amount = lines.number("amount")
        if not (foreign & lines.used & ~np.isnan(amount)).any():
            kept.append(lines)
            continue
        notices += _told(lines, other, foreign & lines.used, counts)
        money = [name for name in (*_COUNTED, TAKEN_OFF) if name in lines.numbers]
        blank = {name: np.where(foreign, np.nan, lines.numbers[name]) for name in money}
        kept.append(replace(lines, numbers={**lines.numbers, **blank}))
    return kept, tuple(notices)


def _told(lines: Lines, codes: npt.NDArray[Any], rows: Flags, counts: str) -> list[Notice]:
    """A notice for each currency that does not count: how many rows, which, and the sum of their amounts."""
    body, amount = lines.sheet.body, lines.number("amount")
    notices = []
    for code in np.unique(codes[rows]):
        places = np.flatnonzero(rows & (codes == code))
        values = {
            "currency": counts,
            "other": str(code),
            "n": len(places),
            "total": round(float(np.nansum(amount[places])), 2),
            "rows": tuple(map(str, body.rows[places[:_ROWS_NAMED]])),
        }
        notices.append(Notice("mixed_currencies", body.file, body.sheet, values))
    return notices


def _currency_of_rows(lines: Lines, shown: Sequence[str]) -> npt.NDArray[Any]:
    """The currency that each row shows: in the column of currencies, else in its cell of money; "" for none.

    A bare dollar sign is of whichever dollar or peso is among those shown.
    """
    said = lines.column("currency")
    codes = np.full(len(lines.reason), "", dtype="<U3")
    dollars = next((code for code in shown if code not in _NO_DOLLARS), "")
    if said is not None:
        codes = said.spread(
            np.array([currency_of_code(text) or "" for text in said.uniques.to_pylist()], "<U3"), ""
        )
    for name in lines.money_from or _COUNTED:
        column = lines.column(name)
        if column is not None and len(column.uniques):
            marks = [mark if mark != "$" else dollars for mark in marks_of(column)]
            codes = np.where(codes == "", column.spread(np.array(marks, dtype="<U3"), ""), codes)
            whole = currency_of_column(lines.sheet, column) or ""
            codes = np.where(codes == "", whole if whole != "$" else dollars, codes)
    return codes
