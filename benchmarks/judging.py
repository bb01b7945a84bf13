"""Every method told the visits up to a cutoff and nothing after it, and judged by what came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.alarm import active
from analysis.arrays import Array, Bools, Names
from analysis.book import Book
from analysis.portfolio import analyse
from analysis.settings import Settings
from analysis.visits import Visits, visits
from benchmarks import buy_till_you_die, past
from benchmarks.peers import PeerMissingError, Said, next_by_own_gap, own_gap, recency
from benchmarks.shops import Shop
from benchmarks.ticking import FIRST_DAY
from benchmarks.trials import RETURN_WITHIN_DAYS, Trial

OURS, RECENCY, OWN_GAP = "Puntual", "recency", "recency / own gap"
TRUTH = "knowing the truth"
KNOWN_VISITS = 3
BEYOND_OWN_GAPS = 2.0  # a silence this many own median gaps long


@dataclass(frozen=True)
class Outcome:
    """What the clients of one cutoff (n) did, and what each method had said of them."""

    client_id: Names
    stayed_away: Bools
    visits: Array
    active: Bools
    said: Mapping[str, Said]
    #: Of those with 3 visits who returned within 180 days: visits, overdue, beyond, covered by the window, its width,
    #: days off the day told, and off that of the own median gap. Empty where the file ends sooner.
    returned: pd.DataFrame
    p_alive: Array
    alive: Bools | None  # the truth, where it is known


def judge(trial: Trial, book: Book, notes: list[str]) -> list[Outcome]:
    """The outcomes of a trial's cutoffs, oldest first; what is worth knowing of the peers goes to `notes`."""
    seen = visits(book)
    return [
        judge_at(book, seen, cutoff, trial.horizon_days, notes, trial.shop) for cutoff in trial.dates(book)
    ]


def judge_at(
    book: Book,
    seen: Visits,
    cutoff: dt.date,
    horizon_days: int,
    notes: list[str],
    truth: Shop | None = None,
) -> Outcome:
    """One cutoff; `seen` are all visits of the Book."""
    clients = past.known(seen, cutoff)
    ours, said = said_at(book, clients, cutoff, horizon_days, notes)
    later = past.came(seen, clients.client_id, cutoff, horizon_days)
    alive = None
    if truth is not None:
        day = (cutoff - FIRST_DAY).days
        whose = np.searchsorted(truth.client_id.astype(str), clients.client_id.astype(str))
        alive = truth.alive(day)[whose]
        knowing = truth.lives.p_no_visit(day, horizon_days)[whose]
        said[TRUTH] = Said(knowing, knowing)
    return Outcome(
        client_id=clients.client_id,
        stayed_away=later.visits == 0,
        visits=later.visits,
        active=active(clients.visits, clients.silence.astype(np.float64), horizon_days),
        said=said,
        returned=_returned(ours, clients, later, seen_days=(seen.as_of - cutoff).days),
        p_alive=ours["p_alive"].to_numpy(),
        alive=alive,
    )


def said_at(
    book: Book, clients: past.Known, cutoff: dt.date, horizon_days: int, notes: list[str]
) -> tuple[pd.DataFrame, dict[str, Said]]:
    """Our client table and what every method says, in the order of `clients`."""
    settings = Settings(as_of=cutoff, horizon_days=horizon_days)
    found = analyse(past.before(book, cutoff), settings).clients.set_index("client_id")
    ours = found.loc[list(clients.client_id)]
    p, expected = (ours[name].to_numpy() for name in ("p_no_visit", "expected_visits"))
    return ours, {
        OURS: Said(p, p, expected),
        RECENCY: recency(clients),
        OWN_GAP: own_gap(clients),
        **_models(clients, horizon_days, notes),
    }


def _models(clients: past.Known, horizon_days: int, notes: list[str]) -> dict[str, Said]:
    said = {}
    for peer in buy_till_you_die.PEERS:
        try:
            said[peer.name], how = buy_till_you_die.said(peer, clients, horizon_days)
        except PeerMissingError as missing:
            how = f"left out: {missing}"
        if how:
            notes.append(f"{peer.name}: {how}")
    return said


def _returned(ours: pd.DataFrame, clients: past.Known, later: past.Came, seen_days: int) -> pd.DataFrame:
    cutoff = ours["last_visit"] + pd.to_timedelta(clients.silence, unit="D")
    day, low, high = (
        (ours[name] - cutoff).dt.days.to_numpy(dtype=np.float64)
        for name in ("next_visit", "next_visit_low", "next_visit_high")
    )
    frame = pd.DataFrame(
        {
            "visits": clients.visits,
            "overdue": clients.silence > ours["interval_high"].to_numpy(),
            "beyond": clients.silence > BEYOND_OWN_GAPS * clients.median_gap,
            "covered": (later.next_days >= low) & (later.next_days <= high),
            "width": high - low + 1,
            "off": np.abs(later.next_days - day),
            "own_off": np.abs(later.next_days - next_by_own_gap(clients)),
        }
    )
    came = (clients.visits >= KNOWN_VISITS) & (later.next_days <= RETURN_WITHIN_DAYS)
    return frame[came & (seen_days >= RETURN_WITHIN_DAYS)]
