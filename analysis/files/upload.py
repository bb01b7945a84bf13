"""One file as it came."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Upload:
    """One file as it came: its name (for people, never a path) and its bytes."""

    name: str
    data: bytes
