"""Affection on a 0-10 scale with the evidence that moved it, and the three bands on top.

score = clip(5 + the sum of the families' points, each family capped, 0, 10). A sign nobody recorded is 0 points and
widens the half-width; it is never read as good or bad. Signs that compare a client with their peers shrink in small
shops and on short histories. "Hated" describes the relation and needs an explicit sign: silence alone never makes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.arrays import Array, Bools

START = 5.0
#: Family -> (least, most) points. Calibrated so that on a file of dates and amounts alone about a fifth of the clients
#: who still come are loved: those who come often, on time, for long and pay more.
FAMILY_CAPS = {
    "visits": (-1.5, 2.4),
    "money": (-1.5, 1.5),
    "pay": (-1.5, 0.0),
    "word": (-4.0, 3.0),
    "trouble": (-4.0, 0.0),
    "booking": (-1.25, 0.0),
    "contact": (0.0, 0.3),
}
EXPLICIT_FAMILIES = ("pay", "word", "trouble", "booking", "contact")
HATED_AT_MOST, HATED_EXPLICIT = 3.0, -2.0
LOVED_AT_LEAST = 7.0
LOVED_SIGN, LOVED_SIGNS = (
    0.2,
    2,
)  # loved needs two different signs at least this positive: one alone may be chance
FLOOR_WITHOUT_EXPLICIT = 3.1
#: Peers are the clients who still come; ranks among few of them, or of a short history, say little.
LEAST_PEERS, PEERS_PSEUDO, VISITS_PSEUDO = 2, 20.0, 4.0
LIMITS, SMALLEST_SHOWN = ("cap", "floor"), 0.004
HALFWIDTH, HALFWIDTH_UNKNOWN = 0.5, 2.5

FREQUENT, SELDOM = 1.75, 0.5  # points at the top and the bottom of the peers
PUNCTUAL, PUNCTUAL_USUAL = 0.6, 0.75  # nine gaps in ten end before "late": three in four is nothing special
TENURE, TENURE_YEARS, TENURE_LEAST_YEARS = 0.75, 2.0, 0.25
SILENCE = 1.0
EXTRA_VISITS, EXTRA_USUAL, EXTRA_RANGE = 0.4, 0.1, 0.3  # one gap in ten is short by chance
TICKET = 0.9
PAID_ON_TIME, PAID_LATE, ON_TIME_SHARE, BILLS_PSEUDO = 0.5, 1.0, 0.9, 2.0
UNPAID = 0.75
REFERRAL, REFERRAL_MOST = 1.0, 2.0
#: Rating (0-10) -> points: nine of ten praise, six is a fault said politely.
RATING_POINTS = (
    (0.0, -4.0),
    (2.0, -3.0),
    (4.0, -1.5),
    (6.0, -0.5),
    (7.0, 0.25),
    (8.0, 0.75),
    (9.0, 1.5),
    (10.0, 1.75),
)
PROBLEM_OPEN, PROBLEM_MOST = 1.25, 3.0
REFUND, REFUND_MOST = 0.5, 1.0
NO_SHOW = 0.5
CANCELS, CANCELS_MOST = 0.15, 0.5
ANSWERS = 0.3

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


def affection(signals: pd.DataFrame, late_after: Array, gone_after: Array) -> Affection:
    """Scores from `analysis.signals.signals`; `late_after`, `gone_after`: each client's own limits, days of silence."""
    column = {name: signals[name].to_numpy(dtype=float) for name in NUMBERS}
    silence = column["silence"]
    # Warm signs fade between the day they are late and the day they are probably gone.
    fade = np.clip((silence - late_after) / np.maximum(gone_after - late_after, 1.0), 0, 1)
    fade = np.nan_to_num(fade)
    peers = (column["visits"] > 0) & (silence <= gone_after)
    found = [
        *_visits(column, fade, peers),
        *_money(column, fade, peers),
        *_explicit(column),
    ]
    return _score(found)


def _sign(family: str, name: str, points: Array, value: Array) -> Sign:
    """A sign that is known where its value is; unknown is no points, never good or bad."""
    known = ~np.isnan(value)
    return Sign(family, name, np.where(known, np.nan_to_num(points), 0.0), known, value)


