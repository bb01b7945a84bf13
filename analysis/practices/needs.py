"""The 31 practices, the page that answers each, and the columns of the export that it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.portfolio import Portfolio

#: A column as `Portfolio.known` names it, "sales.amount".
Column = str


@dataclass(frozen=True)
class Practice:
    """Where a practice is answered, and from what: all of `needs`, and one of `any_of` where there are any.

    `better_with`: columns that add to the answer; without them the page says what is missing and answers the rest.
    """

    page: str
    needs: tuple[Column, ...] = ()
    any_of: tuple[Column, ...] = ()
    better_with: tuple[Column, ...] = ()


#: Beside visits, what tells affection.
_SIGNS: tuple[Column, ...] = (
    "sales.rating",
    "problems.opened",
    "payments.due",
    "clients.referred_by",
    "contacts.date",
    "sales.status",
)

#: By its number in the list of practices (the README's table is this one).
PRACTICES: Mapping[int, Practice] = {
    1: Practice("intervals", better_with=("sales.service",)),
    2: Practice("intervals", needs=("sales.meter",)),
    3: Practice("late_revenue", better_with=("sales.amount",)),
    4: Practice("today", better_with=("clients.phone", "clients.email", "clients.consent")),
    5: Practice("today"),
    6: Practice("today", better_with=("sales.service",)),
    7: Practice("start"),
    8: Practice("segments", better_with=_SIGNS),
    9: Practice("segments", better_with=_SIGNS),
    10: Practice("movement"),
    11: Practice("segments", better_with=("sales.amount", "sales.discount")),
    12: Practice("letters", needs=("sales.client_name",), better_with=("clients.email", "clients.phone")),
    13: Practice("segments", needs=("clients.referred_by",)),
    14: Practice("red_line", better_with=("problems.opened", "payments.due", "sales.status")),
    15: Practice("red_line", better_with=("sales.status", "clients.left")),
    16: Practice("hand_over", needs=("sales.staff",)),
    17: Practice("follow_up", better_with=("contacts.date",)),
    18: Practice("problems", needs=("sales.promised", "sales.delivered")),
    19: Practice("growth", better_with=("sales.amount",)),
    20: Practice("problems", better_with=("problems.opened", "problems.staff", "problems.promised")),
    21: Practice("problems", needs=("problems.opened",)),
    22: Practice("problems", needs=("problems.opened", "problems.closed")),
    23: Practice(
        "problems", needs=("problems.opened", "problems.kind"), any_of=("sales.service", "sales.staff")
    ),
    24: Practice("growth", better_with=("sales.amount", "clients.joined")),
    25: Practice("dates", better_with=("clients.birthday", "clients.joined")),
    26: Practice("offers", needs=("sales.amount",), better_with=("payments.due", "payments.paid")),
    27: Practice("growth", better_with=("clients.referred_by", "sales.service", "sales.amount")),
    28: Practice("follow_up", needs=("contacts.date",), better_with=("contacts.channel",)),
    29: Practice("at_risk", better_with=("contacts.date",)),
    30: Practice("offers"),
    31: Practice("offers", needs=("payments.due", "payments.paid")),
}

#: Columns that may stand in either of two tables.
_ELSEWHERE: Mapping[Column, Column] = {"sales.client_name": "clients.client_name"}


def missing(portfolio: Portfolio, practice: int) -> tuple[Column, ...]:
    """The columns without which a practice has no answer; nothing where it has one."""
    wanted = PRACTICES[practice]
    lacking = tuple(column for column in wanted.needs if not has(portfolio, column))
    if wanted.any_of and not any(has(portfolio, column) for column in wanted.any_of):
        lacking += wanted.any_of
    return lacking


def would_add(portfolio: Portfolio, practice: int) -> tuple[Column, ...]:
    """The columns that the export lacks and that would add to a practice's answer."""
    return tuple(column for column in PRACTICES[practice].better_with if not has(portfolio, column))


def has(portfolio: Portfolio, column: Column) -> bool:
    """Whether the export has the column, with at least one value."""
    return bool({column, _ELSEWHERE.get(column, column)} & portfolio.known)
