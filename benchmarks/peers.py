"""The rules and the model that Puntual is compared with, each told the same visits and asked the same questions."""

from __future__ import annotations

import importlib
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.arrays import Array

#: BG/NBD is fitted by an optimiser, which does not always arrive: it is then held back, a little at first.
PENALTIES = (0.0, 0.001, 0.01, 0.1)


@dataclass(frozen=True)
class Said:
    """What a method says of each client; a rule has a score only. The higher the score, the likelier to stay away."""

    score: Array
    p_no_visit: Array | None = None
    visits: Array | None = None


class PeerMissingError(Exception):
    """A peer cannot take part, and why."""


def recency(clients: pd.DataFrame) -> Said:
    """Days since the last visit. `clients` has first_day, last_day, visits and silence."""
    return Said(clients["silence"].to_numpy(dtype=np.float64))


def own_gap(clients: pd.DataFrame) -> Said:
    """The same over the client's own mean gap; with one visit, over that of all."""
    gap = (clients["last_day"] - clients["first_day"]) / (clients["visits"] - 1).where(clients["visits"] > 1)
    return Said((clients["silence"] / gap.fillna(gap.mean()).clip(lower=1)).to_numpy(dtype=np.float64))


def bg_nbd(clients: pd.DataFrame, horizon_days: int) -> tuple[Said, str]:
    """BG/NBD (Fader, Hardie & Lee 2005) by PyPI's `lifetimes`, and how it was fitted. Raises PeerMissingError."""
    try:
        lifetimes = importlib.import_module("lifetimes")
    except ImportError as missing:
        raise PeerMissingError(
            f"{missing}: pip install -r benchmarks/requirements.txt, in an environment of its own"
        ) from missing
    repeats = (clients["visits"] - 1).to_numpy(dtype=np.float64)
    span = (clients["last_day"] - clients["first_day"]).to_numpy(dtype=np.float64)
    age = span + clients["silence"].to_numpy(dtype=np.float64)
    for penalty in PENALTIES:
        model = lifetimes.BetaGeoFitter(penalizer_coef=penalty)
        try:
            model.fit(repeats, span, age)
            break
        except importlib.import_module("lifetimes.utils").ConvergenceError:
            continue
    else:
        raise PeerMissingError(f"BG/NBD did not converge, held back up to {PENALTIES[-1]}")
    alive = np.asarray(model.conditional_probability_alive(repeats, span, age), dtype=np.float64)
    # Alive, the rate is a gamma of r + repeats and alpha + age; no visit in the horizon is its Laplace transform there.
    r, alpha = float(model.params_["r"]), float(model.params_["alpha"])
    silent = ((alpha + age) / (alpha + age + horizon_days)) ** (r + repeats)
    p_no_visit = 1 - alive * (1 - silent)
    visits = model.conditional_expected_number_of_purchases_up_to_time(horizon_days, repeats, span, age)
    return Said(p_no_visit, p_no_visit, np.asarray(visits, dtype=np.float64)), f"penalty {penalty:g}"
