"""The calendar file: what Google Calendar, Apple's and Outlook need of it, read back by another reader."""

import datetime as dt
import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Component

from words import LANGUAGES, Language, speak
from words.files.calendar_file import calendar_file, calendar_name

NOW = dt.datetime(2026, 11, 2, 9, 30, 15, 123456, tzinfo=dt.timezone(dt.timedelta(hours=1)))
AS_OF = dt.date(2026, 10, 31)


def row(kind: str = "birthday", name: str = "Ana Ruiz Gil", **values: object) -> dict[str, object]:
    return {
        "date": pd.Timestamp("2026-11-05"),
        "kind": kind,
        "client_id": "C1",
        "client_name": name,
        "years": 0,
        "leap_day": False,
        "service": "",
        "subject": "",
        "low": pd.NaT,
        "high": pd.NaT,
        **values,
    }


def written(*rows: dict[str, object], language: Language = "es", full_names: bool = True) -> bytes:
    return calendar_file(speak(language), pd.DataFrame(rows), as_of=AS_OF, made=NOW, full_names=full_names)


def events(data: bytes) -> list[Component]:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def test_a_birthday_is_a_whole_day_that_comes_back_every_year_and_keeps_nobody_busy() -> None:
    event = events(written(row()))[0]
    assert str(event["SUMMARY"]) == "Cumpleaños: Ana Ruiz Gil"
    assert event.decoded("DTSTART") == dt.date(2026, 11, 5)
    assert event.decoded("DTEND") == dt.date(2026, 11, 6)  # a whole day ends where the next one begins
    assert event["RRULE"].to_ical() == b"FREQ=YEARLY"
    assert str(event["TRANSP"]) == "TRANSPARENT"
    assert event.decoded("DTSTAMP") == dt.datetime(2026, 11, 2, 8, 30, 15, tzinfo=dt.UTC)


def test_the_leap_day_comes_back_on_the_last_day_of_february() -> None:
    event = events(written(row(leap_day=True, date=pd.Timestamp("2027-02-28"))))[0]
    assert event["RRULE"].to_ical() == b"FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYMONTH=2;BYSETPOS=-1"


def test_only_birthdays_come_back() -> None:
    rows = [row("anniversary", years=5), row("booked"), row("due", low=NOW.date(), high=NOW.date())]
    assert not any("RRULE" in event for event in events(written(*rows)))


def test_who_is_due_has_the_window_as_its_only_note() -> None:
    event = events(
        written(row("due", service="Color", low=pd.Timestamp("2026-11-03"), high=pd.Timestamp("2026-11-09")))
    )[0]
    assert str(event["SUMMARY"]) == "Le toca volver: Ana Ruiz Gil (Color)"
    assert str(event["DESCRIPTION"]) == "Entre el 3 de noviembre y el 9 de noviembre"


def test_a_mark_stays_the_same_from_file_to_file_and_holds_nothing_of_the_client() -> None:
    first = events(written(row()))[0]
    next_year = events(written(row(date=pd.Timestamp("2027-11-05")), language="en"))[0]
    assert str(first["UID"]) == str(next_year["UID"])
    assert "C1" not in str(first["UID"])
    assert "ruiz" not in str(first["UID"]).casefold()
    rows = [
        row(),
        row(client_id="C2"),
        row("anniversary", years=5),
        row("anniversary", years=6),
        row("booked"),
    ]
    assert len({str(event["UID"]) for event in events(written(*rows))}) == 5


def test_later_data_wins_over_earlier() -> None:
    before, after = (
        Calendar.from_ical(calendar_file(speak("es"), pd.DataFrame([row()]), as_of=day, made=NOW)).walk(
            "VEVENT"
        )[0]
        for day in (AS_OF, AS_OF + dt.timedelta(days=30))
    )
    assert after["SEQUENCE"] - before["SEQUENCE"] == 30


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_says_what_it_is(language: Language) -> None:
    calendar = Calendar.from_ical(written(row(), language=language))
    assert (str(calendar["VERSION"]), str(calendar["METHOD"])) == ("2.0", "PUBLISH")
    assert str(calendar["PRODID"]).startswith("-//Puntual//")
    assert calendar.errors == []


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Ana Ruiz Gil", "Ana R. G."),
        ("RUIZ GIL, ANA", "Ana R. G."),
        ("Talleres Ruiz S.L.", "Talleres Ruiz S.L."),
        ("Ana", "Ana"),
    ],
)
def test_names_can_be_shortened(name: str, short: str) -> None:
    assert calendar_name(name, full=False) == short
    assert str(events(written(row(name=name), full_names=False))[0]["SUMMARY"]) == f"Cumpleaños: {short}"


@given(
    name=st.text(min_size=1, max_size=120).filter(lambda text: any(sign.isalpha() for sign in text)),
    service=st.text(max_size=60),
)
def test_any_name_and_service_come_back_as_they_were(name: str, service: str) -> None:
    data = written(row("booked", name=name, service=service))
    assert all(len(text) <= 75 for text in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    (event,) = events(data)
    said = str(event["SUMMARY"])
    assert not any(unicodedata.category(sign) == "Cc" for sign in said)
    for part in (name, service):
        letters = [sign for sign in part if sign.isalnum()]
        assert "".join(letters) in "".join(sign for sign in said if sign.isalnum())


def test_nothing_a_client_could_see_of_themselves_is_in_it() -> None:
    data = (
        written(*(row(kind, years=3) for kind in ("birthday", "anniversary", "booked"))).decode().casefold()
    )
    told = [
        speak(one, gentle=gentle).band(band)
        for one in LANGUAGES
        for gentle in (False, True)
        for band in ("loved", "ignored", "hated")
    ]
    assert not [word for word in told if word.casefold() in data]
