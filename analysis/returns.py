"""Who came back, as the owner's own past has it: by the band and the affection a client had at the time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import numpy as np
import pandas as pd
from scipy.stats import norm

from analysis.schema import BANDS

#: Classes of affection with fewer clients than this are joined to their neighbour: three of four is no rate.
FEWEST_PER_CLASS = 12
#: Below and above these scores clients hardly differ in how they return: one class each.
_LOWEST_CLASS, _HIGHEST_CLASS = 4.5, 8.5
_INTERVAL_SHARE = 0.8


def returned(movement: pd.DataFrame, visits: pd.DataFrame, as_of: dt.date, horizon_days: int) -> pd.DataFrame:
    """Rows of `movement` with `returned`: whether that client came within the horizon after that month end.

    Only month ends whose horizon had passed by `as_of`, a horizon apart or more so that no visit answers twice.
    """
    horizon = pd.Timedelta(days=horizon_days)
    cutoffs: list[pd.Timestamp] = []
    for end in sorted(movement["month_end"].unique(), reverse=True):
        if end + horizon <= pd.Timestamp(as_of) and (not cutoffs or end + horizon <= cutoffs[-1]):
            cutoffs.append(end)
    rows = movement[movement["month_end"].isin(cutoffs)].copy()
    rows["returned"] = False
    for cutoff in cutoffs:
        came = visits.loc[
            visits["date"].gt(cutoff) & visits["date"].le(cutoff + horizon), "client_id"
        ].unique()
        at = rows["month_end"] == cutoff
        rows.loc[at, "returned"] = rows.loc[at, "client_id"].isin(came)
    return rows


def returns_by_band(past: pd.DataFrame, clients: Collection[str] | None = None) -> pd.DataFrame:
    """Per band: clients (client-windows of `returned`'s table) and returned_share; of some clients or of all."""
    chosen = past if clients is None else past[past["client_id"].isin(clients)]
    table = chosen.groupby("band")["returned"].agg(clients="size", returned_share="mean").reindex(list(BANDS))
    table["clients"] = table["clients"].fillna(0).astype("int64")
    return table.reset_index()


def returns_by_affection(past: pd.DataFrame, fewest: int = FEWEST_PER_CLASS) -> pd.DataFrame:
    """Per half point of affection: low, high, clients, returned_share and its 80% Wilson interval.

    One class below 4.5 and one from 8.5 up; classes with fewer than `fewest` clients are joined to the next one above,
    the last to the one below.
    """
    edges = np.array([0.0, *np.arange(_LOWEST_CLASS, _HIGHEST_CLASS + 0.5, 0.5), 10.0])
    place = np.clip(np.searchsorted(edges, past["affection"].to_numpy(), side="right") - 1, 0, len(edges) - 2)
    counts = np.bincount(place, minlength=len(edges) - 1)
    came = np.bincount(place, weights=past["returned"].to_numpy(dtype=float), minlength=len(edges) - 1)
    classes: list[tuple[float, float, int, float]] = []
    low, size, back = 0.0, 0, 0.0
    for high, here, returned_here in zip(edges[1:], counts, came, strict=True):
        size, back = size + int(here), back + float(returned_here)
        if size >= fewest:
            classes.append((low, float(high), size, back))
            low, size, back = float(high), 0, 0.0
    if size and classes:
        start, _, before, returned_before = classes.pop()
        classes.append((start, 10.0, before + size, returned_before + back))
    elif classes:
        classes[-1] = (classes[-1][0], 10.0, *classes[-1][2:])
    table = pd.DataFrame(classes, columns=["low", "high", "clients", "back"])
    low_share, high_share = wilson(table["back"].to_numpy(), table["clients"].to_numpy())
    return table.assign(
        returned_share=table["back"] / table["clients"], share_low=low_share, share_high=high_share
    ).drop(columns="back")


def wilson(
    successes: np.ndarray, trials: np.ndarray, share: float = _INTERVAL_SHARE
) -> tuple[np.ndarray, np.ndarray]:
    """Interval of a proportion (Wilson 1927), sensible at 0 and 1 and for few trials."""
    z = float(norm.ppf(0.5 + share / 2))
    observed = successes / trials
    centre = (observed + z * z / (2 * trials)) / (1 + z * z / trials)
    half = z * np.sqrt(observed * (1 - observed) / trials + z * z / (4 * trials**2)) / (1 + z * z / trials)
    return np.clip(centre - half, 0, 1), np.clip(centre + half, 0, 1)
