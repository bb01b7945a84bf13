"""How many of each seller's visits are followed by another in time, once it is allowed for who their clients are.

Observational. A visit counts as followed when the client comes again, to whomever, within half as long again as was
usual for them until then; visits whose time is not over yet are left out. A ridge logistic regression on what was known
of client and visit beforehand, with a term for each seller, says what each would have with everyone's clients
(direct standardisation). Sellers' terms are drawn together by a normal of unknown spread (Efron and Morris 1975; Gelman
2006 for its prior), so few cases stay near the shop's mean; their doubt counts clients, not visits, for a client's
visits are alike. Affection is no part of it: it is moved by the very thing that is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy.special import expit

from analysis.arrays import Array, Bools, Ints, sum_by
from analysis.early_signals.logistic import logistic
from analysis.portfolio import Portfolio
from analysis.practices.once import untouched_by_notebook
from analysis.practices.team.drawn_together import common_effect, drawn_together
from analysis.practices.team.judged_visits import judged_visits
from analysis.practices.team.sellers import sellers
from analysis.threads import one_thread

#: A seller with fewer visits or clients cannot be told from the rest.
LEAST_VISITS, LEAST_CLIENTS = 30, 12
#: A seller most of whose visits are for what nobody else does cannot be compared.
LEAST_SHARED = 0.5
#: A service is shared where others do at least this part of it.
_DONE_BY_OTHERS = 0.1
#: Classes of what is known of a client's gaps: none, one, a few, many.
_KNOWN_FROM = (1, 2, 3, 6, 12)
_SERVICES = 12
_RIDGE = 1.0
#: What is known of clients tells their mix but in part: of how much it differs, this share may still be unseen.
_UNSEEN = 0.15
_NEWTON_STEPS = 25
_BOTH = 2  # outcomes: all followed or none teach nothing

#: like_the_rest: the interval holds the shop's mean; few: too few cases to tell; alone: nobody does what they do.
Verdict = Literal["better", "worse", "like_the_rest", "few", "alone"]

SELLER_RETURNS = (
    "staff",
    "visits",  # whose time is over
    "clients",
    "raw",  # share followed in time, as it is
    "adjusted",  # the share they would have with everyone's clients; NaN where it cannot be told
    "low",  # an 80% interval
    "high",
    "verdict",
)


@dataclass(frozen=True)
class SellerReturns:
    """`table`: SELLER_RETURNS, by name. `mean`: the shop's share, which the intervals are compared with."""

    table: pd.DataFrame
    mean: float
    visits: int


@untouched_by_notebook
@one_thread()
def seller_returns(portfolio: Portfolio) -> SellerReturns:
    """The sellers who work here now; those who left are compared in `analysis.practices.team.before_and_after`."""
    team = sellers(portfolio)
    here = tuple(team.loc[~team["gone"], "staff"])
    # What clients do after their seller left says nothing of the visits before.
    left = team[team["gone"]]
    ends = pd.Series(left["last"].to_numpy(), index=left["staff"].to_numpy(dtype=object))
    return compare(portfolio.visits, pd.Timestamp(portfolio.as_of), here, ends)


def compare(
    visits: pd.DataFrame, as_of: pd.Timestamp, here: tuple[str, ...], ends: pd.Series | None = None
) -> SellerReturns:
    """`visits` as the Portfolio's (client_id, date, service, staff); `here`: the sellers to show.

    `ends`: by seller, the day after which their visits' time no longer counts (NaT or absent: as_of).
    """
    cases = judged_visits(visits, as_of, ends)
    seller, names = pd.factorize(cases["staff"], sort=True)
    shown = [str(name) for name in names if name in set(here)]
    if not shown or cases["followed"].nunique() != _BOTH:
        return SellerReturns(
            _empty(), float(cases["followed"].mean()) if len(cases) else float("nan"), len(cases)
        )
    columns = _columns(cases)
    client = pd.factorize(cases["client_id"])[0].astype(np.int64)
    followed = cases["followed"].to_numpy(dtype=np.float64)
    count = pd.DataFrame({"staff": seller, "client": client})
    visits_of = np.bincount(seller, minlength=len(names))
    clients_of = (
        count.drop_duplicates().groupby("staff").size().reindex(range(len(names)), fill_value=0).to_numpy()
    )
    alone = _alone(cases, seller, len(names))
    few = (visits_of < LEAST_VISITS) | (clients_of < LEAST_CLIENTS)
    rest = _linear(columns, seller, len(names), followed)
    effect, variance = _effects(rest, followed, seller, client, len(names))
    shift = sum_by(seller.astype(np.int64), rest, len(names)) / np.maximum(visits_of, 1) - rest.mean()
    variance = variance + (_UNSEEN * shift) ** 2
    told = ~alone & ~few & np.isfinite(variance)
    centre, low, high = drawn_together(effect, variance, told)
    common = common_effect(effect, variance, told)
    table = pd.DataFrame(
        {
            "staff": np.asarray(names, dtype=object),
            "visits": visits_of,
            "clients": clients_of,
            "raw": sum_by(seller.astype(np.int64), followed, len(names)) / np.maximum(visits_of, 1),
        }
    )
    for name, terms in (("adjusted", centre), ("low", low), ("high", high)):
        table[name] = [float(expit(rest + term).mean()) if np.isfinite(term) else np.nan for term in terms]
    mean = float(expit(rest + common).mean()) if told.any() else float(followed.mean())
    table["verdict"] = np.select(
        [alone, few | ~told, low > common, high < common],
        ["alone", "few", "better", "worse"],
        "like_the_rest",
    )
    table = table[table["staff"].isin(shown)].reset_index(drop=True)
    return SellerReturns(table[list(SELLER_RETURNS)], mean, len(cases))


