"""A case's brief in the reader's language, in lines that fit: what a page and a document both show.

It may lie on the counter when the client comes in: no band, score, probability or sum at stake has a place in it.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass

from analysis.cases import Brief, Happening, Promise, Trigger
from analysis.notebook.entries import OUTCOMES
from words.speaker import Words

#: A line of the page holds about so many letters of middling width; half of it, less its label, holds a fact's value,
#: and a mail address, which nobody can use cut short, may take two.
LINE, VALUE, TITLE = 92.0, 31.0, 42.0
MOST_TRIGGERS = 4
#: What capitals and wide letters take of a line, against a small letter.
_CAPITAL, _WIDE = 1.3, 1.85
_WIDE_SIGNS = frozenset("mwMW@%—…")


@dataclass(frozen=True)
class BriefText:
    """Every text of a brief. `facts` are labels with values, `history` dates with what happened then."""

    title: str
    note: str
    facts: tuple[tuple[str, str], ...]
    warning: str  # "" but for those who asked not to be contacted
    why: tuple[str, ...]
    history: tuple[tuple[str, str], ...]
    promised: tuple[str, ...]
    propose: tuple[str, ...]
    ask: tuple[str, ...]


def brief_text(w: Words, case: Brief) -> BriefText:
    """The brief in words; plain texts, which may hold what stands in the owner's file."""
    return BriefText(
        title=fit(w.client(case.name, case.client_id), TITLE),
        note=w("brief.title_note", as_of=case.as_of),
        facts=_facts(w, case),
        warning=w("brief.no_contact") if case.refused else "",
        why=tuple(fit(_why(w, trigger)) for trigger in case.triggers[:MOST_TRIGGERS]),
        history=tuple((w.date(one.on), fit(_happened(w, one), LINE - 14)) for one in case.history),
        promised=tuple(fit(_promised(w, promise)) for promise in case.promises) or (w("brief.promise.none"),),
        propose=_propose(w, case),
        ask=tuple(w(f"brief.ask.{code}") for code in case.questions),
    )


def fit(text: str, most: float = LINE) -> str:
    """The text on one line of at most that width, cut with an ellipsis; nothing that a document cannot hold."""
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    width = 0.0
    for place, sign in enumerate(plain):
        width += _width(sign)
        if width > most:
            return plain[: max(place - 1, 0)].rstrip() + "…"
    return plain


def _width(sign: str) -> float:
    if sign in _WIDE_SIGNS or unicodedata.east_asian_width(sign) in {"W", "F"}:
        return _WIDE
    return _CAPITAL if sign.isupper() else 1.0


def _facts(w: Words, case: Brief) -> tuple[tuple[str, str], ...]:
    unknown = w("brief.not_known")
    facts = [
        (w("brief.fact.since"), w.date(case.first_visit)),
        (w("brief.fact.last_visit"), w.date(case.last_visit)),
        (w("brief.fact.visits"), w.number(case.visits)),
        (
            w("brief.fact.rhythm"),
            w("every_days", n=max(round(case.usual_days), 1)) if case.usual_days else unknown,
        ),
        *([(w("brief.fact.service"), case.service)] if case.service else []),
        *([(w("brief.fact.staff"), case.staff)] if case.staff else []),
        *([(w("brief.fact.spent"), w.money(case.spent_12m))] if case.spent_12m is not None else []),
        *([(w("brief.fact.ticket"), w.money(case.ticket))] if case.ticket is not None else []),
        *([(w("brief.fact.unpaid"), w.money(case.unpaid))] if case.unpaid is not None else []),
        *([(w("brief.fact.booked"), w.date(case.booked_for))] if case.booked_for else []),
        (w("brief.fact.phone"), case.phone or unknown),
    ]
    short = [(label, fit(value, VALUE)) for label, value in facts]
    return (*short, (w("brief.fact.email"), fit(case.email or unknown, 2 * VALUE)))


def _why(w: Words, trigger: Trigger) -> str:
    values = {"on": trigger.on, **trigger.values}
    told = {
        "flag": "why",
        "cancelled": "service",
        "no_show": "service",
        "problem": "kind",
        "payment": "amount",
    }
    form = f"brief.trigger.{trigger.code}"
    if trigger.code in told and not values[told[trigger.code]]:
        form += ".plain"
    if trigger.code == "top_late":
        values["n"] = values["usual"]
    said = w(form, **values)
    if trigger.code != "problem":
        return said
    owner = w("brief.trigger.owner", staff=values["staff"]) if values["staff"] else w("brief.trigger.unowned")
    return f"{said} {owner}"


def _happened(w: Words, one: Happening) -> str:
    """What it was, and after a colon what is known of it."""
    values = one.values
    head = w(f"brief.happened.{one.code}")
    if one.code == "contact" and values["channel"]:
        head = w(f"brief.channel.{values['channel']}")
    amount, days = values.get("amount"), values.get("days")
    parts = [
        *(str(values.get(name) or "") for name in ("service", "kind", "detail")),
        _outcome(w, str(values.get("outcome") or "")),
        str(values.get("staff") or ""),
        w.money(amount) if amount is not None else "",
        w("brief.days_after", n=days) if days is not None else "",
    ]
    told = ", ".join(part for part in parts if part)
    return f"{head}: {told}" if told else head


def _outcome(w: Words, text: str) -> str:
    """What came of a contact, as the export says it, or as the notebook's codes are called."""
    return w(f"outcome.{text}") if text in OUTCOMES else text


def _promised(w: Words, promise: Promise) -> str:
    by: dt.date | None = promise.by
    if not promise.text:
        said = w("brief.promise.day", by=by)
    elif by is not None:
        said = w("brief.promise.by", text=promise.text, by=by)
    else:
        said = promise.text
    return w("brief.promise.about", kind=promise.kind, text=said) if promise.kind else said


def _propose(w: Words, case: Brief) -> tuple[str, ...]:
    """What the case itself asks for, after what the client's record does."""
    form = f"brief.action.{case.action}"
    first = [w(form)] if w.has(form) else []
    return (*first, *(w(f"brief.propose.{code}") for code in case.proposals))
