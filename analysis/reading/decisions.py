"""Decisions about people, remembered without their names: each pair of clients as a keyed hash.

A `Pair` is two clients' marks (`Book.marks`: what tells a client in next month's export too). Whoever keeps decisions
keeps `token_of(pair, secret)` with a verdict, and `recalled` finds next month which of a Book's suggestions they are.
The secret is random, made once (`new_secret`) and kept by whoever keeps the tokens.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from typing import Literal

from analysis.reading.corrections import Corrections
from analysis.suggestions import Pair, Suggestion

#: What the owner said of two clients who look alike: one and the same person, or two.
Verdict = Literal["same", "apart"]

_SECRET_BYTES = 32
_TOKEN_LENGTH = 32


def new_secret() -> bytes:
    """A key for the tokens of one owner."""
    return secrets.token_bytes(_SECRET_BYTES)


def token_of(pair: Pair, secret: bytes) -> str:
    """A pair of clients as 32 hexadecimal digits that tell nothing of them; whose mark comes first does not matter."""
    first, second = sorted(pair)
    whole = f"{len(first)}:{first}{second}".encode()
    return hmac.new(secret, whole, hashlib.sha256).hexdigest()[:_TOKEN_LENGTH]


def tokens_of(corrections: Corrections, secret: bytes) -> dict[str, Verdict]:
    """All that was decided, ready to be kept."""
    told: dict[str, Verdict] = {token_of(pair, secret): "apart" for pair in corrections.apart}
    return told | {token_of(pair, secret): "same" for pair in corrections.same}


def recalled(
    suggestions: Iterable[Suggestion], verdicts: Mapping[str, str], secret: bytes
) -> tuple[frozenset[Pair], frozenset[Pair]]:
    """Which of the suggested pairs were said to be the same, and which apart, as `Corrections` takes them."""
    told = {found.pair: verdicts.get(token_of(found.pair, secret)) for found in suggestions}
    return (
        frozenset(pair for pair, verdict in told.items() if verdict == "same"),
        frozenset(pair for pair, verdict in told.items() if verdict == "apart"),
    )
