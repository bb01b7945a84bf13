"""What a cell looks like, whatever it may mean: what tells a good cut of a text file from a bad one."""

from __future__ import annotations

import re
from typing import Literal

Shape = Literal["empty", "number", "date", "time", "code", "address", "words", "mixed"]

_NUMBER = re.compile(
    r"[-+(]?\s?[^\w\s\"';|,]{0,3}\s?[-+]?\d[\d.,' \u00a0\u202f]*\s?[^\w\s\"';|,]{0,3}[-)%]?"
    r"|[-+]?\d+[.,]?\d*[eE][-+]?\d+"
)
_MONEY = re.compile(
    r"[-+(]?\s?(?:[A-Z]{1,3}\$|[A-Z]{3}|S/\.?|Bs\.?)\s?[-+]?\d[\d.,' ]*[-)]?"
    r"|[-+(]?\d[\d.,' ]*\s?(?:[A-Z]{3}|€|Cr|Dr|kg|h|%)[-)]?"
)
_DATE = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ,]+.{0,24})?"
    r"|\d{1,2}[-/. ](?:de )?[A-Za-zé]{3,10}\.?[-/. ](?:de )?\d{2,4}( .{0,16})?"
    r"|[A-Za-z]{3,10}\.? \d{1,2},? (?:de )?\d{4}( .{0,16})?"
)
_TIME = re.compile(r"\d{1,2}[:h]\d{2}([:.]\d{2}(\.\d+)?)?\s?([ap]\.?\s?m\.?|hs?\.?)?", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+|(https?://|www\.)\S+|/\S*")
_GAPS = re.compile(r" {3}|\t")
_CODE = re.compile(r"[^\s,;|\t\"]*\d[^\s,;|\t\"]*")
_WORDS = re.compile(r"[^,;|\t\"~^\x1f]*")


def shape_of(text: str) -> Shape:
    """The shape of one cell; "mixed" is what holds marks that often part cells.

    >>> [shape_of(text) for text in ("", "-12,50 €", "03/07/2026 10:30", "10:30")]
    ['empty', 'number', 'date', 'time']
    >>> [shape_of(text) for text in ("F-0012", "a@b.es", "Ana Luz", "Ana;3")]
    ['code', 'address', 'words', 'mixed']
    """
    text = text.strip()
    if not text:
        return "empty"
    if len(text) > 200:  # noqa: PLR2004 - nothing but prose is that long
        return "words"
    if _GAPS.search(text):
        return "mixed"
    for shape, pattern in _SHAPES:
        if pattern.fullmatch(text):
            return shape
    return "mixed"


_SHAPES: tuple[tuple[Shape, re.Pattern[str]], ...] = (
    ("date", _DATE),
    ("time", _TIME),
    ("number", _NUMBER),
    ("number", _MONEY),
    ("address", _ADDRESS),
    ("code", _CODE),
    ("words", _WORDS),
)
