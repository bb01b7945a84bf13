"""The canonical tables of a Book from the rows of all sheets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from analysis.book import TABLES, Origins, empty_table
from analysis.reading.canonical.identity import WHO, Identity
from analysis.reading.canonical.payments import payments_of
from analysis.reading.canonical.sales import known_of_sales, sales_of, texts_series
from analysis.reading.fields import table_of
from analysis.reading.rows.lines import Lines
from analysis.reading.values.columns import Column
from analysis.reading.values.statuses import flag_meaning, solved_meaning

_ABOUT_CLIENT = ("phone", "email", "birthday", "consent", "referred_by", "joined", "left")


@dataclass(frozen=True, eq=False)
class Tables:
    """Canonical tables by name, the columns of each that are really known, and where their rows stand.

    `documents`: per row of the sales the number of its document, as `Book.documents`.
    """

    tables: dict[str, pd.DataFrame]
    known: dict[str, frozenset[str]]
    origins: dict[str, Origins]
    places: tuple[tuple[str, str], ...]
    documents: npt.NDArray[np.int32]


def tables_of(sheets: Sequence[Lines], identity: Identity, today: dt.date) -> Tables:
    """Every canonical table the upload has."""
    sheets, places = _placed(sheets)
    keyed = list(zip(sheets, identity.keys, strict=True))
    parts: dict[str, list[pd.DataFrame]] = {}
    known: dict[str, frozenset[str]] = {}

    selling = [(lines, keys) for lines, keys in keyed if table_of(lines.role) == "sales"]
    if selling:
        parts["sales"] = [
            sales_of(lines, keys, identity, today).assign(origin=lines.origins[lines.used])
            for lines, keys in selling
        ]
        known["sales"] = known_of_sales([lines for lines, _ in selling])
        if any(lines.has("client_name") or lines.has("first_name") for lines, _ in keyed):
            known["sales"] |= {"client_name"}

    about = [(lines, keys) for lines, keys in keyed if lines.role == "clients" or _tells_of_clients(lines)]
    if about:
        parts["clients"] = [_one_row_each([_clients_of(lines, keys) for lines, keys in about], identity)]
        known["clients"] = _known("clients", about)

    for name, make in (("contacts", _contacts_of), ("problems", _problems_of)):
        of_role = [(lines, keys) for lines, keys in keyed if lines.role == name]
        if of_role:
            parts[name] = [
                make(lines, keys).assign(origin=lines.origins[lines.used]) for lines, keys in of_role
            ]
            known[name] = _known(name, of_role)

    payments, known_payments = payments_of(keyed)
    if payments is not None:
        parts["payments"], known["payments"] = [payments], known_payments
    documents = _documents([lines for lines, _ in selling])
    made = {name: _stacked(name, of_table) for name, of_table in parts.items()}
    return Tables(
        {name: table for name, (table, _) in made.items()},
        known,
        {name: origins for name, (_, origins) in made.items()},
        places,
        documents,
    )


def _documents(sheets: Sequence[Lines]) -> npt.NDArray[np.int32]:
    """One number per document and sheet for every row in use, -1 where it has none."""
    parts, start = [np.zeros(0, dtype=np.int32)], 0
    for lines in sheets:
        column = lines.column("document")
        codes = (
            column.codes[lines.used] if column is not None else np.full(int(lines.used.sum()), -1, np.int32)
        )
        parts.append(np.where(codes >= 0, codes + start, -1).astype(np.int32))
        start += len(column.uniques) if column is not None else 0
    return np.concatenate(parts)


def _placed(sheets: Sequence[Lines]) -> tuple[list[Lines], tuple[tuple[str, str], ...]]:
    """The sheets, each knowing its first place, and the file and sheet of every place."""
    placed: list[Lines] = []
    places: list[tuple[str, str]] = []
    for lines in sheets:
        placed.append(replace(lines, first_place=len(places)))
        places += [(part.grid.file, part.grid.sheet) for part in lines.sheet.body.parts]
    return placed, tuple(places)


def _stacked(name: str, parts: Sequence[pd.DataFrame]) -> tuple[pd.DataFrame, Origins]:
    """Parts of one table as one frame with exactly its columns and dtypes, and where its rows stand."""
    filled = [part for part in parts if len(part)]
    if not filled:
        return empty_table(name), Origins.of(np.zeros(0, dtype=np.int64))
    whole = pd.concat(filled, ignore_index=True) if len(filled) > 1 else filled[0].reset_index(drop=True)
    return whole[list(TABLES[name])].astype(dict(TABLES[name])), Origins.of(
        whole["origin"].to_numpy(dtype=np.int64)
    )


def _tells_of_clients(lines: Lines) -> bool:
    """Sales lines often carry the client's phone, mail or birthday."""
    return table_of(lines.role) == "sales" and any(
        lines.has(name) for name in ("phone", "email", "birthday", "consent", "referred_by")
    )


