"""Invented origins: what was known of clients on past days, and what came, as a test wants it."""

import numpy as np
from scipy import special

from analysis.arrays import Array, Bools
from analysis.early_signals import Past
from analysis.early_signals.features import FEATURES
from analysis.early_signals.past import Origin

HORIZON = 91


def origin(
    day: int,
    p_rhythm: Array,
    stayed_away: Bools,
    *,
    silence: Array | None = None,
    own_gap: Array | None = None,
    p_random: Array | None = None,
    late: Bools | None = None,
    **features: Array,
) -> Origin:
    """Active clients of one past day; the features are the rhythm's own and those given, the others 0."""
    clients = len(p_rhythm)
    columns = {"rhythm": special.logit(p_rhythm), **features}
    silence = np.full(clients, 20.0) if silence is None else silence
    return Origin(
        day=day,
        client=np.arange(clients),
        active=silence <= HORIZON,
        features=np.column_stack([columns.get(name, np.zeros(clients)) for name in FEATURES]),
        p_rhythm=p_rhythm,
        p_random=np.full(clients, 0.3) if p_random is None else p_random,
        silence=silence,
        own_gap=np.ones(clients) if own_gap is None else own_gap,
        annual_value=np.full(clients, 300.0),
        p_alive=np.full(clients, 0.9),
        late_after=np.where(late, silence - 1, silence + 1) if late is not None else silence + 1,
        visits=np.full(clients, 9),
        stayed_away=stayed_away,
        next_visit=np.where(stayed_away, np.inf, day + 30.0),
    )


def past_of(*looks: Origin, why: str = "") -> Past:
    """These looks, all closed by a today a horizon after the last of them."""
    last = looks[-1] if looks else None
    today = last.day + HORIZON if last is not None else 0
    return Past(HORIZON, today, looks, whole=last, why=why)
