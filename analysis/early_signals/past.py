"""Past days to learn from and be judged on: what was known that day, and what came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from analysis import alarm, rhythm
from analysis.arrays import Array, Bools, Ints
from analysis.early_signals.bg_nbd import BgNbd
from analysis.early_signals.features import Facts, facts, mean_gap
from analysis.events import Events
from analysis.signals import sign_columns
from analysis.visits import Visits

#: The past is looked at about once a month, as its owner does: three times a horizon.
LOOKS_A_HORIZON = 3
CLOSED_LOOKS = 13  # days whose horizon has closed by today
OPEN_LOOKS = 2  # and the days since, on which an alarm may have gone up
LOOKS_A_MODEL = 3  # the shop's rhythms are learned anew once a horizon: they change slowly
WATCHED_HORIZONS = 2  # a silence is watched for so long; then the client has lapsed
WATCHED_CLIENTS = 1_000  # more change no figure in its second decimal, they only cost time
MIN_HISTORY_HORIZONS = 2.0  # before the first look there must be this much history to have rhythms at all
MIN_ACTIVE = 15  # fewer active clients on a day say nothing
GRID_SERVES_TIMES = 2.0  # kernels made for a history serve until it is so many times as long
WARM_EM_STEPS = 4  # a prior that starts from the one before needs few steps
DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Model:
    """The shop's rhythms as known on a day."""

    day: int
    prior: rhythm.Prior
    random: BgNbd
    grid_day: int  # when the kernels were made


@dataclass(frozen=True)
class Origin(Facts):
    """Watched clients on one past day: what was known (and what the model said), and what came."""

    day: int
    annual_value: Array
    p_alive: Array
    late_after: Array
    visits: Ints
    stayed_away: Bools  # no visit within the horizon; says nothing yet where the horizon has not closed
    next_visit: Array  # day of the first visit after this one, infinite where there is none by today


@dataclass(frozen=True)
class Past:
    """The looks at the past, oldest first: clients with 3 visits who had not been silent for two horizons.

    Of a big shop the looks hold a sample of its clients, always the same; `whole` has all active ones on the latest day
    whose horizon has closed. `why` says why there are no looks (a code, "" if there are).
    """

    horizon_days: int
    today: int
    looks: tuple[Origin, ...] = ()
    models: tuple[Model, ...] = ()
    whole: Origin | None = None
    why: str = ""

    def is_closed(self, look: Origin) -> bool:
        return look.day + self.horizon_days <= self.today

    @cached_property
    def origins(self) -> list[Origin]:
        """The active clients of the days whose horizon has closed, where there were enough of them."""
        closed = [look.of(look.active) for look in self.looks if self.is_closed(look)]
        return [origin for origin in closed if len(origin.client) >= MIN_ACTIVE]

    def model_of(self, day: int) -> Model | None:
        """The latest model known on that day."""
        known = _known_on(day, self.models)
        return known[-1] if known else None


def _known_on(day: int, models: Sequence[Model]) -> list[Model]:
    """Those learned by that day, the latest last."""
    return [model for model in models if model.day <= day]


def look_back(seen: Visits, happened: Events, horizon_days: int) -> Past:
    """Everything the early signals learn from and are judged on. Nothing of a look comes from after its day."""
    days = _days(seen, horizon_days)
    nothing = Past(horizon_days, seen.today)
    if not len(days):
        return replace(nothing, why="too_short")
    watched = _watched(seen)
    part = seen if len(watched) == seen.clients else seen.only(watched)
    part_happened = happened if part is seen else happened.only(seen.renumbered(watched))
    looks: list[Origin] = []
    models: list[Model] = []
    for place, day in enumerate(days):
        if place % LOOKS_A_MODEL == 0:
            models.append(_model(seen, int(day), horizon_days, models[-1] if models else None))
        reach = WATCHED_HORIZONS * horizon_days
        looks.append(_look(part, part_happened, watched, int(day), horizon_days, reach, models[-1]))
    past = replace(nothing, looks=tuple(looks), models=tuple(models))
    if not past.origins:
        return replace(nothing, why="too_few_clients")
    latest = [look for look in looks if past.is_closed(look)][-1]
    if len(watched) < int((seen.rows_until(latest.day) - seen.first_row >= alarm.ACTIVE_VISITS).sum()):
        everyone = np.arange(seen.clients)
        model = _known_on(latest.day, models)[-1]  # there is one from the first look on
        whole = _look(seen, happened, everyone, latest.day, horizon_days, horizon_days, model)
    else:
        whole = latest
    return replace(past, whole=whole.of(whole.active))


