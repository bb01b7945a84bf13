"""What was due and what was paid, from payment sheets and from sales lines that carry those dates.

A sheet of collections names the invoice it pays; it is joined to the sheet that has the invoice's due date, so that an
invoice, or each of its instalments, is one row: due, and paid on the day its last part came in, or unpaid. What is paid
in part is two rows: what came in, and what is still owed. A bill that is said to be paid, without the day, counts as
paid on the day it was due.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from analysis.book import STATUSES
from analysis.reading.canonical.sales import texts_series
from analysis.reading.canonical.statuses import statuses_of
from analysis.reading.rows.lines import Lines
from analysis.reading.values.statuses import flag_meaning, status_meaning

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
    rows = _in_parts(rows)
    rows = rows[rows["client_id"].notna()]
    known = frozenset(
        {"client_id"} | {name for name in ("due", "paid", "amount") if rows[name].notna().any()}
    )
    if any(lines.column("paid") is not None or (_owes(lines) and _says_paid(lines)) for lines, _ in keyed):
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
    amount = np.where(np.isnan(amount), paid_amount, amount)
    due = lines.date("due")[place]
    came_in = lines.column("paid_amount") is not None and lines.column("amount") is not None
    paid_in_full = paid_amount >= _PAID_SHARE * amount if came_in else np.zeros(len(place), dtype=bool)
    told = _said_to_be_paid(lines)[place] | paid_in_full
    return pd.DataFrame(
        {
            "origin": lines.origins[place],
            "client_id": texts_series(keys.take(rows)),
            "document": texts_series(lines.text("document").take(rows)),
            "due": due,
            "paid": np.where(np.isnat(paid[place]) & told, due, paid[place]),
            "amount": amount,
            "part": paid_amount if came_in else np.nan,
        }
    )


def _says_paid(lines: Lines) -> bool:
    return lines.role == "payments" and lines.has("payment_status")


def _said_to_be_paid(lines: Lines) -> npt.NDArray[np.bool_]:
    """Rows of a list of bills or instalments whose status says that they are paid."""
    column = lines.column("payment_status")
    if column is None or lines.role != "payments":
        return np.zeros(len(lines.reason), dtype=bool)
    said = [
        flag_meaning(text) is True or (flag_meaning(text) is None and status_meaning(text) == "completed")
        for text in column.uniques.to_pylist()
    ]
    return np.asarray(column.spread(np.array(said, dtype=bool), empty=False))


def _in_parts(rows: pd.DataFrame) -> pd.DataFrame:
    """Every row that was paid in part as two: what came in, and what is still owed. Without `part`."""
    part, amount = rows["part"], rows["amount"]
    some = rows["due"].notna() & (part > 0) & (part < _PAID_SHARE * amount)
    nothing = rows["due"].notna() & (part == 0) & (amount > 0)
    whole = rows.assign(paid=rows["paid"].mask(some | nothing), amount=amount.where(~some, amount - part))
    came_in = rows[some].assign(amount=part[some], paid=rows["paid"][some].fillna(rows["due"][some]))
    return pd.concat([whole, came_in] if len(came_in) else [whole], ignore_index=True).drop(columns="part")


def _settled(owed: pd.DataFrame, collected: pd.DataFrame) -> pd.DataFrame:
    """Invoices with the day their collections settled them, and the collections that belong to none of them.

    What came in for an invoice pays its instalments in the order in which they fell due.
    """
    named = collected["document"].notna() & collected["document"].isin(set(owed["document"].dropna()))
    came = collected[named].sort_values("paid", kind="stable")
    came = came.assign(whole=came["amount"].isna(), so_far=came.groupby("document")["amount"].cumsum())
    ordered = owed.sort_values("due", kind="stable")
    up_to = ordered["amount"].fillna(0.0).groupby(ordered["document"]).cumsum().reindex(owed.index)
    owed = owed.assign(until=up_to, reached=up_to - (1 - _PAID_SHARE) * owed["amount"].abs())
    settles = _first_reaching(owed, came)
    total = _of_document(owed, came.groupby("document")["amount"].sum())
    before = owed["until"] - owed["amount"]
    part = (total - before).where(settles.isna() & owed["paid"].isna() & total.notna())
    owed = owed.assign(paid=owed["paid"].fillna(settles), part=owed["part"].fillna(part.where(part > 0)))
    # The day a part came in is the last day anything did.
    last = _of_document(owed, came.groupby("document")["paid"].max())
    owed["paid"] = owed["paid"].fillna(last.where(owed["part"] > 0))
    return pd.concat([owed.drop(columns=["until", "reached"]), collected[~named]], ignore_index=True)


def _first_reaching(owed: pd.DataFrame, came: pd.DataFrame) -> pd.Series:
    """The day on which what had come in for each row's invoice reached what was due up to it; NaT = it has not.

    A collection without an amount, or of an invoice without one, settles it.
    """
    whole = came[came["whole"]].groupby("document")["paid"].max()
    everything = _of_document(owed, came.groupby("document")["paid"].max())
    found = pd.merge_asof(
        owed[owed["amount"].notna() & owed["document"].notna()][["document", "reached"]]
        .reset_index()
        .sort_values("reached", kind="stable"),
        came[came["so_far"].notna()][["document", "so_far", "paid"]].sort_values("so_far", kind="stable"),
        left_on="reached",
        right_on="so_far",
        by="document",
        direction="forward",
    ).set_index("index")["paid"]
    day = found.reindex(owed.index).fillna(_of_document(owed, whole))
    return day.fillna(everything.where(owed["amount"].isna()))


def _of_document(owed: pd.DataFrame, by_document: pd.Series) -> pd.Series:
    """What is told of documents, for the row of each."""
    return by_document.reindex(owed["document"]).set_axis(owed.index)
