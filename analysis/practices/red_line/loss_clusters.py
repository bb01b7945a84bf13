"""Weeks in which the shop lost more clients than its own history explains, and what those clients have in common.

A loss is a goodbye, or a cancelled or missed appointment after which the client neither came nor booked again; it is
dated by that day, and a client has one at most. An export that tells neither has lapses instead: the day on which a
silence grew longer than the client's own limit (`gone_after_days`).

Of this week's cancellations some clients will still come back, of last year's those did already. So each week is
judged (`weekly_limit`) against earlier weeks as they stood when they were as old as it is now. What had been booked at
the time is not known of earlier weeks: it counts there as nothing booked, which makes the alarm a little slower, never
faster.
Exposure is the number of clients who came in the half year before, times the season's factor where the shop's season is
known; of lapses the number of visits whose silence would reach its limit in that week.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy import stats

from analysis.arrays import Array, Ints, as_dates, as_days
from analysis.portfolio import Portfolio
from analysis.practices.red_line.loss_events import Basis, at_risk, basis_of, loss_events
from analysis.practices.red_line.weekly_limit import Limit, weekly_limit
from analysis.practices.red_line.weeks import mondays, places

WEEKS_SHOWN = 52
#: What is shared by so few, or as often as everywhere else, is no lead.
_SHARED_BY, _SHARED_CHANCE = 2, 0.05

#: client_id, date, kind (goodbye | cancelled | no_show | lapsed)
LOSS = ("client_id", "date", "kind")
#: week (its Monday), losses, usual, limit (the count from which it is marked), chance (of so many or more), unusual;
#: NaN where there was too little history to say.
WEEKS = ("week", "losses", "usual", "limit", "chance", "unusual")


@dataclass(frozen=True)
class Shared:
    """`clients` of those lost in a week have `value` (a seller, service, kind of problem); `usual` share elsewhere."""

    field: Literal["staff", "service", "problem"]
    value: str
    clients: int
    usual: float


@dataclass(frozen=True)
class Cluster:
    """An unusual week: who was lost in it (rows of LOSS), how many a week usually brings, and what they share."""

    week: pd.Timestamp
    losses: pd.DataFrame
    usual: float
    chance: float
    shared: tuple[Shared, ...]


@dataclass(frozen=True)
class LossClusters:
    """`weeks` are the last `WEEKS_SHOWN`; `judged` is False where no week could be told from chance yet."""

    basis: Basis
    weeks: pd.DataFrame
    losses: pd.DataFrame
    clusters: tuple[Cluster, ...]  # the latest first, within the weeks shown
    days_since_last: int | None
    longest_quiet: int | None  # days between two losses in a row, the current quiet included

    @property
    def judged(self) -> bool:
        return bool(self.weeks["limit"].notna().any())


def loss_clusters(portfolio: Portfolio) -> LossClusters:
    """Losses by week, the weeks out of line, and how long it has been quiet."""
    basis = basis_of(portfolio)
    events = loss_events(portfolio, basis)
    today = int(as_days(np.datetime64(portfolio.as_of)))
    booked = portfolio.clients.loc[portfolio.clients["booked_for"].notna(), "client_id"]
    lost = events.loc[
        (events["over"] > today) & ~(events["client_id"].isin(booked) & (events["kind"] != "goodbye"))
    ]
    weeks = _weeks(portfolio, basis, events, lost, today)
    losses = lost.sort_values(["day", "client_id"]).assign(date=lambda rows: as_dates(rows["day"]))
    losses = losses[list(LOSS)].reset_index(drop=True)
    shown = weeks.tail(WEEKS_SHOWN).reset_index(drop=True)
    marked = shown.loc[shown["unusual"].astype(bool)]
    clusters = [_cluster(portfolio, row, losses) for _, row in marked.iterrows()]
    return LossClusters(basis, shown, losses, tuple(clusters[::-1]), *_quiet(losses, portfolio))


def _weeks(
    portfolio: Portfolio, basis: Basis, events: pd.DataFrame, lost: pd.DataFrame, today: int
) -> pd.DataFrame:
    """A row per week since the shop's history can show losses: WEEKS."""
    first, exposure = at_risk(portfolio, basis, today)
    number = len(exposure)
    counted = np.bincount(places(lost["day"], first, number), minlength=number)[:number]
    limits = _limits(events, counted, exposure, first, today)
    return pd.DataFrame(
        {
            "week": as_dates(mondays(first, number)),
            "losses": counted,
            "usual": [limit.usual if limit else np.nan for limit in limits],
            "limit": [float(limit.count) if limit else np.nan for limit in limits],
            "chance": [
                limit.chance(int(losses)) if limit else np.nan
                for losses, limit in zip(counted, limits, strict=True)
            ],
            "unusual": [
                limit is not None and losses >= limit.count
                for losses, limit in zip(counted, limits, strict=True)
            ],
        }
    )


