"""Suggestions: two clients who may be one person, with what speaks for and against it, for the owner to decide."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

#: Two clients' marks, in the alphabet's order.
Pair = tuple[str, str]

AlikeCode = Literal[
    "same_name",  # the same words under two keys
    "near_name",  # a letter or so apart; value: how alike, 0-1
    "short_name",  # one has words the other lacks (a second surname); value: the words
    "initial",  # one has a word's first letter alone
    "abbreviation",  # Mª and María, Fco. and Francisco
    "same_phone",  # value: its last figures
    "same_email",
    "same_birthday",
]
ApartCode = Literal[
    "other_email",
    "same_days",  # both came on the same days; value: how many
    "other_words",  # the names share no word
]


@dataclass(frozen=True)
class Evidence:
    """One thing that speaks for or against two clients being one, as a code (`alike.<code>`, `unlike.<code>`)."""

    code: AlikeCode | ApartCode
    value: object = None


@dataclass(frozen=True)
class Glance:
    """What tells the owner at once who a client is. `money` is None where the export has no amounts."""

    client_id: str
    name: str
    visits: int
    last_visit: dt.date | None
    money: float | None
    phone_end: str = ""  # last figures of the phone
    email: str = ""


@dataclass(frozen=True)
class Suggestion:
    """Two clients who may be one person; `sure` where name and contact agree and nothing speaks against it.

    `score` (0-100) ranks; `pair` names the two in `Corrections.same` and `.apart`, this month and the next.
    """

    pair: Pair
    first: Glance
    second: Glance
    alike: tuple[Evidence, ...]
    apart: tuple[Evidence, ...]
    score: float
    sure: bool
    decided: Literal["same", "apart"] | None = None  # what the owner said
