"""What each client comes for and how often: one stream of visits per client and service."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sample_data.arrays import Bools, Floats
from sample_data.opening_days import OpeningDays
from sample_data.rhythm import Renewals, come_together, renewals

#: Gaps less regular than this follow occasions, not a rhythm (1 = random).
RHYTHMIC_K = 1.5

#: Of the services beside the main one, share that a new client takes on the first day as well.
ON_THE_FIRST_DAY = 0.4

#: A client who drifts away gives up each service but the main one with this probability.
GIVES_UP = 0.6

#: An erratic client comes this much less often than a regular one for the same service.
ERRATIC_SLOWER = 1.4

#: A haircut once a year is a yearly client's whole rhythm.
YEAR = 365.25


@dataclass(frozen=True)
class Service:
    """A line of the price list.

    The menu's order matters: a client's main service is the first one they take that has a rhythm.
    """

    name: str
    price: float  # in the first year
    interval: float  # days, median over clients
    joins: tuple[str, ...] = ()  # services it is done together with where they fall close
    join_days: int = 0
    k: float | None = None  # regularity where it is the service's own
    specialist: str | None = None  # who does most of it
    sized: bool = True  # the price depends on the client: long hair, a big engine

    @property
    def occasional(self) -> bool:
        return self.k is not None and self.k < RHYTHMIC_K


def streams(
    rng: np.random.Generator,
    days: OpeningDays,
    menu: tuple[Service, ...],
    clients: pd.DataFrame,
    takes: Bools,
    interval: Floats,
) -> pd.DataFrame:
    """One row per client and service, from who takes what (clients x menu) and how often (the same shape, in days).

    Columns: client and service (positions); main; interval and k; first, stop and drift (moments of the clock).
    """
    kind = clients["kind"].to_numpy()
    rhythmic = np.array([not service.occasional for service in menu])
    takes = takes.copy()
    takes[~takes[:, rhythmic].any(axis=1), 0] = True
    main = np.argmax(takes & rhythmic, axis=1)
    only_main = np.isin(kind, ["one_time", "yearly"])
    takes &= ~only_main[:, None] | (np.arange(len(menu)) == main[:, None])

    client, service = np.nonzero(takes)
    own_k = np.array([service.k or np.nan for service in menu])[service]
    slower = (kind[client] == "erratic") & np.isnan(own_k)
    days_between = np.where(slower, ERRATIC_SLOWER, 1.0) * interval[client, service]
    days_between = np.where(kind[client] == "yearly", YEAR, days_between)
    k = np.where(np.isnan(own_k) | (kind[client] == "yearly"), clients["k"].to_numpy()[client], own_k)

    start = clients["start"].to_numpy()[client]
    is_main = service == main[client]
    waits = ~is_main & (rng.random(len(client)) > ON_THE_FIRST_DAY)
    first = (
        np.where(start < 0, rng.random(len(client)), np.where(waits, rng.random(len(client)), 0.0))
        * days_between
    )
    first += days.moments(np.maximum(start, 0)) + 1e-6

    drift_day = clients["drift"].to_numpy()[client]
    last_bookable = len(days.busyness) - 1
    stop_day = np.fmin(clients["left"].to_numpy()[client], last_bookable)
    given_up = ~is_main & ~np.isnan(drift_day) & (rng.random(len(client)) < GIVES_UP)
    stop_day = np.where(given_up, np.fmin(drift_day, stop_day), stop_day)
    stop = np.where(kind[client] == "one_time", first, days.moments(np.floor(stop_day) + 1.0))
    return pd.DataFrame(
        {
            "client": client,
            "service": service,
            "main": is_main,
            "interval": days_between,
            "k": k,
            "first": first,
            "stop": stop,
            "drift": days.moments(drift_day),
            "given_up": given_up,
        }
    )


def come(rng: np.random.Generator, streams: pd.DataFrame) -> Renewals:
    """Every stream's visits on the shop's clock."""
    columns = (streams[name].to_numpy() for name in ("first", "stop", "interval", "k", "drift"))
    return renewals(rng, *columns)


def visits(
    days: OpeningDays,
    menu: tuple[Service, ...],
    clients: pd.DataFrame,
    streams: pd.DataFrame,
    renewed: Renewals,
) -> pd.DataFrame:
    """One row per client, service and day on which they come for it; days after the last one are bookings.

    Columns: client, service (its name), day; sorted by client and day.
    """
    names = np.array([service.name for service in menu], dtype=object)
    came = pd.DataFrame(
        {
            "client": streams["client"].to_numpy()[renewed.stream],
            "service": names[streams["service"].to_numpy()[renewed.stream]],
            "day": np.minimum(days.days_at(renewed.moment), len(days.busyness) - 1),
        }
    )
    came = came[_in_season(days, clients, came)].drop_duplicates()
    for service in menu:
        if service.joins:
            came = come_together(came, service.name, list(service.joins), service.join_days)
    return came.sort_values(["client", "day", "service"], kind="stable", ignore_index=True)


def _in_season(days: OpeningDays, clients: pd.DataFrame, came: pd.DataFrame) -> Bools:
    """The visits that fall into a month in which the client comes."""
    season = clients["season"].to_numpy()[came["client"].to_numpy()]
    month = days.dates(came["day"].to_numpy()).month.to_numpy()
    comes: Bools = season == ""
    for months in set(season[~comes]):
        comes |= (season == months) & np.isin(month, [int(part) for part in months.split()])
    return comes
