"""Whom to call, in which order, when only so many calls fit in a week."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.consent import refused
from analysis.portfolio import BackTest, Portfolio

_DAYS_A_YEAR = 365.25


def call_list(portfolio: Portfolio, clients: pd.DataFrame | None = None) -> pd.DataFrame:
    """The flagged clients (schema.CLIENTS + extras), those with most at stake first.

    `clients` narrows the list to some of `portfolio.clients`. Without amounts what is at stake is visits a year.
    """
    chosen = portfolio.clients if clients is None else clients
    return money_first(portfolio, chosen.loc[chosen["flagged"].astype(bool)])


def money_first(portfolio: Portfolio, clients: pd.DataFrame) -> pd.DataFrame:
    """Rows of the portfolio's clients, those with most at stake first; without amounts, most visits a year."""
    if portfolio.has_amounts:
        at_stake = clients["value_at_stake"]
    else:
        at_stake = _DAYS_A_YEAR / clients["interval_days"] * clients["p_no_visit"] * clients["p_alive"]
    return clients.loc[at_stake.sort_values(ascending=False, kind="stable", na_position="last").index]


def who_may_be_called(calls: pd.DataFrame) -> pd.DataFrame:
    """The list without those who asked not to be contacted."""
    return calls.loc[~refused(calls)]


@dataclass(frozen=True)
class PastCalls:
    """What became of the list the alarm would have named a horizon ago."""

    called: int
    did_not_return: int

    @property
    def share(self) -> float:
        return self.did_not_return / self.called if self.called else 0.0


def past_calls(back_test: BackTest, calls: int) -> PastCalls:
    """Of the first `calls` flagged a horizon ago, how many did not return within it."""
    replay = back_test.replay
    named = replay.loc[replay["rank"] <= calls] if len(replay) else replay
    return PastCalls(len(named), int((~named["returned"].astype(bool)).sum()) if len(named) else 0)


@dataclass(frozen=True)
class Precision:
    """Share of those called who would not have come by themselves, with its 80% interval; from the back-test."""

    share: float
    low: float
    high: float


def precision_at(back_test: BackTest, calls: int) -> Precision | None:
    """What to expect of a list of `calls` names; None where the past is too short to say."""
    table = back_test.precision_at
    if not back_test.usable or table.empty:
        return None
    rows = table.sort_values("calls")
    row = rows.iloc[int((rows["calls"] - calls).abs().argmin())]
    return Precision(float(row["precision"]), float(row["precision_low"]), float(row["precision_high"]))
