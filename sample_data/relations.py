"""What happens between visits: problems, calls and messages, bills and instalments."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sample_data.arrays import Bools, Texts
from sample_data.opening_days import OpeningDays

#: Shares of the clients who stay and have come at least four times.
SOLVED, BADLY_SOLVED, OPEN = 0.1, 0.02, 0.04
SETTLED_VISITS = 4

#: Of those who left over a problem: share whose problem nobody ever closed.
NEVER_CLOSED = 0.3

#: Problems still open are this young at most: the visit they began with was recent.
OPEN_SINCE = 40

#: Share of problems that nobody took on.
UNOWNED = 0.1

#: How clients with something to pay do it.
PAYS = {"on_time": 0.72, "late": 0.2, "unpaid": 0.08}

#: Share of visits with a reminder before them, and with a call some days after, just to ask.
REMINDED, ASKED = 0.05, 0.012
REMINDED_BEFORE, ASKED_AFTER = 2, (5, 18)

#: Share of those who left whom somebody called, and of these who said why.
MISSED, SAID_WHY = 0.55, 0.6

#: How long after someone stopped coming they are called.
CALLED_AFTER = (30, 50)

CHANNELS = {"whatsapp": 0.55, "call": 0.33, "email": 0.12}

#: Whoever does not pay left this many of their last bills unpaid.
LEFT_UNPAID = 2

#: What a client who left says to whoever calls them, beside not answering.
FAREWELLS = {"drift": "not_interested", "moved": "moved", "price": "price", "seller_left": "seller_left"}


def problems(
    rng: np.random.Generator,
    days: OpeningDays,
    clients: pd.DataFrame,
    visits: pd.DataFrame,
    kinds: tuple[str, ...],
) -> pd.DataFrame:
    """One row per problem: client, visit (the day of it), opened, closed (NaN = open), kind, staff, solved, trouble.

    `trouble` is the truth: solved, badly_solved or open. Whoever left over a problem had a badly solved one, or one
    that was never closed, at the last visit.
    """
    done = visits[visits["day"] < days.end]
    by_client = done.groupby("client")["day"]
    last = by_client.max().reindex(clients.index)
    draw = rng.random(len(clients))
    steady = (
        clients["left"].isna()
        & clients["drift"].isna()
        & (by_client.size().reindex(clients.index) >= SETTLED_VISITS)
    )
    recent = steady & (last >= days.end - OPEN_SINCE)
    trouble = np.select(
        [
            clients["why"].eq("bad_problem") & (draw < NEVER_CLOSED),
            clients["why"].eq("bad_problem"),
            steady & (draw < SOLVED),
            steady & (draw < SOLVED + BADLY_SOLVED),
            recent & (draw > 1.0 - OPEN),
        ],
        ["open", "badly_solved", "solved", "badly_solved", "open"],
        "",
    )
    chosen = np.flatnonzero((trouble != "") & last.notna().to_numpy())
    at_last = (trouble[chosen] == "open") | clients["why"].eq("bad_problem").to_numpy()[chosen]
    some_visit = (
        by_client.sample(1, random_state=rng).groupby(done["client"]).first().reindex(chosen).to_numpy()
    )
    visit = np.where(at_last, last.to_numpy()[chosen], some_visit).astype("int64")
    opened = np.minimum(visit + rng.integers(0, 4, len(chosen)), days.end - 1)
    slowness = np.where(
        trouble[chosen] == "solved", rng.integers(1, 9, len(chosen)), rng.integers(20, 60, len(chosen))
    )
    closed = np.where(
        (trouble[chosen] == "open") | (opened + slowness >= days.end), np.nan, opened + slowness
    )
    trouble[chosen[np.isnan(closed)]] = "open"
    solved = pd.Series(trouble[chosen] == "solved", dtype="boolean").mask(np.isnan(closed))
    return pd.DataFrame(
        {
            "client": chosen,
            "visit": visit,
            "opened": opened,
            "closed": closed,
            "kind": rng.choice(kinds, len(chosen)),
            "staff": clients["seller_now"].iloc[chosen].where(rng.random(len(chosen)) > UNOWNED).to_numpy(),
            "solved": solved,
            "trouble": trouble[chosen],
        }
    )


def contacts(
    rng: np.random.Generator, days: OpeningDays, clients: pd.DataFrame, visits: pd.DataFrame
) -> pd.DataFrame:
    """One row per contact: client, day, channel, outcome, staff (codes).

    Reminders before some visits; a call now and then just to ask; and calls to those who stopped coming, a good part
    of whom say why. Nobody who refused is contacted.
    """
    done = visits.loc[visits["day"] < days.end, ["client", "day"]].drop_duplicates()
    reminded = done[rng.random(len(done)) < REMINDED].assign(outcome="confirmed")
    reminded["day"] -= REMINDED_BEFORE
    asked = done[rng.random(len(done)) < ASKED].copy()
    asked["outcome"] = rng.choice(["answered", "no_answer", "appointment"], len(asked))
    asked["day"] += rng.integers(*ASKED_AFTER, len(asked))
    made = pd.concat([reminded, asked, _farewells(rng, days, clients)], ignore_index=True)
    client = made["client"].to_numpy()
    made["channel"] = rng.choice(list(CHANNELS), len(made), p=list(CHANNELS.values()))
    made["staff"] = clients["seller_now"].to_numpy()[client]
    refused = clients["consent"].eq(False).fillna(False).to_numpy(dtype=bool)[client]
    made["day"] = days.open_from(np.maximum(made["day"].to_numpy(), 0))
    kept: Bools = (made["day"] < days.end).to_numpy() & ~refused
    return made[kept]


def _farewells(rng: np.random.Generator, days: OpeningDays, clients: pd.DataFrame) -> pd.DataFrame:
    """Calls to clients who left, once they are missed: client, day, outcome."""
    gone = clients[clients["left"] < days.end - CALLED_AFTER[1]]
    gone = gone[rng.random(len(gone)) < MISSED]
    outcome = gone["why"].map(FAREWELLS).fillna("no_answer")
    outcome = outcome.where(rng.random(len(gone)) < SAID_WHY, "no_answer")
    day = (gone["left"] + rng.integers(*CALLED_AFTER, len(gone))).astype("int64")
    return pd.DataFrame({"client": gone.index, "day": day, "outcome": outcome})


def ways_of_paying(rng: np.random.Generator, who_owes: Bools) -> Texts:
    """How each client pays (on_time | late | unpaid), "" for those who owe nothing: who_owes is a mask."""
    return np.where(who_owes, rng.choice(list(PAYS), len(who_owes), p=list(PAYS.values())), "")


def payments(rng: np.random.Generator, days: OpeningDays, bills: pd.DataFrame, pays: Texts) -> pd.DataFrame:
    """When bills were paid: client, due, paid (NaN = not yet), amount; from bills with client, due and amount.

    Who pays late does so 5 to 45 days after; who does not pay paid all but the last bills.
    """
    way = pays[bills["client"].to_numpy()]
    due = bills["due"].to_numpy()
    wait = np.where(way == "late", rng.integers(5, 46, len(bills)), -rng.integers(0, 9, len(bills)))
    paid = (due + wait).astype("float64")
    newer_bills = bills[due < days.end].groupby("client")["due"].rank(method="first", ascending=False)
    stopped = (way == "unpaid") & (newer_bills.reindex(bills.index) <= LEFT_UNPAID).to_numpy()
    return bills.assign(paid=np.where(stopped | (paid >= days.end), np.nan, paid))
