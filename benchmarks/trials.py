"""What the methods are tried on: real files where they are at hand, and generated shops; each with its cutoffs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.book import Book
from analysis.reading import Upload, read
from benchmarks.shops import Shop, shop
from benchmarks.ticking import Plan
from dev import ROOT

FILES = ROOT.parent / "shared" / "data"
WEEK, MONTH, QUARTER = 7, 30, 91
#: The next visit is asked of those who return within this many days, as the model defines it.
RETURN_WITHIN_DAYS = 180
#: Two years of a shop whose clients keep to their pace until they leave...
STEADY = Plan(clients=1000, days=2 * 365, dropout=0.05)
#: ... and of one as shops are: some clients more regular than others, holidays, a closed August, paces that drift.
SERVICE = replace(STEADY, k_spread=0.4, disrupted=0.1, drift=0.1, closed_august=True)


class FileMissingError(Exception):
    """A real file is not there."""


@dataclass(frozen=True)
class Trial:
    """How far ahead is asked, and the cutoffs: the last as late as can be judged, the others so many days apart."""

    name: str
    source: Callable[[], Book]
    horizon_days: int = QUARTER
    cutoffs: int = 4
    apart_days: int = QUARTER
    shop: Shop | None = None  # whose truth is known

    def dates(self, book: Book) -> list[dt.date]:
        """The cutoffs, oldest first."""
        done = book.sales.loc[book.sales["status"] == "completed", "date"]
        newest = done.max().date() - dt.timedelta(days=self.horizon_days)
        return [newest - dt.timedelta(days=back * self.apart_days) for back in reversed(range(self.cutoffs))]


def real(name: str, horizon_days: int, cutoffs: int, apart_days: int = QUARTER) -> Trial:
    """A trial on one of the files beside the repository."""
    return Trial(name, lambda: _read(FILES / name), horizon_days, cutoffs, apart_days)


def _read(path: Path) -> Book:
    if not path.exists():
        raise FileMissingError(f"{path} is not there (its licence does not let us bring it along)")
    return read([Upload(path.name, path.read_bytes())])


def generated(name: str, plan: Plan, cutoffs: int = 4) -> Trial:
    """A trial on a shop whose truth is known."""
    made = shop(plan)
    return Trial(name, lambda: made.book, cutoffs=cutoffs, shop=made)


def real_trials() -> list[Trial]:
    """Thirteen weeks and the published splits; months of a gym; a salon of 4.5 months, a month ahead."""
    return [
        real("grocery.csv", QUARTER, 4),
        real("grocery.csv", 52 * WEEK, 1),
        real("cdnow_sample.csv", QUARTER, 3),
        real("cdnow_sample.csv", 39 * WEEK, 1),
        real("gym_es_Reservas.csv", QUARTER, 8, MONTH),
        real("salon_receipt_transactions.csv", MONTH, 2, MONTH),
    ]


def generated_trials() -> list[Trial]:
    """A service shop, one as regular as a clock, an irregular one, and one at random: the world of the models."""
    return [
        generated("service shop", SERVICE),
        generated("regular shop (k 8)", replace(STEADY, k=8.0)),
        generated("irregular shop (k 1.5)", replace(STEADY, k=1.5)),
        generated("shop at random (k 1)", replace(STEADY, k=1.0, pace="gamma")),
    ]
