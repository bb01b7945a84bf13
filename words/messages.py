"""A first draft of what to write to a client: polite, short, from the client's own facts.

A draft never names a band, a score or a probability: nothing in it would embarrass anyone who reads it over the
client's shoulder. The facts it may use are listed in `MessageFacts`, and that is all it is given.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from analysis.reasons import ActionCode
from words.speaker import Words

#: How the client is addressed: `formal` is "usted" (and "Dear"), `familiar` is "tú" (and "Hi").
Register = Literal["formal", "familiar"]
REGISTERS: tuple[Register, ...] = ("formal", "familiar")

_COMPANY = re.compile(
    r"\d|[&,/@]|\b(s\.?l\.?u?|s\.?a\.?(c|s)?|ltda?|inc|gmbh|corp|co|llc|plc|c\.?b|cía|hnos)\b\.?$",
    re.IGNORECASE,
)
_MOST_NAMES = 4


@dataclass(frozen=True)
class MessageFacts:
    """What a draft may say. Empty texts and None are facts the file does not have."""

    name: str
    action: ActionCode
    client_id: str = ""  # tells one client's draft from another's; never written
    last_visit: dt.date | None = None
    first_visit: dt.date | None = None
    usual_days: float | None = None  # the client's own rhythm; None where it is borrowed
    service: str = ""
    booked_for: dt.date | None = None


def draft(w: Words, facts: MessageFacts, register: Register) -> str:
    """The draft in the language of `w`. Plain text, a greeting, one or two sentences and a goodbye."""
    body = [_opening(w, facts, register), w(f"message.ask.{_occasion(facts)}.{register}")]
    parts = (
        greeting(w, facts.name, register),
        " ".join(part for part in body if part),
        w(f"message.goodbye.{register}"),
    )
    return "\n\n".join(parts)


def greeting(w: Words, name: str, register: Register) -> str:
    """The line a message begins with, by the first name where there is one."""
    first = first_name(name)
    return w(f"message.greeting.{register}", name=first) if first else w(f"message.hello.{register}")


def first_name(name: str) -> str:
    """How to greet: the first name of a person, the whole name of a company, "" where there is none.

    "Fernández, Ana" greets Ana; "Talleres Ruiz S.L." keeps its name.
    """
    name = " ".join(name.split())
    if name.count(",") == 1 and not re.search(r"\d|[&/@]", name):
        last, first = (part.strip() for part in name.split(","))
        if first and last and not _COMPANY.search(first):
            return first_name(first)
    parts = name.split(" ")
    if len(parts) > _MOST_NAMES or _COMPANY.search(name):
        return name
    first = parts[0]
    return first.title() if first.isupper() and len(first) > 1 else first


def _occasion(facts: MessageFacts) -> str:
    """What the message is for: the action, where waiting means a booking or just keeping in touch."""
    if facts.action == "wait":
        return "booked" if facts.booked_for else "in_touch"
    return "message" if facts.action == "call_now" else facts.action


def _opening(w: Words, facts: MessageFacts, register: Register) -> str:
    """What we know of each other: the last visit and the usual rhythm, where the message is about coming back."""
    if facts.action == "wait" and facts.booked_for:
        return w(f"message.know.booked.{register}", date=facts.booked_for)
    if facts.action not in {"message", "call_now", "win_back", "second_visit"} or facts.last_visit is None:
        return ""
    if facts.action in {"message", "call_now"} and facts.usual_days:
        return w(
            f"message.know.rhythm.{register}", date=facts.last_visit, n=max(round(facts.usual_days / 7), 1)
        )
    if facts.service:
        return w(f"message.know.service.{register}", date=facts.last_visit, service=facts.service)
    return w(f"message.know.visit.{register}", date=facts.last_visit)
