"""Keys of widgets that belong to something of the owner's file, whose own names are nobody's to rely on."""

from __future__ import annotations

import hashlib


def key_of(*parts: object) -> str:
    """The same short name for the same parts, whatever stands in them."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:10]
