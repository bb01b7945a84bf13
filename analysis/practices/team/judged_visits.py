"""Visits with whether another followed in time, and what was known of each before: what sellers are compared on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.arrays import Array, Ints

#: Visits of so many days are looked at.
WINDOW_DAYS = 365
#: A visit is followed in time within so many times the usual gap.
IN_TIME = 1.5
_GAPS = 12  # of the latest gaps the usual one is the median
_BORROWED = 2.0  # gaps' worth of what is usual for the service
_SERVICE_GAPS = 30  # fewer gaps after a service say nothing of it
_SHORTEST, _LONGEST = 7.0, 270.0
_UNKNOWN_GAP = 30.0  # in a shop where nobody has come twice


def judged_visits(visits: pd.DataFrame, as_of: pd.Timestamp, ends: pd.Series | None = None) -> pd.DataFrame:
    """The last year's visits whose time to be followed is over, with what was known of each beforehand.

    Columns: client_id, staff, service, date, followed, usual (days), spread (of the log gaps; NaN under 3), before
    (visits), tenure (days), waited (days since the visit before; NaN at the first).
    """
    rows = visits.sort_values(["client_id", "date"], kind="stable", ignore_index=True)
    client = pd.factorize(rows["client_id"])[0]
    day = rows["date"].to_numpy().astype("datetime64[D]").astype(np.int64).astype(np.float64)
    first = np.r_[True, client[1:] != client[:-1]] if len(rows) else np.zeros(0, dtype=bool)
    gap = np.where(first, np.nan, np.diff(day, prepend=np.nan))
    following = np.append(gap, np.nan)[1:]  # NaN after a client's last visit
    start = (
        np.maximum.accumulate(np.where(first, np.arange(len(rows)), 0))
        if len(rows)
        else np.zeros(0, dtype=np.int64)
    )
    before = np.arange(len(rows)) - start
    today = as_of.to_datetime64().astype("datetime64[D]").astype(np.int64)
    typical = _typical(rows["service"], following)
    recent = np.flatnonzero((day > today - WINDOW_DAYS) & (rows["staff"] != "").to_numpy())
    earlier = _earlier_gaps(np.log(np.maximum(gap, 1.0)), before, recent)
    rows, typical = rows.iloc[recent].reset_index(drop=True), typical[recent]
    since, day, before = day[start][recent], day[recent], before[recent]
    gap, following = gap[recent], following[recent]
    known = np.isfinite(earlier).sum(axis=1)
    own = np.where(known > 0, np.nanmedian(np.where(known[:, None] > 0, earlier, 0.0), axis=1), 0.0)
    usual = np.exp((known * own + _BORROWED * typical) / (known + _BORROWED))
    apart = np.where(known[:, None] > 0, np.abs(earlier - own[:, None]), 0.0)
    spread = np.where(known > 1, np.nanmean(apart, axis=1), np.nan)
    allowed = IN_TIME * np.clip(usual, _SHORTEST, _LONGEST)
    cases = pd.DataFrame(
        {
            "client_id": rows["client_id"],
            "staff": rows["staff"],
            "service": rows["service"],
            "date": rows["date"],
            "followed": following <= allowed,
            "usual": usual,
            "spread": spread,
            "before": before,
            "tenure": day - since,
            "waited": gap,
        }
    )
    end = np.full(len(rows), float(today))
    if ends is not None and len(ends):
        last = rows["staff"].map(ends).to_numpy().astype("datetime64[D]")
        end = np.where(np.isnat(last), end, last.astype(np.int64))
    kept: pd.DataFrame = cases[day + allowed <= end]
    return kept.reset_index(drop=True)


def _earlier_gaps(log_gap: Array, before: Ints, chosen: Ints) -> Array:
    """(chosen visits, _GAPS): the logs of the gaps that each closed or that were closed before it, NaN where none."""
    lagged = np.full((len(chosen), _GAPS), np.nan)
    for lag in range(_GAPS):
        rows = before[chosen] > lag
        lagged[rows, lag] = log_gap[chosen[rows] - lag]
    return lagged


def _typical(service: pd.Series, following: Array) -> Array:
    """The median log gap after visits for each service, of the shop where the service has hardly any."""
    logs = pd.Series(np.log(np.maximum(following, 1.0)), index=service.index)
    overall = float(logs.median()) if logs.notna().any() else float(np.log(_UNKNOWN_GAP))
    of_service = logs.groupby(service).agg(["median", "count"])
    usual = of_service["median"].where(of_service["count"] >= _SERVICE_GAPS, overall).fillna(overall)
    return np.asarray(service.map(usual).fillna(overall), dtype=np.float64)
