"""Links to telephone, WhatsApp and mail, made only where they lead to the right person."""

import pytest

from ui.client.contact_links import mail_link, phone_link, whatsapp_link


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("+34 600 000 123", "tel:+34600000123"),
        ("0034 600-000-123", "tel:+34600000123"),
        ("(555) 010-9999", "tel:5550109999"),
        ("+44 (0)20 7946 0958", "tel:+442079460958"),
        ("600000123", "tel:600000123"),
        ("no tiene", None),
        ("12", None),
        (None, None),
        (float("nan"), None),
    ],
)
def test_a_number_is_dialled_as_its_digits(written: object, link: str | None) -> None:
    assert phone_link(written) == link


def test_whatsapp_takes_international_digits_and_the_draft() -> None:
    assert whatsapp_link("+34 600 000 123", "Hola, Ana: ¿qué tal?") == (
        "https://wa.me/34600000123?text=Hola%2C%20Ana%3A%20%C2%BFqu%C3%A9%20tal%3F"
    )


def test_whatsapp_never_guesses_a_country() -> None:
    assert whatsapp_link("600 000 123", "x") is None
    assert whatsapp_link("+12345", "x") is None


def test_a_mail_carries_subject_and_lines() -> None:
    assert mail_link("ana@example.com", "Un saludo", "Hola\nAna & co") == (
        "mailto:ana@example.com?subject=Un%20saludo&body=Hola%0D%0AAna%20%26%20co"
    )


@pytest.mark.parametrize(
    "address", ["", "ana", "ana@", "ana@x", "a b@example.com", "a@b.com?bcc=x@y.com,", None]
)
def test_what_is_no_address_gets_no_link(address: object) -> None:
    assert mail_link(address, "s", "t") is None


def test_an_address_cannot_add_receivers() -> None:
    link = mail_link("ana@example.com?bcc=all@example.com", "s", "t")
    assert link is None or "?bcc" not in link
