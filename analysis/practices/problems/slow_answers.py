"""Whether slowness makes clients look elsewhere (practice 21): old open problems as an early signal.

Every problem is looked at on the same day after it began, so that nothing of its later course chooses its group: open
still, or closed by then. What counts is whether the client came back within the horizon after that day.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.portfolio import Portfolio
from analysis.practices.problems.similar_clients import Compared, Difference, Verdict, compared

#: A problem open for longer than two weeks is slow where the shop's own does not say otherwise.
SLOW_AFTER_DAYS = 14


@dataclass(frozen=True)
class SlowAnswers:
    """`quick` and `slow`: closed by `days` after they began, or open still; each beside similar clients without one.

    `verdict`: whether those still waiting came back less ("less") than those answered. `at_risk`: clients on the
    at-risk list; `with_problem`: how many of them have a problem open, `with_old` one of more than `days`.
    """

    days: int
    quick: Compared
    slow: Compared
    verdict: Verdict
    at_risk: int
    with_problem: int
    with_old: int


def slow_answers(portfolio: Portfolio, days: int = SLOW_AFTER_DAYS) -> SlowAnswers:
    """Those still waiting `days` after their problem began beside those answered by then, and who is at risk now."""
    problems = portfolio.records.problems
    # Closed on an unknown day: nobody knows whether by then.
    dated = problems[problems["closed"].notna() | (problems["state"] == "open")]
    on = dated["opened"] + pd.Timedelta(days=days)
    by_then = (dated["closed"] <= on).to_numpy()
    cases = dated[["client_id"]].assign(day=on, group=np.where(by_then, "quick", "slow"))
    quick, slow = compared(portfolio, cases[on <= pd.Timestamp(portfolio.as_of)], ("quick", "slow"))
    flagged = portfolio.clients.loc[portfolio.clients["flagged"].astype(bool), "client_id"]
    still = problems[problems["state"] == "open"]
    old = still[still["opened"] < pd.Timestamp(portfolio.as_of) - pd.Timedelta(days=days)]
    return SlowAnswers(
        days=days,
        quick=quick,
        slow=slow,
        verdict=Difference.of(slow.came_back, quick.came_back).verdict,
        at_risk=len(flagged),
        with_problem=int(flagged.isin(still["client_id"]).sum()),
        with_old=int(flagged.isin(old["client_id"]).sum()),
    )
