"""Numbers, money, percentages and dates as a reader of each place expects them."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from words import Words, language_of, speak

HARD = "\N{NO-BREAK SPACE}"

SPAIN = speak("es", "es-ES", "EUR")
MEXICO = speak("es", "es-MX", "MXN")
ENGLISH = speak("en", "en-US", "EUR")


@pytest.mark.parametrize(
    ("w", "amount", "text"),
    [
        (SPAIN, 12340, f"12.340{HARD}€"),
        (SPAIN, -112, f"−112{HARD}€"),
        (ENGLISH, 12340, "€12,340"),
        (ENGLISH, -112, "−€112"),
        (MEXICO, 12340, "$12,340"),
        (speak("en", "en-GB", "GBP"), 99.5, "£99.50"),
        (speak("es", "es-PE", "PEN"), 1234.5, f"S/{1235:,}"),
        (speak("es", "es-ES", "PEN"), 12, f"12{HARD}S/"),
        (speak("es", "es-CL", "CLP"), 1500000, "$1.500.000"),
        (speak("en", "en-US", None), 12340, "12,340"),
        (speak("es", "en-US", "EUR"), 67028, f"67,028{HARD}€"),
    ],
)
def test_money_by_place(w: Words, amount: float, text: str) -> None:
    assert w.money(amount) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [(99.994, "€99.99"), (99.996, "€100"), (100.4, "€100"), (12.0, "€12"), (0, "€0"), (-0.001, "€0")],
)
def test_cents_are_shown_under_a_hundred_only_and_only_where_there_are_any(amount: float, text: str) -> None:
    assert ENGLISH.money(amount) == text


def test_no_currency_is_ever_written_as_euro_s_code() -> None:
    assert "EUR" not in SPAIN.money(5) + MEXICO.formats.money(5) + ENGLISH.money(5)


@pytest.mark.parametrize(("w", "text"), [(SPAIN, f"59{HARD}%"), (MEXICO, "59%"), (ENGLISH, "59%")])
def test_percentages_are_spaced_as_the_place_does(w: Words, text: str) -> None:
    assert w.percent(0.59) == text


def test_four_digits_are_grouped_in_spain_too_as_in_every_table() -> None:
    assert SPAIN.number(1236) == "1.236"


@pytest.mark.parametrize(
    ("value", "text"), [(2.5, "3"), (-2.5, "−3"), (0.4, "0"), (-0.4, "0"), (1234.5, "1,235")]
)
def test_halves_round_away_from_zero_and_zero_has_no_sign(value: float, text: str) -> None:
    assert ENGLISH.number(value) == text


def test_changes_carry_their_sign() -> None:
    assert [SPAIN.signed(x, 1) for x in (1.25, -0.9, 0.01)] == ["+1,3", "−0,9", "0,0"]


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, pd.NaT, np.nan])
def test_what_is_missing_is_a_dash(missing: object) -> None:
    assert (
        SPAIN.number(missing) == SPAIN.money(missing) == SPAIN.percent(missing) == SPAIN.date(missing) == "–"
    )


def test_dates_speak_the_language_of_the_words_not_of_the_browser() -> None:
    day = dt.date(2026, 10, 31)
    assert (SPAIN.date(day), ENGLISH.date(day), speak("es", "en-US").date(day)) == (
        "31 oct 2026",
        "31 Oct 2026",
        "31 oct 2026",
    )
    assert (SPAIN.day(day), ENGLISH.day(day)) == ("31 de octubre de 2026", "31 October 2026")
    assert (SPAIN.day_month(day), ENGLISH.day_month(day)) == ("31 de octubre", "31 October")
    assert (SPAIN.weekday(day), ENGLISH.weekday(day)) == ("sábado, 31 de octubre", "Saturday 31 October")


@pytest.mark.parametrize(
    "day", [dt.date(2026, 10, 31), pd.Timestamp("2026-10-31 00:00"), np.datetime64("2026-10-31", "s")]
)
def test_a_date_may_come_as_any_library_writes_it(day: object) -> None:
    assert SPAIN.date(day) == "31 oct 2026"


def test_months_in_full_by_name_and_short() -> None:
    day = dt.date(2026, 9, 5)
    assert [SPAIN.month(day), SPAIN.month(day, "name"), SPAIN.month(day, "short")] == [
        "septiembre de 2026",
        "septiembre",
        "sept",
    ]
    assert [ENGLISH.month(day), ENGLISH.month(day, "name"), ENGLISH.month(day, "short")] == [
        "September 2026",
        "September",
        "Sep",
    ]


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (["Ana"], "Ana"),
        (["Ana", "Luis"], "Ana y Luis"),
        (["Ana", "Inés"], "Ana e Inés"),
        (["Ana", "Luis", "Hilario"], "Ana, Luis e Hilario"),
        (["agua", "hielo"], "agua y hielo"),
    ],
)
def test_spanish_lists_say_e_before_the_sound_i(parts: list[str], text: str) -> None:
    assert SPAIN.listing(parts) == text


def test_choices_are_joined_by_or_and_spanish_says_u_before_the_sound_o() -> None:
    assert ENGLISH.either(["a", "b", "c"]) == "a, b, or c"
    assert SPAIN.either(["plata", "oro"]) == "plata u oro"
    assert SPAIN.either(["oro", "plata"]) == "oro o plata"


@pytest.mark.parametrize(
    ("browser", "language", "locale"),
    [
        ("es-AR", "es", "es_AR"),
        ("es-419", "es", "es_419"),
        ("es", "es", "es_ES"),
        ("en", "en", "en_US"),
        ("en-GB", "en", "en_GB"),
        ("fr-FR", "en", "en_US"),
        ("x-nonsense-1", "en", "en_US"),
        (None, "en", "en_US"),
    ],
)
def test_every_browser_gets_a_language_and_a_locale_of_numbers(
    browser: str | None, language: str, locale: str
) -> None:
    chosen = language_of(browser)
    assert chosen == language
    assert speak(chosen, browser).locale == locale


def test_plotly_gets_the_decimal_mark_and_the_group_mark() -> None:
    assert (SPAIN.formats.separators, ENGLISH.formats.separators) == (",.", ".,")
