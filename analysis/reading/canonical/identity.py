"""Who is who: one key per client, across tables that name them by id, by name, or by both.

An id is trusted. A name stands for the id it appears with, if that is one; names without an id are one client when
only accents, case, punctuation or the order of words tell them apart. Nothing fuzzier: two people merged are worse
than one split.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.reading.rows.lines import Lines
from analysis.reading.values.columns import Column
from analysis.reading.values.texts import fingerprint, plain
from analysis.reading.values.vocabulary import exactly

#: What tills write when nobody gives a name.
# fmt: off
_WALK_IN = exactly(
    "consumidor final", "de paso",
    "cliente (de )?(paso|vario|varios|generico|ocasional|contado|mostrador|final|anonimo)",
    "cliente no registrado", "clientes? varios", "vari[oa]s", "mostrador", "venta (de )?mostrador",
    "ventas? al publico", "publico( en)? general", "publico", "contado", "venta contado",
    "sin (nombre|cliente|identificar|registrar)", "no cliente", "anonim[oa]", "desconocid[oa]",
    "walk ?ins?( (client|customer|guest))?", "anonymous( (client|customer))?", "guest",
    "(cash|counter)( (sale|customer|client))?", "retail customer", "casual( (customer|client))?",
    "passing trade", "no (name|client|customer)", "unknown( (client|customer))?",
)
# fmt: on


@dataclass(frozen=True)
class Identity:
    """`keys`: per Lines, the client of every row (null = a walk-in); `names`: the name of every key that has one."""

    keys: tuple[pa.StringArray, ...]
    names: pd.Series  # index: client_id, values: client_name

    def name_of(self, client_id: pd.Series) -> pd.Series:
        """The name of each client; who has none is called by the key."""
        names = client_id.map(self.names).astype("str")
        return names.where(names.notna(), client_id)


def is_walk_in(text: str) -> bool:
    """Whether a client cell stands for nobody in particular.

    >>> is_walk_in("CONSUMIDOR FINAL"), is_walk_in("WALK_IN"), is_walk_in("Walter Inn")
    (True, True, False)
    """
    return bool(_WALK_IN.match(plain(text)))


def identify(tables: Sequence[Lines]) -> Identity:
    """One key per client for the rows of all tables."""
    columns = [(lines.column("client_id"), _names(lines)) for lines in tables]
    pairs, places = _pairs(columns, tables)
    nobody = _walk_ins(pairs["name"]) | _walk_ins(pairs["id"])
    pairs.loc[nobody, ["id", "name"]] = None
    pairs["print"] = pairs["name"].map(fingerprint, na_action="ignore")
    pairs["key"] = _keys(pairs)
    names = _usual(pairs.dropna(subset=["key", "name"]), "key", "name")
    keys = tuple(
        pa.array(pairs["key"].to_numpy(dtype=object)[place], pa.string(), from_pandas=True)
        for place in places
    )
    return Identity(keys, names)


def _walk_ins(texts: pd.Series[str]) -> pd.Series[bool]:
    """Which texts stand for nobody in particular."""
    return texts.map(is_walk_in, na_action="ignore").eq(True)


def _keys(pairs: pd.DataFrame) -> pd.Series:
    """The key of every distinct (id, name) pair."""
    with_id = pairs.dropna(subset=["id"])
    ids = set(with_id["id"])
    both = with_id.dropna(subset=["name"]).drop_duplicates(["print", "id"])
    owners = both.drop_duplicates("print", keep=False).set_index("print")["id"]
    nameless = pairs[pairs["id"].isna() & pairs["name"].notna()]
    spellings = _usual(nameless, "print", "name")
    by_name = pairs["name"].where(pairs["name"].isin(ids))
    # As objects: looking names up in an empty table gives numbers, which a column of text would not take.
    return (
        pairs["id"]
        .astype(object)
        .fillna(by_name)
        .fillna(pairs["print"].map(owners))
        .fillna(pairs["print"].map(spellings))
        .where(pairs["id"].notna() | pairs["name"].notna())
    )


def _usual(pairs: pd.DataFrame, by: str, what: str) -> pd.Series:
    """The most frequent `what` of each `by`; on a tie the first in the alphabet, for rows have no order."""
    counted: pd.DataFrame = pairs.groupby([by, what], as_index=False, sort=True)[["rows"]].sum()
    return (
        counted.sort_values([by, "rows", what], ascending=[True, False, True])
        .drop_duplicates(by)
        .set_index(by)[what]
    )


def _pairs(
    columns: Sequence[tuple[Column | None, Column | None]], tables: Sequence[Lines]
) -> tuple[pd.DataFrame, list[np.ndarray]]:
    """The distinct (id, name) pairs of each table, stacked; and for each table its rows' places in them."""
    frames, places, start = [], [], 0
    for (ids, names), lines in zip(columns, tables, strict=True):
        count = len(lines.reason)
        id_codes = ids.codes if ids is not None else np.full(count, -1, dtype=np.int32)
        name_codes = names.codes if names is not None else np.full(count, -1, dtype=np.int32)
        width = (len(names.uniques) if names is not None else 0) + 1
        distinct, place = np.unique(
            (id_codes.astype(np.int64) + 1) * width + name_codes + 1, return_inverse=True
        )
        frames.append(
            pd.DataFrame(
                {
                    "id": _texts_at(ids, distinct // width - 1),
                    "name": _texts_at(names, distinct % width - 1),
                    "rows": np.bincount(place[lines.used], minlength=len(distinct)),
                }
            )
        )
        places.append(place + start)
        start += len(distinct)
    if not frames:
        return pd.DataFrame({"id": [], "name": [], "rows": []}, dtype=object), []
    return pd.concat(frames, ignore_index=True), places


def _texts_at(column: Column | None, codes: np.ndarray) -> np.ndarray:
    values = column.uniques.to_pylist() if column is not None else []
    return np.asarray(np.array([*values, None], dtype=object)[codes])


def _names(lines: Lines) -> Column | None:
    """The name column, or first and last names put together."""
    whole = lines.column("client_name")
    first, last = lines.column("first_name"), lines.column("last_name")
    parts = [column for column in (first or whole, last) if column is not None]
    if whole is not None and first is not None:
        parts = [whole] if last is None else parts
    if not parts:
        return None
    if len(parts) == 1:
        return parts[0]
    joined = pc.binary_join_element_wise(*(part.texts() for part in parts), " ", null_handling="skip")
    return Column.of(parts[0].header, parts[0].position, joined)
