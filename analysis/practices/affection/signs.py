"""What is known of clients' affection and what is not: the signs behind the score, and the essay's signs of a band.

A sign that nobody recorded is unknown, never good or bad: it moves no score and widens its margin. So what is missing
is worth as much saying as what is there, with the column of the export that would tell it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Literal

import numpy as np
import pandas as pd

from analysis.affection_weights import SIGNS
from analysis.arrays import Array, Bools, Names
from analysis.portfolio import Portfolio
from analysis.practices.needs import Column, has
from analysis.schema import BANDS, Band

#: The columns of the export that tell each sign; those that visits alone tell are not here.
TOLD_BY: Mapping[str, tuple[Column, ...]] = {
    "ticket": ("sales.amount",),
    "pays_on_time": ("payments.due", "payments.paid"),
    "unpaid": ("payments.due", "payments.paid"),
    "referrals": ("clients.referred_by",),
    "rating": ("sales.rating",),
    "problems": ("problems.opened",),
    "refunds": ("sales.status",),
    "no_shows": ("sales.status",),
    "cancellations": ("sales.status",),
    "answers": ("contacts.date", "contacts.outcome"),
}

Answer = Literal["yes", "no", "unknown"]
BandSign = Literal[
    "pays_better",
    "praises",
    "recommends",
    "drops_in",
    "no_trouble",
    "no_contact",
    "quarrels",
    "complains",
    "speaks_badly",
]
#: What the essay knows each band by.
BAND_SIGNS: Mapping[Band, tuple[BandSign, ...]] = {
    "loved": ("pays_better", "praises", "recommends", "drops_in"),
    "ignored": ("no_trouble", "no_contact"),
    "hated": ("quarrels", "complains", "speaks_badly"),
}
_YEAR_DAYS = 365
#: Of ratings (0-10): praise, and bad words; between them is neither.
_PRAISE_FROM, _BAD_UP_TO = 8.0, 5.0


def known_share(portfolio: Portfolio) -> pd.DataFrame:
    """A row per sign of the score: family, sign, known (clients), share, columns (to add, where the export lacks them).

    `share` is the part of all clients of whom the sign is known.
    """
    points = portfolio.affection_points
    known = (
        points[points["sign"].isin(SIGNS)].groupby("sign", observed=True)["known"].sum().reindex(list(SIGNS))
    )
    return pd.DataFrame(
        {
            "family": [family for family, _ in SIGNS.values()],
            "sign": list(SIGNS),
            "known": known.fillna(0).astype("int64").to_numpy(),
            "share": (known.fillna(0) / len(portfolio.clients)).to_numpy(dtype=float),
            "columns": [_lacking(portfolio, sign) for sign in SIGNS],
        }
    )


@dataclass(frozen=True)
class Unknown:
    """A sign that is not known of a client: `columns` to add, or none where the export has them and the client not."""

    sign: str
    columns: tuple[Column, ...]
    most: float  # the points it could move at most, either way


def unknown_signs(portfolio: Portfolio, client_id: str) -> tuple[Unknown, ...]:
    """The signs not known of a client, those that could move the score most first."""
    points = portfolio.affection_points
    of_client = points[(points["client_id"] == client_id) & points["sign"].isin(SIGNS)]
    missing = of_client.loc[~of_client["known"].astype(bool), "sign"]
    found = [Unknown(str(sign), _lacking(portfolio, str(sign)), _most(str(sign))) for sign in missing]
    return tuple(sorted(found, key=lambda unknown: -unknown.most))


def band_signs(portfolio: Portfolio) -> pd.DataFrame:
    """The essay's signs for every client: client_id, and a column per sign with yes, no or unknown.

    pays_better: their tickets or bills add to the score. praises, speaks_badly: their last rating is 8 or more, 5 or
    less (of 10). recommends: brought another client. drops_in: comes before a visit is due. no_trouble: no complaint
    and no refund. no_contact: neither a visit nor a word in a year. quarrels: a refund or a bill long unpaid.
    complains: a complaint that is open or was badly solved within the year.
    """
    then = portfolio.affection_then.on(portfolio.as_of)
    place = pd.Index(then.client_id).get_indexer(pd.Index(portfolio.clients["client_id"]))
    found = {sign.name: sign for sign in then.felt.signs}

    def points_of(sign: str) -> Array:
        return np.asarray(found[sign].points[place])

    def known(*signs: str) -> Bools:
        return np.asarray(reduce(np.logical_or, [found[sign].known[place] for sign in signs]))

    rating = found["rating"].value[place]
    trouble = (points_of("problems") < 0) | (points_of("refunds") < 0)
    silent = (portfolio.clients["recency_days"] > _YEAR_DAYS).to_numpy()
    spoken = _spoken_within_a_year(portfolio)
    contacts_known = has(portfolio, "contacts.date")
    columns: dict[str, Names] = {
        "pays_better": _answers(
            (points_of("ticket") > 0) | (points_of("pays_on_time") > 0), known("ticket", "pays_on_time")
        ),
        "praises": _answers(rating >= _PRAISE_FROM, known("rating")),
        "recommends": _answers(points_of("referrals") > 0, known("referrals")),
        "drops_in": _answers(points_of("extra_visits") > 0, known("extra_visits")),
        "no_trouble": _answers(~trouble, known("problems") | trouble),
        "no_contact": _answers(silent & ~spoken, ~silent | spoken | contacts_known),
        "quarrels": _answers(
            (points_of("refunds") < 0) | (points_of("unpaid") < 0), known("refunds", "unpaid")
        ),
        "complains": _answers(points_of("problems") < 0, known("problems")),
        "speaks_badly": _answers(rating <= _BAD_UP_TO, known("rating")),
    }
    return pd.DataFrame({"client_id": portfolio.clients["client_id"].to_numpy(), **columns})


def band_sign_counts(portfolio: Portfolio) -> pd.DataFrame:
    """A row per sign of the essay: band (whose sign it is), sign, known (clients), yes, and yes_<band> (of the known).

    yes_<band> is the share of those who show it among the clients of that band of whom it is known; NaN where of none.
    """
    signs = band_signs(portfolio)
    stands = portfolio.clients["band"].to_numpy()
    rows = []
    for band, names in BAND_SIGNS.items():
        for name in names:
            answer = signs[name].to_numpy()
            known, yes = answer != "unknown", answer == "yes"
            shares = [_share(yes[known & (stands == of)]) for of in BANDS]
            rows.append((band, name, int(known.sum()), int(yes.sum()), *shares))
    columns = ["band", "sign", "known", "yes", *(f"yes_{band}" for band in BANDS)]
    return pd.DataFrame(rows, columns=columns)


def _share(shown: Bools) -> float:
    return float(shown.mean()) if len(shown) else math.nan


def _spoken_within_a_year(portfolio: Portfolio) -> Bools:
    contacts = portfolio.records.contacts
    since = pd.Timestamp(portfolio.as_of) - pd.Timedelta(days=_YEAR_DAYS)
    recent = contacts.loc[contacts["date"] > since, "client_id"]
    return portfolio.clients["client_id"].isin(recent).to_numpy(dtype=bool)


def _answers(shown: Bools, known: Bools) -> Names:
    return np.select([~known, shown], ["unknown", "yes"], "no").astype(object)


def _lacking(portfolio: Portfolio, sign: str) -> tuple[Column, ...]:
    return tuple(column for column in TOLD_BY.get(sign, ()) if not has(portfolio, column))


def _most(sign: str) -> float:
    points = SIGNS[sign][1]
    return max(points.adds, -points.takes)
