"""Lists of words as one pattern each: what statuses, flags and tills say, in Spanish and English."""

from __future__ import annotations

import re


def words(*stems: str) -> re.Pattern[str]:
    """A pattern that finds any of the stems as whole words in a `plain` text; `*` at a stem's end allows any ending.

    >>> bool(words("anul*", "void").search("venta anulada")), bool(words("void").search("avoided"))
    (True, False)
    """
    return re.compile(r"\b(?:" + "|".join(stem.replace("*", r"\w*") for stem in stems) + r")\b")


def exactly(*phrases: str) -> re.Pattern[str]:
    """A pattern for `plain` texts that are one of the phrases and nothing else."""
    return re.compile(r"^(?:" + "|".join(phrases) + r")$")
