"""When a client's silence calls for a call: one rule, for today's list and every past one the back-test replays."""

from __future__ import annotations

import numpy as np

from analysis.arrays import Array, Bools, Ints

ACTIVE_VISITS = 3  # with fewer visits nobody has a rhythm an alarm could be early for
#: An early signal: not late yet, but more likely than not to stay away, or this many times as likely as a client
#: usually is; and clearly more than usual where half of the clients skip a horizon anyway.
EARLY_SIGNAL, EARLY_SIGNAL_TIMES, EARLY_SIGNAL_LEAST_TIMES = 0.5, 2.5, 1.25
GONE_BELOW = 0.5  # P(alive) under one half: probably gone; a call list is for those who can still be kept


def active(visits: Ints, silence_days: Array, horizon_days: int) -> Bools:
    """Those for whom an alarm is early: at least 3 visits, one of them within the last horizon."""
    return np.asarray((visits >= ACTIVE_VISITS) & (silence_days <= horizon_days))


def flagged(
    visits: Ints,
    silence_days: Array,
    late_after: Array,
    p_alive: Array,
    p_no_visit: Array,
    horizon_days: int,
    typical: float,
) -> Bools:
    """Late and still reachable, or active with an early signal. `typical` is the usual share that does not return.

    Whose usual gap may well outlast the horizon stays away for one without any sign of leaving: of them an early signal
    is asked to be more likely than not.
    """
    known = (visits >= ACTIVE_VISITS) & (p_alive >= GONE_BELOW)
    late = silence_days > late_after
    threshold = min(EARLY_SIGNAL, EARLY_SIGNAL_TIMES * typical) if typical > 0 else EARLY_SIGNAL
    threshold = max(threshold, EARLY_SIGNAL_LEAST_TIMES * typical)
    slow = late_after > horizon_days
    enough = np.where(slow, max(threshold, EARLY_SIGNAL), threshold)
    early = active(visits, silence_days, horizon_days) & (p_no_visit >= enough)
    return np.asarray(known & (late | early))


def value_at_stake(annual_value: Array, p_no_visit: Array, p_alive: Array) -> Array:
    """A year of the client's visits, times how likely they stay away, times how likely a call still reaches them."""
    return annual_value * p_no_visit * p_alive
