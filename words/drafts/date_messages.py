"""What to write to a client on a date: a congratulation, thanks for the years, a reminder; from their own facts.

Drafts, as those of `words.drafts.messages`: nothing in them names a band, a score or an age.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from words.drafts.messages import MessageFacts, Register, draft, greeting
from words.speaker import Words


@dataclass(frozen=True)
class DateFacts:
    """What a draft for a date may say. Empty texts and 0 are facts there are none of."""

    kind: Literal["birthday", "anniversary", "booked", "due"]
    date: dt.date
    client_id: str = ""  # tells one client's draft from another's; never written
    name: str = ""
    years: int = 0
    service: str = ""
    subject: str = ""
    by_use: bool = False


def date_draft(w: Words, facts: DateFacts, register: Register) -> str:
    """The draft in the language of `w`, to be sent on the day (a reminder: before it)."""
    if facts.kind == "booked":
        return draft(w, MessageFacts(facts.name, "wait", booked_for=facts.date), register)
    body = _due(w, facts, register) if facts.kind == "due" else _wish(w, facts, register)
    return "\n\n".join([greeting(w, facts.name, register), body, w(f"message.goodbye.{register}")])


def what_for(service: str, subject: str) -> str:
    """The service and whom or what it is for, as one text; "" where neither is known."""
    return ", ".join(part for part in (service, subject) if part)


def _wish(w: Words, facts: DateFacts, register: Register) -> str:
    if facts.kind == "birthday":
        return w(f"dates.message.birthday.{register}")
    return w(f"dates.message.anniversary.{register}", n=facts.years)


def _due(w: Words, facts: DateFacts, register: Register) -> str:
    what, day = what_for(facts.service, facts.subject), w.day_month(facts.date)
    if not what:
        return w(f"dates.message.due.{register}", date=day)
    if facts.by_use:
        return w(f"dates.message.by_use.{register}", date=day, what=what)
    return w(f"dates.message.due_for.{register}", date=day, what=what)
