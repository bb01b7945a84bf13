"""Which texts say almost the same: letters that were meant to be one of a kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np
from rapidfuzz import fuzz, process
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

#: From this likeness on (0-100, of the longest common subsequence) two texts differ by little more than a name.
ALIKE = 90.0
_WORDS = re.compile(r"[^\W_]+")


def plain(text: str, name: str = "") -> str:
    """A text by its words alone: no case, accents, marks or figures, and without the words of a client's `name`."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    words = _WORDS.findall("".join(sign for sign in bare if not unicodedata.combining(sign)))
    theirs = set(plain(name).split()) if name else set()
    return " ".join(word for word in words if word not in theirs and not word.isdecimal())


def near_identical(texts: Mapping[str, str], names: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Groups of clients (by id, in the order of `texts`) whose texts say almost the same; empty texts are left out.

    Two are in one group where they are at least ALIKE, or both alike to a third one.
    """
    told = {who: plain(text, names.get(who, "")) for who, text in texts.items()}
    ids: dict[str, list[str]] = {}
    for who, text in told.items():
        if text:
            ids.setdefault(text, []).append(who)
    different = list(ids)
    if not different:
        return []
    group_of = _groups(different)
    groups: dict[int, list[str]] = {}
    for text, group in zip(different, group_of, strict=True):
        groups.setdefault(group, []).extend(ids[text])
    order = {who: place for place, who in enumerate(texts)}
    found = [tuple(sorted(group, key=order.__getitem__)) for group in groups.values() if len(group) > 1]
    return sorted(found, key=lambda group: order[group[0]])


def alike_to(text: str, name: str, others: Mapping[str, str], names: Mapping[str, str]) -> list[str]:
    """Which of the other texts say almost the same as this one."""
    this = plain(text, name)
    if not this:
        return []
    theirs = {who: plain(other, names.get(who, "")) for who, other in others.items()}
    return [
        who for *_, who in process.extract(this, theirs, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None)
    ]


def _groups(texts: Sequence[str]) -> list[int]:
    """The number of each text's group. Texts of very different length cannot be alike: neighbours by length suffice."""
    by_length = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    lengths = np.array([len(texts[place]) for place in by_length])
    # Of two texts of lengths a < b the likeness is at most 200 a / (a + b).
    reach = np.searchsorted(lengths, lengths * (200.0 - ALIKE) / ALIKE, side="right")
    pairs = []
    step = 256
    for begin in range(0, len(texts), step):
        rows = by_length[begin : begin + step]
        columns = by_length[begin : int(reach[min(begin + step, len(texts)) - 1])]
        likeness = process.cdist(
            [texts[place] for place in rows],
            [texts[place] for place in columns],
            scorer=fuzz.ratio,
            score_cutoff=ALIKE,
            dtype=np.uint8,
        )
        one, other = np.nonzero(likeness)
        pairs.append((np.asarray(rows)[one], np.asarray(columns)[other]))
    first = np.fromiter(chain.from_iterable(a for a, _ in pairs), dtype=np.int64)
    second = np.fromiter(chain.from_iterable(b for _, b in pairs), dtype=np.int64)
    graph = coo_matrix((np.ones(len(first)), (first, second)), shape=(len(texts), len(texts)))
    return [int(group) for group in connected_components(graph, directed=False)[1]]
