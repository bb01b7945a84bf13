"""Past days to learn from and be judged on: what was known that day, and what came."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis import alarm, rhythm
from analysis.arrays import Array, Bools, Ints
from analysis.early_signals.features import features_of, mean_gap, own_gap
from analysis.events import Events
from analysis.signals import signals
from analysis.visits import Visits

ORIGINS = 9
ORIGINS_SPAN_HORIZONS = 4.5  # how far back they reach where the history allows: about half a horizon apart
MIN_HISTORY_HORIZONS = 2.0  # before the first origin there must be this much history to have rhythms at all
MIN_ACTIVE = 15  # fewer active clients at an origin say nothing
WARM_EM_STEPS = 4  # a prior that starts from the origin before needs few steps
DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Origin:
    """Active clients on one past day: what was known (and what the model said), and what came."""

    day: int
    client: Ints
    features: Array  # (n, features)
    p_rhythm: Array
    silence: Array
    own_gap: Array  # silence over the client's own mean gap
    annual_value: Array
    p_alive: Array
    late_after: Array
    visits: Ints
    stayed_away: Bools


def origins(
    seen: Visits, happened: Events, horizon_days: int, settled: rhythm.Grid
) -> tuple[list[Origin], str]:
    """Past days, oldest first, and why there are none (a code, "" if there are).

    `settled` are the kernels; how common each is gets learned anew at every origin, from what had happened by then.
    """
    table = seen.table
    row, day = table["client"].to_numpy(), table["day"].to_numpy()
    first = int(day.min()) + int(MIN_HISTORY_HORIZONS * horizon_days)
    newest = seen.today - horizon_days
    if newest < first:
        return [], "too_short"
    oldest = max(first, newest - int(ORIGINS_SPAN_HORIZONS * horizon_days))
    found: list[Origin] = []
    prior: rhythm.Prior | None = None
    for cutoff in np.unique(np.linspace(oldest, newest, ORIGINS).astype(int)):
        known = rhythm.histories(row, day, int(cutoff), seen.clients)
        visits = np.bincount(row[day <= cutoff], minlength=seen.clients)
        there = known.take(np.flatnonzero(visits > 0))
        prior = rhythm.fit(there, settled, start=prior, steps=WARM_EM_STEPS if prior else rhythm.EM_STEPS)
        who = np.flatnonzero(alarm.active(visits, known.silence_days.astype(float), horizon_days))
        if len(who) >= MIN_ACTIVE:
            view = rhythm.outlook(known.take(who), prior, horizon_days)
            found.append(_origin(seen, happened, int(cutoff), horizon_days, who, view))
    return found, "" if found else "too_few_clients"


def _origin(
    seen: Visits, happened: Events, cutoff: int, horizon_days: int, who: Ints, view: rhythm.Outlook
) -> Origin:
    """What was known of the clients `who` at the end of the day `cutoff`, and whether they came within the horizon."""
    client, day = seen.table["client"].to_numpy(), seen.table["day"].to_numpy()
    never = np.full(seen.clients, np.inf)  # punctuality is no feature: no gap is late, none is early
    signs = signals(seen, happened, cutoff, never, -never).iloc[who]
    came = np.zeros(seen.clients, dtype=bool)
    came[client[(day > cutoff) & (day <= cutoff + horizon_days)]] = True
    ticket = signs["ticket_6"].to_numpy(dtype=float)
    value = np.nan_to_num(ticket * DAYS_A_YEAR / mean_gap(signs))
    return Origin(
        day=cutoff,
        client=who,
        features=features_of(signs, view.p_no_visit),
        p_rhythm=view.p_no_visit,
        silence=signs["silence"].to_numpy(dtype=float),
        own_gap=own_gap(signs),
        # Without amounts the list is ordered by risk, as today's is.
        annual_value=view.p_no_visit if np.isnan(ticket).all() else value,
        p_alive=view.p_alive,
        late_after=view.interval_high,
        visits=signs["visits"].to_numpy(dtype=np.int64),
        stayed_away=~came[who],
    )
