"""Names worth comparing: pairs out of many thousands that may be one person's, found without comparing all with all.

Names a letter apart share what is left when one letter is taken from each; names that sound alike share their skeleton;
a name without its second surname, or with a bare initial, is another's with a word less or cut short.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

Words = tuple[str, ...]
#: Pairs as two columns of indices, the smaller first.
Pairs = npt.NDArray[np.int64]

#: Ratios (0-100) from which two plain names are alike: by their letters, and where they sound the same.
NEAR, SOUNDS_ALIKE = 90.0, 80.0
#: More names than this that share a key tell nothing about any two of them.
_MOST_OF_A_KEY = 6
_LONGEST_NAME = 64
_FEWEST_WORDS = 2
#: Two words are both real, and neither a slip of the other, from this many names and this share of the commoner one's.
_REAL_NAMES, _REAL_SHARE = 3, 0.02
_BASE = np.uint64(1_099_511_628_211)

_SOUNDS = (
    (re.compile(r"ph"), "f"), (re.compile(r"h"), ""), (re.compile(r"qu(?=[ei])|k"), "c"),
    (re.compile(r"c(?=[ei])|z"), "s"), (re.compile(r"g(?=[ei])"), "j"), (re.compile(r"gu(?=[ei])"), "g"),
    (re.compile(r"b|w"), "v"), (re.compile(r"ll|y$|y"), "i"), (re.compile(r"x"), "s"), (re.compile(r"m(?=[pv])"), "n"),
    (re.compile(r"(.)\1+"), r"\1"),
)  # fmt: skip


def candidate_pairs(names: Sequence[str], words: Sequence[Words]) -> Pairs:
    """Pairs of distinct names worth a look.

    `names`: plain, their words in their own order; `words`: each one's words in the alphabet's order.
    """
    if not names:
        return np.zeros((0, 2), dtype=np.int64)
    in_order = [" ".join(text) for text in words]
    found = [_a_letter_apart(names), _a_letter_apart(in_order)]
    found += [_sharing(_skeletons(words)), _a_word_less(words), _cut_short(words)]
    pairs = np.unique(np.concatenate(found), axis=0)
    return np.asarray(pairs[pairs[:, 0] != pairs[:, 1]])


def ratios(names: Sequence[str], words: Sequence[Words], pairs: Pairs) -> npt.NDArray[np.float64]:
    """How alike the letters of each pair are, 0-100: in their own order or, where that is more, in the alphabet's."""
    texts = [names, [" ".join(text) for text in words]]
    sides = [[[text[index] for index in pairs[:, side]] for side in (0, 1)] for text in texts]
    return np.asarray(
        np.maximum(*(process.cpdist(first, second, scorer=fuzz.ratio) for first, second in sides))
    )


def skeleton(word: str) -> str:
    """A plain word as it sounds in Spanish: b and v, s and z, ll and y are one, and an h is none.

    >>> skeleton("gimenez") == skeleton("jimenes"), skeleton("vallejo") == skeleton("bayejo")
    (True, True)
    """
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def are_both_real(first: str, second: str, of_names: Mapping[str, int]) -> bool:
    """Whether two words that differ are both names of their own and not one a slip of the other.

    They are if one is the other's feminine (Mario, María; Juan, Juana), if either has figures, or if both are in use:
    `of_names` tells in how many names each word stands.

    >>> are_both_real("mario", "maria", {}), are_both_real("juan", "juana", {}), are_both_real("peres", "perez", {})
    (True, True, False)
    """
    if any(letter.isdigit() for letter in first + second):
        return True
    short, long = sorted((first, second), key=len)
    if long == short + "a" or (first[:-1] == second[:-1] and {first[-1], second[-1]} == {"a", "o"}):
        return True
    rare, common = sorted((of_names.get(first, 0), of_names.get(second, 0)))
    return rare >= max(_REAL_NAMES, _REAL_SHARE * common)


def words_in_use(words: Iterable[Words]) -> Counter[str]:
    """In how many names each word stands."""
    return Counter(word for text in words for word in text)


