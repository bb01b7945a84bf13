"""Clients who may be one person, with what speaks for and against it; never merged here, for the owner decides.

A pair is suggested for its names (a letter apart, the same sound, an abbreviation, a surname or an initial less) or for
a phone or mail under two names. Two phones, documents or birthdays veto it. Each pair stands for itself: that A may be
B, and B may be C, says nothing of A and C.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.reading.canonical.identity import Identity
from analysis.reading.canonical.people.candidates import (
    NEAR,
    SOUNDS_ALIKE,
    Words,
    are_both_real,
    candidate_pairs,
    ratios,
    skeleton,
    words_in_use,
)
from analysis.reading.canonical.people.glances import glances_of, same_days_of
from analysis.reading.canonical.people.names import written_out
from analysis.reading.values.texts import fingerprint, plain
from analysis.suggestions import Evidence, Suggestion

#: A phone or mail of more clients than this is a company's or the shop's own, and tells nothing of any two.
_MOST_OF_A_CONTACT = 4
#: Of a name held by more clients than this nobody can say which two are one.
_MOST_OF_A_NAME = 3
#: Birthdays that programs fill in.
_FILLED_IN = frozenset({(1, 1)})
#: Points (of 100) for what the names say and for each thing shared; what speaks against takes away.
_NAME_POINTS = {"same_name": 60.0, "abbreviation": 58.0, "short_name": 50.0, "initial": 48.0}
_FOR_RATIO = 57.0
_SHARED_POINTS = {"same_phone": 30.0, "same_email": 30.0, "same_birthday": 20.0}
_AGAINST = {"other_email": 10.0, "same_days": 20.0, "other_words": 15.0}
#: Figures of a phone that are shown.
_PHONE_END = 3

#: Two places in `People`, the smaller first.
Places = tuple[int, int]


@dataclass(frozen=True, eq=False)
class People:
    """All clients with a name, one entry each: what is compared."""

    keys: list[str]
    names: list[str]
    plain: list[str]
    words: list[Words]
    prints: list[str]
    traits: Mapping[str, Sequence[frozenset[str]]]  # document, phone, mail, birthday: what is known of each
    in_use: Mapping[str, int]

    @classmethod
    def of(cls, identity: Identity, birthdays: pd.Series) -> People:
        """From who is who and the birthdays by client."""
        names = identity.names.sort_index()
        keys, texts = [str(key) for key in names.index], [str(name) for name in names]
        words = [written_out(text) for text in texts]
        traits = {
            str(kind): _per_client(keys, of_kind["client_id"], of_kind["value"])
            for kind, of_kind in identity.traits.groupby("kind")
        }
        known = birthdays.dropna()
        known = known[[(day.month, day.day) not in _FILLED_IN for day in known]]
        traits["birthday"] = _per_client(keys, known.index, known.dt.strftime("%Y-%m-%d"))
        nothing = [frozenset[str]()] * len(keys)
        traits = {kind: traits.get(kind, nothing) for kind in ("document", "phone", "mail", "birthday")}
        return cls(
            keys,
            texts,
            [plain(text) for text in texts],
            words,
            [fingerprint(text) for text in texts],
            traits,
            words_in_use(set(words)),
        )

    def shared(self, kind: str, pair: Places) -> frozenset[str]:
        return self.traits[kind][pair[0]] & self.traits[kind][pair[1]]

    def differ(self, kind: str, pair: Places) -> bool:
        """Both are known and have nothing in common."""
        first, second = (self.traits[kind][place] for place in pair)
        return bool(first and second and not first & second)


def suggestions_of(identity: Identity, tables: Mapping[str, pd.DataFrame]) -> tuple[Suggestion, ...]:
    """Pairs of clients who may be one, the likeliest first, in an order that no order of rows changes."""
    people = People.of(identity, _birthdays(tables))
    found: dict[Places, list[Evidence]] = {}
    for pair, name in _alike(people):
        if any(people.differ(kind, pair) for kind in ("phone", "document", "birthday")):
            continue
        evidence = [name] if name is not None else []
        evidence += _shared(people, pair)
        if evidence:
            found[pair] = evidence
    pairs = [(people.keys[first], people.keys[second]) for first, second in found]
    glances = glances_of({key for pair in pairs for key in pair}, identity, tables)
    days = same_days_of(pairs, tables)
    made = []
    for place, (alike, (first, second)) in zip(found, zip(found.values(), pairs, strict=True), strict=True):
        against = _against(people, place, days.get((first, second), 0), named=alike[0].code in _NAMED)
        marks = sorted((str(identity.marks[first]), str(identity.marks[second])))
        score = _score(alike, against)
        if not score or (len(against) > 1 and not any(one.code in _SHARED_POINTS for one in alike)):
            continue
        sure = alike[0].code in _NAMED and len(alike) > 1 and not against
        made.append(
            Suggestion(
                (marks[0], marks[1]), glances[first], glances[second], tuple(alike), against, score, sure=sure
            )
        )
    return tuple(sorted(made, key=lambda one: (not one.sure, -one.score, one.pair)))


_NAMED = frozenset({*_NAME_POINTS, "near_name"})


def _alike(people: People) -> Iterable[tuple[Places, Evidence | None]]:
    """Pairs worth weighing, with what their names say; None where only a phone or mail speaks for them."""
    by_contact = _of_one_contact(people)
    by_name = _of_one_name(people) | _of_names_alike(people)
    every = sorted(by_contact | by_name)
    if not every:
        return
    ratio = ratios(people.plain, people.words, np.array(every, dtype=np.int64))
    for pair, alike in zip(every, ratio, strict=True):
        name = _name_evidence(people, pair, float(alike))
        if name is not None or pair in by_contact:
            yield pair, name


def _of_one_contact(people: People) -> set[Places]:
    """Pairs that share a phone or a mail which few have."""
    pairs: set[Places] = set()
    for kind in ("phone", "mail"):
        holders = defaultdict(list)
        for place, values in enumerate(people.traits[kind]):
            for value in values:
                holders[value].append(place)
        for group in holders.values():
            if len(group) <= _MOST_OF_A_CONTACT:
                pairs |= _all_pairs(group)
    return pairs


def _of_one_name(people: People) -> set[Places]:
    """Pairs whose names are the same but for abbreviations, where few have that name."""
    pairs: set[Places] = set()
    groups = defaultdict(list)
    for place, words in enumerate(people.words):
        groups[words].append(place)
    for group in groups.values():
        if 1 < len(group) <= _MOST_OF_A_NAME:
            pairs |= _all_pairs(group)
    return pairs


def _of_names_alike(people: People) -> set[Places]:
    """Pairs of names each held by one client alone: of a name that several have, no one can say whose it is."""
    holders = defaultdict(list)
    for place, words in enumerate(people.words):
        holders[words].append(place)
    single = sorted(group[0] for group in holders.values() if len(group) == 1)
    pairs = candidate_pairs(
        [people.plain[place] for place in single], [people.words[place] for place in single]
    )
    return {(single[first], single[second]) for first, second in pairs.tolist()}


def _name_evidence(people: People, pair: Places, ratio: float) -> Evidence | None:
    """What two names say: which likeness, and how great."""
    first, second = (people.words[place] for place in pair)
    if first == second:
        same = people.prints[pair[0]] == people.prints[pair[1]]
        return Evidence("same_name") if same else Evidence("abbreviation")
    only_first, only_second = sorted(set(first) - set(second)), sorted(set(second) - set(first))
    if _has_figures(only_first + only_second):
        return None
    if not only_first or not only_second:
        fuller = people.names[pair[0] if only_first else pair[1]]
        return Evidence("short_name", _as_written(fuller, only_first or only_second))
    short, long = sorted((" ".join(only_first), " ".join(only_second)), key=len)
    if len(short) == 1 and long.startswith(short) and " " not in long:
        return Evidence("initial", short)
    sound_alike = sorted(map(skeleton, first)) == sorted(map(skeleton, second))
    near = ratio >= (SOUNDS_ALIKE if sound_alike else NEAR)
    return (
        Evidence("near_name", round(ratio / 100, 2))
        if near and not are_both_real(short, long, people.in_use)
        else None
    )


def _shared(people: People, pair: Places) -> list[Evidence]:
    shared = []
    if phones := people.shared("phone", pair):
        shared.append(Evidence("same_phone", min(phones)[-_PHONE_END:]))
    if mails := people.shared("mail", pair):
        shared.append(Evidence("same_email", min(mails)))
    if people.shared("birthday", pair):
        shared.append(Evidence("same_birthday"))
    return shared


def _against(people: People, pair: Places, days: int, *, named: bool) -> tuple[Evidence, ...]:
    against = [Evidence("other_email")] if people.differ("mail", pair) else []
    if days:
        against.append(Evidence("same_days", days))
    if not named:
        against.append(Evidence("other_words"))
    return tuple(against)


def _score(alike: Sequence[Evidence], against: Sequence[Evidence]) -> float:
    points = 0.0
    for one in alike:
        if one.code == "near_name" and isinstance(one.value, float):
            points += _FOR_RATIO * one.value
        points += _NAME_POINTS.get(one.code, 0.0) + _SHARED_POINTS.get(one.code, 0.0)
    return round(min(max(points - sum(_AGAINST[one.code] for one in against), 0.0), 100.0), 1)


def _birthdays(tables: Mapping[str, pd.DataFrame]) -> pd.Series:
    clients = tables.get("clients")
    if clients is None:
        return pd.Series(dtype="datetime64[s]")
    return clients.set_index("client_id")["birthday"]


def _per_client(
    keys: Sequence[str], clients: Iterable[object], values: Iterable[object]
) -> list[frozenset[str]]:
    """What is known of each client, in the order of the keys."""
    known = defaultdict(set)
    for client, value in zip(clients, values, strict=True):
        known[str(client)].add(str(value))
    nothing: frozenset[str] = frozenset()
    return [frozenset(known[key]) if key in known else nothing for key in keys]


def _all_pairs(group: Sequence[int]) -> set[Places]:
    return {(first, second) for index, first in enumerate(group) for second in group[index + 1 :]}


def _as_written(name: str, words: Sequence[str]) -> str:
    """The part of a name that stands for some of its plain words, with its accents and capitals."""
    written = [part for part in name.replace(",", " ").split() if set(written_out(part)) & set(words)]
    return " ".join(written) or " ".join(words)


def _has_figures(words: Iterable[str]) -> bool:
    return any(letter.isdigit() for word in words for letter in word)
