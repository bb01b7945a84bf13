"""Drafts for a date: from the client's facts, and never an age."""

import datetime as dt

import pytest

from words import LANGUAGES, Language, speak
from words.drafts.date_messages import DateFacts, date_draft
from words.drafts.messages import REGISTERS, Register

DAY = dt.date(2026, 11, 12)


def test_a_birthday_is_wished_in_the_client_s_name() -> None:
    assert date_draft(speak("es"), DateFacts("birthday", DAY, name="Ruiz, Ana"), "familiar") == (
        "Hola, Ana:\n\n¡Feliz cumpleaños! Te deseo un día estupendo y un año lleno de cosas buenas. "
        "Gracias por confiar en nosotros.\n\nUn abrazo."
    )


@pytest.mark.parametrize(
    ("years", "said"), [(1, "hace un año"), (5, "hace cinco años"), (12, "hace 12 años")]
)
def test_an_anniversary_says_how_many_years(years: int, said: str) -> None:
    assert said in date_draft(speak("es"), DateFacts("anniversary", DAY, years=years), "formal")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (DateFacts("due", DAY), "You would be due around 12 November."),
        (DateFacts("due", DAY, service="Colour", subject="Luna"), "around 12 November (Colour, Luna)"),
        (DateFacts("due", DAY, service="Tyres", by_use=True), "Going by how much you use it"),
        (DateFacts("booked", DAY), "12 November 2026"),
    ],
)
def test_a_reminder_says_when_and_what_for(facts: DateFacts, said: str) -> None:
    assert said in date_draft(speak("en"), facts, "formal")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("register", REGISTERS)
@pytest.mark.parametrize("kind", ["birthday", "anniversary", "booked", "due"])
def test_every_draft_is_whole(language: Language, register: Register, kind: str) -> None:
    text = date_draft(speak(language), DateFacts(kind, DAY, name="Ana", years=2), register)  # type: ignore[arg-type]
    assert "{" not in text
    assert text.count("\n\n") == 2
