"""Did a seller's going cost clients: their clients' return before and after, beside the other sellers' clients.

Observational, by difference in differences: of the active clients of a day, how many come within a window; for the day
the seller left and for a window earlier; for their clients and for those of sellers who stayed. A season, a holiday or
a price rise touches both groups alike and falls out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.arrays import Array, Bools
from analysis.intervals import Z
from analysis.portfolio import Portfolio
from analysis.practices.once import untouched_by_notebook
from analysis.practices.team.sellers import gone_sellers, served, usual_sellers, usual_sellers_on, visits_left

#: Active: at least so many visits, the last one within the horizon.
LEAST_VISITS = 3
#: A window shorter than this tells nothing of clients who come once a month.
LEAST_DAYS = 30
#: Fewer clients than these in a group show chance alone.
LEAST_CLIENTS = 10
_DAY = pd.Timedelta(days=1)

#: What is known of it: fewer came than would have, no difference that shows, more came; or too early, or too few.
Verdict = Literal["fewer", "no_difference", "more", "too_early", "too_few"]


@dataclass(frozen=True)
class Group:
    """Of so many active clients of a day, how many came within the window."""

    clients: int
    returned: int

    @property
    def share(self) -> float:
        return self.returned / self.clients if self.clients else float("nan")


@dataclass(frozen=True)
class BeforeAfter:
    """`difference` in shares, with its 80% interval: (after - before) of theirs, less the same of the others.

    curves: day (0 to `days`), theirs_after, theirs_before, others_after: the share that had come by that day.
    """

    staff: str
    gone_on: pd.Timestamp
    days: int
    verdict: Verdict
    theirs_before: Group
    theirs_after: Group
    others_before: Group
    others_after: Group
    difference: float
    low: float
    high: float
    curves: pd.DataFrame


@untouched_by_notebook
def before_and_after(portfolio: Portfolio, staff: str) -> BeforeAfter:
    """What became of the clients of `staff`, one of `gone_sellers`."""
    gone = gone_sellers(portfolio)
    gone_on = gone.loc[gone["staff"] == staff, "last"].iloc[0]
    days = int(min(portfolio.settings.horizon_days, (pd.Timestamp(portfolio.as_of) - gone_on) / _DAY))
    rows = served(portfolio)
    also_gone = set(gone["staff"]) - {staff}

    def window(day: pd.Timestamp) -> pd.DataFrame:
        usual = usual_sellers_on(portfolio, day)
        others = usual_sellers(rows[~rows["staff"].isin(also_gone)], day) if also_gone else usual
        return _window(rows, usual, others, staff, day, days, portfolio.settings.horizon_days)

    after, before = window(gone_on), window(gone_on - days * _DAY)
    groups = {
        (name, when): _group(window, theirs=name == "theirs")
        for when, window in (("before", before), ("after", after))
        for name in ("theirs", "others")
    }
    difference, low, high = _difference(before, after)
    fewest = min(group.clients for group in groups.values())
    verdict: Verdict = "fewer" if high < 0 else "more" if low > 0 else "no_difference"
    if days < LEAST_DAYS:
        verdict = "too_early"
    elif fewest < LEAST_CLIENTS:
        verdict = "too_few"
    return BeforeAfter(
        staff,
        gone_on,
        days,
        verdict,
        groups["theirs", "before"],
        groups["theirs", "after"],
        groups["others", "before"],
        groups["others", "after"],
        difference,
        low,
        high,
        _curves(before, after, days),
    )


def _window(
    rows: pd.DataFrame,
    usual: pd.DataFrame,
    others: pd.DataFrame,
    staff: str,
    day: pd.Timestamp,
    days: int,
    horizon: int,
) -> pd.DataFrame:
    """The active clients of `day`: client_id, theirs (of `staff`; else of somebody who stayed), wait (days, NaN).

    `usual`: whose usual seller is whom on that day; `others`: the same without those who are gone as well.
    """
    whole = rows[rows["service"] == ""]
    until = whole[(whole["date"] <= day).to_numpy()]
    left = visits_left(until)
    visits = np.diff(np.flatnonzero(left == 0), prepend=-1)
    last = until[left == 0]
    active = last[(visits >= LEAST_VISITS) & (last["date"] > day - horizon * _DAY).to_numpy()]
    theirs = set(usual.loc[usual["staff"] == staff, "client_id"])
    staying = set(others["client_id"]) - theirs
    known = pd.Index(active.loc[active["client_id"].isin(theirs | staying), "client_id"])
    later = whole[((whole["date"] > day) & (whole["date"] <= day + days * _DAY)).to_numpy()]
    first = later.drop_duplicates("client_id").set_index("client_id")["date"].reindex(known)
    return pd.DataFrame(
        {
            "client_id": known,
            "theirs": known.isin(theirs),
            "wait": ((first - day) / _DAY).to_numpy(dtype=float),
        }
    )


def _group(window: pd.DataFrame, *, theirs: bool) -> Group:
    rows = window[window["theirs"] == theirs]
    return Group(len(rows), int(rows["wait"].notna().sum()))


def _difference(before: pd.DataFrame, after: pd.DataFrame) -> tuple[float, float, float]:
    """The difference in differences and its 80% interval, NaN where a group is empty.

    Variances are those of shares with one more who came and one who did not (Agresti and Caffo 2000), so that a group
    of whom all came is not certain; most clients stand in both windows, and what they have in common is taken off.
    """
    difference, variance = 0.0, 0.0
    for theirs in (True, False):
        early, late = before[before["theirs"] == theirs], after[after["theirs"] == theirs]
        if early.empty or late.empty:
            return float("nan"), float("nan"), float("nan")
        sign = 1 if theirs else -1
        difference += sign * (_share(late) - _share(early))
        variance += _variance(late) + _variance(early) - 2 * _covariance(early, late)
    half = Z * float(np.sqrt(max(variance, 0.0)))
    return difference, difference - half, difference + half


def _came(window: pd.DataFrame) -> Array:
    return window["wait"].notna().to_numpy().astype(np.float64)


def _share(window: pd.DataFrame) -> float:
    return float(_came(window).mean())


def _variance(window: pd.DataFrame) -> float:
    count = len(window) + 2
    share = (_came(window).sum() + 1) / count
    return float(share * (1 - share) / count)


def _covariance(early: pd.DataFrame, late: pd.DataFrame) -> float:
    """Of the two shares, through the clients who are in both."""
    first = pd.Series(_came(early) - _share(early), index=early["client_id"])
    second = pd.Series(_came(late) - _share(late), index=late["client_id"])
    both = (first * second).dropna()
    return max(float(both.sum()) / (len(early) * len(late)), 0.0)


def _curves(before: pd.DataFrame, after: pd.DataFrame, days: int) -> pd.DataFrame:
    day = np.arange(days + 1)

    def came_by(window: pd.DataFrame, theirs: Bools) -> Array:
        wait = np.sort(window.loc[theirs, "wait"].dropna().to_numpy(dtype=float))
        return np.asarray(np.searchsorted(wait, day, side="right") / max(int(theirs.sum()), 1))

    return pd.DataFrame(
        {
            "day": day,
            "theirs_after": came_by(after, after["theirs"].to_numpy(dtype=bool)),
            "theirs_before": came_by(before, before["theirs"].to_numpy(dtype=bool)),
            "others_after": came_by(after, ~after["theirs"].to_numpy(dtype=bool)),
        }
    )
