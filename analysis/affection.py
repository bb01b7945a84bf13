"""Affection on a 0-10 scale with the evidence that moved it, and the three bands on top.

score = clip(5 + the sum of the families' points, each family capped, 0, 10); the points stand in `affection_weights`. A
sign nobody recorded is 0 points and widens the half-width; it is never read as good or bad. Signs that compare a client
with their peers shrink in small shops and on short histories. "Hated" describes the relation and needs an explicit
sign: silence alone never makes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.affection_weights import SIGNS, Points, Weights
from analysis.arrays import Array, Bools
from analysis.signals import Columns

START = 5.0
EXPLICIT_FAMILIES = ("pay", "word", "trouble", "booking", "contact")
HATED_AT_MOST, HATED_EXPLICIT = 3.0, -2.0
LOVED_AT_LEAST = 7.0
LOVED_SIGN, LOVED_SIGNS = 0.2, 2  # two different signs at least this positive: one alone may be chance
FLOOR_WITHOUT_EXPLICIT = 3.1
#: Peers are the clients who still come; ranks among few of them, or of a short history, say little.
LEAST_PEERS, PEERS_PSEUDO, VISITS_PSEUDO = 2, 20.0, 4.0
LIMITS, SMALLEST_SHOWN = ("cap", "floor"), 0.004
HALFWIDTH, HALFWIDTH_UNKNOWN = 0.5, 2.5

PUNCTUAL_USUAL = 0.75  # nine gaps in ten end before "late": three in four is nothing special
TENURE_YEARS, TENURE_LEAST_YEARS = 2.0, 0.25
EXTRA_USUAL, EXTRA_RANGE = 0.1, 0.3  # one gap in ten is short by chance
ON_TIME_SHARE, BILLS_PSEUDO = 0.9, 2.0
#: How many of each bring all the points of their sign; the first cancellation is no habit and does not count.
ALL_POINTS_AT = {
    "unpaid": 2.0,
    "referrals": 2.0,
    "problems": 2.4,
    "refunds": 2.0,
    "no_shows": 2.5,
    "cancellations": 10 / 3,
}
#: Rating (0-10) -> share of the points it can add, or take: nine of ten praise, six is a fault said politely.
RATING_SHARES = (
    (0.0, -1.0),
    (2.0, -0.75),
    (4.0, -0.375),
    (6.0, -0.125),
    (7.0, 1 / 7),
    (8.0, 3 / 7),
    (9.0, 6 / 7),
    (10.0, 1.0),
)

#: Columns of the signals that the score reads.
NUMBERS = (
    "visits",
    "visits_12m",
    "first_day",
    "last_day",
    "silence",
    "gaps_12",
    "punctual_share",
    "extra_share",
    "ticket_6",
    "payments",
    "paid_on_time_share",
    "unpaid",
    "referrals",
    "rating",
    "problems_open",
    "problems_bad",
    "refunds",
    "no_shows",
    "cancellations",
    "contacts_answered",
)


@dataclass(frozen=True)
class Sign:
    """One sign for all clients: the points it gives, whether it is known of each, and the value it was read from."""

    family: str
    name: str
    points: Array
    known: Bools
    value: Array


@dataclass(frozen=True)
class Affection:
    """Scores (affection 0-10, band, affection_halfwidth, behaviour_only; a row per client) and the signs behind."""

    scores: pd.DataFrame
    signs: tuple[Sign, ...]

    def points(self) -> pd.DataFrame:
        """The evidence: client, family, sign, known, points and value, one row per client and sign.

        The points of a client add up to their affection - 5; the signs `cap` and `floor` are what a family's cap or the
        floor took or gave, and stand only where they did.
        """
        clients = len(self.scores)
        table = pd.DataFrame(
            {
                "client": np.tile(np.arange(clients), len(self.signs)),
                "family": np.repeat([sign.family for sign in self.signs], clients),
                "sign": np.repeat([sign.name for sign in self.signs], clients),
                "known": np.concatenate([sign.known for sign in self.signs]),
                "points": np.concatenate([sign.points for sign in self.signs]),
                "value": np.concatenate([sign.value for sign in self.signs]),
            }
        )
        shown = (table["points"].abs() > SMALLEST_SHOWN) | ~table["sign"].isin(LIMITS)
        return table[shown].sort_values("client", kind="stable", ignore_index=True)


def affection(
    signals: pd.DataFrame | Columns, late_after: Array, gone_after: Array, weights: Weights | None = None
) -> Affection:
    """Scores from `analysis.signals`, a frame or its columns, with the default points unless others are given.

    `late_after`, `gone_after`: each client's own limits, days of silence.
    """
    weights = weights or Weights.of()
    column = {name: np.asarray(signals[name], dtype=np.float64) for name in NUMBERS}
    silence = column["silence"]
    # Warm signs fade between the day they are late and the day they are probably gone.
    fade = np.clip((silence - late_after) / np.maximum(gone_after - late_after, 1.0), 0, 1)
    fade = np.nan_to_num(fade)
    peers = (column["visits"] > 0) & (silence <= gone_after)
    found = [
        *_visits(column, fade, peers, weights.signs),
        *_money(column, fade, peers, weights.signs),
        *_explicit(column, weights.signs),
    ]
    return _score(found, weights.families)


def _sign(name: str, points: Array, value: Array) -> Sign:
    """A sign that is known where its value is; unknown is no points, never good or bad."""
    known = ~np.isnan(value)
    return Sign(SIGNS[name][0], name, np.where(known, np.nan_to_num(points), 0.0), known, value)


def _visits(
    column: Mapping[str, Array], fade: Array, peers: Bools, of: Mapping[str, Points]
) -> Sequence[Sign]:
    visits, gaps = column["visits"], column["gaps_12"]
    enough_gaps = gaps / (gaps + VISITS_PSEUDO)
    some = np.where(gaps > 0, 1.0, np.nan)
    often = _rank(column["visits_12m"], peers) * visits / (visits + VISITS_PSEUDO)
    punctual = (
        np.clip((column["punctual_share"] - PUNCTUAL_USUAL) / (1 - PUNCTUAL_USUAL), -1, 1) * enough_gaps
    )
    years = (column["last_day"] - column["first_day"]) / 365.25
    # A file of five months can know nobody for two years: long is long within what the file can show.
    long = min(TENURE_YEARS, max(float(np.nanmax(years, initial=0.0)), TENURE_LEAST_YEARS))
    extra = np.clip((column["extra_share"] - EXTRA_USUAL) / EXTRA_RANGE, 0, 1) * enough_gaps
    return [
        _sign("frequency", _warm(often, of["frequency"], fade), column["visits_12m"]),
        _sign("punctual", _warm(punctual, of["punctual"], fade), column["punctual_share"] * some),
        _sign("tenure", of["tenure"].adds * np.clip(years / long, 0, 1) * (1 - fade), years),
        _sign("silence", of["silence"].takes * fade, column["silence"]),
        _sign("extra_visits", of["extra_visits"].adds * extra * (1 - fade), column["extra_share"] * some),
    ]


def _money(
    column: Mapping[str, Array], fade: Array, peers: Bools, of: Mapping[str, Points]
) -> Sequence[Sign]:
    visits, ticket, bills = column["visits"], column["ticket_6"], column["payments"]
    pays_more = _rank(ticket, peers & ~np.isnan(ticket)) * visits / (visits + VISITS_PSEUDO)
    share = column["paid_on_time_share"]
    pays = np.where(
        share >= ON_TIME_SHARE,
        of["pays_on_time"].adds,
        of["pays_on_time"].takes * (ON_TIME_SHARE - share) / ON_TIME_SHARE,
    )
    return [
        _sign("ticket", _warm(pays_more, of["ticket"], fade), ticket),
        _sign("pays_on_time", pays * bills / (bills + BILLS_PSEUDO), share),
    ]


def _explicit(column: Mapping[str, Array], of: Mapping[str, Points]) -> Sequence[Sign]:
    """Signs somebody gave or wrote down; the only ones that can make a relation hated."""
    at, share = np.array(RATING_SHARES).T
    rated = np.interp(
        column["rating"], at, share * np.where(share > 0, of["rating"].adds, -of["rating"].takes)
    )
    answered = column["contacts_answered"]
    counted = {
        **{name: column[name] for name in ("unpaid", "referrals", "refunds", "no_shows")},
        "problems": column["problems_open"] + column["problems_bad"],
        "cancellations": np.maximum(column["cancellations"] - 1, 0),
    }
    value = {**counted, "cancellations": column["cancellations"]}
    return [
        *(
            _sign(
                name,
                (of[name].adds + of[name].takes) * np.minimum(times / ALL_POINTS_AT[name], 1),
                value[name],
            )
            for name, times in counted.items()
        ),
        _sign("rating", rated, column["rating"]),
        _sign("answers", np.where(answered > 0, of["answers"].adds, 0.0), answered),
    ]


def _score(found: Sequence[Sign], families: Mapping[str, Points]) -> Affection:
    clients = len(found[0].points)
    sums = {family: np.zeros(clients) for family in families}
    for sign in found:
        sums[sign.family] += sign.points
    capped = {family: np.clip(sums[family], most.takes, most.adds) for family, most in families.items()}
    total = START + sum(capped.values())
    explicit = capped["word"] + capped["trouble"] + capped["pay"]
    floor = np.where(explicit <= HATED_EXPLICIT, 0.0, FLOOR_WITHOUT_EXPLICIT)
    score = np.round(np.clip(total, floor, 10.0), 1)
    positive = np.sum([sign.points >= LOVED_SIGN for sign in found], axis=0)
    hated = (score <= HATED_AT_MOST) & (explicit <= HATED_EXPLICIT)
    loved = (score >= LOVED_AT_LEAST) & (positive >= LOVED_SIGNS)
    unknown = 1 - np.mean([sign.known for sign in found], axis=0)
    explicit_known = np.any([sign.known for sign in found if sign.family in EXPLICIT_FAMILIES], axis=0)
    scores = pd.DataFrame(
        {
            "affection": score,
            "band": np.select([hated, loved], ["hated", "loved"], "ignored"),
            "affection_halfwidth": np.round(HALFWIDTH + HALFWIDTH_UNKNOWN * unknown, 1),
            "behaviour_only": ~explicit_known,
        }
    )
    limits = [_limit(family, "cap", capped[family] - sums[family]) for family in families]
    return Affection(scores, (*found, *limits, _limit("scale", "floor", score - total)))


def _limit(family: str, name: str, points: Array) -> Sign:
    return Sign(family, name, points, np.ones(len(points), dtype=bool), np.full(len(points), np.nan))


def _warm(size: Array, points: Points, fade: Array) -> Array:
    """All that `points` add at size 1, all they take at -1; what is warm fades with silence."""
    return np.where(size > 0, points.adds * size * (1 - fade), -points.takes * size)


def _rank(value: Array, peers: Bools) -> Array:
    """Where each client stands among the peers: -1 (least) to 1 (most), shrunk in small shops; 0 where unknown."""
    crowd = np.sort(value[peers])
    if len(crowd) < LEAST_PEERS:
        return np.zeros(len(value))
    below, upto = np.searchsorted(crowd, value, "left"), np.searchsorted(crowd, value, "right")
    quantile = (below + upto) / 2 / len(crowd)
    return np.where(np.isnan(value), 0.0, (2 * quantile - 1) * len(crowd) / (len(crowd) + PEERS_PSEUDO))
