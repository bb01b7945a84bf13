"""Untidiness of lines: dates that cannot be, amounts out of proportion, the same line twice, cells nobody can read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.book import Book
from analysis.quality.checks import CheckCode, Finding, listed, rows_at

#: Reasons for which a row that says something stays out; a total or an empty row is no untidiness.
_DATE_REASONS = ("bad_date", "no_date")
_OTHER_REASONS = ("bad_amount", "no_client")
#: An amount is out of proportion from this many times its service's usual one, or as little...
_TIMES = 4.0
#: ... and this many times the usual spread (1.4826 x the median distance of logarithms; at least 5%).
_SPREADS, _LEAST_SPREAD, _MAD_TO_DEVIATION = 6.0, 0.05, 1.4826
#: Fewer amounts of a service tell no usual one, and where more than this share is out, there are two usual ones.
_ENOUGH, _TOO_MANY = 8, 0.05


def dates(book: Book, today: dt.date) -> Iterator[Finding | CheckCode]:
    """Rows left out for their date, completed lines still to come, and columns whose dates go both ways."""
    yield _left_out(book, "bad_dates", _DATE_REASONS)
    sales = book.sales
    completed = (sales["status"] == "completed").to_numpy()
    ahead = np.flatnonzero(completed & (sales["date"] > pd.Timestamp(today)).to_numpy())
    yield Finding(
        "future_dates",
        len(ahead),
        int(completed.sum()),
        rows_at(book, "sales", ahead, sales["date"].iloc[ahead].dt.strftime("%Y-%m-%d")),
    )
    told = {"dmy", "mdy", "mixed", "swapped", "assumed_dmy", ""}
    dated = [column for column in book.columns if column.field is not None and column.detail in told]
    mixed = [column for column in dated if column.detail == "mixed"]
    rows = [(column.file, column.sheet, None, column.header) for column in mixed]
    yield Finding("mixed_dates", len(mixed), max(len(dated), 1), listed(rows))


def amounts(book: Book) -> Iterator[Finding | CheckCode]:
    """Amounts out of proportion to their service's, and amounts of nought."""
    if not book.knows("sales", "amount"):
        yield "outliers"
        yield "zero_amounts"
        return
    sales = book.sales
    sold = sales[(sales["status"] == "completed") & sales["amount"].notna()]
    positive = sold[sold["amount"] > 0]
    services = (
        positive["service"].fillna("")
        if book.knows("sales", "service")
        else pd.Series("", index=positive.index)
    )
    logs = pd.Series(np.log(positive["amount"].to_numpy()), index=positive.index)
    usual = logs.groupby(services).transform("median")
    spread = (logs - usual).abs().groupby(services).transform("median") * _MAD_TO_DEVIATION
    enough = logs.groupby(services).transform("size") >= _ENOUGH
    far = (logs - usual).abs() > np.maximum(np.log(_TIMES), _SPREADS * spread.clip(lower=_LEAST_SPREAD))
    out = far & enough
    out &= out.groupby(services).transform("mean") <= np.maximum(
        _TOO_MANY, 1.5 / logs.groupby(services).transform("size")
    )
    found = positive.index[out]
    usual_amounts = np.exp(usual[found])
    texts = [
        f"{amount:.10g} ({typical:.10g}) {service}".strip()
        for amount, typical, service in zip(
            sales.loc[found, "amount"], usual_amounts.round(2), services[found], strict=True
        )
    ]
    yield Finding(
        "outliers", len(found), len(positive), rows_at(book, "sales", sales.index.get_indexer(found), texts)
    )
    nought = sold.index[sold["amount"] == 0]
    yield Finding(
        "zero_amounts",
        len(nought),
        len(sold),
        rows_at(book, "sales", sales.index.get_indexer(nought), sales.loc[nought, "service"].fillna("0")),
    )


def repeated(book: Book) -> Iterator[Finding | CheckCode]:
    """Lines that are another one again: same client, day, service, amount, seller, status and document."""
    sales = book.sales
    named = sales["client_id"].notna()
    told = named if not len(book.documents) else named | (book.documents >= 0)
    same = sales[["client_id", "date", "service", "amount", "staff", "status"]]
    if len(book.documents) == len(sales):
        same = same.assign(document=book.documents)
    again = np.flatnonzero((same.duplicated() & told).to_numpy())
    texts = sales["client_name"].iloc[again].fillna("") + " · " + sales["service"].iloc[again].fillna("")
    yield Finding(
        "repeated_lines", len(again), len(sales), rows_at(book, "sales", again, texts.str.strip(" ·"))
    )


def cells(book: Book) -> Iterator[Finding | CheckCode]:
    """Formulas without a value, cells that could not be read, and rows left out for other reasons than their date."""
    unvalued = [(file, sheet, row, "") for file, sheet, row in book.unvalued]
    yield Finding("unvalued", len(unvalued), book.rows_read, listed(unvalued))
    unread = book.unread[book.unread["field"] != "birthday"]
    rows = list(unread[["file", "sheet", "row", "text"]].itertuples(index=False, name=None))
    yield Finding("unread", len(unread), book.rows_read, listed(rows))
    yield _left_out(book, "left_out", _OTHER_REASONS)


def _left_out(book: Book, code: CheckCode, reasons: tuple[str, ...]) -> Finding:
    out = book.left_out[book.left_out["reason"].isin(reasons)]
    rows = list(out[["file", "sheet", "row", "text"]].itertuples(index=False, name=None))
    return Finding(code, len(out), book.rows_read, listed(rows))
