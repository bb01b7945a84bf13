"""Who is who: one key per client, across tables that name them by id, document, phone, mail or name.

What is trusted, and in which order, stands in `people.resolution`. Nothing fuzzy is merged: two people merged are worse
than one split; what looks alike is suggested (`people.alike`) and the owner decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.book import Notice
from analysis.reading.canonical.people.mentions import Mentions, mentions_of
from analysis.reading.canonical.people.resolution import resolve
from analysis.reading.canonical.people.walk_ins import is_walk_in
from analysis.reading.rows.lines import Lines

__all__ = ["WHO", "Identity", "identify", "is_walk_in"]

#: The fields that say whose a row is.
WHO = ("client_id", "client_name", "first_name", "last_name", "tax_id", "phone", "email")
#: What the owner is told of mentions in doubt, and of how many rows and names at most.
_TOLD = {
    "homonym": "homonyms",
    "shared_contact": "shared_contacts",
    "shared_id": "shared_ids",
    "placeholder_id": "placeholder_ids",
}
_MOST_ROWS, _MOST_NAMES = 10, 3
#: Figures of a phone that tell two people of one name apart in their keys.
_PHONE_END = 4


@dataclass(frozen=True)
class Identity:
    """`keys`: per Lines, the client of every row (null = a walk-in); `names`: the name of every key that has one.

    `marks`: the mark of every key (`Suggestion.pair`); `rows`: how many rows in use it has; `traits`: a row per key and
    thing known of it (`client_id`, `kind` document/phone/mail, `value` made comparable, `rows`); `notices`: which lines
    could not be told, and why.
    """

    keys: tuple[pa.StringArray, ...]
    names: pd.Series  # index: client_id, values: client_name
    marks: pd.Series  # index: client_id, values: mark
    rows: pd.Series  # index: client_id, values: how many rows in use are theirs
    traits: pd.DataFrame
    notices: tuple[Notice, ...] = ()

    def name_of(self, client_id: pd.Series) -> pd.Series:
        """The name of each client; who has none is called by the key."""
        names = client_id.map(self.names).astype("str")
        return names.where(names.notna(), client_id)


def identify(tables: Sequence[Lines]) -> Identity:
    """One key per client for the rows of all tables."""
    mentions = mentions_of(tables)
    resolved = resolve(mentions.table)
    table = mentions.table.assign(mark=resolved.marks)
    keys = _keys(table)
    table["client_id"] = table["mark"].map(keys).astype(object)
    every = pa.array(table["client_id"].to_numpy(dtype=object), pa.string(), from_pandas=True)
    return Identity(
        tuple(every.take(pa.array(place)) for place in mentions.places),
        _usual(table.dropna(subset=["client_id", "name"]), "client_id", "name"),
        pd.Series(keys.index, index=keys.to_numpy(), dtype=object),
        table.groupby("client_id")["rows"].sum(),
        _traits(table),
        _notices(mentions, resolved.doubts, tables),
    )


def _keys(table: pd.DataFrame) -> pd.Series:
    """The key of every mark: the id as written, else the usual spelling of what tells the client."""
    named = table.dropna(subset=["mark"])
    kind = named["mark"].str.split(":", n=1).str[0]
    parts = []
    for what, column in (("document", "document"), ("name", "name"), ("phone", "phone"), ("mail", "mail")):
        parts.append(_usual(named[kind == what].dropna(subset=[column]), "mark", column))
    ids = named.loc[kind == "id", "mark"].drop_duplicates()
    keys = pd.concat(
        [pd.Series(ids.str[len("id:") :].to_numpy(), index=ids.to_numpy(), dtype=object), *parts]
    )
    end = keys.index.to_series().str.extract(r"^name:[^+]*\+(?P<phone>\d+)$")["phone"].str[-_PHONE_END:]
    keys = (keys + (" · " + end).fillna("").to_numpy()).astype(object)
    return _each_its_own(keys)


def _each_its_own(keys: pd.Series) -> pd.Series:
    """The keys, numbered where two marks came to the same text."""
    while keys.duplicated().any():
        keys = keys.sort_index()
        number = keys.groupby(keys.to_numpy()).cumcount()
        keys = keys.where((number == 0).to_numpy(), keys + " (" + (number + 1).astype(str) + ")")
    return keys


def _usual(mentions: pd.DataFrame, by: str, what: str) -> pd.Series:
    """The most frequent `what` of each `by`; on a tie the first in the alphabet, for rows have no order."""
    if mentions.empty:  # as in most exports: nobody is told by a document, a phone or a mail
        return pd.Series(index=pd.Index([], dtype=object, name=by), name=what, dtype=object)
    counted: pd.DataFrame = mentions.groupby([by, what], as_index=False, sort=True)[["rows"]].sum()
    usual: pd.Series = (
        counted.sort_values([by, "rows", what], ascending=[True, False, True])
        .drop_duplicates(by)
        .set_index(by)[what]
        .astype(object)
    )
    return usual


def _traits(table: pd.DataFrame) -> pd.DataFrame:
    """Documents, phones and mails of every client."""
    parts = []
    for kind in ("document", "phone", "mail"):
        known = table.dropna(subset=["client_id", f"{kind}_key"]).rename(columns={f"{kind}_key": "value"})
        if known.empty:
            continue
        known = known.groupby(["client_id", "value"], as_index=False)[["rows"]].sum()
        parts.append(known.assign(kind=kind))
    if not parts:
        return pd.DataFrame(columns=["client_id", "value", "rows", "kind"]).astype({"rows": np.int64})
    return pd.concat(parts, ignore_index=True)


def _notices(mentions: Mentions, doubts: pd.Series, tables: Sequence[Lines]) -> tuple[Notice, ...]:
    """Per sheet and kind of doubt: how many lines, which, and whose names they have."""
    notices = []
    for doubt, code in _TOLD.items():
        which = (doubts == doubt).to_numpy()
        if not which.any():
            continue
        for place, lines in enumerate(tables):
            rows = mentions.rows_of(which, place, lines)
            if not len(rows):
                continue
            here = np.zeros(len(which), dtype=bool)
            here[np.unique(mentions.places[place][lines.used])] = True
            names = sorted(set(mentions.table.loc[which & here, "name"].dropna()))
            notices.append(
                Notice(
                    code,
                    lines.sheet.body.file,
                    lines.sheet.body.sheet,
                    {
                        "n": len(rows),
                        "rows": tuple(str(row) for row in rows[:_MOST_ROWS]),
                        "names": tuple(names[:_MOST_NAMES]),
                    },
                )
            )
    return tuple(notices)
