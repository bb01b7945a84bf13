"""Drafts to clients: polite, from their own facts, and nothing a client should not read."""

import dataclasses
import datetime as dt
import typing

import pytest
from rapidfuzz import fuzz

from analysis.reasons import ActionCode
from words import LANGUAGES, Language, speak
from words.drafts.messages import REGISTERS, MessageFacts, Register, draft, first_name

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
        "Su última visita (color) fue el 5 de julio de 2026 y suele venir cada ocho semanas. "
        "Gracias por su confianza desde 2023. ¿Le reservo un hueco esta semana o la próxima?\n\n"
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
    assert "(colour) was on 5 July 2026" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("register", REGISTERS)
@pytest.mark.parametrize("action", typing.get_args(ActionCode))
@pytest.mark.parametrize("turn", range(3))
def test_no_draft_ever_names_a_band_a_score_or_a_probability(
    language: Language, register: Register, action: ActionCode, turn: int
) -> None:
    facts = MessageFacts(
        "Ana", action, "C7", FACTS.last_visit, FACTS.first_visit, 30, "Corte", "Toby", "Rosa", "Luz",
        dt.date(2026, 9, 1), dt.date(2026, 8, 1), 900.0, "km", turn=turn,
    )  # fmt: skip
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


def told(turn: int = 0, **facts: object) -> str:
    return draft(speak("es"), dataclasses.replace(FACTS, turn=turn, **facts), "formal")  # type: ignore[arg-type]


def test_a_day_not_long_ago_is_told_without_its_year() -> None:
    assert "fue el 5 de julio y suele" in told(today=dt.date(2026, 10, 31))
    assert "fue el 5 de julio de 2024 y suele" in told(
        today=dt.date(2026, 10, 31), last_visit=dt.date(2024, 7, 5)
    )


def test_the_draft_says_what_is_known_of_this_client_alone() -> None:
    assert "Le escribo por 1234 KLM." in told(subject="1234 KLM")
    assert "unos 1.200 km al mes" in told(per_month=1200.0, unit="km")
    assert "lo que arreglamos en septiembre" in told(solved=dt.date(2026, 9, 20))
    assert "con Rosa, como otras veces" in told(staff="Rosa", turn=2)
    assert "Gracias por su confianza desde 2023" in told()


def test_a_complaint_is_owned_before_anything_is_sold() -> None:
    text = told(action="solve_problem", problem=dt.date(2026, 8, 3))
    assert "lo que nos comentó en agosto" in text
    assert "color" not in text


def test_a_first_visit_is_thanked_for_while_it_is_near() -> None:
    near = told(action="second_visit", today=dt.date(2026, 8, 1))
    assert "Gracias por venir el 5 de julio (color)" in near
    long_ago = told(action="second_visit", today=dt.date(2027, 8, 1))
    assert "Gracias por venir" not in long_ago
    assert "¿Le reservo un hueco" in long_ago


@pytest.mark.parametrize(
    "action", ["message", "call_now", "second_visit", "solve_problem", "introduce_staff"]
)
def test_the_same_facts_are_told_in_other_words_the_next_turn(action: ActionCode) -> None:
    same = {"name": "", "action": action, "service": "Corte", "first_visit": FACTS.last_visit}
    first, second = (told(turn, **same) for turn in (0, 1))
    assert fuzz.ratio(first, second) < 85


def test_a_long_rhythm_is_told_in_months_and_years() -> None:
    assert "cada seis meses" in told(usual_days=180.0)
    assert "cada año" in told(usual_days=358.0)
    assert "cada semana" in told(usual_days=6.0)


def test_a_service_keeps_its_capitals_where_they_mean_something() -> None:
    assert "(MOT test)" in told(service="MOT test")
