"""How early a lapse shows: Puntual's p_no_visit, rules and models month by month: `python -m benchmarks.warning`.

A lapse is a silence of 180 days. Every month each method scores the clients who may be in the middle of one, knowing
nothing of what comes after; its alarm goes up where the score is above what one in ten (or one in five) of the clients
have who come again in time. Caught so many days ahead: from the first alarm of that silence to its 180th day.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.book import Book
from analysis.visits import Visits, days_since_epoch, visits
from benchmarks import past
from benchmarks.judging import KNOWN_VISITS, said_at
from benchmarks.tables import figure, share, table
from benchmarks.trials import MONTH, QUARTER, SERVICE, FileMissingError, Trial, generated, real

LAPSE_DAYS = 180
FALSE_ALARMS = (0.1, 0.2)
#: Before the first month there is this much history.
HISTORY_DAYS = 240
HEADERS = (
    "method",
    *(f"{text} at {share(rate, 0)}" for rate in FALSE_ALARMS for text in ("days ahead", "caught")),
)


@dataclass(frozen=True)
class Months:
    """A row for each client and month: client_id, last_day, ahead (days left to the 180th), lapses, and each score."""

    table: pd.DataFrame
    methods: tuple[str, ...]
    failed: tuple[str, ...]


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a table for each trial."""
    options = _parser().parse_args(arguments)
    for trial in _trials():
        if options.only not in trial.name:
            continue
        print(f"\n### {trial.name}\n")
        try:
            print(report(replay(trial.source())))
        except FileMissingError as missing:
            print(f"skipped: {missing}")


def _trials() -> list[Trial]:
    return [real("grocery.csv", QUARTER, 1), generated("service shop", SERVICE, 1)]


def report(months: Months) -> str:
    """A row a method: the median lapse caught so many days ahead (0 if not at all) and the share caught."""
    rows = [[method, *_cells(months.table, method)] for method in months.methods]
    lapses = months.table.loc[months.table["lapses"], ["client_id", "last_day"]].drop_duplicates()
    about = f"{len(lapses):,} lapses, {len(months.table):,} client-months"
    failed = [f"\n\nleft out, it failed in some month: {name}" for name in months.failed]
    return f"{about}\n\n{table(HEADERS, rows)}{''.join(failed)}"


def replay(book: Book, apart_days: int = MONTH) -> Months:
    """Every month (or so many days) of the file, as far as it is known what became of each silence."""
    seen = visits(book)
    first = dt.date(1970, 1, 1) + dt.timedelta(days=int(seen.table["day"].min()) + HISTORY_DAYS)
    months = [
        _month(book, cutoff.date(), seen)
        for cutoff in pd.date_range(first, seen.as_of, freq=f"{apart_days}D", inclusive="left")
    ]
    whole = pd.concat(months, ignore_index=True)
    # A lapse counts where all of its silence was replayed, so that every method had the same chance to see it.
    begun = whole["last_day"] >= days_since_epoch(first)
    scored = [name for name in whole.columns if name not in {"client_id", "last_day", "ahead", "lapses"}]
    always = whole[scored].notna().all()
    methods, failed = (tuple(always.index[here]) for here in (always, ~always))
    return Months(whole[begun | ~whole["lapses"]].reset_index(drop=True), methods, failed)


def _month(book: Book, cutoff: dt.date, seen: Visits) -> pd.DataFrame:
    clients = past.known(seen, cutoff)
    later = past.came(seen, clients.client_id, cutoff, LAPSE_DAYS)
    said = said_at(book, clients, cutoff, QUARTER, [])[1]
    silent_until = clients.silence + later.next_days
    # Who has not come by the end of the file has been silent at least until then.
    seen_days = clients.silence + (seen.as_of - cutoff).days
    table = pd.DataFrame(
        {
            "client_id": clients.client_id,
            "last_day": clients.last_day,
            "ahead": LAPSE_DAYS - clients.silence,
            "lapses": silent_until > LAPSE_DAYS,
            **{method: of_method.score for method, of_method in said.items()},
        }
    )
    may = (clients.visits >= KNOWN_VISITS) & (clients.silence < LAPSE_DAYS)
    return table[may & (np.isfinite(later.next_days) | (seen_days >= LAPSE_DAYS))]


def _cells(months: pd.DataFrame, method: str) -> list[str]:
    cells = []
    for rate in FALSE_ALARMS:
        ahead = caught_ahead(months, method, rate)
        cells += [figure(float(ahead.median()), 0), share(float((ahead > 0).mean()), 0)]
    return cells


def caught_ahead(months: pd.DataFrame, method: str, false_alarms: float) -> pd.Series:
    """Days from the first alarm to the 180th day of silence, one a lapse; 0 where no alarm went up."""
    threshold = months.loc[~months["lapses"], method].quantile(1 - false_alarms)
    lapses = months[months["lapses"]]
    ahead = lapses["ahead"].where(lapses[method] > threshold, 0)
    return ahead.groupby([lapses["client_id"], lapses["last_day"]]).max()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.warning", description=__doc__)
    parser.add_argument("--only", default="", metavar="NAME", help="files and shops whose name holds this")
    return parser


if __name__ == "__main__":
    main()
