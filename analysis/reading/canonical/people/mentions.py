"""Mentions: the distinct ways in which the rows of all sheets name somebody, and which rows share each.

Who is who is decided on mentions and never on rows: neither the rows' order nor how they are spread over files matters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.compute as pc

from analysis.reading.canonical.people.walk_ins import is_walk_in
from analysis.reading.rows.lines import Lines
from analysis.reading.values.columns import Column
from analysis.reading.values.contacts import mail_address, phone_number, tax_number
from analysis.reading.values.texts import fingerprint

#: What a row can say of whose it is, the most trusted first.
MARKS = ("id", "document", "phone", "mail", "name")
_FIELDS = {"id": "client_id", "document": "tax_id", "phone": "phone", "mail": "email"}
_COMPARABLE: Mapping[str, Callable[[str], str]] = {
    "document": tax_number,
    "phone": phone_number,
    "mail": mail_address,
    "name": fingerprint,
}
_LARGEST = np.iinfo(np.int64).max
#: A document that is the only one of a sheet with more names than this is the shop's own.
_NAMES_OF_ONE = 2


@dataclass(frozen=True, eq=False)
class Mentions:
    """What the rows say of whose they are.

    `table`: per mention the marks as written (`id`, `document`, `phone`, `mail`, `name`: text or None), the same made
    comparable (`document_key`, `phone_key`, `mail_key`, `print`) and `rows`, how many rows in use it has.

    `places`: per Lines, the mention of every row.
    """

    table: pd.DataFrame
    places: tuple[npt.NDArray[np.int64], ...]

    def rows_of(self, which: npt.NDArray[np.bool_], place: int, lines: Lines) -> npt.NDArray[np.int64]:
        """Excel's numbers of the rows in use, of one of the Lines, that have one of the mentions marked."""
        return lines.sheet.body.rows[which[self.places[place]] & lines.used]


def mentions_of(tables: Sequence[Lines]) -> Mentions:
    """The mentions of all sheets' rows; walk-ins are mentions without any mark."""
    frames, places, start = [], [], 0
    for lines in tables:
        columns = _columns(lines)
        place, firsts = _distinct([column.codes if column else None for column in columns.values()], lines)
        frame = pd.DataFrame(
            {mark: _texts_at(column, firsts) for mark, column in columns.items()}, dtype=object
        )
        frame["rows"] = np.bincount(place[lines.used], minlength=len(firsts))
        frames.append(frame)
        places.append(place + start)
        start += len(firsts)
    whole = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=[*MARKS, "rows"])
    return Mentions(made_comparable(whole), tuple(places))


def _columns(lines: Lines) -> dict[str, Column | None]:
    """The column of each mark; a document that all names share is not theirs."""
    columns = {mark: lines.column(field) for mark, field in _FIELDS.items()} | {"name": names_column(lines)}
    document, names = columns["document"], columns["name"]
    if (
        document is not None
        and names is not None
        and len(document.uniques) == 1
        and len(names.uniques) > _NAMES_OF_ONE
    ):
        columns["document"] = None
    return columns


def names_column(lines: Lines) -> Column | None:
    """The name column, or first and last names put together."""
    whole = lines.column("client_name")
    first, last = lines.column("first_name"), lines.column("last_name")
    second = lines.column("second_last_name") if last is not None else None
    parts = [column for column in (first or whole, last, second) if column is not None]
    if whole is not None and first is not None:
        parts = [whole] if last is None else parts
    if not parts:
        return None
    if len(parts) == 1:
        return parts[0]
    joined = pc.binary_join_element_wise(*(part.texts() for part in parts), " ", null_handling="skip")
    return Column.of(parts[0].header, parts[0].position, joined)


def _distinct(
    codes: Sequence[npt.NDArray[np.int32] | None], lines: Lines
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Per row the number of its combination of codes, and per combination one of its rows."""
    count = len(lines.reason)
    whole, span = np.zeros(count, dtype=np.int64), 1
    for column in codes:
        if column is None:
            continue
        width = int(column.max(initial=-1)) + 2
        if span > _LARGEST // width:
            whole, found = pd.factorize(whole)
            span = len(found)
        whole, span = whole * width + (column.astype(np.int64) + 1), span * width
    place, found = pd.factorize(whole)
    firsts = np.zeros(len(found), dtype=np.int64)
    firsts[place[::-1]] = np.arange(count - 1, -1, -1)
    return place.astype(np.int64), firsts


def _texts_at(column: Column | None, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.object_]:
    if column is None:
        return np.full(len(rows), None, dtype=object)
    texts = np.array([*column.uniques.to_pylist(), None], dtype=object)
    return np.asarray(texts[column.codes[rows]])


def made_comparable(table: pd.DataFrame) -> pd.DataFrame:
    """With the marks made comparable; whoever is a walk-in by any of them has none."""
    nobody = np.zeros(len(table), dtype=bool)
    for mark in ("id", "document", "name"):
        nobody |= _by_text(table[mark], is_walk_in).eq(True).to_numpy()
    table = table.copy()
    table.loc[nobody, list(MARKS)] = None
    for mark, comparable in _COMPARABLE.items():
        made = _by_text(table[mark], comparable)
        table["print" if mark == "name" else f"{mark}_key"] = made.where(made != "", None)
    return table


def _by_text(texts: pd.Series, told: Callable[[str], object]) -> pd.Series:
    """What is told of each text, once per distinct one; None stays None."""
    codes, distinct = pd.factorize(texts)
    values = np.array([*(told(text) for text in distinct), None], dtype=object)
    return pd.Series(values[codes], index=texts.index, dtype=object)
