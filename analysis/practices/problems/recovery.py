"""What solving a problem well is worth (practice 22): who comes back after it, and whom it won back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.portfolio import Portfolio
from analysis.practices.problems.similar_clients import Compared, Difference, Verdict, compared

#: A pace counts as changed from this share on.
_CHANGED = 0.1
#: Gaps on either side of a problem that a change of pace is read from.
_FEWEST_GAPS = 2
_STILL_HERE = ("on_time", "new", "booked", "seasonal", "paused", "due")
_DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Recovery:
    """Who came back after a problem was solved, and after one that was not, each beside similar clients without any.

    `paradox`: whether those whose problem was solved came back more than similar clients who never had one;
    `solving`: whether they came back more than those whose problem was not. `few`: too few cases to say.
    """

    solved: Compared
    unsolved: Compared
    paradox: Verdict
    solving: Verdict

    @property
    def cases(self) -> int:
        return self.solved.came_back.cases + self.unsolved.came_back.cases


def recovery(portfolio: Portfolio) -> Recovery:
    """From the day a problem was closed, well or badly; from its first day where it never was."""
    problems = portfolio.records.problems
    day = problems["closed"].where(problems["state"] != "open", problems["opened"])
    group = np.where(problems["state"] == "solved", "solved", "unsolved")
    cases = problems[["client_id"]].assign(day=day, group=group)[day.notna()]
    solved, unsolved = compared(portfolio, cases, ("solved", "unsolved"))
    return Recovery(
        solved=solved,
        unsolved=unsolved,
        paradox=solved.difference.verdict,
        solving=Difference.of(solved.came_back, unsolved.came_back).verdict,
    )


#: One row per client who had a problem solved and still comes: the last such problem.
RECOVERED = (
    "client_id",
    "client_name",
    "kind",
    "detail",
    "staff",  # who solved it
    "closed",
    "days",  # from opened to closed
    "visits_since",
    "gap_before",  # mean days between visits before the problem and since; NaN with under two gaps
    "gap_since",
    "pace",  # more | less | same | unknown
    "worth",  # money a year; visits a year without amounts
    "consent",
)


def recovered(portfolio: Portfolio) -> pd.DataFrame:
    """RECOVERED, those who come more than before first, then the ones worth most.

    Still here is whoever is neither late nor gone, has nothing open, and has come since the problem was closed.
    """
    problems = portfolio.records.problems
    troubled = problems.loc[problems["state"] != "solved"]
    unhappy = troubled.loc[(troubled["state"] == "open"), "client_id"]
    solved = problems[(problems["state"] == "solved") & problems["closed"].notna()]
    last = solved.sort_values(["closed", "opened"], kind="stable").drop_duplicates("client_id", keep="last")
    clients = portfolio.clients
    here = clients[clients["state"].isin(_STILL_HERE) & ~clients["client_id"].isin(unhappy)]
    worth = here["annual_value"] if portfolio.has_amounts else _DAYS_A_YEAR / here["interval_days"]
    people = here[["client_id", "client_name", "consent"]].assign(worth=worth.astype(float))
    found = last.merge(people, on="client_id").merge(_paces(portfolio, last), on="client_id")
    found = found[found["visits_since"] > 0]
    found = found.assign(days=(found["closed"] - found["opened"]).dt.days, more=found["pace"] == "more")
    order = ["more", "worth", "client_id"]
    return found.sort_values(order, ascending=[False, False, True], ignore_index=True)[list(RECOVERED)]


def _paces(portfolio: Portfolio, problems: pd.DataFrame) -> pd.DataFrame:
    """How often each problem's client came up to its first day, and since it was closed."""
    span = problems[["client_id", "opened", "closed"]]
    visits = portfolio.visits.loc[
        portfolio.visits["client_id"].isin(span["client_id"]), ["client_id", "date"]
    ]
    visits = visits.merge(span, on="client_id")
    before = (
        visits[visits["date"] <= visits["opened"]].groupby("client_id")["date"].agg(["size", "min", "max"])
    )
    since = visits[visits["date"] > visits["closed"]].groupby("client_id")["date"].agg(["size", "min", "max"])
    table = pd.DataFrame({"client_id": span["client_id"]})
    table["gap_before"] = table["client_id"].map(_mean_gap(before)).astype(float)
    table["gap_since"] = table["client_id"].map(_mean_gap(since)).astype(float)
    table["visits_since"] = table["client_id"].map(since["size"]).fillna(0).astype("int64")
    ratio = table["gap_since"] / table["gap_before"]
    pace = [ratio.isna(), ratio < 1 - _CHANGED, ratio > 1 + _CHANGED]
    return table.assign(pace=np.select(pace, ["unknown", "more", "less"], "same"))


def _mean_gap(visits: pd.DataFrame) -> pd.Series:
    gaps = visits["size"] - 1
    return ((visits["max"] - visits["min"]).dt.days / gaps.where(gaps >= _FEWEST_GAPS)).astype(float)
