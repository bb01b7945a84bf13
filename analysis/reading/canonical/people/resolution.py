"""From mentions to people: each mention gets the mark of the one it names, by the most trusted thing it says.

An id is trusted, then a document. A bare name is that of the one person known by it, told by phone or mail where there
are several; names nobody has an id or a document for are one person each, unless phones and mails both part them. A
line without a name is whose phone or mail it has, where that is one person's. Whatever is said twice is looked up once,
in what the mentions themselves say: nothing is passed on from one to the next.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from analysis.reading.canonical.people.names import written_out
from analysis.reading.values.contacts import tax_number

#: Why a mention could not be told: "homonym" names one of several; "shared_contact" has a phone or mail of several;
#: "shared_id" has an id or document that clearly different names have; "placeholder_id" an id that stands for none.
Doubt = Literal["", "homonym", "shared_contact", "shared_id", "placeholder_id"]

#: An id of nothing but noughts or nines is no one's where it stands beside this many names.
_PLACEHOLDER = re.compile(r"^(0+|9+)$")
_NAMES_OF_A_PLACEHOLDER = 3
#: An id that is a document is at least so long: shorter numbers meet by chance.
_SHORTEST_DOCUMENT_ID = 7
#: Under this ratio of sorted words two names are clearly different.
_CLEARLY_DIFFERENT = 75
_BETWEEN = "\x1f"


@dataclass(frozen=True, eq=False)
class Resolved:
    """Per mention (as in `Mentions.table`) the person's mark, None for nobody, and why it is in doubt."""

    marks: pd.Series
    doubts: pd.Series


def resolve(table: pd.DataFrame) -> Resolved:
    """Who each mention is; `table` as `Mentions.table`."""
    seen = table["rows"] > 0
    ids, dropped = _ids(table, seen)
    doubts = pd.Series(np.where(dropped, "placeholder_id", ""), index=table.index, dtype=object)
    marks = ("id:" + ids).astype(object)
    marks = marks.where(marks.notna(), _by_document(table, ids, seen))
    doubts[_is_clearly_another(table, marks)] = "shared_id"
    marks, homonyms = _by_name(table, marks, seen)
    doubts[homonyms] = "homonym"
    marks, shared = _by_contact(table, marks, seen)
    doubts[shared] = "shared_contact"
    return Resolved(marks.where(marks.notna(), None), doubts)


def _ids(table: pd.DataFrame, seen: pd.Series) -> tuple[pd.Series, pd.Series]:
    """The id of each mention, written in its own column or in that of names; and which ids stand for no one."""
    ids = table["id"]
    known = set(ids[seen].dropna())
    ids = ids.where(ids.notna(), table["name"].where(table["name"].isin(known), None))
    suspects = [text for text in known if _PLACEHOLDER.match(text)]
    names = table[seen & ids.isin(suspects)].groupby(ids)["print"].nunique()
    dropped = ids.isin(set(names[names >= _NAMES_OF_A_PLACEHOLDER].index))
    return ids.where(~dropped, None), dropped


def _by_document(table: pd.DataFrame, ids: pd.Series, seen: pd.Series) -> pd.Series:
    """The mark of who has the mention's document: an id's where it is known with one, else the document's own."""
    keys = table["document_key"]
    if not keys.notna().any():
        return keys
    of_ids = ("id:" + ids).astype(object)
    owners, count = _owners(keys[seen], of_ids[seen])
    named, _ = _owners(_both(keys, table["print"])[seen], of_ids[seen])
    # An id may be the document itself.
    written = {
        tax_number(text): f"id:{text}"
        for text in sorted(set(ids[seen].dropna()))
        if len(text) >= _SHORTEST_DOCUMENT_ID
    }
    found = _first(
        _look_up(keys, owners),
        _look_up(_both(keys, table["print"]), named),
        _look_up(
            keys.where(~keys.isin(set(count)), None), {key: mark for key, mark in written.items() if key}
        ),
    )
    return found.where(found.notna(), ("document:" + keys).astype(object))


def _by_name(table: pd.DataFrame, marks: pd.Series, seen: pd.Series) -> tuple[pd.Series, pd.Series]:
    """The marks with those of mentions that have no better than a name, and which of them several people have."""
    names, bare = table["print"], marks.isna() & table["print"].notna()
    if not bare.any():
        return marks, bare
    owners, people = _owners(names[seen], marks[seen])
    by_phone, _ = _owners(_both(names, table["phone_key"])[seen], marks[seen])
    by_mail, _ = _owners(_both(names, table["mail_key"])[seen], marks[seen])
    phone = _look_up(_both(names, table["phone_key"]), by_phone)
    mail = _look_up(_both(names, table["mail_key"]), by_mail)
    told = _first(phone, mail).where(phone.isna() | mail.isna() | (phone == mail), None)

    reached = _reached(names, table, marks, seen)
    both = table["phone_key"].notna() & table["mail_key"].notna()
    another = (
        bare & both & told.isna() & names.isin(reached)
    )  # other phone and other mail than the one of this name
    parted = _parted(table[bare & told.isna() & seen], set(table.loc[another & seen, "print"]))
    own = _look_up(table.index.to_series(), parted)

    several = names.map(people).fillna(0).astype(int) + names.map(_groups(names, own)).fillna(0).astype(int)
    alone = _look_up(names, owners).where(several <= 1, None)
    found = _first(told, own, alone)
    homonym = bare & found.isna() & (several > 1)
    found = found.where(found.notna(), ("name:" + names).astype(object))
    return marks.where(~bare, found), homonym


