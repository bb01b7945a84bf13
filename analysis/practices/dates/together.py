"""Since when each client is one, and whether that is known or only the least that can be said.

The day they joined counts where the export has it and it lies before their first visit; else their first visit does.
A first visit soon after the export's own beginning may not have been the first: a client who comes every two months and
is seen six weeks into the file was most likely there before. So it is known only where the file reaches further back
than the client's own long gap (`interval_high`); before that it is "at least since".
"""

from __future__ import annotations

import pandas as pd

from analysis.portfolio import Portfolio

#: A joining day that more clients share than this is the day a program was set up, not the day they all came.
_SET_UP_SHARE = 0.05
_SET_UP_CLIENTS = 10

#: Columns of `together`, one row per client in the order of `portfolio.clients`.
TOGETHER = (
    "client_id",
    "since",
    "known",  # False: they have been a client for at least as long
)


def together(portfolio: Portfolio) -> pd.DataFrame:
    """The first day of each client, as TOGETHER."""
    clients = portfolio.clients
    joined, first = clients["joined"], clients["first_visit"]
    told = joined.mask(_set_up_days(joined))
    begins = portfolio.visits["date"].min()
    seen_before = (first - begins).dt.days.to_numpy() > clients["interval_high"].to_numpy(dtype=float)
    return pd.DataFrame(
        {
            "client_id": clients["client_id"],
            "since": first.where(~(told < first), told),
            "known": (told <= first) | seen_before,
        }
    )


def _set_up_days(joined: pd.Series) -> pd.Series:
    """Which joining days are those of a program: shared by more clients than ever came on one day by themselves."""
    shared = joined.map(joined.value_counts()).fillna(0)
    return shared >= max(_SET_UP_CLIENTS, _SET_UP_SHARE * joined.notna().sum())
