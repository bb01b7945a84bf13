"""What the owner decided about people, put to use: two clients said to be one are one in every table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.book import ROW_BITS, Origins
from analysis.reading.canonical.assemble import Tables, last_said
from analysis.reading.canonical.identity import Identity
from analysis.reading.corrections import Corrections
from analysis.suggestions import Suggestion


@dataclass(frozen=True, eq=False)
class Decided:
    """`tables` with those said to be one as one; `suggestions` with what was said of each."""

    tables: Tables
    suggestions: tuple[Suggestion, ...]


def decide(
    tables: Tables, identity: Identity, suggestions: Iterable[Suggestion], corrections: Corrections
) -> Decided:
    """The tables and suggestions after the owner's word on who is who."""
    told = tuple(
        replace(found, decided="same" if found.pair in corrections.same else "apart")
        if found.pair in corrections.same or found.pair in corrections.apart
        else found
        for found in suggestions
    )
    into = giving_way(identity, corrections)
    return Decided(_merged(tables, into, identity) if into else tables, told)


def giving_way(identity: Identity, corrections: Corrections) -> Mapping[str, str]:
    """The key that each key gives way to; keys that stay are not in it.

    Of all said to be one an id stays before a document and a name, then whoever has more rows. That A is B and that B
    is C are the owner's own words, and so A is C. Pairs of clients whom these files do not have change nothing.
    """
    by_mark = {str(mark): str(key) for key, mark in identity.marks.items()}
    group: dict[str, frozenset[str]] = {}
    for first, second in sorted(corrections.same):
        if first in by_mark and second in by_mark:
            joined = group.get(first, frozenset({first})) | group.get(second, frozenset({second}))
            group |= dict.fromkeys(joined, joined)
    into = {}
    for mark, joined in group.items():
        stays = min(
            joined, key=lambda one: (_KINDS.index(one.split(":", 1)[0]), -identity.rows[by_mark[one]], one)
        )
        if mark != stays:
            into[by_mark[mark]] = by_mark[stays]
    return into


_KINDS = ("id", "document", "name", "phone", "mail")


def _merged(made: Tables, into: Mapping[str, str], identity: Identity) -> Tables:
    tables = {name: _with_keys(table, into, identity) for name, table in made.tables.items()}
    origins = dict(made.origins)
    clients = tables.get("clients")
    if clients is not None and not clients["client_id"].is_unique:
        codes = (origins["clients"].place.astype(np.int64) << ROW_BITS) | origins["clients"].row
        once = last_said(clients.assign(origin=codes)).reset_index(drop=True)
        tables["clients"] = once[list(clients.columns)].astype(clients.dtypes.to_dict())
        origins["clients"] = Origins.of(once["origin"].to_numpy(dtype=np.int64))
    return replace(made, tables=tables, origins=origins)


def _with_keys(table: pd.DataFrame, into: Mapping[str, str], identity: Identity) -> pd.DataFrame:
    """A table with the keys, and the names that go with them, of those who stay."""
    gone = table["client_id"].isin(list(into))
    if not gone.any():
        return table
    keys = table.loc[gone, "client_id"].map(dict(into)).astype("str")
    table = table.copy()
    table.loc[gone, "client_id"] = keys
    if "client_name" in table:
        table.loc[gone, "client_name"] = identity.name_of(keys)
    return table
