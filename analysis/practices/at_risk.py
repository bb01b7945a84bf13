"""Whom to call: the flagged clients, money first, with what a person needs on the phone (practices 4, 5 and 29)."""

from __future__ import annotations

import pandas as pd

from analysis.portfolio import Portfolio

#: Columns of the call list, on the page, in its download and in the command line's `at_risk.csv`. The band is left out:
#: it is the owner's private word for a relation and this list goes to whoever makes the calls.
AT_RISK = (
    "client_id",
    "client_name",
    "phone",
    "email",
    "value_at_stake",
    "days_late",
    "state",
    "last_visit",
    "interval_days",
    "p_no_visit",
    "service",
    "staff",
    "reasons",
    "suggested_action",
)


def at_risk(portfolio: Portfolio) -> pd.DataFrame:
    """The flagged clients with every column of the client table, money first (by risk where there are no amounts).

    Whoever asked not to be contacted is no call to make.
    """
    clients = portfolio.clients
    refused = clients["consent"].eq(False).fillna(False).astype(bool)  # noqa: FBT003 - a value, not a flag
    named = clients[clients["flagged"] & ~refused]
    return named.sort_values(
        ["value_at_stake", "p_no_visit", "client_id"], ascending=[False, False, True], na_position="last", ignore_index=True
    )
