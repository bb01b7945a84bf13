"""From a shop's description to its export: the steps every sample goes through, in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sample_data import lives, people, streams, till
from sample_data.arrays import Bools, Floats, Ints
from sample_data.lives import Plan
from sample_data.opening_days import OpeningDays
from sample_data.people import Names
from sample_data.sample import FACTS, RHYTHMS, TRUTH
from sample_data.streams import Service
from sample_data.till import Prices

#: Share of clients who were sent by another one, and of those with any source on file.
SENT_BY_CLIENT, WITH_SOURCE = 0.24, 0.62

#: Whether clients may be written to: yes, no, not said.
CONSENTS = {"yes": 0.7, "no": 0.11, "": 0.19}

#: What a problem costs on the rating's scale to 10, less if it is well solved, and how often its visit is rated.
RATING_LOST, RATING_LOST_SOLVED, RATED_PROBLEM = 5.0, 2.5, 0.5

#: The shop knows of one in three who moved away that they left for good.
SAID_GOODBYE = 3

#: Share of completed visits that are rated, one line a visit.
RATED = 0.09

#: Share of problems after which the money was given back, and of lines given back without one.
REFUNDED_PROBLEM = 0.3
REFUNDED = 0.003


@dataclass(frozen=True)
class Shop:
    """Everything that tells one shop from another."""

    days: OpeningDays
    names: Names
    women: float  # share of clients
    plan: Plan
    menu: tuple[Service, ...]
    prices: Prices
    id_format: str
    walk_in_share: float  # lines of walk-ins for every line of a named client
    walk_in_wants: Mapping[str, float]
    problem_kinds: tuple[str, ...]
    sources: tuple[str, ...]  # how clients got to know the shop, where no client sent them


def simulate(
    rng: np.random.Generator, shop: Shop, clients: pd.DataFrame, takes: Bools, interval: Floats
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The clients' streams, their visits and the till's lines, walk-ins included; vectorised over clients.

    `takes` and `interval` say who takes what and every how many days: arrays of shape (clients, menu).
    """
    planned = streams.streams(rng, shop.days, shop.menu, clients, takes, interval)
    renewed = streams.come(rng, planned)
    year = shop.days.moments(np.array([shop.days.end - 365, shop.days.end]))
    planned["missed"] = renewed.missed(len(planned), *year)
    came = streams.visits(shop.days, shop.menu, clients, planned, renewed)
    lines = till.lines(rng, shop.days, shop.menu, shop.plan, shop.prices, clients, came)
    strangers = round(shop.walk_in_share * len(lines))
    walk_ins = till.walk_ins(rng, shop.days, shop.menu, shop.plan, shop.prices, strangers, shop.walk_in_wants)
    return planned, came, pd.concat([lines, walk_ins], ignore_index=True)


def paid_with(rng: np.random.Generator, lines: pd.DataFrame, methods: Mapping[str, float]) -> pd.Series[str]:
    """How each line was paid, NA for those that were not."""
    drawn = rng.choice(list(methods), len(lines), p=list(methods.values()))
    return pd.Series(drawn, index=lines.index).where(lines["status"].isin(["completed", "refund"]))


def register(rng: np.random.Generator, shop: Shop, count: int) -> pd.DataFrame:
    """The clients' book: people and their lives side by side, with id, consent, and who sent them."""
    who = people.people(rng, shop.names, count, shop.women)
    clients = pd.concat([who, lives.lives(rng, shop.plan, shop.days, count)], axis=1)
    clients["client_id"] = [shop.id_format.format(n) for n in 1 + rng.permutation(count)]
    said = pd.Series(rng.choice(list(CONSENTS), count, p=list(CONSENTS.values())))
    clients["consent"] = said.map({"yes": True, "no": False}).astype("boolean")
    sender = pd.Series(clients["client_name"].to_numpy()[_earlier_clients(rng, clients["start"].to_numpy())])
    source = pd.Series(rng.choice(np.array(shop.sources, dtype=object), count))
    draw = rng.random(count)
    clients["referred_by"] = sender.where(draw < SENT_BY_CLIENT, source).where(draw < WITH_SOURCE)
    return clients


