"""When clients come: renewal processes on the shop's clock, many clients at once.

Gaps follow a gamma distribution with a client's own regularity k (Platzer & Reutterer 2016, "Ticking Away the
Moments": k = 1 is random, real barbershop clients lie at 3-5), now and then a visit is skipped altogether, and
the gaps of a client who drifts away lengthen until the last one.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sample_data.arrays import Floats

#: Share of gaps in which one visit was skipped (ill, travelling): the gap is twice as long.
SKIPPED = 0.04

#: A drifting client's gaps grow to 1 + DRIFT times the usual one over DRIFT_DAYS, then stay there until the end.
DRIFT = 1.2
DRIFT_DAYS = 150.0


def renewals(
    rng: np.random.Generator, first: Floats, stop: Floats, interval: Floats, k: Floats, drift: Floats
) -> tuple[Floats, Floats]:
    """Every stream's visits from `first` up to `stop`: (position of the stream, moment), one pair a visit.

    All arguments are moments or days, one per stream. `drift` is when the gaps begin to lengthen, NaN for never.
    """
    moment = first.copy()
    going = np.flatnonzero(moment <= stop)
    streams, moments = [going], [moment[going]]
    while going.size:
        gap = rng.gamma(k[going]) * interval[going] / k[going]
        gap *= np.where(rng.random(going.size) < SKIPPED, 2.0, 1.0)
        drifted = np.nan_to_num((moment[going] - drift[going]) / DRIFT_DAYS, nan=0.0)
        gap *= 1.0 + DRIFT * np.clip(drifted, 0.0, 1.0)
        moment[going] += np.maximum(gap, 1.0)
        going = going[moment[going] <= stop[going]]
        streams.append(going)
        moments.append(moment[going])
    return np.concatenate(streams), np.concatenate(moments)


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
