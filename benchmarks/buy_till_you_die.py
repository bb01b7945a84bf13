"""The models of the literature by PyPI's `lifetimes`: BG/NBD, MBG/NBD and Pareto/NBD, all with random timing.

What they say of "no visit in the horizon" is derived here from what they assume: of who is still a client, the rate is
gamma distributed with r + repeats and alpha + age.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from analysis.arrays import Array
from benchmarks.past import Known
from benchmarks.peers import PeerMissingError, Said

#: They are fitted by an optimiser, which does not always arrive: it is then held back, a little at first.
PENALTIES = (0.0, 0.001, 0.01, 0.1)
#: Points of the Gauss-Legendre rule that integrates over the horizon; the integrand is smooth.
QUADRATURE_POINTS = 60
#: Guards under a division and under an exponential, where P(alive) is nothing anyway.
LEAST_ALIVE, LARGEST_LOG = 1e-300, 600.0


#: What a fitted model says of each client: P(alive), and of who is alive P(no visit in the horizon) and visits in it.
Outlook = tuple[Array, Array, Array]


@dataclass(frozen=True)
class Peer:
    """One model: its class in `lifetimes`, and what it says once fitted."""

    name: str
    fitter: str
    outlook: Callable[[Any, Known, int], Outlook]  # model, clients, horizon


def leaving_with_a_visit(model: Any, clients: Known, horizon_days: int) -> Outlook:  # noqa: ANN401 - untyped library
    """BG/NBD and MBG/NBD: nobody leaves but with a visit, so P(no visit) is the rate's Laplace transform."""
    history = (clients.repeats, clients.span, clients.age)
    alive = np.asarray(model.conditional_probability_alive(*history), dtype=np.float64)
    visits = model.conditional_expected_number_of_purchases_up_to_time(horizon_days, *history)
    r, alpha = (float(model.params_[name]) for name in ("r", "alpha"))
    until_now = alpha + clients.age
    silent = (until_now / (until_now + horizon_days)) ** (r + clients.repeats)
    return alive, silent, np.asarray(visits, dtype=np.float64) / np.maximum(alive, LEAST_ALIVE)


def leaving_any_day(model: Any, clients: Known, horizon_days: int) -> Outlook:  # noqa: ANN401 - untyped library
    """Pareto/NBD: both waits are integrals over days, because the library's closed forms overflow for many visits.

    Leaving has the gamma distributed rate s, beta: whoever is alive still stays t days with ((beta + age) / (beta +
    age + t))^s.
    """
    r, alpha, s, beta = (float(model.params_[name]) for name in ("r", "alpha", "s", "beta"))
    shape, age, span = (r + clients.repeats)[:, None], clients.age[:, None], clients.span[:, None]
    at, weight = np.polynomial.legendre.leggauss(QUADRATURE_POINTS)
    share, weight = (at + 1) / 2, weight / 2

    # Left on a day since the last visit, against still being alive today (Schmittlein, Morrison & Colombo 1987).
    day = span + (age - span) * share
    log_left = np.log(s / (beta + day)) + s * np.log((beta + age) / (beta + day))
    log_left += shape * np.log((alpha + age) / (alpha + day))
    alive = 1 / (1 + (np.exp(np.minimum(log_left, LARGEST_LOG)) @ weight) * (clients.age - clients.span))

    ahead = horizon_days * share
    log_stays = s * np.log((beta + age) / (beta + age + ahead))
    log_comes = np.log(shape / (alpha + age)) + (shape + 1) * np.log((alpha + age) / (alpha + age + ahead))
    silent = 1 - (np.exp(log_stays + log_comes) @ weight) * horizon_days
    visits = (shape / (alpha + age))[:, 0] * (np.exp(log_stays) @ weight) * horizon_days
    return alive, silent, visits


PEERS = (
    Peer("BG/NBD", "BetaGeoFitter", leaving_with_a_visit),
    Peer("MBG/NBD", "ModifiedBetaGeoFitter", leaving_with_a_visit),
    Peer("Pareto/NBD", "ParetoNBDFitter", leaving_any_day),
)


def fitted(peer: Peer, clients: Known) -> tuple[Any, str]:
    """The model fitted to the clients, equal histories once, and how. Raises PeerMissingError where it fails."""
    histories = np.column_stack([clients.repeats, clients.span, clients.age])
    one_each, times = np.unique(histories, axis=0, return_counts=True)
    library = _library()
    for penalty in PENALTIES:
        model = getattr(library, peer.fitter)(penalizer_coef=penalty)
        try:
            with _quietly():
                model.fit(*one_each.T, weights=times)
        except _convergence_error():
            continue
        if np.isfinite(np.asarray(model.params_, dtype=np.float64)).all():
            return model, f"penalty {penalty:g}" if penalty else ""
    raise PeerMissingError(f"did not converge, held back up to {PENALTIES[-1]}")


def said(peer: Peer, clients: Known, horizon_days: int) -> tuple[Said, str]:
    """What the model says of the clients, and what is worth knowing of its fit. Raises PeerMissingError."""
    model, how = fitted(peer, clients)
    with _quietly():
        alive, silent, visits = peer.outlook(model, clients, horizon_days)
    p, visits = 1 - alive * (1 - silent), alive * visits
    if not (np.isfinite(p).all() and np.isfinite(visits).all()):
        raise PeerMissingError("fitted, but its figures of some clients are no numbers")
    return Said(p, p, visits), how


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """A library of 2020 warns of today's numpy, and prints what its optimiser did."""
    with (
        Path(os.devnull).open("w") as nowhere,
        contextlib.redirect_stdout(nowhere),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        with np.errstate(all="ignore"):
            yield


def _library() -> ModuleType:
    try:
        with _quietly():
            return importlib.import_module("lifetimes")
    except ImportError as missing:
        raise PeerMissingError(
            f"{missing}: pip install -r benchmarks/requirements.txt, in an environment of its own"
        ) from missing


def _convergence_error() -> type[Exception]:
    error: type[Exception] = importlib.import_module("lifetimes.utils").ConvergenceError
    return error
