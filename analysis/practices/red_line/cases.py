"""Who cannot wait: delicate cases with what set each off, the most severe first.

A case's urgency joins its triggers as if each alone might lose the client: 1 - the product of (1 - weight), so that a
second trigger adds, and none ever makes it more than one. Severity (0-100) is urgency, halved for the client who brings
least and whole for the one who brings most (by the share of clients who bring less in a year). The weights:

====================  ==========================================================================================
flag                  1, and the money whole: the owner's word needs no other reason
goodbye               0.9, for two months
cancelled, no_show    0.6 and 0.4, for 45 days, where the client has neither come nor booked since
problem               0.4 on the first day to 0.8 after 30 days; +0.1 without anybody who owns it; +0.1 where an
                      answer was promised for a day that has passed (never more than 0.95)
payment               0.3 when it fell due to 0.6 after 60 days, once it is overdue
low_rating            0.3 (6 of 10) to 0.7 (0), for 30 days
top_late              0.5 to 0.7 as the days late reach the client's usual interval; of the fifth who bring most
====================  ==========================================================================================

They are an owner's order of work, not a probability. A problem or a bill of somebody who has given no sign of life for
a year is an old debt, not an emergency, and stands on its own page only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.cases import Trigger
from analysis.consent import refused
from analysis.notebook.entries import Outcome
from analysis.portfolio import Portfolio
from analysis.practices.red_line.triggers import STANDING, triggers, yearly_worth
from analysis.with_notebook import REACHED

#: As many cases as an owner can take in hand; the others wait in a table.
AT_ONCE = 10

#: What stands on after the client was reached (a problem still open) is asked about again after so many days.
HANDLED_DAYS = 14
FOR_GOOD = dt.date.max

#: client_id, client_name, worth (money a year, or visits where the export has no amounts), urgency (0-1), severity
#: (0-100), triggers (the most urgent first), since (first day of any), days (since then), refused, tried (the last time
#: somebody tried and did not reach them since then).
CASES = (
    *("client_id", "client_name", "worth", "urgency", "severity"),
    *("triggers", "since", "days", "refused", "tried"),
)


@dataclass(frozen=True)
class RedLine:
    """`cases` (CASES, the most severe first); `set_aside`: client_id and `until`, of those handled or put off."""

    cases: pd.DataFrame
    set_aside: pd.DataFrame


def red_line(portfolio: Portfolio, today: dt.date) -> RedLine:
    """The cases as of the data's last day; `today` (not before it) is the day on which what was put off comes back."""
    found = triggers(portfolio)
    clients = portfolio.clients.set_index("client_id", drop=False)
    if found.empty:
        return RedLine(pd.DataFrame(columns=list(CASES)), pd.DataFrame(columns=["client_id", "until"]))
    worth = yearly_worth(portfolio).set_axis(clients.index)
    rank = worth.fillna(0.0).rank(method="average", pct=True)
    of_client = found.groupby("client_id", sort=False)["trigger"].agg(_by_weight)
    cases = _cases(portfolio, clients.loc[of_client.index], of_client, worth, rank)
    until = _set_aside(portfolio, of_client, today)
    aside = cases["client_id"].isin(until)
    set_aside = pd.DataFrame(list(until.items()), columns=["client_id", "until"])
    return RedLine(cases.loc[~aside].reset_index(drop=True), set_aside)


def _cases(
    portfolio: Portfolio, clients: pd.DataFrame, of_client: pd.Series, worth: pd.Series, rank: pd.Series
) -> pd.DataFrame:
    urgency = np.array([1 - np.prod([1 - trigger.weight for trigger in row]) for row in of_client])
    flagged = np.array([any(trigger.code == "flag" for trigger in row) for row in of_client])
    money = np.where(flagged, 1.0, 0.5 + 0.5 * rank.reindex(of_client.index).to_numpy())
    since = pd.to_datetime([min(trigger.on for trigger in row) for row in of_client])
    tried = pd.to_datetime(pd.Series(of_client.index.map(_tried(portfolio))))
    cases = pd.DataFrame(
        {
            "client_id": of_client.index,
            "client_name": clients["client_name"].to_numpy(),
            "worth": worth.reindex(of_client.index).to_numpy(),
            "urgency": urgency,
            "severity": 100 * urgency * money,
            "triggers": of_client.to_numpy(),
            "since": since,
            "days": np.maximum((pd.Timestamp(portfolio.as_of) - since).days, 0),
            "refused": refused(clients).to_numpy(),
            "tried": tried.where(tried >= since).to_numpy(),
        }
    )
    order = ["severity", "worth", "client_id"]
    return cases.sort_values(order, ascending=[False, False, True], kind="stable", ignore_index=True)


def _by_weight(row: Iterable[Trigger]) -> tuple[Trigger, ...]:
    return tuple(sorted(row, key=lambda trigger: -trigger.weight))


def _set_aside(portfolio: Portfolio, of_client: pd.Series, today: dt.date) -> dict[str, dt.date]:
    """Until when each case is off the board, by client: `FOR_GOOD` where only something new brings it back."""
    outcomes = sorted(portfolio.notebook.outcomes, key=lambda outcome: outcome.on)
    last_word = {outcome.client_id: outcome for outcome in outcomes}
    said = {client_id: last_word[client_id] for client_id in of_client.index if client_id in last_word}
    until = {client_id: _back_on(outcome, of_client[client_id]) for client_id, outcome in said.items()}
    return {client_id: back for client_id, back in until.items() if back is not None and back > today}


def _back_on(outcome: Outcome, row: Iterable[Trigger]) -> dt.date | None:
    """The day on which a case comes back after that outcome; None where it never left the board."""
    if outcome.code == "snoozed":
        return outcome.until
    codes = {trigger.code for trigger in row}
    over = outcome.code in REACHED and all(trigger.on <= outcome.on for trigger in row)
    if not over or "flag" in codes:  # the owner's own flag stands until they take it down
        return None
    return outcome.on + dt.timedelta(HANDLED_DAYS) if codes & STANDING else FOR_GOOD


def _tried(portfolio: Portfolio) -> Mapping[str, pd.Timestamp]:
    """The last contact that reached nobody, of those whose last contact it was."""
    last = portfolio.records.contacts.drop_duplicates("client_id", keep="last")
    unanswered = last.loc[~last["answered"].astype(bool) & (last["outcome"] != "")]
    return dict(zip(unanswered["client_id"], unanswered["date"], strict=True))
