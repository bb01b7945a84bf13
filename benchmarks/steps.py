"""The steps of `benchmarks.speed`, each made ready by what comes before it (`benchmarks.cost.Step`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from analysis.portfolio import analyse
from analysis.reading import Upload, read
from benchmarks.cost import cpu_seconds
from benchmarks.shops import shop
from benchmarks.ticking import Plan

#: A service shop of 18 months, and a small one to ask before, for what is only loaded when first used.
SHOP = Plan(days=548, dropout=0.03, disrupted=0.1)
WARM_UP = replace(SHOP, clients=100, seed=2)


def reading(path: Path) -> Callable[[], int]:
    """From the bytes of an export to the Book; says how many lines."""
    upload = Upload(path.name, path.read_bytes())
    return lambda: read([upload]).rows_read


def analysing(path: Path) -> Callable[[], int]:
    """From the Book to the Portfolio; says how many clients."""
    book = read([Upload(path.name, path.read_bytes())])
    return lambda: len(analyse(book).clients)


def analysing_shop(clients: int) -> Callable[[], dict[str, float]]:
    """The whole analysis of a shop of 18 months, its back-test included; says the CPU seconds of each of its steps."""
    book = shop(replace(SHOP, clients=clients)).book
    analyse(shop(WARM_UP).book)

    def analysis() -> dict[str, float]:
        begun: dict[str, float] = {}

        def note(step: str, _: float) -> None:
            begun[step] = cpu_seconds()

        analyse(book, progress=note)
        return dict(zip(begun, np.diff(list(begun.values())).tolist(), strict=False))

    return analysis
