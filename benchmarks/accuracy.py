"""How well Puntual tells who will not come, against simple rules and BG/NBD: `python -m benchmarks.accuracy`.

Every method is told the visits up to a cutoff and nothing after it, and judged by what came.
"""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.alarm import active
from analysis.arrays import Array, Bools
from analysis.book import Book
from analysis.early_signals import figures
from analysis.portfolio import analyse
from analysis.reading import Upload, read
from analysis.settings import Settings
from benchmarks.peers import PeerMissingError, Said, bg_nbd, own_gap, recency
from benchmarks.tables import figure, table
from dev import ROOT

FILES = ROOT.parent / "shared" / "data"
#: The next visit is asked of those who return within this many days, as the model defines it.
RETURN_WITHIN_DAYS = 180
KNOWN_VISITS = 3
HEADERS = ("method", "AUC all", "AUC active", "Brier active", "count MAE", "count bias")


@dataclass(frozen=True)
class Trial:
    """A file, how far ahead is asked, and how many cutoffs: the last as late as can be, each a horizon apart."""

    file: str
    horizon_days: int
    cutoffs: int


TRIALS = (Trial("grocery.csv", 91, 4), Trial("cdnow_sample.csv", 273, 1))


@dataclass(frozen=True)
class Outcome:
    """What one cutoff's clients did, and what each method had said of them."""

    stayed_away: Bools
    visits: Array
    active: Bools
    said: Mapping[str, Said]
    covered: Bools  # of the returning: the day came within the 80% window
    days_off: Array  # and how far from the day told
    own_days_off: Array  # and from the client's own median gap after the last visit


def main() -> None:
    """Prints a table for each file; files that are not there are named with the reason."""
    for trial in TRIALS:
        path = FILES / trial.file
        print(f"\n{trial.file}, {trial.horizon_days} days ahead")
        if not path.exists():
            print(f"skipped: {path} is not there (its licence does not let us bring it along)")
            continue
        notes: list[str] = []
        outcomes = judge(read([Upload(path.name, path.read_bytes())]), trial, notes)
        print(accuracy_table(outcomes))
        print("\n".join([next_visit_line(outcomes), *dict.fromkeys(notes)]))


def judge(book: Book, trial: Trial, notes: list[str]) -> list[Outcome]:
    """The outcomes of a trial's cutoffs, oldest first; what is worth knowing of the peers goes to `notes`."""
    sales = book.sales
    last = sales["date"].max().date()
    horizon = dt.timedelta(days=trial.horizon_days)
    cutoffs = [last - (back + 1) * horizon for back in reversed(range(trial.cutoffs))]
    return [_judge_at(book, cutoff, trial.horizon_days, last, notes) for cutoff in cutoffs]


def before(book: Book, cutoff: dt.date) -> Book:
    """The same Book without a single row after `cutoff`: what is not there cannot leak."""
    sales = book.sales
    kept = sales[sales["date"] <= pd.Timestamp(cutoff)].reset_index(drop=True)
    return replace(book, tables={**book.tables, "sales": kept})


def _judge_at(book: Book, cutoff: dt.date, horizon_days: int, last: dt.date, notes: list[str]) -> Outcome:
    told = before(book, cutoff)
    settings = Settings(as_of=cutoff, horizon_days=horizon_days)
    ours = analyse(told, settings).clients.set_index("client_id").sort_index()
    days = told.sales.drop_duplicates(["client_id", "date"]).sort_values(["client_id", "date"])
    by_client = days.groupby("client_id")["date"]
    epoch, now = pd.Timestamp(0), pd.Timestamp(cutoff)
    clients = pd.DataFrame(
        {
            "first_day": (by_client.min() - epoch).dt.days,
            "last_day": (by_client.max() - epoch).dt.days,
            "visits": by_client.size(),
            "silence": (now - by_client.max()).dt.days,
        }
    ).reindex(ours.index)
    said = {
        "Puntual": Said(
            ours["p_no_visit"].to_numpy(), ours["p_no_visit"].to_numpy(), ours["expected_visits"].to_numpy()
        ),
        "recency alone": recency(clients),
        "recency / own gap": own_gap(clients),
    }
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a library of 2020
            said["BG/NBD (lifetimes)"], how = bg_nbd(clients, horizon_days)
        notes.append(f"BG/NBD: {how}")
    except PeerMissingError as missing:
        notes.append(f"BG/NBD skipped: {missing}")

    later = book.sales[book.sales["date"] > now].drop_duplicates(["client_id", "date"])
    within = later[later["date"] <= now + pd.Timedelta(days=horizon_days)]
    visits = within.groupby("client_id").size().reindex(ours.index, fill_value=0).to_numpy(dtype=np.float64)
    seen = active(clients["visits"].to_numpy(), clients["silence"].to_numpy(dtype=np.float64), horizon_days)
    return Outcome(visits == 0, visits, seen, said, *_next_visits(ours, later, by_client, cutoff, last))