def _visits(column: Mapping[str, Array], fade: Array, peers: Bools) -> list[Sign]:
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
        _sign("visits", "frequency", _warm(often, FREQUENT, SELDOM, fade), column["visits_12m"]),
        _sign(
            "visits", "punctual", _warm(punctual, PUNCTUAL, PUNCTUAL, fade), column["punctual_share"] * some
        ),
        _sign("visits", "tenure", TENURE * np.clip(years / long, 0, 1) * (1 - fade), years),
        _sign("visits", "silence", -SILENCE * fade, column["silence"]),
        _sign("visits", "extra_visits", EXTRA_VISITS * extra * (1 - fade), column["extra_share"] * some),
    ]


def _money(column: Mapping[str, Array], fade: Array, peers: Bools) -> list[Sign]:
    visits, ticket, bills = column["visits"], column["ticket_6"], column["payments"]
    pays_more = _rank(ticket, peers & ~np.isnan(ticket)) * visits / (visits + VISITS_PSEUDO)
    share = column["paid_on_time_share"]
    pays = np.where(
        share >= ON_TIME_SHARE, PAID_ON_TIME, -PAID_LATE * (ON_TIME_SHARE - share) / ON_TIME_SHARE
    )
    return [
        _sign("money", "ticket", _warm(pays_more, TICKET, TICKET, fade), ticket),
        _sign("money", "pays_on_time", pays * bills / (bills + BILLS_PSEUDO), share),
    ]


def _explicit(column: Mapping[str, Array]) -> list[Sign]:
    """Signs somebody gave or wrote down; the only ones that can make a relation hated."""
    at, worth = np.array(RATING_POINTS).T
    unsolved = column["problems_open"] + column["problems_bad"]
    cancels = np.maximum(column["cancellations"] - 1, 0)  # one cancellation is no habit
    answered = column["contacts_answered"]
    return [
        _sign("pay", "unpaid", -UNPAID * column["unpaid"], column["unpaid"]),
        _sign(
            "word",
            "referrals",
            np.minimum(REFERRAL * column["referrals"], REFERRAL_MOST),
            column["referrals"],
        ),
        _sign("word", "rating", np.interp(column["rating"], at, worth), column["rating"]),
        _sign("trouble", "problems", -np.minimum(PROBLEM_OPEN * unsolved, PROBLEM_MOST), unsolved),
        _sign("trouble", "refunds", -np.minimum(REFUND * column["refunds"], REFUND_MOST), column["refunds"]),
        _sign("booking", "no_shows", -NO_SHOW * column["no_shows"], column["no_shows"]),
        _sign(
            "booking", "cancellations", -np.minimum(CANCELS * cancels, CANCELS_MOST), column["cancellations"]
        ),
        _sign("contact", "answers", np.where(answered > 0, ANSWERS, 0.0), answered),
    ]


def _score(found: list[Sign]) -> Affection:
    clients = len(found[0].points)
    sums = {family: np.zeros(clients) for family in FAMILY_CAPS}
    for sign in found:
        sums[sign.family] += sign.points
    capped = {family: np.clip(sums[family], *caps) for family, caps in FAMILY_CAPS.items()}
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
    limits = [_limit(family, "cap", capped[family] - sums[family]) for family in FAMILY_CAPS]
    return Affection(scores, (*found, *limits, _limit("scale", "floor", score - total)))


def _limit(family: str, name: str, points: Array) -> Sign:
    return Sign(family, name, points, np.ones(len(points), dtype=bool), np.full(len(points), np.nan))


def _warm(size: Array, best: float, worst: float, fade: Array) -> Array:
    """`best` points at size 1, -`worst` at -1; what is warm fades with silence."""
    return np.where(size > 0, best * size * (1 - fade), worst * size)


def _rank(value: Array, peers: Bools) -> Array:
    """Where each client stands among the peers: -1 (least) to 1 (most), shrunk in small shops; 0 where unknown."""
    crowd = np.sort(value[peers])
    if len(crowd) < LEAST_PEERS:
        return np.zeros(len(value))
    below, upto = np.searchsorted(crowd, value, "left"), np.searchsorted(crowd, value, "right")
    quantile = (below + upto) / 2 / len(crowd)
    return np.where(np.isnan(value), 0.0, (2 * quantile - 1) * len(crowd) / (len(crowd) + PEERS_PSEUDO))
