"""Phones, mails and documents made comparable, and told from what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reading.values.contacts import (
    is_nothing,
    mail_address,
    phone_fault,
    phone_number,
    tax_number,
)


@pytest.mark.parametrize(
    "written",
    [
        "600112233",
        "600 112 233",
        "600-11-22-33",
        "600.112.233",
        "+34 600112233",
        "+34600112233",
        "0034 600 112 233",
        "34600112233",
        "(+34) 600 112 233",
        "Tel. 600112233",
        "600112233 / 911234567",
        "600112233 ext. 12",
    ],
)
def test_one_spanish_mobile(written: str):
    assert phone_number(written) == "600112233"
    assert phone_fault(written) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("+52 1 55 1234 5678", "55 1234 5678"),
        ("+52 55 1234 5678", "5512345678"),
        ("+54 9 11 4444-5555", "011 15 4444-5555"),
        ("+51 999 888 777", "999888777"),
        ("+57 300 123 4567", "3001234567"),
        ("+56 9 8123 4567", "981234567"),
        ("+593 99 912 3456", "0999123456"),
        ("+1 (809) 555-1234", "809-555-1234"),
        ("+44 7700 900123", "07700 900123"),
    ],
)
def test_one_phone_with_its_country_and_without(one: str, other: str):
    assert phone_number(one) == phone_number(other) != ""


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("000000000", "placeholder"),
        ("999999999", "placeholder"),
        ("123456789", "placeholder"),
        ("12345", "too_short"),
        ("no tiene", "letters"),
        ("ana@example.com", "letters"),
        ("6001122330000000000", "too_long"),
    ],
)
def test_what_is_no_phone(written: str, fault: str):
    assert phone_fault(written) == fault
    if fault != "too_long":
        assert phone_number(written) == ""


@pytest.mark.parametrize(
    "address",
    [
        "natalia@gmail.com",
        "no.garcia@gmail.com",
        "sinead@example.ie",
        "xavi@hotmail.com",
        "a.b+c@sub.example.co.uk",
    ],
)
def test_an_address_is_one(address: str):
    assert mail_address(address.upper()) == address


@pytest.mark.parametrize(
    "text",
    [
        "no tiene",
        "ana@",
        "@example.com",
        "ana@example",
        "notiene@gmail.com",
        "no@tiene.com",
        "x@x.com",
        "sin-correo@x.es",
    ],
)
def test_what_is_no_address(text: str):
    assert mail_address(text) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12345678Z", "12.345.678-z"),
        ("ESB12345674", "B-12345674"),
        ("01234567L", "1234567l"),
        ("12.345.678-5", "123456785"),
        ("GODE561231GR8", "gode 561231 gr8"),
        ("20-12345678-3", "20123456783"),
        ("X1234567L", "x-1234567-l"),
    ],
)
def test_one_document_written_twice(one: str, other: str):
    assert tax_number(one) == tax_number(other) != ""


@pytest.mark.parametrize(
    "text", ["XAXX010101000", "00000000", "99999999", "222222222222", "11111111", "S/N", "123"]
)
def test_a_document_that_is_nobodys(text: str):
    assert tax_number(text) == ""


@pytest.mark.parametrize(
    ("text", "empty"),
    [("-", True), ("N/A", True), ("s/d", True), ("0", True), ("Ana", False), ("15/03/2090", False)],
)
def test_what_stands_for_an_empty_cell(text: str, empty: bool):  # noqa: FBT001 - a case of two
    assert is_nothing(text) is empty


@given(st.text(max_size=40))
def test_any_text_can_be_asked(text: str):
    number = phone_number(text)
    assert number == "" or number.isdigit()
    assert mail_address(text) == "" or "@" in mail_address(text)
    assert phone_number(number) == number or len(number) >= 11  # a long number may begin like a country
    assert tax_number(tax_number(text)) == tax_number(text)