def _a_letter_apart(texts: Sequence[str]) -> Pairs:
    """Pairs of which one becomes the other by a letter more, less, changed, or two swapped."""
    kept = [text[:_LONGEST_NAME].encode("ascii", "replace") for text in texts]
    width = max(len(text) for text in kept)
    if not width:
        return np.zeros((0, 2), dtype=np.int64)
    letters = np.frombuffer(b"".join(text.ljust(width, b"\0") for text in kept), dtype=np.uint8)
    letters = letters.reshape(len(kept), width).astype(np.uint64)
    lengths = np.array([len(text) for text in kept])
    powers = np.cumprod(np.r_[np.uint64(1), np.full(width, _BASE, dtype=np.uint64)], dtype=np.uint64)
    before = np.cumsum(letters * powers[:width], axis=1, dtype=np.uint64)
    shifted = letters.copy()
    shifted[:, 1:] *= powers[: width - 1]
    shifted[:, 0] = 0
    # The hash of a name without its letter k: what stands before it, and what stands after it moved one place down.
    after = shifted.sum(axis=1, dtype=np.uint64)[:, None] - np.cumsum(shifted, axis=1, dtype=np.uint64)
    without = after + np.c_[np.zeros(len(kept), dtype=np.uint64), before[:, :-1]]
    real = np.arange(width) < lengths[:, None]
    owners = np.r_[np.arange(len(kept)), np.nonzero(real)[0]]
    return _sharing_hashes(np.r_[before[:, -1], without[real]], owners)


def _sharing_hashes(hashes: npt.NDArray[np.uint64], owners: npt.NDArray[np.int64]) -> Pairs:
    """Pairs of owners of one hash, where not too many share it."""
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    once = np.r_[True, (hashes[1:] != hashes[:-1]) | (owners[1:] != owners[:-1])]
    hashes, owners = hashes[once], owners[once]
    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]])
    sizes = np.repeat(np.diff(np.r_[starts, len(hashes)]), np.diff(np.r_[starts, len(hashes)]))
    few = (sizes > 1) & (sizes <= _MOST_OF_A_KEY)
    hashes, owners = hashes[few], owners[few]
    found = [
        np.sort(np.c_[owners[:-step], owners[step:]][hashes[:-step] == hashes[step:]], axis=1)
        for step in range(1, _MOST_OF_A_KEY)
    ]
    return np.concatenate(found)


def _sharing(keys: Sequence[str]) -> Pairs:
    """Pairs with the same key."""
    places = defaultdict(list)
    for place, key in enumerate(keys):
        places[key].append(place)
    return _as_pairs(
        (first, second)
        for group in places.values()
        if 1 < len(group) <= _MOST_OF_A_KEY
        for index, first in enumerate(group)
        for second in group[index + 1 :]
    )


def _skeletons(words: Sequence[Words]) -> list[str]:
    known = {word: skeleton(word) for word in {word for text in words for word in text}}
    return [" ".join(sorted(known[word] for word in text)) for text in words]


def _a_word_less(words: Sequence[Words]) -> Pairs:
    """Pairs of which one is the only one to be the other with one more word."""
    place = {text: index for index, text in enumerate(words) if len(text) >= _FEWEST_WORDS}
    fuller = defaultdict(set)
    for index, text in enumerate(words):
        if len(text) > _FEWEST_WORDS:
            for gone in range(len(text)):
                short = place.get(text[:gone] + text[gone + 1 :])
                if short is not None:
                    fuller[short].add(index)
    return _as_pairs((short, *longer) for short, longer in fuller.items() if len(longer) == 1)


def _cut_short(words: Sequence[Words]) -> Pairs:
    """Pairs of which one has a bare initial, and only the other a word that begins with it, all else being equal."""
    with_initial = {text: index for index, text in enumerate(words) if any(len(word) == 1 for word in text)}
    if not with_initial:
        return _as_pairs(())
    fuller = defaultdict(set)
    for index, text in enumerate(words):
        for place, word in enumerate(text):
            if len(word) > 1 and len(text) >= _FEWEST_WORDS:
                short = with_initial.get(tuple(sorted((*text[:place], word[0], *text[place + 1 :]))))
                if short is not None:
                    fuller[short].add(index)
    return _as_pairs((short, *longer) for short, longer in fuller.items() if len(longer) == 1)


def _as_pairs(pairs: Iterable[tuple[int, ...]]) -> Pairs:
    found = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    return np.sort(found, axis=1)