def _columns(cases: pd.DataFrame) -> Array:
    """What was known of client and visit beforehand, each column with mean 0 and spread 1.

    How regular a client is says the more the more gaps it is known from: each class of visits before has its own slope.
    """
    spread = cases["spread"].to_numpy(dtype=np.float64)
    usual = np.log(cases["usual"].to_numpy(dtype=np.float64))
    before = cases["before"].to_numpy(dtype=np.float64)
    known = np.digitize(before, _KNOWN_FROM)
    middle = float(np.nanmedian(spread)) if np.isfinite(spread).any() else 0.0
    uneven = np.where(np.isfinite(spread), spread, middle) - middle
    parts = [usual, usual**2, np.log1p(before), np.log1p(cases["tenure"].to_numpy(dtype=np.float64))]
    for one in range(1, len(_KNOWN_FROM) + 1):
        here = known == one
        parts += [here, here * uneven, here * uneven**2, here * usual]
    often = cases["service"].value_counts().index[:_SERVICES]
    parts += [(cases["service"] == name).to_numpy() for name in often[1:]]
    quarter = cases["date"].dt.quarter.to_numpy()
    parts += [quarter == one for one in (1, 2, 3)]
    x = np.column_stack([np.asarray(part, dtype=np.float64) for part in parts])
    scale = x.std(axis=0)
    return np.asarray((x - x.mean(axis=0))[:, scale > 0] / scale[scale > 0])


def _linear(x: Array, seller: Ints, sellers_: int, followed: Array) -> Array:
    """What client and visit say alone, in logits, from a fit that gives each seller a term of their own."""
    own = np.eye(sellers_)[seller]
    whole = np.column_stack([x, own])
    fit = logistic(whole, followed, np.ones(len(x)), _RIDGE)
    return np.asarray(fit[0] + x @ fit[1 : 1 + x.shape[1]])


def _effects(rest: Array, followed: Array, seller: Ints, client: Ints, sellers_: int) -> tuple[Array, Array]:
    """Each seller's term given `rest`, and its variance with clients as the units (a sandwich).

    A visit that was followed and one that was not, as likely as the rest says, are added to each: a seller all of whose
    clients returned has no infinite term.
    """
    term = np.zeros(sellers_)
    for _ in range(_NEWTON_STEPS):
        p = expit(rest + term[seller])
        slope = sum_by(seller, followed - p, sellers_) - np.tanh(term / 2)
        curve = sum_by(seller, p * (1 - p), sellers_) + 0.5
        step = np.clip(slope / curve, -1, 1)
        term = term + step
    p = expit(rest + term[seller])
    pair = client.astype(np.int64) * sellers_ + seller
    pairs, place = np.unique(pair, return_inverse=True)
    score = np.bincount(place, weights=followed - p)
    by_client = sum_by(pairs % sellers_, score**2, sellers_)
    clients = np.bincount(pairs % sellers_, minlength=sellers_)
    curve = sum_by(seller, p * (1 - p), sellers_) + 0.5
    # A sandwich of few clients is too sure of itself.
    few = clients / np.maximum(clients - 1, 1)
    meat = np.maximum(by_client * few, curve)
    return term, np.asarray(meat / curve**2)


def _alone(cases: pd.DataFrame, seller: Ints, sellers_: int) -> Bools:
    """Whose visits are mostly for services that hardly anybody else does."""
    service = pd.factorize(cases["service"])[0].astype(np.int64)
    table = np.zeros((sellers_, int(service.max(initial=0)) + 1))
    np.add.at(table, (seller, service), 1)
    of_others = (table.sum(axis=0) - table) / np.maximum(table.sum(axis=0), 1)
    shared = (table * (of_others >= _DONE_BY_OTHERS)).sum(axis=1) / np.maximum(table.sum(axis=1), 1)
    return np.asarray(shared < LEAST_SHARED)


def _empty() -> pd.DataFrame:
    return pd.DataFrame(columns=list(SELLER_RETURNS))
