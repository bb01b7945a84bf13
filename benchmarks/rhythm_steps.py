"""Fitting and predicting alone, on as many clients as CDNOW had: ours and BG/NBD (steps of `benchmarks.cost`).

Whoever is measured here imports no more than it needs: the peak is the process's own.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable

import numpy as np

from analysis import rhythm
from analysis.arrays import Ints
from analysis.threads import one_thread

#: The published parameters of CDNOW, in weeks (Fader, Hardie & Lee 2005), 39 weeks of it.
RATE_SHAPE, RATE_SCALE_WEEKS, LEAVING_A, LEAVING_B = 0.243, 4.414, 0.793, 2.426
WEEK, DAYS, ENTERED_WITHIN = 7, 39 * 7, 12 * 7
HORIZON_DAYS = 91
#: Asked once before, for what is only loaded when first used.
WARM_UP_CLIENTS = 500


def cdnow_like(clients: int, seed: int = 1) -> tuple[Ints, Ints]:
    """Visits of BG/NBD clients with CDNOW's parameters: client and day, sorted, a day once."""
    random = np.random.default_rng(seed)
    rate = random.gamma(RATE_SHAPE, 1 / (RATE_SCALE_WEEKS * WEEK), clients)
    leaving = random.beta(LEAVING_A, LEAVING_B, clients)
    at = random.uniform(0, ENTERED_WITHIN, clients)
    client = np.arange(clients)
    who, when = [client], [at]
    while len(client):  # one visit of everyone who still comes
        with np.errstate(divide="ignore"):
            at = at + random.exponential(1 / rate[client])
        here = at <= DAYS
        client, at = client[here], at[here]
        who.append(client)
        when.append(at)
        stays = random.random(len(client)) >= leaving[client]
        client, at = client[stays], at[stays]
    days = np.unique(np.column_stack([np.concatenate(who), np.concatenate(when).astype(np.int64)]), axis=0)
    return days[:, 0], days[:, 1]


def mixture(clients: int) -> Callable[[], int]:
    """Ours: histories, grid, prior, widths of the windows, and everything that is said of each client."""
    client, day = cdnow_like(clients)

    @one_thread()
    def fit_and_predict(client: Ints, day: Ints, clients: int) -> int:
        known = rhythm.histories(client, day, DAYS, clients)
        prior = rhythm.fit(known, rhythm.grid(known, HORIZON_DAYS))
        masses = rhythm.learn_masses(known, prior)
        group = np.zeros(clients, dtype=np.int64)
        return len(rhythm.predict(known, [prior], group, HORIZON_DAYS, masses).p_no_visit)

    few = client < WARM_UP_CLIENTS
    fit_and_predict(client[few], day[few], WARM_UP_CLIENTS)
    return lambda: fit_and_predict(client, day, clients)


def bg_nbd(clients: int) -> Callable[[], int]:
    """The peer: fitted, and P(alive) and expected visits of each client. Raises ImportError without `lifetimes`."""
    fitter = importlib.import_module("lifetimes").BetaGeoFitter
    client, day = cdnow_like(clients)
    first = np.flatnonzero(np.diff(client, prepend=-1))
    visits = np.diff(np.append(first, len(client)))
    history = (
        visits - 1.0,
        (day[first + visits - 1] - day[first]).astype(float),
        (DAYS - day[first]).astype(float),
    )

    def fit_and_predict(*history: object) -> int:
        model = fitter().fit(*history)
        model.conditional_expected_number_of_purchases_up_to_time(HORIZON_DAYS, *history)
        return len(model.conditional_probability_alive(*history))

    fit_and_predict(*(each[:WARM_UP_CLIENTS] for each in history))
    return lambda: fit_and_predict(*history)
