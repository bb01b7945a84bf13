"""A first draft of what to write to a client: polite, short, from the client's own facts.

A draft never names a band, a score or a probability: nothing in it would embarrass anyone who reads it over the
client's shoulder. The facts it may use are listed in `MessageFacts`, and that is all it is given. Whoever writes to
many gives each client another `turn`, so that what is the same of two of them is said in other words.
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

#: A rhythm is told in weeks below so many days, in months below so many, then in years.
_WEEKS_BELOW, _MONTHS_BELOW = 75, 320
_DAYS_A_WEEK, _DAYS_A_MONTH, _DAYS_A_YEAR = 7, 30.44, 365.25
#: A day is told without its year while it can only be the last one.
_NEAR_DAYS = 300
_LONG_YEARS = 3
#: One thanks for a visit, and asks how it was, for so many days.
_THANKS_DAYS = 120


@dataclass(frozen=True)
class MessageFacts:
    """What a draft may say. Empty texts and None are facts the file does not have."""

    name: str
    action: ActionCode
    client_id: str = ""  # tells one client's draft from another's; never written
    last_visit: dt.date | None = None
    first_visit: dt.date | None = None
    usual_days: float | None = None  # the client's own rhythm; None where it is borrowed
    service: str = ""  # what they are due for, else what they usually have
    subject: str = ""  # whom or what it is for: a vehicle, a pet, a child
    staff: str = ""  # who usually sees to them, and is still there
    gone: str = ""  # who usually saw to them, and no longer is there
    problem: dt.date | None = None  # since when a problem of theirs waits to be put right
    solved: dt.date | None = None  # when a problem of theirs was last solved, not long ago
    per_month: float | None = (
        None  # where use makes it due: what they usually do in `unit` (km, miles, hours)
    )
    unit: str = ""
    booked_for: dt.date | None = None
    today: dt.date | None = None
    turn: int = 0  # which of several ways to say it


def draft(w: Words, facts: MessageFacts, register: Register) -> str:
    """The draft in the language of `w`. Plain text, a greeting, a few short sentences and a goodbye."""
    body = [_about(w, facts, register), _opening(w, facts, register), _warm(w, facts, register)]
    body.append(_ask(w, facts, register))
    parts = [greeting(w, facts.name, register), " ".join(part for part in body if part)]
    return "\n\n".join([*parts, w(f"message.goodbye.{register}")])


def greeting(w: Words, name: str, register: Register) -> str:
    """How a draft begins: by the first name, where there is one."""
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


def _about(w: Words, facts: MessageFacts, register: Register) -> str:
    """Whom or what it is about, where the message is about coming back."""
    return (
        w(f"message.about.{register}", subject=facts.subject) if facts.subject and _comes_back(facts) else ""
    )


def _opening(w: Words, facts: MessageFacts, register: Register) -> str:
    """What we know of each other: the last visit and the usual rhythm, where the message is about coming back."""
    form = _known(facts)
    if not form:
        return ""
    return w(
        f"message.know.{form}.{register}",
        date=facts.booked_for,
        when=_day(w, facts.last_visit, facts.today) if facts.last_visit else "",
        service=_within(facts.service),
        every=_every(w, facts.usual_days) if facts.usual_days else "",
        per_month=facts.per_month,
        unit=facts.unit,
        month=facts.problem,
        gone=facts.gone,
    )


def _known(facts: MessageFacts) -> str:
    """The most telling of what is known, as a code; "" where the message is about nothing that is known."""
    if facts.action == "wait":
        return "booked" if facts.booked_for else ""
    if facts.action == "solve_problem":
        return "problem_month" if facts.problem else "problem"
    if facts.action == "introduce_staff":
        return "staff_gone" if facts.gone else "staff_new"
    return _known_visit(facts) if _comes_back(facts) and facts.last_visit else ""


def _known_visit(facts: MessageFacts) -> str:
    """Thanks for a first visit, use, rhythm, or the last visit alone."""
    if _thanks(facts):
        return "first" if facts.service else "first_visit"
    if facts.action in {"message", "call_now"} and facts.per_month and facts.service:
        return "use"
    if facts.action in {"message", "call_now"} and facts.usual_days:
        return ("service_rhythm" if facts.service else "rhythm") + ("_other" if facts.turn % 2 else "")
    return "service" if facts.service else "visit"


def _thanks(facts: MessageFacts) -> bool:
    """Whether a first visit is so near that one still asks how it was."""
    if facts.action != "second_visit" or facts.last_visit is None:
        return facts.action == "second_visit"
    return facts.today is None or (facts.today - facts.last_visit).days < _THANKS_DAYS


def _warm(w: Words, facts: MessageFacts, register: Register) -> str:
    """One line that only this client gets: what was put right, or the years."""
    if not _comes_back(facts) or facts.action == "second_visit":
        return ""
    if facts.solved is not None:
        return w(f"message.warm.solved.{register}", month=facts.solved)
    first, last = facts.first_visit, facts.last_visit
    if first and last and last.year - first.year >= _LONG_YEARS and facts.turn % 3 != 1:
        return w(f"message.warm.since.{register}", year=first.year)
    return ""


def _ask(w: Words, facts: MessageFacts, register: Register) -> str:
    occasion = _occasion(facts)
    if occasion == "second_visit" and not _thanks(facts):
        occasion = "message"
    if occasion == "message":
        occasion = ("message", "day", "staff" if facts.staff else "message")[facts.turn % 3]
    elif occasion == "introduce_staff":
        occasion += "_other" if facts.turn % 2 or not facts.service else ""
    elif occasion in {"second_visit", "solve_problem"} and facts.turn % 2:
        occasion += "_other"
    return w(f"message.ask.{occasion}.{register}", staff=facts.staff, service=_within(facts.service))


def _comes_back(facts: MessageFacts) -> bool:
    return facts.action in {"message", "call_now", "win_back", "second_visit"}


def _every(w: Words, days: float) -> str:
    if days < _WEEKS_BELOW:
        return w("message.every.weeks", n=max(round(days / _DAYS_A_WEEK), 1))
    if days < _MONTHS_BELOW:
        return w("message.every.months", n=round(days / _DAYS_A_MONTH))
    return w("message.every.years", n=max(round(days / _DAYS_A_YEAR), 1))


def _day(w: Words, day: dt.date, today: dt.date | None) -> str:
    near = today is not None and (today - day).days < _NEAR_DAYS
    return w.day_month(day) if near else w.day(day)


def _within(service: str) -> str:
    """A service's name within a sentence: "Oil and filter" without its capital, "MOT test" as it is."""
    rest = service[1:]
    return service[:1].lower() + rest if rest == rest.lower() else service