def _next_visits(
    ours: pd.DataFrame,
    later: pd.DataFrame,
    by_client: pd.api.typing.SeriesGroupBy[pd.Timestamp, tuple[str, ...]],
    cutoff: dt.date,
    last: dt.date,
) -> tuple[Bools, Array, Array]:
    """Of clients with 3 visits who return within 180 days: covered, days off, days off of the own median gap.

    Nothing where the file ends sooner: those who return late would be missing.
    """
    if (last - cutoff).days < RETURN_WITHIN_DAYS:
        return np.array([], dtype=bool), np.array([]), np.array([])
    came = later.groupby("client_id")["date"].min().reindex(ours.index)
    back = (came - pd.Timestamp(cutoff)).dt.days <= RETURN_WITHIN_DAYS
    who = ours[back & (ours["visits"] >= KNOWN_VISITS)]
    day = came.loc[who.index]
    gap = by_client.apply(lambda dates: dates.diff().dt.days.median()).loc[who.index]
    tomorrow = pd.Timestamp(cutoff) + pd.Timedelta(days=1)
    by_gap = (who["last_visit"] + pd.to_timedelta(gap.round(), unit="D")).clip(lower=tomorrow)
    return (
        ((day >= who["next_visit_low"]) & (day <= who["next_visit_high"])).to_numpy(),
        (day - who["next_visit"]).dt.days.abs().to_numpy(dtype=np.float64),
        (day - by_gap).dt.days.abs().to_numpy(dtype=np.float64),
    )


def accuracy_table(outcomes: Sequence[Outcome]) -> str:
    """A row a method: all cutoffs' clients together."""
    away = np.concatenate([one.stayed_away for one in outcomes])
    visits = np.concatenate([one.visits for one in outcomes])
    seen = np.concatenate([one.active for one in outcomes])
    rows = []
    for method in outcomes[0].said:
        if not all(method in one.said for one in outcomes):
            continue
        score = np.concatenate([one.said[method].score for one in outcomes])
        row = [figures.auc(away, score), figures.auc(away[seen], score[seen]), *[float("nan")] * 3]
        if outcomes[0].said[method].visits is not None:
            p = np.concatenate([one.said[method].p_no_visit for one in outcomes])
            count = np.concatenate([one.said[method].visits for one in outcomes])
            row[2:] = [
                figures.brier(away[seen], p[seen]),
                float(np.abs(count - visits).mean()),
                float(count.sum() / visits.sum() - 1),
            ]
        rows.append([method, *(figure(value, 3) for value in row)])
    cutoffs = f"{len(outcomes)} cutoff{'s' * (len(outcomes) > 1)}"
    about = f"{cutoffs}, {len(away):,} client-windows, {int(seen.sum()):,} of active clients"
    share = f"{away[seen].mean():.0%} of the active did not return"
    return f"{about}, {share}\n\n{table(HEADERS, rows)}"


def next_visit_line(outcomes: Sequence[Outcome]) -> str:
    """How often the 80% window held, and how far off the day was."""
    covered = np.concatenate([one.covered for one in outcomes])
    if not len(covered):
        return "Next visit: no cutoff leaves 180 days to see who returns."
    off = np.concatenate([one.days_off for one in outcomes]).mean()
    own = np.concatenate([one.own_days_off for one in outcomes]).mean()
    return (
        f"Next visit of {len(covered):,} who returned: the 80% window held {covered.mean():.0%}; "
        f"{off:.1f} days off, the own median gap {own:.1f}."
    )


if __name__ == "__main__":
    main()
