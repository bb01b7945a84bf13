"""Sales lines: what was sold to whom on which day, for how much, and whether it took place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from analysis.book import STATUSES, Status
from analysis.reading.canonical.identity import WHO, Identity
from analysis.reading.rows.lines import Lines
from analysis.reading.values.statuses import Meaning, is_credit_note, status_meanings
from analysis.reading.values.texts import plain_header

#: What a sheet's own subject says of its lines.
_OF_ROLE: Mapping[str, Status] = {"cancellations": "cancelled", "no_shows": "no_show", "bookings": "booked"}
#: A line that was served and is owed was served; one on a waiting list is at most booked.
_OF_MEANING: Mapping[Meaning | None, Status] = {
    "completed": "completed",
    "unpaid": "completed",
    "cancelled": "cancelled",
    "no_show": "no_show",
    "booked": "booked",
    "waiting": "booked",
    "refund": "refund",
    None: "completed",
}
_CODE: Mapping[Status, int] = {status: code for code, status in enumerate(STATUSES)}
#: Where so few lines are anything but booked or called off, "booked" is this export's word for having come.
_HARDLY_ANY = 0.05
#: The fields that make each column of `sales` known.
_SOURCES: Mapping[str, tuple[str, ...]] = {
    "client_id": WHO,
    "client_name": ("client_name", "first_name", "last_name"),
    "amount": ("amount", "unit_price"),
    "service": ("service",),
    "staff": ("staff",),
    "status": ("status", "document_type"),
    "meter": ("meter",),
    "rating": ("rating",),
}
_STARS, _OUT_OF_TEN, _PERCENT = 5, 10, 100


def sales_of(lines: Lines, keys: pa.StringArray, identity: Identity, today: dt.date) -> pd.DataFrame:
    """The sheet's rows in use as canonical `sales`."""
    used = lines.used
    chosen = pa.array(np.flatnonzero(used))
    client = texts_series(keys.take(chosen))
    date = _dates(lines)[used]
    amount = _amounts(lines)[used]
    status = statuses_of(lines)[used]
    completed, refund = _CODE["completed"], _CODE["refund"]
    negative = (amount < 0) | (lines.number("quantity")[used] < 0)
    status = np.where((status == completed) & negative, refund, status)
    # A credit note gives money back however its amount is written.
    amount = np.where(status == refund, -np.abs(amount), amount)
    if not _has_money(lines):  # an agenda holds what is still to come; a till does not
        status = np.where((status == completed) & (date > np.datetime64(today, "s")), _CODE["booked"], status)
    return pd.DataFrame(
        {
            "client_id": client,
            "client_name": identity.name_of(client),
            "date": date.astype("datetime64[s]"),
            "amount": amount,
            "service": texts_series(lines.text("service").take(chosen)),
            "staff": texts_series(lines.text("staff").take(chosen)),
            "status": texts_series(pa.array(STATUSES).take(pa.array(status))),
            "meter": lines.number("meter")[used],
            "rating": _out_of_ten(lines.number("rating")[used]),
        }
    )


def known_of_sales(sheets: Sequence[Lines]) -> frozenset[str]:
    """The columns of `sales` that the export really has, with at least one value."""
    known = {"date"}
    for lines in sheets:
        known |= {column for column, fields in _SOURCES.items() if any(map(lines.has, fields))}
        known |= {"status"} if lines.role in _OF_ROLE else set()
    return frozenset(known)


def texts_series(texts: pa.StringArray) -> pd.Series:
    """Arrow texts as a pandas `str` series."""
    return pd.Series(texts.to_pandas(), dtype="str") if len(texts) else pd.Series(dtype="str")


def _dates(lines: Lines) -> npt.NDArray[np.datetime64]:
    """The day of the line; of a cancellation the day of its notice, where the export has it: that is the signal."""
    if lines.role == "cancellations":
        notice, visit = lines.date("cancelled_on", "date"), lines.date("date")
        return np.where(np.isnat(notice), visit, notice)
    return lines.date("date")


def _has_money(lines: Lines) -> bool:
    return lines.has("amount") or lines.has("unit_price")


def _amounts(lines: Lines) -> npt.NDArray[np.float64]:
    """The line's total: its amount, else quantity x unit price (one unit where there is no quantity)."""
    if lines.has("amount") or not lines.has("unit_price"):
        return lines.number("amount")
    quantity = lines.number("quantity") if lines.has("quantity") else np.ones(len(lines.reason))
    return quantity * lines.number("unit_price")


def statuses_of(lines: Lines) -> npt.NDArray[np.int8]:
    """The status of every row (an index into STATUSES), before amounts and dates have their say."""
    if lines.role in _OF_ROLE:
        return np.full(len(lines.reason), _CODE[_OF_ROLE[lines.role]], dtype=np.int8)
    status = _said_by_status(lines)
    kinds = lines.column("document_type")
    if kinds is not None:
        notes = np.array([is_credit_note(text) for text in kinds.uniques.to_pylist()], dtype=bool)
        gives_back = kinds.spread(notes, empty=False) & (status == _CODE["completed"])
        status[gives_back] = _CODE["refund"]
    return status


def _said_by_status(lines: Lines) -> npt.NDArray[np.int8]:
    """What the column of statuses says; an empty or unheard-of status is a completed line's."""
    completed = _CODE["completed"]
    column = lines.column("status")
    if column is None:
        return np.full(len(lines.reason), completed, dtype=np.int8)
    meanings = status_meanings(
        plain_header(column.header), column.uniques.to_pylist(), column.counts.tolist()
    )
    codes = np.array([_CODE[_OF_MEANING[meaning]] for meaning in meanings], dtype=np.int8)
    status = column.spread(codes, completed)
    if len(status) and (status == completed).mean() < _HARDLY_ANY:
        codes[[meaning == "booked" for meaning in meanings]] = completed
        status = column.spread(codes, completed)
    return status


def _out_of_ten(ratings: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Ratings rescaled to 0-10: five stars (1-5 or 0-5), ten points, or a hundred."""
    if np.isnan(ratings).all():
        return ratings
    low, high = np.nanmin(ratings), np.nanmax(ratings)
    if high <= _STARS:
        return (ratings - 1) * 2.5 if low >= 1 else ratings * 2
    return ratings if high <= _OUT_OF_TEN else ratings / max(high, _PERCENT) * _OUT_OF_TEN
