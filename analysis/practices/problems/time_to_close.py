"""How long problems stay open: the day by which half of them are closed, the ones still open counted too.

Leaving out what is still open, or counting it as closed today, would call a slow shop quick: each stands in the sums
for as long as it has been open (Kaplan and Meier 1958). The interval is where the curve's own interval, on the scale of
log(-log), crosses one half (Brookmeyer and Crowley 1982), and holds four times in five.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.arrays import Array, Bools
from analysis.intervals import Z
from analysis.portfolio import Portfolio

#: Fewer closed problems than this tell no usual time.
FEWEST_CLOSED = 5

#: One row per kind or owner. days: by when half are closed, NaN where not yet half are; low and high (days): NaN where
#: too few are closed to bound it; few: under FEWEST_CLOSED closed.
TIMES = ("name", "problems", "closed", "badly", "open", "days", "low", "high", "few")


@dataclass(frozen=True)
class Half:
    """By how many days half of the problems are closed, with its interval; NaN where they do not say."""

    days: float = math.nan
    low: float = math.nan
    high: float = math.nan


def half_closed(days: Array, closed: Bools) -> Half:
    """`days[i]`: how long problem i took to be closed, or how long it has been open where it is not `closed`."""
    if not closed.any():
        return Half()
    times, place = np.unique(days, return_inverse=True)
    ended = np.bincount(place, weights=closed, minlength=len(times))
    at_risk = len(days) - np.concatenate([[0], np.cumsum(np.bincount(place, minlength=len(times)))[:-1]])
    still_open = np.cumprod(1 - ended / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(np.cumsum(ended / (at_risk * (at_risk - ended)))) / np.abs(np.log(still_open))
        # The last one closed leaves nothing to reckon a spread from.
        lower = np.where(still_open > 0, still_open ** np.exp(Z * spread), 0.0)
        upper = still_open ** np.exp(-Z * spread)
    return Half(*(_first(times, curve) for curve in (still_open, lower, upper)))


def _first(times: Array, curve: Array) -> float:
    """The first day on which a curve has come down to one half."""
    half = np.flatnonzero(curve <= 0.5 + 1e-12)
    return float(times[half[0]]) if len(half) else math.nan


def times_to_close(portfolio: Portfolio, by: str) -> pd.DataFrame:
    """TIMES by `by` ("kind", "staff", or "" for all of them in one row), those with most problems first.

    Problems said to be closed without the day of it have no time to tell and are left out.
    """
    problems = timed(portfolio)
    names = problems[by] if by else pd.Series("", index=problems.index, dtype=object)
    rows = []
    for name, of in problems.groupby(names, sort=True):
        closed = of["is_closed"].to_numpy(dtype=bool)
        half = half_closed(of["days"].to_numpy(dtype=float), closed)
        few = int(closed.sum()) < FEWEST_CLOSED
        badly = int((of["state"] == "badly_solved").sum())
        rows.append(
            (
                name,
                len(of),
                int(closed.sum()),
                badly,
                int((~closed).sum()),
                half.days,
                half.low,
                half.high,
                few,
            )
        )
    table = pd.DataFrame(rows, columns=list(TIMES))
    return table.sort_values(["problems", "name"], ascending=[False, True], ignore_index=True)


def timed(portfolio: Portfolio) -> pd.DataFrame:
    """The problems whose time is known (schema.PROBLEMS) with days and is_closed."""
    problems = portfolio.records.problems
    is_closed = problems["state"] != "open"
    end = problems["closed"].where(is_closed, pd.Timestamp(portfolio.as_of))
    # Written down after the export's last day: open for no time yet.
    days = (end - problems["opened"]).dt.days.clip(lower=0)
    return problems.assign(days=days, is_closed=is_closed)[days.notna()]
