"""When clients come: renewal processes on the shop's clock, many clients at once.

Gaps follow a gamma distribution with a client's own regularity k (Platzer & Reutterer 2016, "Ticking Away the
Moments": k = 1 is random, real barbershop clients lie at 3-5), now and then a visit is skipped altogether, and
the gaps of a client who drifts away lengthen until the last one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sample_data.arrays import Floats, Ints

#: Share of gaps in which one visit was skipped (ill, travelling): the gap is twice as long.
SKIPPED = 0.06

#: A drifting client's gaps grow to 1 + DRIFT times the usual one over DRIFT_DAYS, then stay there until the end.
DRIFT = 1.2
DRIFT_DAYS = 110.0


@dataclass(frozen=True)
class Renewals:
    """Visits of many streams, one entry a visit, each stream's in order of time but streams interleaved."""

    stream: Ints  # position of the stream
    moment: Floats
    gap: Floats  # on the clock, since the visit before; 0 for the first
    stretch: (
        Floats  # how many times its usual length the gap was made: skipped visits and drift; 1 = not at all
    )

    def missed(self, streams: int, begin: float, end: float) -> Floats:
        """Visits that fell out between two moments because gaps were stretched, per stream.

        A gap stretched to twice its length is one visit missed, spread evenly over the gap.
        """
        covered = np.minimum(self.moment, end) - np.maximum(self.moment - self.gap, begin)
        share = np.clip(covered, 0.0, None) / np.maximum(self.gap, 1e-9)
        missed = np.bincount(self.stream, weights=share * (self.stretch - 1.0), minlength=streams)
        return missed.astype("float64")


def renewals(
    rng: np.random.Generator, first: Floats, stop: Floats, interval: Floats, k: Floats, drift: Floats
) -> Renewals:
    """Every stream's visits from `first` up to `stop`.

    All arguments are moments or days, one per stream. `drift` is when the gaps begin to lengthen, NaN for never.
    """
    moment, gap, stretch = first.copy(), np.zeros(len(first)), np.ones(len(first))
    going = np.flatnonzero(moment <= stop)
    came = []
    while going.size:
        came.append((going, moment[going], gap[going], stretch[going]))
        skipped = np.where(rng.random(going.size) < SKIPPED, 2.0, 1.0)
        drifted = np.nan_to_num((moment[going] - drift[going]) / DRIFT_DAYS, nan=0.0)
        stretch[going] = skipped * (1.0 + DRIFT * np.clip(drifted, 0.0, 1.0))
        usual = rng.gamma(k[going]) * interval[going] / k[going]
        gap[going] = np.maximum(usual * stretch[going], 1.0)
        moment[going] += gap[going]
        going = going[moment[going] <= stop[going]]
    return Renewals(*(np.concatenate(column) for column in zip(*came, strict=True)))


def come_together(visits: pd.DataFrame, follower: str, leaders: list[str], days: int) -> pd.DataFrame:
    """Move the visits for one service to the nearest day, at most `days` away, that the client comes for others.

    `visits` has columns client, service, day. Nobody comes for a colour on Tuesday and a cut on Thursday.
    """
    moves = visits["service"].eq(follower)
    lead = visits.loc[visits["service"].isin(leaders), ["client", "day"]].assign(meets=lambda v: v["day"])
    moved = pd.merge_asof(
        visits[moves].sort_values("day", kind="stable"),
        lead.sort_values("day", kind="stable"),
        on="day",
        by="client",
        direction="nearest",
        tolerance=days,
    )
    moved["day"] = moved["meets"].fillna(moved["day"]).astype("int64")
    together = pd.concat([visits[~moves], moved.drop(columns="meets")], ignore_index=True)
    return together.drop_duplicates(["client", "service", "day"])
