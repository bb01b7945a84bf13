"""Sales lines: what was sold to whom on which day, for how much, and whether it took place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.book import STATUSES
from analysis.reading.canonical.identity import WHO, Identity
from analysis.reading.canonical.statuses import CODE, OF_ROLE, SAYING, Codes, given_back, statuses_of
from analysis.reading.rows.amounts import TAKEN_OFF
from analysis.reading.rows.lines import Lines
from analysis.reading.values.columns import Dates, Flags, Numbers
from analysis.reading.values.texts import plain

#: The fields that make each column of `sales` known.
_SOURCES: Mapping[str, tuple[str, ...]] = {
    "client_id": WHO,
    "client_name": ("client_name", "first_name", "last_name"),
    "amount": ("amount", "net_amount", "unit_price"),
    "discount": ("discount",),
    "service": ("service",),
    "subject": ("subject",),
    "staff": ("staff",),
    "status": (*SAYING, "document_type"),
    "meter": ("meter",),
    "rating": ("rating",),
    "promised": ("promised",),
    "delivered": ("delivered",),
}
_STARS, _OUT_OF_TEN, _PERCENT = 5, 10, 100


def sales_of(lines: Lines, keys: pa.StringArray, identity: Identity, today: dt.date) -> pd.DataFrame:
    """The sheet's rows in use as canonical `sales`."""
    used = lines.used
    chosen = pa.array(np.flatnonzero(used))
    clients = pc.dictionary_encode(keys.take(chosen))
    client = texts_series(clients.cast(pa.string()))
    client_name = texts_series(_names(clients, identity))
    date = _dates(lines)[used]
    amount = lines.number("amount")[used]
    status = statuses_of(lines)[used]
    completed, refund = CODE["completed"], CODE["refund"]
    negative = (amount < 0) | (lines.number("quantity")[used] < 0)
    status = np.where((status == completed) & negative, refund, status)
    own = given_back(lines)[used] & (status == refund) & ~negative
    # A credit note gives money back however its amount is written.
    amount = np.where(status == refund, -np.abs(amount), amount)
    documents = _codes(lines, "document")[used]
    status, amount = _settled(_Given(_client_codes(clients), date, documents, status, amount, own))
    if not _has_money(lines):  # an agenda holds what is still to come; a till does not
        status = np.where((status == completed) & (date > np.datetime64(today, "s")), CODE["booked"], status)
    return pd.DataFrame(
        {
            "client_id": client,
            "client_name": client_name,
            "date": date.astype("datetime64[s]"),
            "amount": amount,
            "discount": lines.number(TAKEN_OFF)[used],
            "service": texts_series(lines.text("service").take(chosen)),
            "subject": _subjects(lines, client_name),
            "staff": texts_series(lines.text("staff").take(chosen)),
            "status": texts_series(pa.array(STATUSES).take(pa.array(status))),
            "meter": lines.number("meter")[used],
            "rating": _out_of_ten(lines.number("rating")[used]),
            "promised": lines.date("promised")[used],
            "delivered": lines.date("delivered")[used],
        }
    )


def known_of_sales(sheets: Sequence[Lines]) -> frozenset[str]:
    """The columns of `sales` that the export really has, with at least one value."""
    known = {"date"}
    for lines in sheets:
        known |= {column for column, fields in _SOURCES.items() if any(map(lines.has, fields))}
        known |= {"status"} if lines.role in OF_ROLE else set()
    return frozenset(known)


def texts_series(texts: pa.StringArray) -> pd.Series:
    """Arrow texts as a pandas `str` series."""
    return pd.Series(texts.to_pandas(), dtype="str") if len(texts) else pd.Series(dtype="str")


def _names(clients: pa.DictionaryArray, identity: Identity) -> pa.StringArray:
    """The name of every row's client, looked up once per client."""
    names = identity.name_of(texts_series(clients.dictionary))
    return pa.array(names, pa.string(), from_pandas=True).take(clients.indices)


def _client_codes(clients: pa.DictionaryArray) -> npt.NDArray[np.int64]:
    """A code per row and client, -1 for a walk-in."""
    return np.asarray(clients.indices.fill_null(-1).to_numpy(zero_copy_only=False), dtype=np.int64)