def _limits(
    events: pd.DataFrame, counted: Ints, exposure: Array, first: int, today: int
) -> list[Limit | None]:
    """The limit of each week, from earlier weeks that were not marked themselves, as they stood at the same age."""
    number = len(counted)
    day, over = events["day"].to_numpy(dtype=float), events["over"].to_numpy(dtype=float)
    place = places(events["day"], first, number)
    inside = (place >= 0) & (place < number)
    day, over, place = day[inside], over[inside], place[inside]
    ends = mondays(first, number) + 6
    usual_week = np.ones(number, dtype=bool)
    limits: list[Limit | None] = []
    for week in range(number):
        age = today - ends[week]
        still = over > ends[place] + age
        then = np.bincount(place[still], minlength=number).astype(float)
        earlier = usual_week & (np.arange(number) < week)
        limit = weekly_limit(then[earlier], exposure[earlier], float(exposure[week]))
        usual_week[week] = limit is None or counted[week] < limit.count
        limits.append(limit)
    return limits


def _cluster(portfolio: Portfolio, row: pd.Series, losses: pd.DataFrame) -> Cluster:
    week = pd.Timestamp(row["week"])
    inside = losses["date"].between(week, week + pd.Timedelta(days=6))
    lost = losses.loc[inside].reset_index(drop=True)
    shared = _shared(portfolio, lost["client_id"])
    return Cluster(week, lost, float(row["usual"]), float(row["chance"]), shared)


def _shared(portfolio: Portfolio, who: pd.Series) -> tuple[Shared, ...]:
    """What more of these clients have in common than chance would bring: usual seller, service, kinds of problem.

    Binomial against the share of all other clients; each at most by its 5%, the strongest of a field only.
    """
    clients = portfolio.clients.set_index("client_id")
    problems = portfolio.records.problems[["client_id", "kind"]].drop_duplicates()
    had = {
        "staff": clients["staff"].rename("value").reset_index(),
        "service": clients["service"].rename("value").reset_index(),
        "problem": problems.rename(columns={"kind": "value"}),
    }
    found = []
    others = max(len(clients) - len(who), 1)
    for name, rows in had.items():
        told = rows.loc[rows["value"] != ""]
        inside = told["client_id"].isin(who)
        counts = told.loc[inside, "value"].value_counts()
        usual = told.loc[~inside, "value"].value_counts() / others
        leads = [
            (float(stats.binom.sf(count - 1, len(who), usual.get(value, 0.0))), value, int(count))
            for value, count in counts.items()
            if count >= _SHARED_BY
        ]
        if leads and min(leads)[0] < _SHARED_CHANCE:
            _, value, count = min(leads)
            found.append(Shared(name, str(value), count, float(usual.get(value, 0.0))))  # type: ignore[arg-type]
    return tuple(found)


def _quiet(losses: pd.DataFrame, portfolio: Portfolio) -> tuple[int | None, int | None]:
    if losses.empty:
        return None, None
    today = pd.Timestamp(portfolio.as_of)
    days = pd.Series([*losses["date"].unique(), today]).diff().dt.days.dropna()
    return int((today - losses["date"].max()).days), int(days.max())