def _days(seen: Visits, horizon_days: int) -> Ints:
    """Evenly spaced days back from today, oldest first; none where no horizon has closed since the first can be."""
    back = np.arange(LOOKS_A_HORIZON - OPEN_LOOKS, LOOKS_A_HORIZON + CLOSED_LOOKS)
    days = np.unique(seen.today - np.round(back * horizon_days / LOOKS_A_HORIZON).astype(np.int64))
    first = int(seen.table["day"].min()) + int(MIN_HISTORY_HORIZONS * horizon_days)
    days = days[days >= first]
    return days if len(days) and days[0] + horizon_days <= seen.today else days[:0]


def _watched(seen: Visits) -> Ints:
    """Clients with enough visits to be watched, or a sample of them spread evenly over all kinds of history."""
    visits = seen.rows_until(seen.today) - seen.first_row
    clients = np.flatnonzero(visits >= alarm.ACTIVE_VISITS)
    if len(clients) <= WATCHED_CLIENTS:
        return np.arange(seen.clients) if seen.clients <= WATCHED_CLIENTS else clients
    day = seen.table["day"].to_numpy()
    first, last = day[seen.first_row[clients]], day[seen.rows_until(seen.today)[clients] - 1]
    order = np.lexsort((visits[clients], last, first))
    return np.sort(clients[order[np.linspace(0, len(order) - 1, WATCHED_CLIENTS).astype(np.int64)]])


def _model(seen: Visits, day: int, horizon_days: int, before: Model | None) -> Model:
    """Learned from what had happened by the day, starting from the model before."""
    row, when = seen.table["client"].to_numpy(), seen.table["day"].to_numpy()
    known = rhythm.histories(row, when, day, seen.clients)
    end = seen.rows_until(day)
    there = np.flatnonzero(end > seen.first_row)
    known = known.take(there)
    length = day - int(when.min())
    if before is not None and length <= GRID_SERVES_TIMES * (before.grid_day - int(when.min())):
        prior = rhythm.fit(known, before.prior.grid, start=before.prior, steps=WARM_EM_STEPS)
        grid_day = before.grid_day
    else:
        prior = rhythm.fit(known, rhythm.grid(known, int(GRID_SERVES_TIMES * length) + horizon_days))
        grid_day = day
    first, last = when[seen.first_row[there]], when[end[there] - 1]
    repeats, span, age = (end - seen.first_row)[there] - 1, last - first, day - first
    random = BgNbd.fit(repeats.astype(np.float64), span.astype(np.float64), age.astype(np.float64))
    return Model(day, prior, random, grid_day)


def _look(
    seen: Visits, happened: Events, number: Ints, day: int, horizon_days: int, reach_days: int, model: Model
) -> Origin:
    """Clients with 3 visits and no silence beyond `reach_days` at a day's end; client i's number is `number[i]`."""
    row, when = seen.table["client"].to_numpy(), seen.table["day"].to_numpy()
    known = rhythm.histories(row, when, day, seen.clients)
    visits = seen.rows_until(day) - seen.first_row
    who = np.flatnonzero((visits >= alarm.ACTIVE_VISITS) & (known.silence_days <= reach_days))
    view = rhythm.outlook(known.take(who), model.prior, horizon_days)
    signs = {name: column[who] for name, column in sign_columns(seen, happened, day).items()}
    end = seen.rows_until(day)[who]
    came = end < seen.rows_until(seen.today)[who]
    next_visit = np.where(came, when[np.minimum(end, len(when) - 1)], np.inf)
    ticket = np.asarray(signs["ticket_6"], dtype=float)
    value = np.nan_to_num(ticket * DAYS_A_YEAR / mean_gap(signs))
    return Origin(
        **vars(facts(signs, number[who], view.p_no_visit, model.random, horizon_days)),
        day=day,
        # Without amounts the list is ordered by risk, as today's is.
        annual_value=view.p_no_visit if np.isnan(ticket).all() else value,
        p_alive=view.p_alive,
        late_after=view.interval_high,
        visits=visits[who],
        stayed_away=next_visit > day + horizon_days,
        next_visit=next_visit,
    )
