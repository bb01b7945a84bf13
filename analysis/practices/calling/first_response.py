"""How soon a first sign of leaving is answered by a call, a message or a visit, and what came of it.

The first signal is the day on which the alarm of a client's current silence went up (`first_signal` in `clients`: by
month ends, today for those who were not yet flagged at the last one). Any contact from that day on answers it, whether
it reached them or not. `days` counts from the signal to that contact, `waiting` to today where there was none: the
median is of those contacted alone, and says nothing without the number of those who wait.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.consent import refused
from analysis.portfolio import Portfolio
from analysis.practices.calling.calls import call_list
from analysis.practices.calling.outcome_codes import outcome_codes

#: What a client who was asked may have said of why they had not come; the last of these to be said counts.
REASONS = ("slip", "problem", "price", "moved", "left")

#: client_id, first_signal, first_contact (NaT), days (to the contact), waiting (days up to today without one), answered
#: (anybody reached since), outcome (the last reason said since; else the last outcome's code; "" where unknown).
RESPONSES = ("client_id", "first_signal", "first_contact", "days", "waiting", "answered", "outcome")


@dataclass(frozen=True)
class FirstResponse:
    """`responses` (RESPONSES) of all who are flagged; `act_now`: rows of the clients not contacted.

    Those whose signal was there before today come first, in each part money first.
    """

    responses: pd.DataFrame
    act_now: pd.DataFrame
    median_days: float | None  # of those contacted
    outcomes: pd.Series  # clients by outcome code, most first, of those contacted

    @property
    def contacted(self) -> int:
        return int(self.responses["first_contact"].notna().sum())

    @property
    def waiting(self) -> int:
        """Those without any contact, but for whose signal is of today."""
        return int((self.responses["waiting"] > 0).sum())

    @property
    def new(self) -> int:
        """Those without any contact whose signal is of today."""
        return int((self.responses["waiting"] == 0).sum())

    @property
    def longest_wait(self) -> int | None:
        waiting = self.responses["waiting"].dropna()
        return int(waiting.max()) if len(waiting) else None


def first_response(portfolio: Portfolio) -> FirstResponse:
    """From first signal to first contact, of the clients whose alarm is up now."""
    flagged = call_list(portfolio)
    signal = flagged.set_index("client_id")["first_signal"]
    contacts = portfolio.records.contacts
    since = contacts.loc[contacts["date"] >= contacts["client_id"].map(signal)]
    by_client = since.groupby("client_id")
    ids = flagged["client_id"]
    first = by_client["date"].min().reindex(ids).set_axis(ids.index)
    told = _said(since)
    today = pd.Timestamp(portfolio.as_of)
    responses = pd.DataFrame(
        {
            "client_id": ids,
            "first_signal": flagged["first_signal"],
            "first_contact": first,
            "days": (first - flagged["first_signal"]).dt.days,
            "waiting": (today - flagged["first_signal"]).dt.days.where(first.isna()),
            "answered": by_client["answered"].any().reindex(ids).eq(True).to_numpy(),
            "outcome": [told.get(client_id, "") for client_id in ids],
        }
    ).reset_index(drop=True)
    to_call = flagged.loc[first.isna().to_numpy() & ~refused(flagged).to_numpy()]
    overlooked = to_call["first_signal"] < today
    to_call = pd.concat([to_call.loc[overlooked], to_call.loc[~overlooked]])
    said = responses.loc[responses["outcome"] != "", "outcome"]
    days = responses["days"].dropna()
    median = float(days.median()) if len(days) else None
    return FirstResponse(responses, to_call, median, said.value_counts())


def _said(contacts: pd.DataFrame) -> dict[str, str]:
    """What each client said: the last reason, else the last outcome that says anything."""
    codes = contacts.assign(code=outcome_codes(contacts["outcome"])).dropna(subset="code")
    last = codes.drop_duplicates("client_id", keep="last")
    why = codes.loc[codes["code"].isin(REASONS)].drop_duplicates("client_id", keep="last")
    return {
        **dict(zip(last["client_id"], last["code"], strict=True)),
        **dict(zip(why["client_id"], why["code"], strict=True)),
    }
