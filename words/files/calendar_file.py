"""The coming dates as a calendar file (RFC 5545) that Google Calendar, Apple's and Outlook open.

All-day events that keep nobody busy. A date always has the same mark (UID), made of a hash: a calendar that is given
next month's file knows it again, and nobody reads a client in it. No note says more than the date itself.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Mapping
from typing import Any

import pandas as pd
from icalendar import Calendar, Event, vRecur

from words.drafts.date_messages import what_for
from words.drafts.messages import first_name
from words.speaker import Words

_OURS = uuid.UUID("6f9a4c1e-2f0b-5d7c-9d43-0a6d0f6c2b51")
#: Files of later data win over earlier ones: the edition of an event is the age of its data in days.
_FIRST_EDITION = dt.date(2000, 1, 1)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
#: Every day of the week, the last one of February: the 29th where there is one. Outlook knows no other way to say it.
_LAST_OF_FEBRUARY = {
    "FREQ": ["YEARLY"],
    "BYMONTH": [2],
    "BYDAY": ["MO", "TU", "WE", "TH", "FR", "SA", "SU"],
    "BYSETPOS": [-1],
}


def calendar_file(
    w: Words, dates: pd.DataFrame, *, as_of: dt.date, made: dt.datetime, full_names: bool = True
) -> bytes:
    """`dates`: rows as the analysis lists them (date, kind, client_id, client_name, years, service...).

    `made` is now, with its time zone; `as_of` the last day of the data. Without `full_names`, initials stand for all
    but the first name.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Puntual//Client dates//{w.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", w("dates.calendar.title"))
    for row in dates.to_dict("records"):
        calendar.add_component(_event(w, row, as_of, made, full_names=full_names))
    return bytes(calendar.to_ical())


def calendar_name(name: str, *, full: bool) -> str:
    """The name in full, or "Ana R. G."; a company keeps its name."""
    plain = _plain(name)
    if full:
        return plain
    first = first_name(plain)
    if first.casefold() == plain.casefold() or " " in first:
        return first
    rest = [word for word in re.split(r"[\s,]+", plain) if word and word.casefold() != first.casefold()]
    return " ".join([first, *(f"{word[0].upper()}." for word in rest)])


def _event(w: Words, row: Mapping[Any, Any], as_of: dt.date, made: dt.datetime, *, full_names: bool) -> Event:
    day = pd.Timestamp(str(row["date"])).date()
    event = Event()
    event.add("uid", _mark(row, day))
    event.add("dtstamp", made.astimezone(dt.UTC).replace(microsecond=0))
    event.add("sequence", max((as_of - _FIRST_EDITION).days, 0))
    event.add("dtstart", day)
    event.add("dtend", day + dt.timedelta(days=1))
    event.add("summary", _summary(w, row, full_names=full_names))
    if row["kind"] == "due":
        event.add(
            "description", w("dates.event.window", low=w.day_month(row["low"]), high=w.day_month(row["high"]))
        )
    if row["kind"] == "birthday":
        event.add("rrule", vRecur(_LAST_OF_FEBRUARY if row["leap_day"] else {"FREQ": ["YEARLY"]}))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    event.add("categories", [w(f"dates.kind.{row['kind']}")])
    return event


def _mark(row: Mapping[Any, Any], day: dt.date) -> str:
    """The same for the same date of the same client in every file: an appointment by its day, years by their count."""
    which: dict[str, object] = {
        "birthday": "",
        "anniversary": row["years"],
        "booked": day,
        "due": f"{row['service']}\x1f{row['subject']}",
    }
    kind = str(row["kind"])
    return str(uuid.uuid5(_OURS, "\x1f".join([kind, str(row["client_id"]), str(which[kind])])))


def _summary(w: Words, row: Mapping[Any, Any], *, full_names: bool) -> str:
    name = calendar_name(w.client(row["client_name"], row["client_id"]), full=full_names)
    said = w(f"dates.event.{row['kind']}", name=name, n=int(row["years"]))
    what = _plain(what_for(str(row["service"]), str(row["subject"])))
    return f"{said} ({what})" if what else said


def _plain(text: str) -> str:
    """Without what a calendar has no sign for."""
    return _CONTROLS.sub(" ", text).strip()
