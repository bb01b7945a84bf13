"""Shares of those who did something by some time, where not everyone could be watched that long.

The estimate is Kaplan and Meier's (1958). Its interval holds four times in five: Wilson's, with as many trials as
Greenwood's variance is worth (Rothman 1978), which stays between 0 and 1 and has a width where all or none did.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.arrays import Array, Bools
from analysis.intervals import of_share

#: Of so many clients watched to the end a share is told; of fewer where there are no more.
FEWEST_WATCHED = 5


@dataclass(frozen=True)
class Share:
    """A share, 0-1, its 80% interval, of how many clients, and what these are worth as trials watched to the end.

    NaN where too few could be watched long enough.
    """

    share: float = math.nan
    low: float = math.nan
    high: float = math.nan
    clients: int = 0
    trials: float = 0.0

    @property
    def known(self) -> bool:
        return not math.isnan(self.share)


def share_of(hits: float, of: float, clients: int | None = None) -> Share:
    """A plain share of `of` trials (not always whole, where they weigh differently)."""
    if of <= 0:
        return Share()
    low, high = of_share(hits, of)
    return Share(hits / of, float(low), float(high), round(of) if clients is None else clients, of)


def happened_by(time: Array, happened: Bools, watched: Array, at: float) -> Share:
    """Share to whom it has happened by `at`.

    `time`: when it did, or until when they were watched; `watched`: until when they are, or could have been.
    """
    lasted = _lasting(time, happened & (time <= at), watched, at)
    return Share(1 - lasted.share, 1 - lasted.high, 1 - lasted.low, lasted.clients, lasted.trials)


def lasting_until(time: Array, ended: Bools, watched: Array, at: float) -> Share:
    """Share for whom it had not ended before `at`; arrays as for `happened_by`."""
    return _lasting(time, ended & (time < at), watched, at)


def shares_lasting(time: Array, ended: Bools, watched: Array, moments: Sequence[float]) -> Array:
    """The share of `lasting_until` at each of the moments; NaN where too few could be watched so long."""
    shares = np.full(len(moments), math.nan)
    clients = len(time)
    if not clients:
        return shares
    when, ends = np.unique(time[ended], return_counts=True)
    kept = 1 - ends / (clients - np.searchsorted(np.sort(time), when, side="left"))
    for place, at in enumerate(moments):
        if int((watched >= at).sum()) >= min(FEWEST_WATCHED, clients):
            shares[place] = np.prod(kept[: np.searchsorted(when, at)])
    return shares


def _lasting(time: Array, ended: Bools, watched: Array, at: float) -> Share:
    """`ended`: those for whom it did within the time that counts."""
    clients = len(time)
    to_the_end = int((watched >= at).sum())
    if not clients or to_the_end < min(FEWEST_WATCHED, clients):
        return Share(clients=clients)
    moments, ends = np.unique(time[ended], return_counts=True)
    at_risk = clients - np.searchsorted(np.sort(time), moments, side="left")
    lasted = float(np.prod(1 - ends / at_risk))
    if lasted in (0.0, 1.0):
        trials = float(to_the_end)
    else:
        greenwood = float((ends / (at_risk * (at_risk - ends))).sum())
        trials = (1 - lasted) / (lasted * greenwood)
    found = share_of(lasted * trials, trials)
    return Share(lasted, found.low, found.high, clients, trials)
