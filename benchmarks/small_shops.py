"""Shops of 80 and 200 clients, drawn at random from larger ones: nothing may fail, and who is leaving must show."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.book import Book
from benchmarks.judging import OURS, RECENCY, Outcome, judge
from benchmarks.scores import auc
from benchmarks.tables import figure, table
from benchmarks.trials import QUARTER, SERVICE, FileMissingError, generated, real

SIZES = (200, 80)
SHOWN = (OURS, RECENCY, "BG/NBD", "MBG/NBD", "Pareto/NBD")
CUTOFFS = 4


def small_shops_table(shops: int) -> str:
    """Means over so many draws of each size of the active AUC, its cutoffs together; how often a fit failed."""
    rows, skipped = [], []
    for trial in (real("grocery.csv", QUARTER, CUTOFFS), generated("service shop", SERVICE, CUTOFFS)):
        try:
            book = trial.source()
        except FileMissingError as missing:
            skipped.append(f"\n\nskipped: {missing}")
            continue
        for size in SIZES:
            drawn = [judge(replace(trial, shop=None), subset(book, size, seed), []) for seed in range(shops)]
            cells = [_cell([_active_auc(outcomes, method) for outcomes in drawn]) for method in SHOWN]
            rows.append([trial.name, str(size), str(shops), *cells])
    return table(("active AUC", "clients", "shops", *SHOWN), rows) + "".join(skipped)


def subset(book: Book, clients: int, seed: int) -> Book:
    """A shop of so many of the Book's clients."""
    ids = np.sort(book.sales["client_id"].dropna().unique().astype(str))
    chosen = np.random.default_rng(seed).choice(ids, clients, replace=False)
    kept = book.sales[book.sales["client_id"].isin(chosen)].reset_index(drop=True)
    return replace(book, tables={**book.tables, "sales": kept})


def _active_auc(outcomes: list[Outcome], method: str) -> float:
    """All cutoffs together; NaN where the method failed at one of them."""
    if not all(method in one.said for one in outcomes):
        return float("nan")
    away = np.concatenate([one.stayed_away[one.active] for one in outcomes])
    score = np.concatenate([one.said[method].score[one.active] for one in outcomes])
    return auc(away, score)


def _cell(areas: list[float]) -> str:
    failed = int(np.isnan(areas).sum())
    mean = figure(float(np.nanmean(areas)), 3) if failed < len(areas) else "–"
    return f"{mean} ({failed} failed)" if failed else mean
