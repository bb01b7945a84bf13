"""Reasons of problems that are one reason written in several ways: "Espera larga", "ESPERAS LARGAS", "Espra larga".

Case, accents, punctuation, plural endings and the order of the words do not matter, nor does a slip of a letter in a
long word. A figure, a "sin", a "not" or a short word do: "sin cita" is no "con cita".
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from rapidfuzz.distance import OSA

from analysis.names import fingerprint

#: Letters of a word (without its ending) from which on it may have a slip, and from which on that may be a wrong
#: letter: "mancha" and "marcha" are two words.
_SLIP, _WRONG_LETTER = 4, 8
#: Longer words than these may end in a plural's "es" or "s".
_PLURAL_IN_ES, _PLURAL_IN_S = 5, 3
#: Texts beyond so many different ones are joined by spelling alone: slips are looked for among the frequent ones.
_MOST_COMPARED = 300


def joined_kinds(kinds: pd.Series) -> pd.Series:
    """For every text the most usual way to write the same reason; "" stays ""."""
    texts = kinds.fillna("").astype(str).str.split().str.join(" ")
    counts = texts[texts != ""].value_counts(sort=False)
    # The most frequent way to write it first, the alphabet between equals.
    ways = sorted(counts.index, key=lambda text: (-int(counts[text]), text.isupper(), text.casefold(), text))
    told: dict[tuple[str, ...], str] = {}
    written: dict[str, str] = {}
    for place, text in enumerate(ways):
        words = _stems(text)
        same = told.get(words)
        if same is None and place < _MOST_COMPARED:
            same = next((told[other] for other in told if _alike(words, other)), None)
        written[text] = told.setdefault(words, same or text)
    return texts.map(lambda text: written.get(text, ""))


def _stems(text: str) -> tuple[str, ...]:
    return tuple(_singular(word) for word in fingerprint(text).split())


def _singular(word: str) -> str:
    """Without the ending of a plural, in Spanish or English; near enough to tell two texts alike."""
    if len(word) > _PLURAL_IN_ES and word.endswith("es") and word[-3] not in "aeiou":
        word = word[:-2]
    elif len(word) > _PLURAL_IN_S and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    # "largo", "larga": the agreement of an adjective says nothing.
    return word[:-1] if len(word) > _PLURAL_IN_S + 1 and word[-1] in "aoe" else word


def _alike(one: Iterable[str], other: Iterable[str]) -> bool:
    """As many words, each the same but for a slip of the pen."""
    first, second = sorted(one), sorted(other)
    return len(first) == len(second) and all(map(_same_word, first, second))


def _same_word(one: str, other: str) -> bool:
    """The same but for two letters swapped, one too many or too few, or in a long word a wrong one."""
    if one == other:
        return True
    shorter = min(len(one), len(other))
    if shorter < _SLIP or any(letter.isdigit() for letter in one + other):
        return False
    if OSA.distance(one, other, score_cutoff=1) > 1:
        return False
    wrong_letter = len(one) == len(other) and sorted(one) != sorted(other)
    return not wrong_letter or shorter >= _WRONG_LETTER
