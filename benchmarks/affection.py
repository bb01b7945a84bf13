"""Whether the bands hold on dates and amounts alone, and what the score foretells: `python -m benchmarks.affection`.

Loved: the share of the active clients. Bands kept: of twenty clients of a shop of forty, when the other twenty are
replaced by others of the same file. Right: of pairs of clients of whom one came back (or spent more), those told right.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.book import TABLES, Book
from analysis.errors import PuntualError
from analysis.portfolio import analyse
from analysis.reading import Upload, read
from analysis.returns import Tells
from benchmarks.shops import shop
from benchmarks.tables import figure, share, table
from benchmarks.trials import QUARTER, SERVICE, STEADY, FileMissingError, real
from sample_data import SAMPLES

REAL = (
    "grocery.csv",
    "cdnow_sample.csv",
    "gym_es_Ventas.csv",
    "superstore.xls",
    "salon_receipt_transactions.csv",
)
KNOWN = ("client_id", "client_name", "date", "amount")
SMALL_SHOP, HALF = 40, 20
HEADERS = (
    "file",
    "active",
    "loved",
    "hated",
    "bands kept",
    "right: returns",
    "right: of the active",
    "right: spends",
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a row for each file."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.affection", description="Affection's bands.")
    parser.add_argument("--only", default="", help="of the files, those with this in their name")
    parser.add_argument("--draws", type=int, default=8, help="small shops drawn of each file (%(default)s)")
    options = parser.parse_args(arguments)
    rows, skipped = [], []
    for name, source in _sources().items():
        if options.only not in name:
            continue
        try:
            rows.append([name, *row(bare(source()), options.draws)])
        except (FileMissingError, PuntualError) as problem:
            skipped.append(f"\nskipped: {name} ({problem})")
    print(table(HEADERS, rows) + "\n".join(skipped))


def _sources() -> dict[str, Callable[[], Book]]:
    found: dict[str, Callable[[], Book]] = {name: real(name, QUARTER, 1).source for name in REAL}
    for path in SAMPLES.values():
        found[path.name] = lambda path=path: read([Upload(path.name, path.read_bytes())])  # type: ignore[misc]
    found["steady shop"] = lambda: shop(STEADY).book
    found["service shop"] = lambda: shop(SERVICE).book
    return found


def bare(book: Book) -> Book:
    """The completed lines with client, date and amount: nothing else is known."""
    sales = book.sales[book.sales["status"] == "completed"]
    kept = sales[[*KNOWN, "status"]].reindex(columns=list(TABLES["sales"])).astype(dict(TABLES["sales"]))
    return Book(
        tables={"sales": kept.reset_index(drop=True)},
        known={"sales": frozenset(KNOWN)},
        currency=book.currency,
    )


def row(book: Book, draws: int) -> list[str]:
    """The cells of one file."""
    found = analyse(book)
    active = found.clients[found.clients["active"]]
    past = found.affection_past
    return [
        str(len(active)),
        share(float(active["band"].eq("loved").mean()), 0),
        share(float(found.clients["band"].eq("hated").mean()), 0),
        share(bands_kept(book, found.clients, draws), 1),
        *(_told(tells) for tells in (past.come_back, past.stay, past.spend)),
    ]


def bands_kept(book: Book, clients: pd.DataFrame, draws: int) -> float:
    """Mean over the draws of the share of clients with the same band; drawn from those who still come."""
    ids = np.sort(clients.loc[clients["p_alive"] >= 1 / 2, "client_id"].to_numpy(dtype=str))
    kept = []
    for seed in range(draws):
        drawn = np.random.default_rng(seed).permutation(ids)[: SMALL_SHOP + HALF]
        half, some, others = np.array_split(drawn, 3)
        one, other = (_bands(book, [*half, *rest]) for rest in (some, others))
        kept.append((one[half] == other[half]).mean())
    return float(np.mean(kept))


def _bands(book: Book, ids: Sequence[str]) -> pd.Series:
    sales = book.sales[book.sales["client_id"].isin(ids)].reset_index(drop=True)
    clients = analyse(replace(book, tables={"sales": sales})).clients
    return clients.set_index("client_id")["band"]


def _told(tells: Tells) -> str:
    if tells.code == "unknown":
        return "–"
    return f"{figure(tells.share, 3)} ({figure(tells.low, 3)} to {figure(tells.high, 3)})"


if __name__ == "__main__":
    main()
