"""How a client can be reached, and in which language."""

import pandas as pd
import pytest

from analysis.practices.calling.reach import dialled, language_of_client, reach, whatsapp_number

CLIENTS = pd.DataFrame(
    {
        "phone": ["+34 600 111 222", "600 111 222", None, "+34 600 111 222", "+34 600 111 222", "12"],
        "email": [None, "a@example.com", "a@example.com", "a@example.com", None, "not a mail"],
        "consent": pd.array([True, pd.NA, pd.NA, False, pd.NA, True], dtype="boolean"),
        "suggested_action": ["message", "message", "call_now", "message", "solve_problem", "message"],
    }
)


def test_the_way_is_what_suits_among_what_is_known_and_allowed():
    ways = reach(CLIENTS)
    assert ways["way"].tolist() == ["whatsapp", "call", "email", "none", "call", "none"]
    assert ways["can_chat"].tolist() == [True, False, False, False, True, False]
    assert ways["can_mail"].tolist() == [False, True, True, False, False, False]


@pytest.mark.parametrize(
    ("phone", "dials", "chats"),
    [
        ("+34 600 111 222", "+34600111222", "34600111222"),
        ("0034 600-111-222", "+34600111222", "34600111222"),
        ("600 111 222", "600111222", ""),  # whose country nobody knows
        ("+44 (0)20 7946 0018", "+442079460018", "442079460018"),
        ("12345", "12345", ""),
        ("1234", "", ""),  # an extension, not a phone
        ("+1234567", "+1234567", ""),
        ("+12345678", "+12345678", "12345678"),
        ("+123456789012345", "+123456789012345", "123456789012345"),
        ("+1234567890123456", "+1234567890123456", ""),  # E.164 ends at fifteen digits
        (None, "", ""),
    ],
)
def test_a_phone_is_dialled_as_written_and_chatted_with_only_where_its_country_is_known(
    phone: str | None, dials: str, chats: str
):
    assert (dialled(phone), whatsapp_number(phone)) == (dials, chats)


@pytest.mark.parametrize(
    ("phone", "email", "language"),
    [
        ("+34 600 111 222", None, "es"),
        ("0052 55 1234 5678", None, "es"),
        ("+1 809 555 1234", None, "es"),  # Santo Domingo
        ("+1 212 555 1234", None, "en"),
        ("+44 7700 900123", "ana@correo.es", "en"),
        ("+33 6 12 34 56 78", "ana@correo.es", None),  # France writes in neither
        ("07700 900123", "ann@shop.co.uk", "en"),
        (None, "luis@empresa.com.co", "es"),
        (None, "hello@startup.co", None),
        (None, "ana@example.com", None),
        (None, None, None),
    ],
)
def test_the_language_is_told_by_a_country_or_not_at_all(
    phone: str | None, email: str | None, language: str | None
):
    assert language_of_client(phone, email) == language
