"""A first draft that asks how somebody is, and nothing else: from the client's own facts, selling nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from words.drafts.messages import Register, greeting
from words.speaker import Words

_DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class CheckInFacts:
    """What a draft may say. Empty texts and None are facts the file does not have."""

    client_id: str  # tells one client's draft from another's; never written
    name: str
    last_visit: dt.date | None = None
    first_visit: dt.date | None = None
    service: str = ""
    staff: str = ""  # who usually sees to them, and is still there


def check_in(w: Words, facts: CheckInFacts, register: Register) -> str:
    """The draft in the language of `w`: a greeting, what we remember, the question, a goodbye. Plain text."""
    body = [_remember(w, facts, register), w(f"check_in.ask.{register}"), _thanks(w, facts, register)]
    parts = [greeting(w, facts.name, register), " ".join(part for part in body if part)]
    return "\n\n".join([*parts, w(f"message.goodbye.{register}")])


def _remember(w: Words, facts: CheckInFacts, register: Register) -> str:
    if facts.last_visit is None:
        return ""
    if facts.staff and facts.service:
        return w(f"check_in.with.{register}", date=facts.last_visit, service=facts.service, staff=facts.staff)
    if facts.service:
        return w(f"check_in.service.{register}", date=facts.last_visit, service=facts.service)
    return w(f"check_in.visit.{register}", date=facts.last_visit)


def _thanks(w: Words, facts: CheckInFacts, register: Register) -> str:
    """For the whole years they came, from one on."""
    if facts.first_visit is None or facts.last_visit is None:
        return ""
    years = int((facts.last_visit - facts.first_visit).days / _DAYS_A_YEAR)
    return w(f"check_in.thanks.{register}", n=years) if years else ""
