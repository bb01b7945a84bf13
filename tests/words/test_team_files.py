"""The lists of the team's pages as files, and the draft that asks how somebody is."""

import datetime as dt

import pandas as pd
import pytest

from words import LANGUAGES, Language, speak
from words.drafts.check_in import CheckInFacts, check_in
from words.drafts.messages import REGISTERS, Register
from words.files.follow_up import follow_up_file, last_word
from words.files.hand_over import hand_over_file

CONSENT = pd.array([pd.NA, False], dtype="boolean")
LEFT = pd.DataFrame(
    {
        "client_id": ["C1", "C2"],
        "client_name": ["Ana Ruiz", "Luis Gil"],
        "phone": ["+34 600 000 123", "+34 600 000 124"],
        "email": [None, None],
        "consent": CONSENT,
        "former": ["Noelia", "Noelia"],
        "gone_on": pd.to_datetime(["2026-06-27"] * 2),
        "service": ["Corte", "Color"],
        "standing": ["missing", "returned"],
        "last_visit": pd.to_datetime(["2026-06-20", "2026-10-01"]),
        "visits_since": [0, 3],
        "annual_value": [310.456, 90.0],
        "take": ["Irene", "Lucía"],
        "take_why": ["before", "since"],
    }
)
SILENT = pd.DataFrame(
    {
        "client_id": ["C1", "C2"],
        "client_name": ["Ana Ruiz", "Luis Gil"],
        "phone": ["+34 600 000 123", "+34 600 000 124"],
        "email": [None, None],
        "consent": CONSENT,
        "days_silent": [120, 400],
        "last_word": pd.to_datetime(["2026-07-03", "2025-09-26"]),
        "kind": ["contact", "visit"],
        "channel": ["whatsapp", ""],
        "unanswered": [True, False],
        "last_visit": pd.to_datetime(["2026-06-20", "2025-09-26"]),
        "annual_value": [310.456, 90.0],
        "staff": ["", ""],
        "service": ["Corte", "Color"],
        "way": ["whatsapp", "none"],
    }
)


def test_the_list_to_hand_over_says_who_should_take_whom_and_why() -> None:
    frame, headers = hand_over_file(speak("es", "es-ES", "EUR"), LEFT)
    first = frame.iloc[0]
    assert (first["standing"], first["take"], first["take_why"]) == (
        "No ha vuelto",
        "Irene",
        "Ya le atendió antes.",
    )
    assert first["annual_value"] == 310.46
    assert headers["former"] == "Le atendía"
    assert "email" not in headers


def test_the_list_of_the_silent_says_what_the_last_word_was() -> None:
    frame, headers = follow_up_file(speak("en"), SILENT)
    assert frame["kind"].tolist() == ["WhatsApp, no answer", "Visit"]
    assert frame["days_silent"].tolist() == [120, 400]
    assert "staff" not in headers


@pytest.mark.parametrize(("make", "people"), [(hand_over_file, LEFT), (follow_up_file, SILENT)])
def test_who_refused_stands_in_the_file_without_a_number(make: object, people: pd.DataFrame) -> None:
    frame, _ = make(speak("en"), people)  # type: ignore[operator]
    assert frame["phone"].notna().tolist() == [True, False]
    said = frame.iloc[1].astype(str).str.cat(sep=" ")
    assert "ontact" in said


def test_a_contact_by_unsaid_means_is_a_contact() -> None:
    assert last_word(speak("en"), "contact", "", unanswered=False) == "Contact"


FACTS = CheckInFacts(
    "C7", "Ruiz, Ana", dt.date(2026, 4, 3), dt.date(2023, 3, 1), service="Color", staff="Irene Lara"
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("register", REGISTERS)
def test_a_draft_asks_how_they_are_from_their_own_facts_and_sells_nothing(
    language: Language, register: Register
) -> None:
    text = check_in(speak(language), FACTS, register)
    assert "Ana" in text.splitlines()[0]
    assert "Color" in text
    assert "Irene Lara" in text
    assert "2026" in text
    assert "C7" not in text
    assert not any(
        word in text.lower() for word in ("odia", "hated", "€", "oferta", "offer", "descuento", "discount")
    )


def test_whole_years_are_thanked_for_and_less_than_one_is_not() -> None:
    w = speak("es")
    assert "tres años" in check_in(w, FACTS, "formal")
    newcomer = CheckInFacts("C8", "Ana", dt.date(2026, 4, 3), dt.date(2025, 9, 1))
    assert "Gracias" not in check_in(w, newcomer, "formal")
    one = CheckInFacts("C8", "Ana", dt.date(2026, 4, 3), dt.date(2025, 3, 1))
    assert "Gracias por el año" in check_in(w, one, "familiar")


def test_a_draft_to_somebody_unknown_says_no_more_than_is_known() -> None:
    text = check_in(speak("en"), CheckInFacts("C9", ""), "familiar")
    assert "{" not in text
    assert "None" not in text
    assert len(text.splitlines()) == 5
