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
from scipy.stats import norm

from analysis.arrays import Array, Bools, Ints, sum_by
from analysis.early_signals.logistic import logistic
from analysis.portfolio import Portfolio
from analysis.practices.sellers import sellers

#: Visits of so many days are looked at.
WINDOW_DAYS = 365
#: A visit is followed in time within so many times the usual gap.
IN_TIME = 1.5
#: A seller with fewer visits or clients cannot be told from the rest.
LEAST_VISITS, LEAST_CLIENTS = 30, 12
#: A seller most of whose visits are for what nobody else does cannot be compared.
LEAST_SHARED = 0.5
#: A service is shared where others do at least this part of it.
_DONE_BY_OTHERS = 0.1
_GAPS = 12  # of the latest gaps the usual one is the median
_BORROWED = 2.0  # gaps' worth of what is usual for the service
#: Classes of what is known of a client's gaps: none, one, a few, many.
_KNOWN_FROM = (1, 2, 3, 6, 12)
_SHORTEST, _LONGEST = 7.0, 270.0
_SERVICES = 12
_RIDGE = 1.0
_WIDEST = 0.5  # scale of the half-normal prior on how far apart sellers are, in logits
_SPREADS: Array = np.linspace(0.01, 2.0, 60)
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


def seller_returns(portfolio: Portfolio) -> SellerReturns:
    """The sellers who work here now; those who left are compared in `analysis.practices.before_and_after`."""
    team = sellers(portfolio)
    here = tuple(team.loc[~team["gone"], "staff"])
    # After a seller leaves, their clients' silence says nothing of those who stayed; nor does it of them before.
    ends = pd.Series(team["last"].to_numpy(), index=team["staff"]).where(~team.set_index("staff")["gone"])
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
    centre, low, high = _drawn_together(effect, variance, told)
    common = _common(effect, variance, told)
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
    earlier = _earlier_gaps(np.log(np.maximum(gap, 1.0)), before)
    known = np.isfinite(earlier).sum(axis=1)
    own = np.where(known > 0, np.nanmedian(np.where(known[:, None] > 0, earlier, 0.0), axis=1), 0.0)
    typical = _typical(rows["service"], following)
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
            "tenure": day - day[start] if len(rows) else day,
            "waited": gap,
        }
    )
    today = as_of.to_datetime64().astype("datetime64[D]").astype(np.int64)
    end = np.full(len(rows), float(today))
    if ends is not None:
        last = rows["staff"].map(ends).to_numpy().astype("datetime64[D]")
        end = np.where(np.isnat(last), end, last.astype(np.int64))
    over = (day + allowed <= end) & (day > today - WINDOW_DAYS) & (rows["staff"] != "").to_numpy()
    kept: pd.DataFrame = cases[over]
    return kept.reset_index(drop=True)


def _earlier_gaps(log_gap: Array, before: Ints) -> Array:
    """(visits, _GAPS): the logs of the gaps that each visit closed or that were closed before it, NaN where none."""
    lagged = np.full((len(log_gap), _GAPS), np.nan)
    for lag in range(_GAPS):
        rows = before > lag
        place = np.flatnonzero(rows) - lag
        lagged[rows, lag] = log_gap[place]
    return lagged


def _typical(service: pd.Series, following: Array) -> Array:
    """The median log gap after visits for each service, of the shop where the service has hardly any."""
    logs = pd.Series(np.log(np.maximum(following, 1.0)), index=service.index)
    overall = float(logs.median()) if logs.notna().any() else float(np.log(30.0))
    of_service = logs.groupby(service).agg(["median", "count"])
    usual = of_service["median"].where(of_service["count"] >= LEAST_VISITS, overall).fillna(overall)
    return np.asarray(service.map(usual).fillna(overall), dtype=np.float64)


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


def _common(effect: Array, variance: Array, told: Bools) -> float:
    """What the sellers' terms are drawn toward, every spread weighed by how likely it is."""
    if not told.any():
        return 0.0
    weight, centres = _spreads(effect[told], variance[told])
    return float((weight * centres).sum())


def _spreads(effect: Array, variance: Array) -> tuple[Array, Array]:
    """The posterior of how far apart sellers are (on `_SPREADS`), and the common term for each spread."""
    total = variance[None, :] + _SPREADS[:, None] ** 2
    precision = (1 / total).sum(axis=1)
    centre = (effect[None, :] / total).sum(axis=1) / precision
    log_density = -0.5 * (np.log(total) + (effect[None, :] - centre[:, None]) ** 2 / total).sum(axis=1)
    log_density += -0.5 * np.log(precision) - 0.5 * (_SPREADS / _WIDEST) ** 2
    weight = np.exp(log_density - log_density.max())
    return weight / weight.sum(), centre


def _drawn_together(effect: Array, variance: Array, told: Bools) -> tuple[Array, Array, Array]:
    """Mean and 80% interval of each seller's term; NaN for those who are not told."""
    out = np.full((3, len(effect)), np.nan)
    if not told.any():
        return out[0], out[1], out[2]
    weight, centres = _spreads(effect[told], variance[told])
    spread2 = _SPREADS[:, None] ** 2
    own = spread2 / (spread2 + variance[told][None, :])
    mean = centres[:, None] + own * (effect[told][None, :] - centres[:, None])
    sd = np.sqrt(own * variance[told][None, :])
    out[0, told] = (weight[:, None] * mean).sum(axis=0)
    for row, share in ((1, 0.1), (2, 0.9)):
        out[row, told] = _quantile(weight, mean, sd, share)
    return out[0], out[1], out[2]


def _quantile(weight: Array, mean: Array, sd: Array, share: float) -> Array:
    """Of a mixture of normals for each seller (spreads, sellers), by halving."""
    low, high = (mean - 8 * sd).min(axis=0), (mean + 8 * sd).max(axis=0)
    for _ in range(50):
        middle = (low + high) / 2
        below = (weight[:, None] * norm.cdf((middle - mean) / np.maximum(sd, 1e-9))).sum(axis=0) < share
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.asarray((low + high) / 2)


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
