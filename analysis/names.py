"""Names of people as a key: the same person written in another way has the same fingerprint."""

from __future__ import annotations

import re
import unicodedata


def fingerprint(name: str) -> str:
    """Accents, case, punctuation and the order of the words do not matter: "Peña, Lucía" and "lucia peña"."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(sorted(re.findall(r"\w+", letters)))
