"""What was promised for a day: cars ready, answers to problems. Drawn beside the simulation, which stays as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sample_data.arrays import Bools, Floats, Ints
from sample_data.opening_days import OpeningDays

#: Share of problems whose client was told a day, and how many days after it came up.
ANSWER_PROMISED, ANSWER_WITHIN = 0.8, (2, 7)
#: Share of problems of which somebody wrote down what happened.
WRITTEN_DOWN = 0.85
#: How late an ordinary late one is handed over, in days.
LATE_BY = (1, 4)
#: How late the really late ones are.
VERY_LATE_BY = (12, 26)
#: Share of longer jobs that are ready a day early.
EARLY = 0.15
#: and when they were promised, in days before the end.
QUIET, SHOWN = 60, 700
#: A promise that is overdue at the end was made this recently.
OVERDUE_SINCE = 18


@dataclass(frozen=True)
class Delivery:
    """What a shop promises: days a service takes, how often it keeps to them, and the service that seldom does."""

    takes: Mapping[str, int]  # days until it is ready, by service; others are ready the same day
    on_time: float
    slow_service: str
    slow_on_time: float
    very_late: int  # how many are really late
    overdue: int  # promised, not handed over and past their day at the end


def deliveries(
    rng: np.random.Generator, days: OpeningDays, lines: pd.DataFrame, delivery: Delivery
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The day promised and the day of delivery of every line (NaN = none), and the facts planted.

    All that is done on one visit is promised for one day and handed over on one.
    """
    done = lines[lines["status"].eq("completed") & (lines["client"] >= 0)]
    visits = (
        done.assign(takes=done["service"].map(delivery.takes).fillna(0).astype(int))
        .assign(slow=done["service"].eq(delivery.slow_service))
        .groupby(["client", "day"], as_index=False)
        .agg(takes=("takes", "max"), slow=("slow", "any"))
    )
    count = len(visits)
    promised = days.open_from(visits["day"].to_numpy() + visits["takes"].to_numpy())
    keeps = rng.random(count) < np.where(visits["slow"], delivery.slow_on_time, delivery.on_time)
    earlier = (rng.random(count) < EARLY) * (visits["takes"].to_numpy() > 1)
    delivered = np.where(keeps, promised - earlier, days.open_from(promised + rng.integers(*LATE_BY, count)))
    slow = visits["slow"].to_numpy()
    worst = _some(
        rng, slow & (promised < days.end - QUIET) & (promised > days.end - SHOWN), delivery.very_late
    )
    delivered[worst] = days.open_from(promised[worst] + rng.integers(*VERY_LATE_BY, len(worst)))
    recent = (promised >= days.end - OVERDUE_SINCE) & (promised < days.end - 2)
    waiting = _some(rng, recent, delivery.overdue)
    handed_over = delivered.astype("float64")
    handed_over[waiting] = np.nan
    handed_over[handed_over >= days.end] = np.nan
    given = visits.assign(promised=promised.astype("float64"), delivered=handed_over)
    at = pd.MultiIndex.from_frame(lines[["client", "day"]])
    of_line = given.set_index(["client", "day"])[["promised", "delivered"]].reindex(at).set_axis(lines.index)
    of_line = of_line.where(lines["status"].eq("completed"))
    return of_line, _facts(given, promised, delivered, worst, np.isnan(handed_over))


def _some(rng: np.random.Generator, among: Bools, count: int) -> Ints:
    """The places of so many of those marked, or of all where they are fewer."""
    places = np.flatnonzero(among)
    return rng.choice(places, min(count, len(places)), replace=False)


def _facts(given: pd.DataFrame, promised: Ints, delivered: Ints, worst: Ints, still: Bools) -> pd.DataFrame:
    late_by = given.assign(day=promised, value=delivered - promised)
    worst_ones = late_by.iloc[worst].assign(fact="delivered_very_late")
    waiting = late_by[still].assign(fact="promise_open", value="")
    return pd.concat([worst_ones, waiting])[["fact", "client", "day", "value"]]


def told(
    rng: np.random.Generator,
    days: OpeningDays,
    problems: pd.DataFrame,
    what_happened: Mapping[str, Sequence[str]],
) -> pd.DataFrame:
    """The problems with the day an answer was promised for, and what happened (by kind), where somebody wrote it."""
    count = len(problems)
    answer = days.open_from(problems["opened"].to_numpy() + rng.integers(*ANSWER_WITHIN, count))
    promised: Floats = np.where(rng.random(count) < ANSWER_PROMISED, answer, np.nan)
    picked = rng.random(count)
    written = [
        texts[int(pick * len(texts))] if texts else None
        for texts, pick in zip(problems["kind"].map(what_happened), picked, strict=True)
    ]
    detail = pd.Series(written, index=problems.index, dtype="object")
    return problems.assign(promised=promised, detail=detail.where(rng.random(count) < WRITTEN_DOWN))
