"""Which rows of a sheet stay out, and why: the first reason that applies, so that every row has one fate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from analysis.book import LeftOutReason
from analysis.reading.layout.body import Body
from analysis.reading.meaning.understand import Understood
from analysis.reading.rows.amounts import only_credited
from analysis.reading.rows.totals import only_totals, total_rows
from analysis.reading.values.columns import Dates, Flags, Numbers
from analysis.reading.values.statuses import is_credit_note, is_no_sale, is_sale

#: The dates that a row of a role cannot do without: any one of them.
_NEEDED_DATES: Mapping[str, tuple[str, ...]] = {
    "sales": ("date",),
    "cancellations": ("cancelled_on", "date"),
    "no_shows": ("date",),
    "bookings": ("date",),
    "contacts": ("contact_date", "date"),
    "problems": ("opened", "date", "contact_date", "closed"),
    "payments": ("paid", "due", "date"),
    "clients": (),
}
#: A sale may be to nobody in particular; the other tables are about somebody.
_NEEDS_CLIENT = frozenset({"clients", "contacts", "problems", "payments"})


def reasons_to_leave_out(
    sheet: Understood,
    dates: Mapping[str, Dates],
    numbers: Mapping[str, Numbers],
    wrong: Mapping[str, Flags],
    money_from: Sequence[str],
) -> npt.NDArray[np.str_]:
    """Per row why it stays out, "" for a row in use.

    `dates` and `numbers` are the sheet's converted columns by field, a row each; `wrong` marks the cells of the number
    columns that hold something else; `money_from` are the fields that a row's money comes from.
    """
    reason = sheet.body.fates.copy()

    def leave_out(rows: Flags, why: LeftOutReason) -> None:
        reason[(reason == "") & rows] = why

    leave_out(_empty(sheet.body), "empty")
    leave_out(_repeats_header(sheet.body), "repeated_header")
    named = _names_client(sheet)
    needed = _NEEDED_DATES[sheet.role or "sales"]
    if needed:
        dated = _any_of([~np.isnat(dates[name]) for name in needed if name in dates], named)
        free = reason == ""
        leave_out(total_rows(sheet, dated & free, named & free, numbers), "total_row")
    else:
        leave_out(only_totals(sheet.body.columns), "total_row")
    leave_out(_uneven(sheet.body), "uneven_row")
    if sheet.role in _NEEDS_CLIENT:
        leave_out(~named, "no_client")
    if needed:
        written = _any_of(
            [column.filled for name in needed if (column := sheet.column(name)) is not None], named
        )
        leave_out(~dated & written, "bad_date")
        leave_out(~dated, "no_date")
    if sheet.role == "sales":
        leave_out(_no_sales(sheet), "no_sale")
        if "debit" in money_from:
            leave_out(only_credited(numbers) & ~_says_credit_note(sheet), "no_sale")
    for name in money_from:
        leave_out(wrong[name], "bad_amount")
    return reason


def _no_sales(sheet: Understood) -> Flags:
    """Rows that stand among sales and are none: the payment of an invoice, a quotation, an expense."""
    kinds = sheet.column("document_type")
    texts = kinds.uniques.to_pylist() if kinds is not None else []
    if kinds is None or not any(map(is_sale, texts)):
        return np.zeros(len(sheet.body), dtype=bool)
    return np.asarray(kinds.spread(np.array([is_no_sale(text) for text in texts], dtype=bool), empty=False))


def _says_credit_note(sheet: Understood) -> Flags:
    """Rows of which a concept or a kind of document says that money was given back."""
    columns = [column for name in ("document_type", "service") if (column := sheet.column(name)) is not None]
    said = [
        column.spread(
            np.array([is_credit_note(text) for text in column.uniques.to_pylist()], dtype=bool), empty=False
        )
        for column in columns
    ]
    return _any_of(said, np.zeros(len(sheet.body), dtype=bool))


def _any_of(flags: list[Flags], like: Flags) -> Flags:
    """Rows where any is true; `like` gives the number of rows where there is none to ask."""
    return np.asarray(np.logical_or.reduce(flags) if flags else np.zeros_like(like))


def _uneven(body: Body) -> Flags:
    """Rows of a text file whose cells cannot be told to stand in their columns: any value may be another's."""
    at, flags = 0, np.zeros(len(body), dtype=bool)
    for part in body.parts:
        rows = slice(at, at + part.count)
        if part.grid.text is not None and part.grid.text.uneven:
            flags[rows] = np.isin(body.rows[rows], part.grid.text.uneven)
        at += part.count
    return flags


def _empty(body: Body) -> Flags:
    return ~_any_of([column.filled for column in body.columns], np.ones(len(body), dtype=bool))


def _repeats_header(body: Body) -> Flags:
    """Rows whose every named column holds its own header."""
    named = [column for column in body.columns if column.header]
    same = [
        column.spread(
            pc.equal(column.uniques, column.header).to_numpy(zero_copy_only=False).astype(bool), empty=False
        )
        for column in named
    ]
    return np.asarray(np.logical_and.reduce(same) if same else np.zeros(len(body), dtype=bool))


def _names_client(sheet: Understood) -> Flags:
    """Rows that say whose they are (a payment may say it by its document)."""
    fields = [
        "client_id",
        "client_name",
        "first_name",
        "last_name",
        "tax_id",
        "phone",
        "email",
        *(["document"] if sheet.role == "payments" else []),
    ]
    columns = [column for name in fields if (column := sheet.column(name)) is not None]
    return _any_of([column.filled for column in columns], np.ones(len(sheet.body), dtype=bool))