def _earlier_clients(rng: np.random.Generator, start: Ints) -> Ints:
    """For each client one who was there before (for the very first: themselves or a near contemporary)."""
    order = np.argsort(start, kind="stable")
    sender = np.empty(len(start), dtype=np.int64)
    sender[order] = order[np.maximum((rng.random(len(start)) * np.arange(len(start))).astype(int), 0)]
    return np.where(sender == np.arange(len(start)), order[-1], sender)


def rate(
    rng: np.random.Generator, lines: pd.DataFrame, clients: pd.DataFrame, problems: pd.DataFrame, best: int
) -> Floats:
    """Ratings of the lines, NaN for most: by mood, and low where something went wrong.

    Clients give whole marks from 1 to `best`; the result is on the scale to 10.
    """
    client = lines["client"].to_numpy()
    first_line = (
        ~lines.duplicated(["client", "day", "status"]).to_numpy() & lines["status"].eq("completed").to_numpy()
    )
    named = first_line & (client >= 0)
    rating = rng.normal(clients["mood"].to_numpy()[client], 0.8)
    lost = np.where(problems["trouble"].eq("solved"), RATING_LOST_SOLVED, RATING_LOST)
    of_visit = pd.Series(lost, index=pd.MultiIndex.from_frame(problems[["client", "visit"]]))
    rating_lost = of_visit.reindex(pd.MultiIndex.from_frame(lines[["client", "day"]])).fillna(0.0).to_numpy()
    wrong = rating_lost > 0.0
    rating -= rating_lost
    asked = named & (rng.random(len(lines)) < np.where(wrong, RATED_PROBLEM, RATED))
    marks = np.clip(np.round(rating / 10.0 * best), 1.0, best)
    return np.where(asked, marks * 10.0 / best, np.nan)


def to_refund(rng: np.random.Generator, lines: pd.DataFrame, problems: pd.DataFrame) -> Bools:
    """The completed lines whose money was given back: after some problems, and a few for no reason on file."""
    given_back = problems[rng.random(len(problems)) < REFUNDED_PROBLEM]
    after_problem = pd.MultiIndex.from_frame(lines[["client", "day"]]).isin(
        pd.MultiIndex.from_frame(given_back[["client", "visit"]])
    )
    first_line = ~lines.duplicated(["client", "day"]).to_numpy()
    chosen: Bools = (after_problem & first_line) | (rng.random(len(lines)) < REFUNDED)
    return chosen & (lines["client"].to_numpy() >= 0)


def tables(
    shop: Shop,
    clients: pd.DataFrame,
    lines: pd.DataFrame,
    contacts: pd.DataFrame,
    problems: pd.DataFrame,
    payments: pd.DataFrame,
) -> dict[str, pd.DataFrame]:
    """The canonical tables, in the order in which a till would write them."""
    days = shop.days
    order = ["day", "client", "status", "service"]
    sales = lines.sort_values(order, kind="stable", ignore_index=True)
    first_seen = lines[lines["status"].eq("completed")].groupby("client")["day"].min().reindex(clients.index)
    joined = clients["start"].where(clients["start"] < 0, first_seen)
    left = clients["left"].where(clients["why"].eq("moved") & (clients.index.to_series() % SAID_GOODBYE == 0))
    book = clients.assign(joined=days.dates(joined), left=days.dates(np.floor(left)))
    promises = {name: days.dates(sales[name]) for name in ("promised", "delivered") if name in sales}
    return {
        "sales": sales.assign(
            client_id=sales["client"].map(clients["client_id"]),
            client_name=sales["client"].map(clients["client_name"]),
            date=days.dates(sales["day"]),
            **promises,
        ).drop(columns=["client", "day"]),
        "clients": book.sort_values("client_id", ignore_index=True)[
            [
                *("client_id", "client_name", "phone", "email", "birthday"),
                *("consent", "referred_by", "joined", "left"),
            ]
        ],
        "contacts": _dated(days, clients, contacts, "day").rename(columns={"day": "date"}),
        "problems": _dated(
            days, clients, problems.drop(columns=["visit", "trouble"]), "opened", "closed", "promised"
        ),
        "payments": _dated(days, clients, payments, "due", "paid"),
    }


