"""When the alarm of a client's current silence first went up: the months are replayed as they were."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis import alarm, rhythm
from analysis.arrays import Bools, Dates, Ints
from analysis.client_rhythm import ClientRhythms
from analysis.early_signals import Choice, Past
from analysis.early_signals.features import facts
from analysis.events import Events
from analysis.history import month_ends
from analysis.signals import sign_columns
from analysis.visits import Visits, days_since_epoch

MONTHS_BACK = 12


def first_signals(
    seen: Visits,
    happened: Events,
    fitted: ClientRhythms,
    past: Past,
    choice: Choice,
    flagged: Bools,
    typical: float,
) -> Dates:
    """The first month end of each flagged client's silence at which they would have been flagged: (clients,).

    NaT for whoever is not flagged; today for whoever was not yet at the last month end. A client's gaps are the same
    all through a silence; the shop's rhythms and what had been learned of signs are those known on each day. `typical`,
    the usual share of active clients who do not return, is used where no past had closed yet.
    """
    out = np.full(seen.clients, np.datetime64("NaT", "s"))
    who = np.flatnonzero(flagged)
    if not len(who):
        return out
    part, part_happened = seen.only(who), happened.only(seen.renumbered(who))
    last = part.table["day"].to_numpy()[part.rows_until(seen.today) - 1]
    first = np.full(len(who), seen.today)
    for end in month_ends(seen.as_of, MONTHS_BACK + 1)[:-1][::-1]:
        day = days_since_epoch(end)
        silent = np.flatnonzero(last <= day)
        if not len(silent):
            continue
        on = _flagged_on(day, part, part_happened, fitted, past, choice, who, silent, day - last, typical)
        first[silent[on]] = day
    out[who] = first.astype("datetime64[D]").astype("datetime64[s]")
    return out


def _flagged_on(
    day: int,
    part: Visits,
    happened: Events,
    fitted: ClientRhythms,
    past: Past,
    choice: Choice,
    who: Ints,
    silent: Ints,
    silence: Ints,
    typical: float,
) -> Bools:
    """Which of the `silent` (places in `part`, whose numbers are `who`) were flagged that day."""
    model = past.model_of(day)
    known = replace(fitted.known.take(who[silent]), silence_days=silence[silent])
    view = rhythm.outlook(known, model.prior if model else fitted.pooled, past.horizon_days)
    signs = {name: column[silent] for name, column in sign_columns(part, happened, day).items()}
    told = facts(signs, silent, view.p_no_visit, model.random if model else None, past.horizon_days)
    return alarm.flagged(
        np.asarray(signs["visits"], dtype=np.int64),
        told.silence,
        view.interval_high,
        view.p_alive,
        choice.p_no_visit(told, day),
        past.horizon_days,
        choice.base_rate(day, typical),
    )
