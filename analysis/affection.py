"""Affection on a 0-10 scale with the evidence that moved it, and the three bands on top.

score = clip(5 + the sum of the families' points, each family capped, 0, 10). A sign nobody recorded is 0 points and widens
the half-width; it is never read as good or bad. Signs that compare a client with their peers shrink in small shops and on short
histories. "Hated" describes the relation and needs an explicit sign: silence alone never makes it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

Array = npt.NDArray[np.float64]

START = 5.0
#: Family -> (least, most) points. Calibrated so that on a file of dates and amounts alone about a fifth of the clients who
#: still come are loved: those who come often, on time, for long and pay more.
FAMILY_CAPS = {
    "visits": (-1.5, 2.2),
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
PEERS_PSEUDO, VISITS_PSEUDO = 20.0, 4.0
HALFWIDTH, HALFWIDTH_UNKNOWN = 0.5, 2.5

FREQUENT, SELDOM = 1.6, 0.5  # points at the top and the bottom of the peers
PUNCTUAL = 0.6
TENURE, TENURE_YEARS = 0.75, 2.0
SILENCE = 1.0
EXTRA_VISITS = 0.4
TICKET = 0.9
PAID_ON_TIME, PAID_LATE = 0.5, 1.0
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


def affection(signs: pd.DataFrame, late_after: Array, gone_after: Array) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Scores and their evidence from `analysis.signals.signals`.

    Returns (scores, points): scores has a row per client with affection (0-10), band, affection_halfwidth and
    behaviour_only; points has client, family, sign, known, points and value, one row per client and sign, and the
    points of a client add up to affection - 5 (a row `cap` or `floor` says what a cap or the floor took or gave).
    """
    n = len(signs)
    peers = (signs["visits"] > 0).to_numpy()
    crowd = peers.sum() / (peers.sum() + PEERS_PSEUDO)
    history = (signs["visits"] / (signs["visits"] + VISITS_PSEUDO)).to_numpy(dtype=float)
    rows: list[tuple[str, str, Array, Array, Array]] = []  # family, sign, known, points, value

    def add(family: str, sign: str, points: Array, value: Array, known: Array | None = None) -> None:
        known = ~np.isnan(value) if known is None else known
        rows.append((family, sign, known, np.where(known, np.nan_to_num(points), 0.0), value))

    silence = signs["silence"].to_numpy(dtype=float)
    fade = np.clip((silence - late_after) / np.maximum(gone_after - late_after, 1.0), 0, 1)
    fade = np.where(np.isnan(fade), 0, fade)
    often = _rank(signs["visits_12m"].to_numpy(dtype=float), peers) * crowd * history
    add(
        "visits",
        "frequency",
        np.where(often > 0, FREQUENT * often * (1 - fade), SELDOM * often),
        signs["visits_12m"].to_numpy(dtype=float),
    )
    punctual = signs["punctual_share"].to_numpy(dtype=float)
    gaps = signs["gaps_12"].to_numpy(dtype=float)
    on_time = PUNCTUAL * np.clip((punctual - 0.75) / 0.25, -1, 1) * gaps / (gaps + VISITS_PSEUDO)
    add(
        "visits",
        "punctual",
        np.where(on_time > 0, on_time * (1 - fade), on_time),
        np.where(gaps > 0, punctual, np.nan),
    )
    years = (signs["last_day"] - signs["first_day"]).to_numpy(dtype=float) / 365.25
    add("visits", "tenure", TENURE * np.clip(years / TENURE_YEARS, 0, 1) * (1 - fade), years)
    add("visits", "silence", -SILENCE * fade, silence)
    extra = signs["extra_share"].to_numpy(dtype=float)
    add(
        "visits",
        "extra_visits",
        EXTRA_VISITS * np.clip((extra - 0.1) / 0.3, 0, 1) * gaps / (gaps + VISITS_PSEUDO) * (1 - fade),
        np.where(gaps > 0, extra, np.nan),
    )

    ticket = signs["ticket_6"].to_numpy(dtype=float)
    pays_more = TICKET * _rank(ticket, peers & ~np.isnan(ticket)) * crowd * history
    add("money", "ticket", np.where(pays_more > 0, pays_more * (1 - fade), pays_more), ticket)
    share = signs["paid_on_time_share"].to_numpy(dtype=float)
    bills = signs["payments"].to_numpy(dtype=float)
    add(
        "money",
        "pays_on_time",
        np.where(share >= 0.9, PAID_ON_TIME, -PAID_LATE * (0.9 - share) / 0.9) * bills / (bills + 2),
        share,
    )
    add(
        "pay",
        "unpaid",
        -UNPAID * signs["unpaid"].to_numpy(dtype=float),
        signs["unpaid"].to_numpy(dtype=float),
    )

    referrals = signs["referrals"].to_numpy(dtype=float)
    add("word", "referrals", np.minimum(REFERRAL * referrals, REFERRAL_MOST), referrals)
    rating = signs["rating"].to_numpy(dtype=float)
    at, worth = np.array(RATING_POINTS).T
    add("word", "rating", np.interp(rating, at, worth), rating)

    unsolved = signs["problems_open"].to_numpy(dtype=float) + signs["problems_bad"].to_numpy(dtype=float)
    add("trouble", "problems", -np.minimum(PROBLEM_OPEN * unsolved, PROBLEM_MOST), unsolved)
    refunds = signs["refunds"].to_numpy(dtype=float)
    add("trouble", "refunds", -np.minimum(REFUND * refunds, REFUND_MOST), refunds)
    no_shows = signs["no_shows"].to_numpy(dtype=float)
    add("booking", "no_shows", -NO_SHOW * no_shows, no_shows)
    cancelled = signs["cancellations"].to_numpy(dtype=float)
    add(
        "booking",
        "cancellations",
        -np.minimum(CANCELS * np.maximum(cancelled - 1, 0), CANCELS_MOST),
        cancelled,
    )
    answered = signs["contacts_answered"].to_numpy(dtype=float)
    add("contact", "answers", np.where(answered > 0, ANSWERS, 0.0), answered)

    return _scores(rows, n)