def _dated(days: OpeningDays, clients: pd.DataFrame, frame: pd.DataFrame, *day_columns: str) -> pd.DataFrame:
    """The frame in order of its first day column, days as dates and the client by id and name."""
    frame = frame.sort_values([day_columns[0], "client"], kind="stable", ignore_index=True)
    client = frame.pop("client")
    frame.insert(0, "client_id", client.map(clients["client_id"]))
    frame.insert(1, "client_name", client.map(clients["client_name"]))
    return frame.assign(**{column: days.dates(frame[column]) for column in day_columns})


def truth(shop: Shop, clients: pd.DataFrame, visits: pd.DataFrame, problems: pd.DataFrame) -> pd.DataFrame:
    """The planted truth, `sample.TRUTH`, by client id."""
    days = shop.days
    came = visits[visits["day"] < days.end].groupby("client")["day"].agg(["min", "max", "nunique"])
    came = came.reindex(clients.index)
    planted = clients.assign(
        regularity_k=clients["k"].round(2),
        first_visit=days.dates(came["min"]),
        last_visit=days.dates(came["max"]),
        visits=came["nunique"].fillna(0).astype(int),
        drift_from=days.dates(np.floor(clients["drift"])),
        # Services done together can fall some days after the planned departure.
        left_on=days.dates(np.floor(np.maximum(clients["left"], came["max"]))),
        trouble=problems.set_index("client")["trouble"].reindex(clients.index).fillna(""),
        mood=clients["mood"].round(1),
    )
    return planted.sort_values("client_id", ignore_index=True)[list(TRUTH)]


def rhythms(shop: Shop, clients: pd.DataFrame, planned: pd.DataFrame) -> pd.DataFrame:
    """The planted rhythm of each client and service, `sample.RHYTHMS`; occasions and single visits have none."""
    occasional = np.array([service.occasional for service in shop.menu])
    names = np.array([service.name for service in shop.menu], dtype=object)
    keep = ~occasional[planned["service"].to_numpy()]
    keep &= clients["kind"].ne("one_time").to_numpy()[planned["client"].to_numpy()]
    kept = planned[keep]
    drift = clients["drift"].to_numpy()[kept["client"].to_numpy()]
    planted = pd.DataFrame(
        {
            "client_id": clients["client_id"].to_numpy()[kept["client"].to_numpy()],
            "service": names[kept["service"].to_numpy()],
            "main": kept["main"].to_numpy(),
            "interval_days": kept["interval"].round(1).to_numpy(),
            "regularity_k": kept["k"].round(2).to_numpy(),
            "missed_12m": kept["missed"].round(2).to_numpy(),
            "given_up_on": shop.days.dates(np.floor(np.where(kept["given_up"], drift, np.nan))),
        }
    )
    return planted.sort_values(["client_id", "service"], ignore_index=True)[list(RHYTHMS)]


def facts(shop: Shop, clients: pd.DataFrame, planted: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The planted facts, `sample.FACTS`, from frames of fact, client (NaN = of the shop itself), day and value."""
    rows = pd.concat(planted, ignore_index=True)
    named = rows.assign(client_id=rows["client"].map(clients["client_id"]), on=shop.days.dates(rows["day"]))
    return named.sort_values(["fact", "on", "client_id"], ignore_index=True)[list(FACTS)]
