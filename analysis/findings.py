"""What a chart's title says: findings decided from the data, as values; the sentences are the catalogue's.

Each finding names a `code` that chooses the sentence, so that a title never claims what the numbers do not show.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.returns import Tells
from analysis.tallies import gap_quantile

#: A leader must have this share of the whole, and lead the next by this factor, to be called the one that matters.
_DOMINANT_SHARE, _DOMINANT_LEAD = 0.4, 1.5
#: Parts whose least is above this share of their greatest are "much the same".
_SIMILAR = 0.7
#: A rhythm is over its standard from this share and this many days on: less is rounding.
_OVER_SHARE, _OVER_DAYS = 0.1, 2.0
#: A change of less than this is called steady.
_STEADY = 0.1
_MONTHS = 12
_FEWEST_GAPS = 20
_TOP_SPENDERS, _FEWEST_SPENDERS = 0.2, 3
_MOST = 0.5
_CALIBRATED = 0.05


@dataclass(frozen=True)
class Leader:
    """Who has most of a sum: `dominates` (one matters most), `leads`, `similar`, `single` or `none`."""

    code: Literal["dominates", "leads", "similar", "single", "none"]
    name: str = ""
    value: float = 0.0
    share: float = 0.0  # of the whole, 0-1


def leader(names: Sequence[str], values: Sequence[float]) -> Leader:
    """Which name has most, and whether by enough to say so. Values not above 0 do not count."""
    parts = sorted(
        ((value, name) for name, value in zip(names, values, strict=True) if value > 0), key=lambda p: -p[0]
    )
    if not parts:
        return Leader("none")
    total = sum(value for value, _ in parts)
    value, name = parts[0]
    share = value / total
    if len(parts) == 1:
        return Leader("single", name, value, share)
    if share >= _DOMINANT_SHARE and value >= _DOMINANT_LEAD * parts[1][0]:
        return Leader("dominates", name, value, share)
    if parts[-1][0] >= _SIMILAR * value:
        return Leader("similar", name, value, share)
    return Leader("leads", name, value, share)


@dataclass(frozen=True)
class Concentration:
    """How few make half of a sum: the `few` greatest of `parts` have `share` of `total`."""

    few: int
    parts: int
    share: float
    total: float


def concentration(values: pd.Series, share: float = 0.5) -> Concentration:
    """The least number of the greatest values that reach `share` of their sum. Values not above 0 do not count."""
    positive = values[values > 0].sort_values(ascending=False)
    total = float(positive.sum())
    if not total:
        return Concentration(0, 0, 0.0, 0.0)
    running = positive.cumsum().to_numpy() / total
    few = int(np.searchsorted(running, share - 1e-12) + 1)
    return Concentration(few, len(positive), float(running[few - 1]), total)


@dataclass(frozen=True)
class MonthlyLoss:
    """How a year of losses went: `none`, `worst` (a month stands out), `rising`, `falling` or `steady`."""

    code: Literal["none", "worst", "rising", "falling", "steady"]
    month: pd.Timestamp | None = None  # the worst one
    value: float = 0.0  # of the worst month
    change: float = 0.0  # last quarter against the one before, as a share


def monthly_loss(months: pd.DataFrame) -> MonthlyLoss:
    """What to say about `tallies.loss_by_month`: late and gone together."""
    totals = (months["late"] + months["gone"]).to_numpy(dtype=float)
    if totals.sum() <= 0:
        return MonthlyLoss("none")
    worst = int(totals.argmax())
    month, value = months["month"].iloc[worst], float(totals[worst])
    whole = totals[1:-1] if len(totals) > _MONTHS else totals  # thirteen: the first and the last are parts
    recent, before = whole[-3:].sum(), whole[-6:-3].sum()
    change = recent / before - 1 if before > 0 else 0.0
    if value >= _DOMINANT_LEAD * np.median(whole):
        return MonthlyLoss("worst", month, value, change)
    if change > _STEADY:
        return MonthlyLoss("rising", month, value, change)
    if change < -_STEADY:
        return MonthlyLoss("falling", month, value, change)
    return MonthlyLoss("steady", month, value, change)


@dataclass(frozen=True)
class Stretched:
    """Services against their standard: `over` (one runs over), `several`, `on` (all keep it) or `none`."""

    code: Literal["over", "several", "on", "none"]
    service: str = ""  # the one furthest over, by share of its standard
    days: float = 0.0  # over its standard
    standard: float = 0.0
    count: int = 0  # services over their standard
    punctual: str = ""  # the one closest to its standard, "" if it is the same or there is no other


def stretched(rhythms: pd.DataFrame) -> Stretched:
    """Which repeating service (tallies.service_rhythms) runs furthest over its standard interval."""
    known = rhythms[rhythms["standard_days"].gt(0) & rhythms["usual_days"].notna()]
    if known.empty:
        return Stretched("none")
    names = known["service"].astype(str).tolist()
    standard = known["standard_days"].to_numpy(dtype=float)
    days = known["usual_days"].to_numpy(dtype=float) - standard
    share = days / standard
    worst, closest = int(share.argmax()), int(np.abs(share).argmin())
    over = (share >= _OVER_SHARE) & (days >= _OVER_DAYS)
    count = int(over.sum())
    code: Literal["over", "several", "on"] = "on" if count == 0 else "over" if count == 1 else "several"
    punctual = names[closest] if closest != worst and not over[closest] else ""
    return Stretched(code, names[worst], float(days[worst]), float(standard[worst]), count, punctual)


@dataclass(frozen=True)
class Steadiness:
    """The services with the firmest and the loosest rhythm; "" where there are not two to compare."""

    firm: str = ""
    loose: str = ""


def steadiness(counts: pd.DataFrame, services: Sequence[str]) -> Steadiness:
    """Which of `services` keeps closest to one length of gap: least spread of its middle half for its median.

    `counts` is the Portfolio's `gap_counts`.
    """
    spread: dict[str, float] = {}
    for name in services:
        of_service = counts[counts["service"] == name]
        if of_service["gaps"].sum() >= _FEWEST_GAPS:
            low, middle, high = (gap_quantile(of_service, share) for share in (0.25, 0.5, 0.75))
            spread[name] = (high - low) / middle
    if len(spread) <= 1:
        return Steadiness()
    firm, loose = min(spread, key=lambda name: spread[name]), max(spread, key=lambda name: spread[name])
    return Steadiness(firm, loose) if spread[firm] < spread[loose] else Steadiness()


def typical_interval(clients: pd.DataFrame) -> float:
    """Median of the intervals (days) of clients with two visits or more; NaN if there is none."""
    return float(clients.loc[clients["visits"] > 1, "interval_days"].median())


@dataclass(frozen=True)
class Spenders:
    """Whether those who spend most are fond of us: `most_loved`, `few_loved`, `some_hated` or `too_few`."""

    code: Literal["most_loved", "few_loved", "some_hated", "too_few"]
    top: int = 0  # the fifth who spend (or come) most
    loved: int = 0
    hated: int = 0


def spenders(clients: pd.DataFrame) -> Spenders:
    """The bands of the fifth of the clients with the highest `value` (tallies.yearly_value)."""
    top = math.floor(len(clients) * _TOP_SPENDERS)
    if top < _FEWEST_SPENDERS:
        return Spenders("too_few")
    bands = clients.nlargest(top, "value")["band"]
    loved, hated = int(bands.eq("loved").sum()), int(bands.eq("hated").sum())
    if loved >= _MOST * top:
        return Spenders("most_loved", top, loved, hated)
    if hated > loved:
        return Spenders("some_hated", top, loved, hated)
    return Spenders("few_loved", top, loved, hated)


@dataclass(frozen=True)
class Moves:
    """How many clients went up and down the bands, and who gains: `up`, `down`, `even` or `still`."""

    code: Literal["up", "down", "even", "still"]
    up: int
    down: int
    stayed: int


def moves(flow: pd.DataFrame) -> Moves:
    """What to say about `tallies.band_moves`."""
    rank = {"hated": 0, "ignored": 1, "loved": 2}
    step = flow["after"].map(rank) - flow["before"].map(rank)
    up, down, stayed = (int(flow.loc[chosen, "clients"].sum()) for chosen in (step > 0, step < 0, step == 0))
    if up + down == 0:
        return Moves("still", up, down, stayed)
    return Moves("even" if up == down else "up" if up > down else "down", up, down, stayed)


@dataclass(frozen=True)
class OuterClasses:
    """What came of the lowest and the highest class of affection: `rises`, `falls` or `flat`."""

    code: Literal["rises", "falls", "flat"]
    low_up_to: float
    low: float
    high_from: float
    high: float


def returns(classes: pd.DataFrame, tells: Tells) -> OuterClasses:
    """What to say of who came back, by `returns.by_half_point` and `returns.tells_who_returns`."""
    return _outer(classes, tells, "returned_share", "share_low", "share_high")


def spending(classes: pd.DataFrame, tells: Tells) -> OuterClasses:
    """What to say of who spent more."""
    return _outer(classes, tells, "spend", "spend_low", "spend_high")


def _outer(classes: pd.DataFrame, tells: Tells, value: str, least: str, most: str) -> OuterClasses:
    """It rises or falls where affection tells, and the intervals of the outer classes part the same way."""
    low, high = classes.iloc[0], classes.iloc[-1]
    code: Literal["rises", "falls", "flat"] = "flat"
    if tells.code == "yes" and high[least] > low[most]:
        code = "rises"
    elif tells.code == "against" and high[most] < low[least]:
        code = "falls"
    return OuterClasses(code, float(low["high"]), float(low[value]), float(high["low"]), float(high[value]))


def calibration_gap(calibration: pd.DataFrame) -> float:
    """Mean distance between what was said and what came (weighted by clients), 0-1; NaN without bins."""
    if calibration.empty:
        return math.nan
    distance = (calibration["predicted"] - calibration["observed"]).abs()
    return float((distance * calibration["clients"]).sum() / calibration["clients"].sum())


def says_what_happens(calibration: pd.DataFrame) -> bool:
    """Probabilities can be read as frequencies: off by less than five points on average."""
    return calibration_gap(calibration) <= _CALIBRATED
