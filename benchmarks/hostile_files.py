"""The files of `benchmarks.hostile`, and what opening one of them comes to; run in a process of its own."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass

from analysis.errors import UnreadableFileError
from analysis.files.apart.opener import open_apart
from analysis.files.upload import Upload
from benchmarks.cost import PEAK_UNIT

if sys.platform != "win32":
    import resource

#: Larger than a test may make them; each as large as a page lets one upload, or nearly.
LARGE: dict[str, Callable[[], bytes]] = {
    "one line of 95 MB": lambda: b"a" * (95 << 20),
    "a line of a million columns": lambda: b";".join([b"a"] * 1_000_000),
    "95 MB of zeros": lambda: bytes(95 << 20),
    "a page of a million tables": lambda: b"<html>" + b"<table><tr><td>" * 1_000_000,
    "95 MB of JSON": lambda: b"[" + b'{"client": "Ana"},' * (5 << 20) + b"{}]",
    "95 MB of random bytes": lambda: os.urandom(95 << 20),
}


@dataclass(frozen=True)
class Refusal:
    """How a file was refused, and what that took; `how` is "read" where it was not."""

    how: str
    cpu_seconds: float
    peak_mb: float


def refused(name: str, data: bytes | None) -> Refusal:
    """Opens one of the files; a large one is made here from its name."""
    data = LARGE[name]() if data is None else data
    how = "read"
    try:
        open_apart(Upload("ventas.xlsx", data))
    except UnreadableFileError as refusal:
        how = str(refusal.values.get("kind", refusal.code))
    if sys.platform == "win32":  # keeps nothing of a process that has ended
        return Refusal(how, float("nan"), float("nan"))
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    # A new process counts the memory of the one it came from until it becomes another program.
    return Refusal(how, spent.ru_utime + spent.ru_stime, spent.ru_maxrss * PEAK_UNIT / 2**20)


def corpus() -> dict[str, bytes]:
    """The tests' hostile files."""
    return {
        name: data
        for name, (data, *_) in importlib.import_module(
            "tests.analysis.reading.corpus.hostile"
        ).HOSTILE.items()
    }
