"""Which sources, first services, first tickets and sellers bring clients who come again, stay and pay.

What is compared is how clients came and what they did; nobody's wealth is guessed at. The figures are observational: a
source may bring other people than another one, and not make them stay. Each is drawn towards the shop's own, and called
better or worse only where the groups surely differ (`comparing`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
import pandas as pd

from analysis.arrays import Array, Bools, Names
from analysis.names import fingerprint
from analysis.portfolio import Portfolio
from analysis.practices.comparing import Compared, compared
from analysis.practices.growth.narrowed import narrowed
from analysis.practices.growth.second_visit import Newcomers, newcomers
from analysis.practices.growth.staying import Staying, staying
from analysis.practices.once import untouched_by_notebook
from analysis.practices.survival import Share

Grouping = Literal["source", "service", "ticket", "seller"]
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)

Measure = Literal["second", "stay", "value"]
MEASURES: tuple[Measure, ...] = get_args(Measure)

#: client: another client sent them; other: groups too small to stand alone; unknown: not said; low, middle, high:
#: thirds of what the first visit brought. "" for the groups that have a name of their own.
GroupCode = Literal["", "client", "other", "unknown", "low", "middle", "high"]
_THIRDS: tuple[GroupCode, ...] = ("low", "middle", "high")

#: A group with fewer clients joins the others.
FEWEST = 8
_MOST_GROUPS = 8
_STAY_AFTER = (12, 6, 3)
#: Groups of whoever is left: nothing is said of them.
_APART = ("other", "unknown")
#: A group's own spread of money counts for its clients, the shop's for so many.
_LEANING = 20.0


@dataclass(frozen=True)
class Origins:
    """How the groups do.

    table: a row per group, the largest first, `other` and `unknown` last: code, name (of those without a code),
    clients, from and to (what a third's first visits brought), active_6, active_12; and for each of `MEASURES`
    <measure> as it was, <measure>_drawn, _low, _high (drawn towards the shop's) and _standing. Groups `other` and
    `unknown` take no part in the comparison. stay_after: months after which `stay` looks (12, less in a young file);
    None if nobody could be watched. means: of the shop, by measure.
    """

    grouping: Grouping
    table: pd.DataFrame
    means: dict[Measure, float]
    stay_after: int | None
    newcomers: int
    money: bool


def groupings(portfolio: Portfolio) -> tuple[Grouping, ...]:
    """Those that the export tells of, the most telling first."""
    there: dict[Grouping, bool] = {
        "source": len(portfolio.records.referrals) > 0,
        "service": portfolio.has_services,
        "ticket": portfolio.has_amounts,
        "seller": portfolio.has_staff,
    }
    return tuple(grouping for grouping in GROUPINGS if there[grouping])


@untouched_by_notebook
def origins(
    portfolio: Portfolio, grouping: Grouping, service: str | None = None, seller: str | None = None
) -> Origins:
    """The newcomers of the shop, or of the clients of a service or of a seller, by how they came."""
    shop = narrowed(portfolio, service, seller)
    came = newcomers(portfolio, shop)
    life = staying(portfolio, shop, came)
    labels = _labels(portfolio, grouping, shop.client_id[came.client], came)
    groups = _groups(labels)
    members = [(labels["code"].eq(code) & labels["name"].eq(name)).to_numpy() for code, name in groups]
    everyone = np.ones(len(labels), dtype=bool)
    after = next((months for months in _STAY_AFTER if life.active_after(months, everyone).known), None)
    figures = {
        "second": _shares([came.in_time(own) for own in members]),
        "stay": _shares([life.active_after(after or _STAY_AFTER[0], own) for own in members]),
        "value": _values(life, members),
    }
    compete = np.array([code not in _APART for code, _ in groups], dtype=bool)
    table = pd.DataFrame(groups, columns=["code", "name"])
    table["clients"] = [int(own.sum()) for own in members]
    for end, pick in (("from", np.min), ("to", np.max)):
        table[end] = [
            float(pick(came.ticket[own])) if code in _THIRDS else np.nan
            for (code, _), own in zip(groups, members, strict=True)
        ]
    for months in (6, 12):
        table[f"active_{months}"] = [life.active_after(months, own).share for own in members]
    means: dict[Measure, float] = {}
    for measure in MEASURES:
        found = _compared(*figures[measure], compete, np.inf if measure == "value" else 1.0)
        means[measure] = found.mean
        table[measure] = figures[measure][0]
        for name in ("value", "low", "high", "standing"):
            table[f"{measure}_{'drawn' if name == 'value' else name}"] = getattr(found, name)
    return Origins(grouping, table, means, after, len(labels), shop.money)


def _compared(value: Array, variance: Array, compete: Bools, most: float) -> Compared:
    """The groups that compete beside each other; the rest has no standing."""
    rest = np.full(len(value), np.nan)
    found = compared(np.where(compete, value, rest), np.where(compete, variance, rest))
    return replace(found, high=np.minimum(found.high, most), low=np.maximum(found.low, 0.0))


def _shares(found: Sequence[Share]) -> tuple[Array, Array]:
    """Shares of the groups, and what chance makes of them where all are alike."""
    share = np.array([one.share for one in found], dtype=float)
    trials = np.array([one.trials for one in found], dtype=float)
    known = np.isfinite(share) & (trials > 0)
    if not known.any():
        return share, np.full(len(share), np.nan)
    # Half a client more on either side: where all came back, chance would still have sent some away.
    common = (float((share * trials)[known].sum()) + 0.5) / (float(trials[known].sum()) + 1)
    return share, np.where(known, common * (1 - common) / np.where(known, trials, 1.0), np.nan)


def _values(life: Staying, members: Sequence[Bools]) -> tuple[Array, Array]:
    """First years of the groups, and what chance makes of them; a small group's spread leans on the shop's."""
    found = [life.first_year(own) for own in members]
    mean = np.array([one.mean for one in found], dtype=float)
    clients = np.array([one.clients for one in found], dtype=float)
    spread = np.array([one.error for one in found], dtype=float) ** 2 * clients
    known = np.isfinite(spread) & (clients > 0)
    if not known.any():
        return mean, np.full(len(mean), np.nan)
    common = float((spread * clients)[known].sum() / clients[known].sum())
    own = (clients * np.nan_to_num(spread) + _LEANING * common) / (clients + _LEANING)
    return mean, np.where(known, own / np.maximum(clients, 1.0), np.nan)


def _labels(portfolio: Portfolio, grouping: Grouping, ids: Names, came: Newcomers) -> pd.DataFrame:
    """A code and a name per newcomer, small groups already joined."""
    if grouping == "source":
        labels = _by_source(portfolio, ids)
    elif grouping == "ticket":
        labels = _by_ticket(came.ticket)
    else:
        names = came.service if grouping == "service" else came.seller
        labels = pd.DataFrame({"code": np.where(names == "", "unknown", ""), "name": names}, dtype=object)
    sizes = labels[labels["code"] != "unknown"].value_counts(["code", "name"])
    small = [*sizes.index[sizes < FEWEST], *sizes.index[sizes >= FEWEST][_MOST_GROUPS:]]
    joined = pd.MultiIndex.from_frame(labels[["code", "name"]]).isin(small)
    labels.loc[joined & ~labels["code"].isin(_THIRDS), ["code", "name"]] = ["other", ""]
    return labels


def _by_source(portfolio: Portfolio, ids: Names) -> pd.DataFrame:
    told = portfolio.records.referrals.drop_duplicates("client_id").set_index("client_id").reindex(ids)
    source = told["source"].fillna("").astype(object)
    alike = source.map(lambda text: fingerprint(text) if text else "")
    spelled = source.groupby(alike).agg(lambda texts: texts.value_counts().index[0])
    sent = told["referrer_id"].fillna("").ne("")
    code = np.select([sent, source.eq("")], ["client", "unknown"], "")
    name = alike.map(spelled).where(~sent, "")
    return pd.DataFrame({"code": code, "name": name.to_numpy(dtype=object)}, dtype=object)


def _by_ticket(ticket: Array) -> pd.DataFrame:
    """Thirds of what the first visits brought; fewer where many cost the same."""
    known = ~np.isnan(ticket)
    edges = np.quantile(ticket[known], [1 / 3, 2 / 3]) if known.any() else np.zeros(2)
    third = np.searchsorted(edges, np.nan_to_num(ticket), side="left")
    code = np.where(known, np.array(_THIRDS, dtype=object)[third], "unknown")
    return pd.DataFrame({"code": code, "name": np.full(len(code), "", dtype=object)}, dtype=object)


def _groups(labels: pd.DataFrame) -> list[tuple[str, str]]:
    """The groups in the order to show: thirds as they rise, else the largest first; the rest and the unknown last."""
    sizes = labels.value_counts(["code", "name"])
    last = {"other": 1, "unknown": 2}

    def order(group: tuple[str, str]) -> tuple[int, int, int, str]:
        code, name = group
        rank = _THIRDS.index(code) if code in _THIRDS else 0
        return last.get(code, 0), rank, -int(sizes[group]), name

    return sorted(((str(code), str(name)) for code, name in sizes.index), key=order)
