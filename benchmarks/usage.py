"""How well due dates by use are told: simulated drivers, beside the calendar and beside textbook regressions.

`python -m benchmarks.usage [SEED ...]`: a workshop of 150 drivers of very different rates who come for oil every 5,000
km (or every half year, in one of the shops), with steady and unsteady months, slips of the pen, and readings left out.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from scipy.stats import theilslopes

from analysis.arrays import Array
from analysis.portfolio import analyse
from analysis.settings import Settings
from analysis.usage.readings import Readings, readings
from analysis.visits import visits
from benchmarks.drivers import FIRST_DAY, OIL, Workshop, workshop
from benchmarks.tables import figure, share, table

SHOPS: dict[str, Callable[..., Workshop]] = {
    "steady": partial(workshop),
    "or half a year": partial(workshop, limit_days=180.0),
    "unsteady months": partial(workshop, unsteady=0.6),
    "1 in 20 misread": partial(workshop, slips=0.05),
    "1 in 4 read": partial(workshop, read_share=0.25),
    "25 clients": partial(workshop, clients=25),
}
FEWEST_READINGS = 3


@dataclass(frozen=True)
class Judged:
    """One shop: errors of the logarithm of the rates (ours, Theil-Sen's, of the ends), and days off the next visit."""

    rate: Array
    theil_sen: Array
    ends: Array
    by_calendar: Array
    by_use: Array
    called_late: float  # share of those who come after the day from which they count as late


def judged(truth: Workshop) -> Judged:
    """What is told of a workshop on its last day, against what came."""
    settings = Settings(as_of=truth.as_of)
    used = analyse(truth.book(), settings).usage.clients
    rows = used.drop_duplicates("client_id").set_index("client_id")
    rows = rows[rows["readings"] >= FEWEST_READINGS]
    true = truth.per_day.reindex(rows.index).to_numpy()
    seen = visits(truth.book(), truth.as_of)
    found = readings(truth.book(), seen)
    number = pd.Series(range(seen.clients), seen.client_id).reindex(rows.index)
    cars = [found.take(found.client == each) for each in number]
    oil = used[used["service"] == OIL].set_index("client_id")
    came = pd.Timestamp(FIRST_DAY) + pd.to_timedelta(truth.next_oil, unit="D")
    without = analyse(truth.book(metered=False), settings).streams
    calendar = without[without["service"] == OIL].set_index("client_id")["due"]
    both = oil.index.intersection(calendar.index)
    late = oil.dropna(subset=["late_from"])
    return Judged(
        np.log(rows["units_per_day"].to_numpy() / true),
        np.log(np.maximum([theilslopes(car.value, car.day)[0] for car in cars], 1.0) / true),
        np.log(np.maximum([_between_ends(car) for car in cars], 1.0) / true),
        np.asarray((calendar[both] - came[both]).dt.days.dropna(), dtype=np.float64),
        np.asarray((oil.loc[both, "due"] - came[both]).dt.days.dropna(), dtype=np.float64),
        float((came[late.index] > late["late_from"]).mean()),
    )


def _between_ends(car: Readings) -> float:
    return float((car.value[-1] - car.value[0]) / max(car.day[-1] - car.day[0], 1))


def main(seeds: list[int]) -> None:
    """A line for each shop, over all seeds."""
    rows = []
    for name, make in SHOPS.items():
        looks = [judged(make(seed=seed)) for seed in seeds]
        rate, theil_sen, ends, by_calendar, by_use = (
            np.concatenate([getattr(look, part) for look in looks])
            for part in ("rate", "theil_sen", "ends", "by_calendar", "by_use")
        )
        rows.append(
            [
                name,
                *(share(float(np.sqrt((error**2).mean()))) for error in (rate, theil_sen, ends)),
                *(figure(float(np.abs(days).mean()), 1) for days in (by_use, by_calendar)),
                figure(float(np.median(by_use)), 0),
                share(float(np.mean([look.called_late for look in looks]))),
            ]
        )
    headers = ["drivers", "rate off by", "Theil-Sen", "first to last"]
    headers += ["next visit off by days", "by the calendar", "median", "come once late"]
    print(table(headers, rows))


if __name__ == "__main__":
    main([int(seed) for seed in sys.argv[1:]] or [1])
