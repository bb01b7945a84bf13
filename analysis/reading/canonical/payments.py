"""What was due and what was paid, from payment sheets and from sales lines that carry those dates.

A sheet of collections names the invoice it pays; it is joined to the sheet that has the invoice's due date, so that an
invoice is one row: due, and paid on the day its last part came in, or unpaid.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.book import STATUSES
from analysis.reading.canonical.sales import texts_series
from analysis.reading.canonical.statuses import statuses_of
from analysis.reading.rows.lines import Lines

#: An invoice counts as paid when what was collected reaches this share of it: roundings and bank fees are forgiven.
_PAID_SHARE = 0.99

Keyed = tuple[Lines, pa.StringArray]


def payments_of(keyed: Sequence[Keyed]) -> tuple[pd.DataFrame | None, frozenset[str]]:
    """The payments table and its known columns; None where the upload says nothing of due or paid dates."""
    owed = [_rows(lines, keys) for lines, keys in keyed if _owes(lines)]
    collected = [_rows(lines, keys) for lines, keys in keyed if _collects(lines)]
    if not owed and not collected:
        return None, frozenset()
    if owed and collected:
        rows = _settled(pd.concat(owed, ignore_index=True), pd.concat(collected, ignore_index=True))
    else:
        rows = pd.concat([*owed, *collected], ignore_index=True)
    rows = rows[rows["client_id"].notna()]
    known = frozenset(
        {"client_id"} | {name for name in ("due", "paid", "amount") if rows[name].notna().any()}
    )
    if any(lines.has("paid") or lines.column("paid") is not None for lines, _ in keyed):
        known |= {"paid"}
    return rows, known


def _owes(lines: Lines) -> bool:
    """Sheets whose rows are what is to be paid: sales with due or paid dates, lists of instalments."""
    if lines.role == "sales":
        return lines.has("due") or lines.has("paid")
    return lines.role == "payments" and lines.has("due")


def _collects(lines: Lines) -> bool:
    """Sheets whose rows are money that came in."""
    return lines.role == "payments" and not lines.has("due")


def _rows(lines: Lines, keys: pa.StringArray) -> pd.DataFrame:
    """One row per line in use; of sales those that took place. A collection's date may simply be called date."""
    owed = statuses_of(lines) == STATUSES.index("completed") if lines.role == "sales" else lines.used
    place = np.flatnonzero(lines.used & owed)
    rows = pa.array(place)
    paid = (
        lines.date("paid", "date")
        if lines.role == "payments" and not lines.has("due")
        else lines.date("paid")
    )
    paid_amount, amount = lines.number("paid_amount")[place], lines.number("amount")[place]
    return pd.DataFrame(
        {
            "origin": lines.origins[place],
            "client_id": texts_series(keys.take(rows)),
            "document": texts_series(lines.text("document").take(rows)),
            "due": lines.date("due")[place],
            "paid": paid[place],
            "amount": np.where(np.isnan(amount), paid_amount, amount),
        }
    )


def _settled(owed: pd.DataFrame, collected: pd.DataFrame) -> pd.DataFrame:
    """Invoices with the day their collections settled them, and the collections that belong to none of them."""
    named = collected["document"].notna() & collected["document"].isin(set(owed["document"].dropna()))
    sums = (
        collected[named]
        .groupby("document")
        .agg(last=("paid", "max"), collected=("amount", lambda amounts: amounts.sum(min_count=1)))
    )
    of_invoice = owed["document"].map(sums["collected"])
    last = owed["document"].map(sums["last"])
    settled = last.notna() & ~(of_invoice < _PAID_SHARE * owed["amount"])
    owed = owed.assign(paid=owed["paid"].fillna(last.where(settled)))
    return pd.concat([owed, collected[~named]], ignore_index=True)
