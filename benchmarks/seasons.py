"""What the shop's calendar adds to the rhythms: generated shops with a season, yearly clients or closed weeks.

`python -m benchmarks.seasons [SEED ...]`: each shop is looked at on several days of its last year and a half, by the
rhythms alone and with the calendar on top, and judged by the 91 days that followed. A shop without any season is there
to show what a calendar costs where there is nothing to learn.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.arrays import Array, Bools, Ints
from analysis.book import TABLES, Book
from analysis.client_rhythm import client_rhythms, main_services
from analysis.settings import Settings
from analysis.shop_calendar import ShopCalendar
from analysis.visits import visits
from benchmarks.tables import figure, share, table

EPOCH = dt.date(1970, 1, 1)
FIRST = (dt.date(2020, 1, 6) - EPOCH).days
YEARS, HORIZON, WEEK = 4, 91, 7
LAST = FIRST + round(365.25 * YEARS)
CUTOFFS = range(LAST - HORIZON - 9 * 45, LAST - HORIZON, 45)
CLIENTS, USUAL_DAYS, REGULARITY, LEAVES = 200, 40.0, 5.0, 0.03
#: Visits a day of each month against the year's, January first.
GARDEN = np.array([0.5, 0.5, 0.8, 1.1, 1.4, 1.5, 1.4, 1.3, 1.1, 0.9, 0.8, 0.7])
LEVEL = np.ones(12)
SUMMER = (6, 7, 8)
AUGUST, AUGUST_WEEKS, CLOSED_WEEKDAYS = 8, (4, 24), (0, 6)
CHECK_UP_DAYS, CHECK_UP_SPREAD, STAYS_A_YEAR = 365, 20, 0.9

Drawn = tuple[Ints, Ints]  # client and day of each visit


def drawn(random: np.random.Generator, season: Array, clients: int = CLIENTS) -> Drawn:
    """Clients with gamma gaps on a clock that runs faster in busy months; new ones all the time, as others leave."""
    months = (
        (FIRST + np.arange(2 * (LAST - FIRST))).astype("datetime64[D]").astype("datetime64[M]").astype(int)
    )
    clock = np.cumsum((season / season.mean())[months % 12])
    rows: list[tuple[int, int]] = []
    for client in range(clients):
        begins = 0.0 if client < clients // 2 else float(random.uniform(0, clock[LAST - FIRST]))
        usual = USUAL_DAYS * float(np.exp(random.normal(0, 0.4)))
        tick = begins + float(random.uniform(0, usual))
        while tick < clock[LAST - FIRST - 1]:
            rows.append((client, FIRST + int(np.searchsorted(clock, tick))))
            if random.random() < LEAVES:
                break
            tick += float(random.gamma(REGULARITY, usual / REGULARITY))
    return _sorted(np.array(rows))


def level(random: np.random.Generator) -> Drawn:
    """Every month like the others."""
    return drawn(random, LEVEL)


def garden(random: np.random.Generator) -> Drawn:
    """Everyone comes more often in spring and summer."""
    return drawn(random, GARDEN)


def summer_clients(random: np.random.Generator) -> Drawn:
    """Two of five clients come in summer only, about monthly."""
    client, day = drawn(random, LEVEL, CLIENTS * 3 // 5)
    rows = [
        (CLIENTS + guest, (dt.date(year, month, 1 + int(random.integers(28))) - EPOCH).days)
        for guest in range(CLIENTS * 2 // 5)
        for year in range(2020, 2024)
        if random.random() < STAYS_A_YEAR
        for month in SUMMER
        if random.random() < STAYS_A_YEAR
    ]
    return _sorted(np.concatenate([np.column_stack([client, day]), np.array(rows)]))


def dentist(random: np.random.Generator) -> Drawn:
    """Everyone has a check-up about once a year."""
    rows = []
    for client in range(CLIENTS):
        day = FIRST + float(random.uniform(0, 730))
        while day < LAST:
            rows.append((client, int(day)))
            if random.random() > STAYS_A_YEAR:
                break
            day += float(random.normal(CHECK_UP_DAYS, CHECK_UP_SPREAD))
    return _sorted(np.array(rows))


def closed_weeks(random: np.random.Generator) -> Drawn:
    """Never open on Sundays and Mondays nor for three weeks of August; who waits comes within days of its opening."""
    client, day = drawn(random, LEVEL)
    waits = shut(day)
    while shut(day).any():
        day = np.where(shut(day), day + 1, day)
    day = np.where(waits, day + random.integers(0, 12, len(day)), day)
    while shut(day).any():
        day = np.where(shut(day), day + 1, day)
    return _sorted(np.column_stack([client, day]))


def shut(day: Ints) -> Bools:
    """Sundays, Mondays, and the 4th to the 24th of August."""
    date = day.astype("datetime64[D]")
    month = date.astype("datetime64[M]")
    of_month = (date - month).astype(int) + 1
    first, last = AUGUST_WEEKS
    in_august = (month.astype(int) % 12 + 1 == AUGUST) & (of_month >= first) & (of_month <= last)
    return np.asarray(in_august | np.isin((day + 3) % WEEK, CLOSED_WEEKDAYS))


SHOPS: dict[str, Callable[[np.random.Generator], Drawn]] = {
    "no season": level,
    "busy summers": garden,
    "summer clients": summer_clients,
    "yearly check-ups": dentist,
    "closed days and weeks": closed_weeks,
}


def _sorted(rows: Ints) -> Drawn:
    rows = np.unique(rows[rows[:, 1] < LAST], axis=0)
    return rows[:, 0], rows[:, 1]


@dataclass(frozen=True)
class Judged:
    """One look at one shop. `off`: log of the visits that came over those expected; `weeks_off`: mean error a week."""

    off: float
    weeks_off: float
    brier: float
    windows: Bools  # of who came within half a year: whether the window held the day
    on_closed: float  # share of next-visit dates on a closed weekday


@dataclass(frozen=True)
class Said:
    """What was said of each client (`ids`) on the day of a look; `low`, `middle`, `high`: days to the next visit."""

    ids: Ints
    p_no_visit: Array
    expected: Array
    weekly: Array
    low: Array
    middle: Array
    high: Array


def judged(came: Drawn, cutoff: int) -> tuple[Judged, Judged]:
    """By the rhythms alone, and with the calendar."""
    client, day = came
    seen = visits(_book(client, day, cutoff), EPOCH + dt.timedelta(days=cutoff))
    ids = seen.client_id.astype(int)
    fitted = client_rhythms(seen, main_services(seen), Settings())
    r = fitted.rhythms
    low, middle = (np.maximum(np.round(days), 1) for days in (r.next_low, r.next_days))
    high = np.maximum(np.ceil(r.next_high), 1)
    alone = Said(ids, r.p_no_visit, r.expected_visits, r.weekly_visits, low, middle, high)
    calendar = ShopCalendar.of(seen, fitted)
    r = calendar.follow_the_year(seen, fitted, HORIZON).rhythms
    in_season = calendar.in_season(r, r.p_no_visit, r.expected_visits, HORIZON)
    dates = (np.asarray(days - cutoff, dtype=np.float64) for days in calendar.next_visit(r))
    told = Said(ids, *in_season, calendar.weekly_visits(r), *dates)
    later = client[day > cutoff], day[day > cutoff] - cutoff
    return _judge(alone, later, cutoff), _judge(told, later, cutoff)


def _judge(said: Said, later: Drawn, cutoff: int) -> Judged:
    client, ahead = later
    soon = np.isin(client, said.ids) & (ahead <= HORIZON)
    counts = pd.Series(ahead[soon]).groupby(client[soon]).size().reindex(said.ids, fill_value=0).to_numpy()
    weeks = said.weekly.shape[1]
    came = np.bincount((ahead[soon] - 1) // WEEK, minlength=weeks)[:weeks]
    first = pd.Series(ahead).groupby(client).min().reindex(said.ids).to_numpy(dtype=float)
    known = first <= 2 * HORIZON
    weekday = (cutoff + said.middle.astype(np.int64) + 3) % WEEK
    return Judged(
        off=float(np.log(counts.sum() / said.expected.sum())),
        weeks_off=float(np.abs(came - said.weekly.sum(axis=0)).mean()),
        brier=float(((said.p_no_visit - (counts == 0)) ** 2).mean()),
        windows=((first >= said.low) & (first <= said.high))[known],
        on_closed=float(np.isin(weekday, CLOSED_WEEKDAYS).mean()),
    )


def _book(client: Ints, day: Ints, cutoff: int) -> Book:
    now = day <= cutoff
    date = day[now].astype("datetime64[D]").astype("datetime64[s]")
    sales = pd.DataFrame({"client_id": client[now].astype(str), "date": date, "status": "completed"})
    sales = sales.reindex(columns=list(TABLES["sales"])).astype(dict(TABLES["sales"]))
    return Book(tables={"sales": sales}, known={"sales": frozenset({"client_id", "date"})})


def seasons_table(seeds: list[int]) -> str:
    """Means over the looks at each shop, without the calendar and with it."""
    rows = []
    for name, draw in SHOPS.items():
        looks = [
            judged(came, cutoff)
            for seed in seeds
            for came in [draw(np.random.default_rng(seed))]
            for cutoff in CUTOFFS
        ]
        for place, how in enumerate(("rhythms alone", "with the calendar")):
            told = [look[place] for look in looks]
            rows.append(
                [
                    name,
                    how,
                    share(float(np.mean([abs(one.off) for one in told]))),
                    share(float(np.mean([one.off for one in told])), signed=True),
                    figure(float(np.mean([one.weeks_off for one in told])), 1),
                    figure(float(np.mean([one.brier for one in told])), 3),
                    share(float(np.concatenate([one.windows for one in told]).mean())),
                    share(float(np.mean([one.on_closed for one in told]))),
                ]
            )
    headers = (
        "shop",
        "",
        "visits expected off by",
        "bias",
        "a week off by",
        "Brier",
        "window holds",
        "dates on Sunday or Monday",
    )
    return table(headers, rows)


if __name__ == "__main__":
    print(seasons_table([int(seed) for seed in sys.argv[1:]] or [1, 2]))