def _reached(names: pd.Series, table: pd.DataFrame, marks: pd.Series, seen: pd.Series) -> set[Hashable]:
    """Names of people told by id or document of whom both a phone and a mail are known."""
    known = [
        set(names[seen & marks.notna() & table[contact].notna()].dropna())
        for contact in ("phone_key", "mail_key")
    ]
    return known[0] & known[1]


def _groups(names: pd.Series, own: pd.Series) -> dict[Hashable, int]:
    """How many people each name was parted into."""
    return _owners(names, own)[1]


def _parted(bare: pd.DataFrame, others: set[Hashable]) -> dict[Hashable, str]:
    """Mentions (by index) of one name that are several people: neither a phone nor a mail links the one to the other.

    `others` are names that someone told by an id has too: one group with a phone and a mail is then another person.
    """
    with_contact = bare[bare["phone_key"].notna() | bare["mail_key"].notna()]
    if with_contact.empty:
        return {}
    counts = with_contact.groupby("print")[["phone_key", "mail_key"]].nunique()
    doubtful = set(counts[(counts > 1).all(axis=1)].index) | others
    parted: dict[Hashable, str] = {}
    for name, mentions in with_contact[with_contact["print"].isin(doubtful)].groupby("print"):
        groups = _linked(mentions)
        full = [group for group in groups if {kind for kind, _ in group} == {"phone_key", "mail_key"}]
        if len(full) < (1 if name in others else 2):
            continue
        for group in full:
            mark = f"name:{name}+{min(contact for kind, contact in group if kind == 'phone_key')}"
            for kind, contact in group:
                parted |= dict.fromkeys(mentions.index[mentions[kind] == contact], mark)
    return parted


def _linked(mentions: pd.DataFrame) -> list[set[tuple[str, str]]]:
    """Phones and mails in groups: those that stand on one line together are in one."""
    groups: list[set[tuple[str, str]]] = []
    for phone, mail in sorted(
        set(zip(mentions["phone_key"].fillna(""), mentions["mail_key"].fillna(""), strict=True))
    ):
        group = {pair for pair in (("phone_key", phone), ("mail_key", mail)) if pair[1]}
        for other in [other for other in groups if other & group]:
            groups.remove(other)
            group |= other
        groups.append(group)
    return groups


def _by_contact(table: pd.DataFrame, marks: pd.Series, seen: pd.Series) -> tuple[pd.Series, pd.Series]:
    """The marks with those of mentions that have but a phone or a mail, and which of them several people have."""
    shared = pd.Series(data=False, index=table.index)
    for kind, column in (("phone", "phone_key"), ("mail", "mail_key")):
        keys = table[column]
        nameless = marks.isna() & keys.notna()
        if not nameless.any():
            continue
        owners, people = _owners(keys[seen], marks[seen])
        shared |= nameless & (keys.map(people).fillna(0) > 1)
        found = _look_up(keys, owners)
        found = found.where(found.notna(), (f"{kind}:" + keys).astype(object))
        marks = marks.where(~nameless, found)
    return marks, shared


def _is_clearly_another(table: pd.DataFrame, marks: pd.Series) -> pd.Series:
    """Which mentions have an id or a document that mostly goes with a clearly different name."""
    named = pd.DataFrame(
        {"mark": marks, "print": table["print"], "name": table["name"], "rows": table["rows"]}
    )
    named = named[(named["rows"] > 0)].dropna()
    pairs = named[["mark", "print"]].drop_duplicates()
    several = pairs.loc[pairs["mark"].duplicated(), "mark"]  # few have more than one name
    if several.empty:
        return pd.Series(data=False, index=table.index)
    named = named[named["mark"].isin(several)]
    counted = named.groupby(["mark", "print"], as_index=False).agg(rows=("rows", "sum"), name=("name", "min"))
    counted = counted.sort_values(["mark", "rows", "print"], ascending=[True, False, True])
    counted["usual"] = counted.groupby("mark")["name"].transform("first")
    words = [written_out(name) for name in counted["name"]]
    usual = [written_out(name) for name in counted["usual"]]
    ratio = process.cpdist(
        [" ".join(text) for text in words], [" ".join(text) for text in usual], scorer=fuzz.ratio
    )
    within = np.array([set(a) <= set(b) or set(b) <= set(a) for a, b in zip(words, usual, strict=True)])
    counted = counted[(ratio < _CLEARLY_DIFFERENT) & ~within]
    another = set(zip(counted["mark"], counted["print"], strict=True))
    found = [pair in another for pair in zip(marks, table["print"], strict=True)]
    return pd.Series(found, index=table.index, dtype=bool)


def _owners(keys: pd.Series, marks: pd.Series) -> tuple[dict[Hashable, str], dict[Hashable, int]]:
    """The one mark that goes with each key, where it is one; and how many go with each."""
    if not (keys.notna() & marks.notna()).any():
        return {}, {}
    pairs = pd.DataFrame({"key": keys, "mark": marks}).dropna().drop_duplicates()
    count = pairs["key"].value_counts()
    single = pairs[pairs["key"].map(count) == 1]
    return dict(zip(single["key"], single["mark"], strict=True)), {key: int(n) for key, n in count.items()}


def _both(first: pd.Series, second: pd.Series) -> pd.Series:
    """Two texts as one key; None where either is missing."""
    if not (first.notna() & second.notna()).any():
        return pd.Series(None, index=first.index, dtype=object)
    return (first + _BETWEEN + second).astype(object)


def _look_up(keys: pd.Series, found: dict[Hashable, str]) -> pd.Series:
    return pd.Series([found.get(key) for key in keys], index=keys.index, dtype=object)


def _first(*choices: pd.Series) -> pd.Series:
    """Of each row the first choice that says anything."""
    result = choices[0]
    for choice in choices[1:]:
        result = result.where(result.notna(), choice)
    return result
