"""Reasons and actions as codes with values: why a client is on a list, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ReasonCode = Literal[
    "late",  # days, usual, low, high, visits, beyond (share of the client's gaps that were shorter, 0-1), borrowed
    "due",  # days, usual, low, high, visits
    "on_rhythm",  # days, usual
    "due_by_use",  # service, per_month, interval and reading in `unit` (km, miles, hours), date, borrowed
    "visit_by_use",  # the same without a service
    "new",  # visits
    "lapsed",  # days, usual
    "booked",  # date
    "seasonal",  # months (tuple of month numbers)
    "season_open",  # date their visits of this season usually begin
    "early_signal",  # p (probability of no visit within the horizon), typical (the share among active clients)
    "gap_trend",  # before, now: mean gap in days
    "ticket_trend",  # before, now: mean ticket in money
    "service_dropped",  # service, last (date)
    "no_show",  # count, last (date)
    "cancelled",  # count, last (date)
    "problem_open",  # count, days (age of the oldest)
    "problem_badly_solved",  # last (date)
    "payment_late",  # count, days (of the oldest unpaid)
    "refund",  # count, last (date)
    "staff_left",  # staff, last (date of the staff's last line)
    "low_rating",  # rating (0-10), last (date)
    "contact_silence",  # days without a visit or a word, at least twice the usual
]

ActionCode = Literal[
    "solve_problem",  # call and own the problem first
    "settle_payment",
    "introduce_staff",  # their usual seller is gone: present the new one
    "call_now",
    "message",  # a friendly reminder is enough
    "win_back",  # probably gone: one honest try
    "wait",  # booked, seasonal or not due: nothing to do
    "second_visit",  # new client: invite to the second visit
]


@dataclass(frozen=True)
class Reason:
    """One fact about one client. Money values are `float` under names ending in `_money` or listed above as money."""

    code: ReasonCode
    values: Mapping[str, object] = field(default_factory=dict)
