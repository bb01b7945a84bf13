"""What to offer a client who may not go on: the ladder of offers, matched to the reason (practice 30).

The reason is the best known one (see `why_leaving`). Where none is known the first step is to ask.

Offers are the essay's four: other terms of payment, a smaller amount, card or credit, an extra. Around them stand steps
that are no offers (solve first, ask, remind, introduce, say thanks), for most reasons are not mended by money.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import pandas as pd

from analysis.cases import Step
from analysis.portfolio import Portfolio
from analysis.practices.calling.calls import call_list
from analysis.practices.offers.capacity import capacities
from analysis.practices.offers.offers_made import last_offer
from analysis.practices.offers.payments import payers
from analysis.practices.offers.why_leaving import Why, by_client, reasons_to_leave

Never = Literal["contact", "insist", "price_first", "discount", "blind", "own_credit", "press", "guess"]
#: First step, next step, and what never to do, by reason.
LADDER: Mapping[Why, tuple[Step, Step, Never]] = {
    "no_contact": ("wait", "wait", "contact"),
    "left": ("thank", "extra", "insist"),
    "moved": ("thank", "refer", "insist"),
    "problem": ("solve", "extra", "price_first"),
    "price": ("smaller_amount", "other_terms", "guess"),
    "slip": ("remind", "extra", "discount"),
    "owes": ("other_terms", "card_or_credit", "own_credit"),
    "first_late": ("remind_bill", "card_or_credit", "press"),
    "seller": ("introduce", "extra", "discount"),
    "ticket": ("smaller_amount", "card_or_credit", "guess"),
    "service": ("extra", "smaller_amount", "discount"),
    "unknown": ("ask", "extra", "blind"),
}

#: A bill asked for, or a price named, is split into so many parts.
PARTS = 3

#: One row per client at risk, money first; see `ladder`.
LADDERS = (
    "client_id",
    "client_name",
    "why",  # Why
    "source",  # Source
    "since",  # the day it was said, opened or fell due; NaT for what the visits tell
    "first",  # Step
    "next",  # Step
    "never",  # Never
    "detail",  # the service dropped, the seller gone, the problem's kind; "" otherwise
    "comfortable",  # money that is comfortable for them in one visit, NaN if unknown
    "part",  # money of one of PARTS parts: of what they owe, else of their usual ticket
    "owed",  # money overdue
    "value_at_stake",
    "offered",  # the last offer on file since their last visit, "" if none
    "consent",
)


def ladder(portfolio: Portfolio) -> pd.DataFrame:
    """LADDERS of the clients on the at-risk list, money first."""
    return _steps(portfolio, call_list(portfolio))


def client_steps(portfolio: Portfolio, client_id: str) -> pd.DataFrame:
    """LADDERS of one client, on the at-risk list or not; no row where no reason is known to go."""
    clients = portfolio.clients
    found = _steps(portfolio, clients[clients["client_id"] == client_id])
    return found[found["why"] != "unknown"].reset_index(drop=True)


def steps_for(why: Why) -> tuple[Step, ...]:
    """What to do for that reason, the first thing first; nothing for who asked not to be contacted."""
    first, following, _ = LADDER[why]
    return () if first == "wait" else (first, following)


def _steps(portfolio: Portfolio, calls: pd.DataFrame) -> pd.DataFrame:
    """LADDERS of these rows of the portfolio's clients, in their order."""
    ids = calls["client_id"]
    paying = payers(portfolio)
    told = reasons_to_leave(portfolio, calls, paying)
    steps = np.array([LADDER[code] for code in told["why"]], dtype=object).reshape(-1, 3)
    able = capacities(portfolio, paying).set_index("client_id")
    money = by_client(ids, paying.set_index("client_id")["overdue_money"]).fillna(0.0)
    usual = by_client(ids, able["usual"])
    return pd.DataFrame(
        {
            "client_id": ids,
            "client_name": calls["client_name"],
            "why": told["why"],
            "source": told["source"],
            "since": told["since"],
            "first": steps[:, 0],
            "next": steps[:, 1],
            "never": steps[:, 2],
            "detail": told["detail"],
            "comfortable": by_client(ids, able["comfortable"]),
            "part": np.where(money > 0, money, usual) / PARTS,
            "owed": money,
            "value_at_stake": calls["value_at_stake"],
            "offered": by_client(ids, last_offer(portfolio)).fillna(""),
            "consent": calls["consent"],
        }
    ).reset_index(drop=True)[list(LADDERS)]
