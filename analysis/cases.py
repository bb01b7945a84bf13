"""A case of the red line as codes and values: what set it off, and all that its one-page brief tells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from analysis.reasons import ActionCode

TriggerCode = Literal[
    "flag",  # why, promised: the owner's own words
    "goodbye",  # days since
    "cancelled",  # days, service: an appointment after the last visit, and nothing booked since
    "no_show",  # days, service
    "problem",  # days (of the oldest open one), count, kind, staff, broken (an answer was promised for a day past)
    "payment",  # days (of the oldest overdue bill), count, amount (None where unknown), first_late (never late before)
    "low_rating",  # rating (0-10), days
    "top_late",  # days late, usual, silence (days since the last visit)
]
TRIGGERS: tuple[TriggerCode, ...] = get_args(TriggerCode)


@dataclass(frozen=True)
class Trigger:
    """One thing that makes a case. `on`: the day it began; `weight`: how urgent it is by itself, 0-1."""

    code: TriggerCode
    on: dt.date
    weight: float
    values: Mapping[str, object] = field(default_factory=dict)


HappeningCode = Literal[
    "first_visit",
    "visit",  # service, staff, amount
    "cancelled",  # service
    "no_show",  # service
    "refund",  # amount
    "problem",  # kind, detail
    "solved",  # kind
    "badly_solved",  # kind
    "paid_late",  # amount, days
    "unpaid",  # amount
    "contact",  # channel, outcome (as the export says it, or a code of the notebook), staff, answered
    "goodbye",
]


@dataclass(frozen=True)
class Happening:
    """One line of a client's history."""

    on: dt.date
    code: HappeningCode
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Promise:
    """What the client was told they would get, in the owner's or the export's words; `by` a day, where one was named.

    `kind`: what the problem was that it was promised for, "" for the owner's own note.
    """

    text: str
    by: dt.date | None = None
    kind: str = ""


#: What may be done for a client who may not go on: the steps of the ladder of offers, four of which are offers.
Step = Literal[
    "solve",
    "ask",
    "remind",
    "remind_bill",
    "introduce",
    "thank",
    "refer",
    "wait",
    "other_terms",
    "smaller_amount",
    "card_or_credit",
    "extra",
]
#: What a brief proposes: a step of that ladder, or what a case asks for by itself.
ProposalCode = Literal[Step, "keep_promise", "make_good", "ask_what_failed", "ask_how_they_are"]

QuestionCode = Literal[
    "what_happened",
    "what_is_fair",
    "who_owns_it",
    "slip_or_cannot",
    "slip_or_problem",
    "what_would_keep",
    "which_promise",
    "how_to_reach",
    "when_next",
]


@dataclass(frozen=True)
class Brief:
    """All that is known of a case before the call, and nothing that must not lie on a table the client can see.

    Dates and figures are as of `as_of`. None and "" stand for what the export does not tell.
    """

    client_id: str
    name: str
    as_of: dt.date
    first_visit: dt.date
    last_visit: dt.date
    visits: int
    usual_days: float | None  # the client's own rhythm; None where it is borrowed
    service: str
    staff: str
    spent_12m: float | None
    ticket: float | None
    unpaid: float | None  # money of the bills past their day
    phone: str
    email: str
    refused: bool  # asked not to be contacted
    booked_for: dt.date | None
    triggers: tuple[Trigger, ...]
    history: tuple[Happening, ...]  # the latest first
    promises: tuple[Promise, ...]
    action: ActionCode
    proposals: tuple[ProposalCode, ...]
    questions: tuple[QuestionCode, ...]