def _scores(rows: list[tuple[str, str, Array, Array, Array]], n: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    by_family = {family: np.zeros(n) for family in FAMILY_CAPS}
    positive = np.zeros(n, dtype=np.int64)
    for family, _, _, points, _ in rows:
        by_family[family] += points
        positive += points >= LOVED_SIGN
    total = np.full(n, START)
    for family, (least, most) in FAMILY_CAPS.items():
        capped = np.clip(by_family[family], least, most)
        _append(rows, family, "cap", capped - by_family[family])
        by_family[family] = capped
        total += capped
    explicit = by_family["word"] + by_family["trouble"] + by_family["pay"]
    floor = np.where(explicit <= HATED_EXPLICIT, 0.0, FLOOR_WITHOUT_EXPLICIT)
    score = np.clip(total, floor, 10.0)
    _append(rows, "scale", "floor", score - total)
    score = np.round(score, 1)
    hated = (score <= HATED_AT_MOST) & (explicit <= HATED_EXPLICIT)
    loved = (score >= LOVED_AT_LEAST) & (positive >= LOVED_SIGNS)
    signs = [(family, known) for family, sign, known, _, _ in rows if sign not in ("cap", "floor")]
    unknown = 1 - np.mean([known for _, known in signs], axis=0)
    explicit_known = np.any([known for family, known in signs if family in EXPLICIT_FAMILIES], axis=0)
    scores = pd.DataFrame(
        {
            "affection": score,
            "band": np.select([hated, loved], ["hated", "loved"], "ignored"),
            "affection_halfwidth": np.round(HALFWIDTH + HALFWIDTH_UNKNOWN * unknown, 1),
            "behaviour_only": ~explicit_known,
        }
    )
    points = pd.DataFrame(
        {
            "client": np.tile(np.arange(n), len(rows)),
            "family": np.repeat([family for family, *_ in rows], n),
            "sign": np.repeat([sign for _, sign, *_ in rows], n),
            "known": np.concatenate([known for *_, known, _, _ in rows]),
            "points": np.concatenate([points for *_, points, _ in rows]),
            "value": np.concatenate([value for *_, value in rows]),
        }
    )
    points = points[(points["points"].abs() > 0.004) | ~points["sign"].isin(["cap", "floor"])]
    return scores, points.sort_values("client", kind="stable", ignore_index=True)


def _append(rows: list[tuple[str, str, Array, Array, Array]], family: str, sign: str, points: Array) -> None:
    rows.append((family, sign, np.ones(len(points), dtype=bool), points, np.full(len(points), np.nan)))


def _rank(value: Array, peers: npt.NDArray[np.bool_]) -> Array:
    """Where each client stands among the peers: -1 (least) to 1 (most), 0 in the middle; 0 outside."""
    out = np.zeros(len(value))
    if peers.sum() > 1:
        quantile = (stats.rankdata(value[peers]) - 0.5) / peers.sum()
        out[peers] = 2 * quantile - 1
    return out
