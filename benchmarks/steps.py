"""The steps of `benchmarks.speed`, each made ready by what comes before it (`benchmarks.cost.Step`)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from analysis.portfolio import analyse
from analysis.reading import Upload, read


def reading(path: Path) -> Callable[[], int]:
    """From the bytes of an export to the Book; says how many lines."""
    upload = Upload(path.name, path.read_bytes())
    return lambda: read([upload]).rows_read


def analysing(path: Path) -> Callable[[], int]:
    """From the Book to the Portfolio; says how many clients."""
    book = read([Upload(path.name, path.read_bytes())])
    return lambda: len(analyse(book).clients)