def _dates(lines: Lines) -> npt.NDArray[np.datetime64]:
    """The day of the line; of a cancellation the day of its notice, where the export has it: that is the signal."""
    if lines.role == "cancellations":
        notice, visit = lines.date("cancelled_on", "date"), lines.date("date")
        return np.where(np.isnat(notice), visit, notice)
    return lines.date("date")


def _has_money(lines: Lines) -> bool:
    return any(map(lines.has, _SOURCES["amount"]))


def _codes(lines: Lines, name: str) -> npt.NDArray[np.int32]:
    """A code per row and distinct text of a field, negative where empty."""
    column = lines.column(name)
    return column.codes if column is not None else np.full(len(lines.reason), -1, dtype=np.int32)


@dataclass(frozen=True, eq=False)
class _Given:
    """The lines of a sheet while it is settled which of them undo which: one entry each.

    `own`: the line's own status says that it was given back.
    """

    client: npt.NDArray[np.int64]
    date: Dates
    document: npt.NDArray[np.int32]
    status: Codes
    amount: Numbers
    own: Flags


def _settled(given: _Given) -> tuple[Codes, Numbers]:
    """Statuses and amounts once reversals are matched with what they undo, so that both together come to nothing.

    A voided line that does not count takes its reversal with it. A line that says it was given back stays a sale where
    the credit note stands beside it; else it is its own refund, and no money is left of it.
    """
    status, amount = given.status.copy(), given.amount.copy()
    credit = (status == CODE["refund"]) & ~given.own & ~np.isnan(amount)
    if not credit.any():
        return status, np.where(given.own, 0.0, amount)
    voided = (status == CODE["cancelled"]) & (amount > 0)
    lines = pd.DataFrame(
        {
            "client": given.client,
            "cents": np.round(100 * np.abs(np.nan_to_num(amount))).astype(np.int64),
            "day": given.date.astype(np.int64),
            "document": given.document,
        }
    )
    same_day = _matched(lines, ["client", "cents", "day"], voided, credit)
    same_document = _matched(lines[lines["document"] >= 0], ["client", "cents", "document"], voided, credit)
    status[same_day | same_document] = CODE["cancelled"]
    credit = credit & (status == CODE["refund"])
    has_its_note = _matched(lines, ["client", "cents"], credit, given.own)
    status[has_its_note] = CODE["completed"]
    amount[has_its_note] = np.abs(amount[has_its_note])
    amount[given.own & ~has_its_note] = 0.0
    return status, amount


def _matched(lines: pd.DataFrame, by: list[str], one: Flags, other: Flags) -> Flags:
    """Which lines of `other` have a line of `one` to themselves with the same values of `by`."""
    found = np.zeros(len(one), dtype=bool)
    left, right = lines[one[lines.index]], lines[other[lines.index]]
    if left.empty or right.empty:
        return found
    there = left.groupby(by).size()
    turn = right.groupby(by).cumcount()
    places = pd.MultiIndex.from_frame(right[by])
    found[right.index] = turn.to_numpy() < there.reindex(places).fillna(0).to_numpy()
    return found


def _subjects(lines: Lines, client_name: pd.Series) -> pd.Series:
    """Whom or what the client brings, in its usual spelling; who comes for themselves brings nobody."""
    column = lines.column("subject")
    used = pa.array(np.flatnonzero(lines.used))
    if column is None or not len(column.uniques):
        return texts_series(lines.text("subject").take(used))
    keys = np.array(
        [plain(text).replace(" ", "") or text for text in column.uniques.to_pylist()], dtype=object
    )
    usual = (
        pd.DataFrame({"key": keys, "text": column.uniques.to_pylist(), "rows": column.counts})
        .sort_values(["rows", "text"], ascending=[False, True])
        .drop_duplicates("key")
        .set_index("key")["text"]
    )
    spelled = usual.reindex(keys).to_numpy(dtype=object)
    subject = pd.Series(column.spread(spelled, None)[lines.used], dtype="str")
    return subject.mask(subject == client_name.to_numpy())


def _out_of_ten(ratings: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Ratings rescaled to 0-10: five stars (1-5 or 0-5), ten points, or a hundred."""
    if np.isnan(ratings).all():
        return ratings
    low, high = np.nanmin(ratings), np.nanmax(ratings)
    if high <= _STARS:
        return (ratings - 1) * 2.5 if low >= 1 else ratings * 2
    return ratings if high <= _OUT_OF_TEN else ratings / max(high, _PERCENT) * _OUT_OF_TEN
