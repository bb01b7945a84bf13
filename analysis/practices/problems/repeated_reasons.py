"""Reasons that repeat (practice 23): where they come from, whether they grow, and who else may meet them.

A problem is laid to the service and the seller of the client's last visit up to the day it began. Its rate is that of
problems among visits, counted from the first problem on record: before it nobody wrote them down. Whether a service or
seller has more than the others is a question asked many times over, so the p of each (exact, of as many problems as
there are, shared out as the visits are) is held to a false discovery rate (Benjamini and Hochberg 1995), and how many
times the others' rate is drawn towards one (as if three more problems had come, spread like the visits).
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from scipy.stats import binom

from analysis.portfolio import Portfolio
from analysis.practices.problems.kinds_alike import joined_kinds

#: A reason repeats from so many problems on.
REPEATED = 3
#: Of ten places said to stand out one may be chance.
FALSE_DISCOVERIES = 0.1
_BORROWED = 3.0
#: A problem is laid to a visit at most so many days before it.
_LAID_TO = 60
_LATELY = 182
_SURE = 0.1
_DAYS_A_YEAR = 365.25

By = Literal["service", "staff"]

#: One row per problem: what it was about and where.
LAID = ("client_id", "opened", "state", "reason", "service", "staff", "owner")

#: One row per reason, the most frequent first.
REASONS = (
    "reason",
    "problems",
    "clients",
    "open",
    "badly",
    "per_1000",  # visits
    "lately",  # problems in the last half year
    "trend",  # rising | falling | steady | unknown: the last half year's rate against the one before
)

#: One row per place (a service or seller) and reason that repeats ("" = all problems) with two problems or more.
PLACES = (
    "by",  # service | staff
    "name",
    "reason",
    "problems",
    "visits",
    "per_1000",
    "others_per_1000",
    "times",  # the others' rate, drawn towards 1
    "p",
    "stands_out",
)


def laid(portfolio: Portfolio) -> pd.DataFrame:
    """LAID: every problem with its reason, joined over spellings, and the service and seller it is laid to."""
    problems = portfolio.records.problems
    visits = portfolio.visits[["client_id", "date", "service", "staff"]]
    visits = visits[visits["client_id"].isin(problems["client_id"])].sort_values("date", kind="stable")
    found = problems.rename(columns={"staff": "owner"}).assign(reason=joined_kinds(problems["kind"]))
    found["client_id"] = found["client_id"].astype(visits["client_id"].dtype)
    found = pd.merge_asof(
        found.sort_values("opened", kind="stable"),
        visits,
        left_on="opened",
        right_on="date",
        by="client_id",
        tolerance=pd.Timedelta(days=_LAID_TO),
    )
    return found.fillna({"service": "", "staff": ""})[list(LAID)]


def repeated_reasons(portfolio: Portfolio) -> pd.DataFrame:
    """REASONS that at least three problems share."""
    found = laid(portfolio)
    named = found[found["reason"] != ""]
    visits = _visits_since(portfolio, found)
    since = pd.Timestamp(portfolio.as_of) - pd.Timedelta(days=_LATELY)
    lately = int((visits["date"] > since).sum())
    table = (
        named.assign(
            still=named["state"] == "open",
            bad=named["state"] == "badly_solved",
            recent=named["opened"] > since,
        )
        .groupby("reason", as_index=False)
        .agg(
            problems=("opened", "size"),
            clients=("client_id", "nunique"),
            open=("still", "sum"),
            badly=("bad", "sum"),
            lately=("recent", "sum"),
        )
    )
    table = table[table["problems"] >= REPEATED]
    table = table.assign(
        per_1000=1000 * table["problems"] / max(len(visits), 1),
        trend=_trend(table["lately"], table["problems"], lately, len(visits)),
    )
    return table.sort_values(["problems", "reason"], ascending=[False, True], ignore_index=True)[
        list(REASONS)
    ]


def _trend(recent: pd.Series, problems: pd.Series, lately: int, visits: int) -> np.ndarray:
    """Whether the last half year had more or fewer than its share of the visits would; unknown with no time before."""
    if not 0 < lately < visits:
        return np.full(len(recent), "unknown", dtype=object)
    share = lately / visits
    more = binom.sf(recent - 1, problems, share)
    fewer = binom.cdf(recent, problems, share)
    return np.select([more < _SURE / 2, fewer < _SURE / 2], ["rising", "falling"], "steady").astype(object)


def places(portfolio: Portfolio) -> pd.DataFrame:
    """PLACES: the ones that surely have more than the others first, then by how surely."""
    found = laid(portfolio)
    visits = _visits_since(portfolio, found)
    times = found["reason"].value_counts()
    repeat = [str(reason) for reason in times.index[times >= REPEATED] if reason]
    cells = [_cells(found, visits, by, ["", *sorted(repeat)]) for by in ("service", "staff")]
    table = pd.concat(cells, ignore_index=True)
    # Of all that was asked, whatever is shown of it.
    table = table.assign(stands_out=_discoveries(table["p"].to_numpy(dtype=float)))
    table = table[table["problems"] > 1]
    order = ["stands_out", "p", "name", "reason"]
    table = table.sort_values(order, ascending=[False, True, True, True], ignore_index=True)
    return table[list(PLACES)]


def _cells(found: pd.DataFrame, visits: pd.DataFrame, by: By, reasons: list[str]) -> pd.DataFrame:
    """Every place and reason, each place against the others; none where there is one place only."""
    known = visits.loc[visits[by] != "", by].value_counts()
    at = found[found[by].isin(known.index)]
    every = pd.concat([at.assign(reason=""), at[at["reason"].isin(reasons[1:])]])
    whole = every["reason"].value_counts().reindex(reasons, fill_value=0)
    grid = pd.MultiIndex.from_product([reasons, known.index], names=["reason", "name"])
    here = every.groupby(["reason", by]).size().reindex(grid, fill_value=0)
    table = here.rename("problems").reset_index().assign(by=by)
    if len(known) <= 1:
        return table.head(0).assign(visits=0, per_1000=0.0, others_per_1000=0.0, times=0.0, p=0.0)
    table["visits"] = table["name"].map(known).astype(int)
    share = table["visits"] / known.sum()
    others = known.sum() - table["visits"]
    of_reason = table["reason"].map(whole)
    rest = of_reason - table["problems"]
    # What the others' rate would have brought here; with few problems there, it is the shop's own.
    by_rest = (rest + _BORROWED * (1 - share)) / others * table["visits"]
    return table.assign(
        per_1000=1000 * table["problems"] / table["visits"],
        others_per_1000=1000 * rest / others,
        times=(table["problems"] + _BORROWED * share) / by_rest,
        p=binom.sf(table["problems"] - 1, of_reason, share),
    )


def _discoveries(p: np.ndarray) -> np.ndarray:
    """Which of many p hold at the false discovery rate."""
    if not len(p):
        return np.zeros(0, dtype=bool)
    order = np.argsort(p, kind="stable")
    bar = FALSE_DISCOVERIES * np.arange(1, len(p) + 1) / len(p)
    under = np.flatnonzero(p[order] <= bar)
    return p <= (p[order][under[-1]] if len(under) else -1.0)


def _visits_since(portfolio: Portfolio, found: pd.DataFrame) -> pd.DataFrame:
    """A row per client and day since problems are on record."""
    visits = portfolio.visits
    return visits[visits["date"] >= found["opened"].min()] if len(found) else visits.head(0)


#: One row per client who may meet a reason next.
EXPOSED = ("client_id", "client_name", "phone", "email", "last_visit", "state", "worth", "consent")


def exposed(portfolio: Portfolio, reason: str, by: By, name: str) -> pd.DataFrame:
    """EXPOSED: who had the service (or seller) within the last horizon and never this problem, worth most first.

    `reason` "" is any reason.
    """
    told = laid(portfolio)
    had = told.loc[told["reason"] == reason if reason else told["reason"].notna(), "client_id"]
    rows = portfolio.records.services if by == "service" and portfolio.has_services else portfolio.visits
    since = pd.Timestamp(portfolio.as_of) - pd.Timedelta(days=portfolio.settings.horizon_days)
    lately = rows.loc[(rows["date"] > since) & (rows[by] == name), "client_id"]
    clients = portfolio.clients
    found = clients[clients["client_id"].isin(lately) & ~clients["client_id"].isin(had)]
    worth = found["annual_value"] if portfolio.has_amounts else _DAYS_A_YEAR / found["interval_days"]
    found = found.assign(worth=worth.astype(float))
    return found.sort_values(["worth", "client_id"], ascending=[False, True], ignore_index=True)[
        list(EXPOSED)
    ]
