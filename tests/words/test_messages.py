"""Drafts to clients: polite, from their own facts, and nothing a client should not read."""

import datetime as dt
import typing

import pytest

from analysis.reasons import ActionCode
from words import LANGUAGES, Language, speak
from words.messages import REGISTERS, MessageFacts, Register, draft, first_name

FACTS = MessageFacts(
    name="Andrea Castro",
    action="message",
    last_visit=dt.date(2026, 7, 5),
    first_visit=dt.date(2023, 1, 9),
    usual_days=56,
    service="Color",
)


def test_a_late_client_is_asked_back_with_their_own_rhythm() -> None:
    assert draft(speak("es"), FACTS, "formal") == (
        "Buenos días, Andrea:\n\n"
        "Su última visita fue el 5 de julio de 2026 y suele venir cada ocho semanas. "
        "¿Le reservo un hueco esta semana o la próxima?\n\n"
        "Un saludo cordial."
    )


def test_the_familiar_draft_says_tu() -> None:
    text = draft(speak("es"), FACTS, "familiar")
    assert "Tu última visita" in text
    assert "¿Te reservo" in text


def test_a_borrowed_rhythm_is_not_told_to_the_client() -> None:
    text = draft(
        speak("en"),
        MessageFacts(name="Ann Lee", action="message", last_visit=dt.date(2026, 7, 5), service="Colour"),
        "formal",
    )
    assert "usually" not in text
    assert "5 July 2026 (Colour)" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("register", REGISTERS)
@pytest.mark.parametrize("action", typing.get_args(ActionCode))
def test_no_draft_ever_names_a_band_a_score_or_a_probability(
    language: Language, register: Register, action: ActionCode
) -> None:
    facts = MessageFacts("Ana", action, "C7", FACTS.last_visit, FACTS.first_visit, 30, "Corte", None)
    text = draft(speak(language), facts, register).casefold()
    told = [
        speak(one, gentle=gentle).band(band)
        for one in LANGUAGES
        for gentle in (False, True)
        for band in ("loved", "ignored", "hated")
    ]
    assert not [
        word for word in (*told, "%", "puntuación", "score", "riesgo", "risk") if word.casefold() in text
    ]
    assert "{" not in text
    assert len(text) > 60


def test_every_action_has_a_message_of_its_own_but_calling_and_writing_ask_the_same() -> None:
    texts = {
        action: draft(speak("es"), MessageFacts("Ana", action), "formal")
        for action in typing.get_args(ActionCode)
    }
    assert texts["call_now"] == texts["message"]
    assert len(set(texts.values())) == len(texts) - 1


def test_someone_with_a_booking_is_awaited_not_chased() -> None:
    text = draft(speak("es"), MessageFacts("Ana", "wait", booked_for=dt.date(2026, 11, 3)), "formal")
    assert "Le esperamos el 3 de noviembre de 2026." in text


@pytest.mark.parametrize(
    ("name", "greeted"),
    [
        ("Andrea Castro", "Andrea"),
        ("FERNÁNDEZ LÓPEZ, ANA MARÍA", "Ana"),
        ("Ruiz, Ana", "Ana"),
        ("ANA RUIZ", "Ana"),
        ("Talleres Ruiz S.L.", "Talleres Ruiz S.L."),
        ("Bar 24", "Bar 24"),
        ("Smith & Sons Ltd", "Smith & Sons Ltd"),
        ("", ""),
        ("  Ana   Ruiz ", "Ana"),
    ],
)
def test_people_are_greeted_by_their_first_name_and_companies_by_theirs(name: str, greeted: str) -> None:
    assert first_name(name) == greeted


def test_a_client_without_a_name_is_greeted_all_the_same() -> None:
    assert draft(speak("es"), MessageFacts("", "wait"), "formal").startswith("Buenos días:")