def _clients_of(lines: Lines, keys: pa.StringArray) -> pd.DataFrame:
    """What the rows of one sheet say of their clients; rows without one are left away here (they stay in sales)."""
    rows = pa.array(np.flatnonzero(lines.used & keys.is_valid().to_numpy(zero_copy_only=False)))
    place = rows.to_numpy()
    birthday = lines.date("birthday")[place]
    joined = lines.date("joined")[place]
    # Programs that have no birthday fill in the day the client was entered.
    birthday = np.where(birthday == joined, np.datetime64("NaT", "s"), birthday)
    return pd.DataFrame(
        {
            "origin": lines.origins[place],
            "client_id": texts_series(keys.take(rows)),
            "phone": texts_series(lines.text("phone").take(rows)),
            "email": texts_series(lines.text("email").take(rows)),
            "birthday": birthday,
            "consent": _flags(lines.column("consent"), place, solved=False),
            "referred_by": texts_series(lines.text("referred_by").take(rows)),
            "joined": joined,
            "left": lines.date("left")[place],
        }
    )


def _one_row_each(parts: Sequence[pd.DataFrame], identity: Identity) -> pd.DataFrame:
    """One row per client: of each column the last value that says anything."""
    stacked = pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)
    if stacked.empty:
        return stacked.assign(client_name=stacked["client_id"])
    once = last_said(stacked)
    return once.assign(client_name=identity.name_of(once["client_id"]))


def last_said(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per client: of each column the last value that says anything; of `origin` the first row of all."""
    if rows["client_id"].is_unique:
        return rows
    by_client = rows.groupby("client_id", sort=False, as_index=False)
    return by_client.last().assign(origin=by_client["origin"].first()["origin"])


def _contacts_of(lines: Lines, keys: pa.StringArray) -> pd.DataFrame:
    place = np.flatnonzero(lines.used)
    rows = pa.array(place)
    return pd.DataFrame(
        {
            "client_id": texts_series(keys.take(rows)),
            "date": lines.date("contact_date", "date")[place],
            "channel": texts_series(lines.text("channel").take(rows)),
            "outcome": texts_series(lines.text("outcome").take(rows)),
            "staff": texts_series(lines.text("staff").take(rows)),
        }
    )


def _problems_of(lines: Lines, keys: pa.StringArray) -> pd.DataFrame:
    place = np.flatnonzero(lines.used)
    rows = pa.array(place)
    closed = lines.date("closed")[place]
    solved = _flags(lines.column("solved"), place, solved=True)
    if lines.has("closed"):
        solved = solved.mask(np.isnat(closed))  # an open problem is not solved yet, well or badly
    return pd.DataFrame(
        {
            "client_id": texts_series(keys.take(rows)),
            "opened": lines.date("opened", "date", "contact_date", "closed")[place],
            "closed": closed,
            "kind": texts_series(lines.text("kind").take(rows)),
            "staff": texts_series(lines.text("staff").take(rows)),
            "solved": solved,
            "promised": lines.date("promised")[place],
            "detail": texts_series(lines.text("detail").take(rows)),
        }
    )


def _flags(column: Column | None, place: np.ndarray, *, solved: bool) -> pd.Series:
    """The yes and no of a column for the given rows, NA where it says neither."""
    if column is None:
        return pd.Series(pd.array([None] * len(place), dtype="boolean"))
    meaning = solved_meaning if solved else flag_meaning
    said = {True: 1, False: 0, None: -1}
    codes = column.spread(
        np.array([said[meaning(text)] for text in column.uniques.to_pylist()], dtype=np.int8), -1
    )[place]
    return pd.Series(pd.arrays.BooleanArray(codes == 1, codes == -1))


def _known(name: str, sheets: Sequence[tuple[Lines, pa.StringArray]]) -> frozenset[str]:
    """The columns of a table that any of its sheets has with at least one value."""
    sources: Mapping[str, tuple[str, ...]] = {
        "client_id": WHO,
        "client_name": ("client_name", "first_name", "last_name"),
        "date": ("contact_date", "date"),
        "opened": ("opened", "date", "contact_date"),
    }
    return frozenset(
        column
        for column in TABLES[name]
        if any(lines.has(source) for lines, _ in sheets for source in sources.get(column, (column,)))
    )
