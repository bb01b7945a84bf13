"""The rules that Puntual is compared with, each told the same visits and asked the same questions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.arrays import Array
from benchmarks.past import Known


@dataclass(frozen=True)
class Said:
    """What a method says of each client; a rule has a score only. The higher the score, the likelier to stay away."""

    score: Array
    p_no_visit: Array | None = None
    visits: Array | None = None


class PeerMissingError(Exception):
    """A peer cannot take part, and why."""


def recency(clients: Known) -> Said:
    """Days since the last visit."""
    return Said(clients.silence.astype(np.float64))


def own_gap(clients: Known) -> Said:
    """The same over the client's own mean gap; with one visit, over that of all."""
    gap = np.where(np.isnan(clients.mean_gap), np.nanmean(clients.mean_gap), clients.mean_gap)
    return Said(clients.silence / np.maximum(gap, 1.0))


def next_by_own_gap(clients: Known) -> Array:
    """Days from the cutoff to the client's own median gap after the last visit, tomorrow at the earliest."""
    return np.maximum(np.round(clients.median_gap) - clients.silence, 1)
