"""Words follow the reader's choice, numbers the place where the browser stands."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.journeys import go
from tests.browser.steps import arrive, settle
from tests.browser.visits import Visits
from words import speak


@pytest.fixture
def madrid(stay: Visits) -> Page:
    return stay.regular("madrid", lambda: with_the_salon(stay, "es-ES"))


@pytest.fixture
def mexico(stay: Visits) -> Page:
    return stay.regular("mexico", lambda: with_the_salon(stay, "es-MX"))


def with_the_salon(stay: Visits, language: str) -> Page:
    page = stay(language=language)
    page.locator(".st-key-sample_es").get_by_role("button").click()
    arrive(page, "overview")
    expect(page.get_by_test_id("stMetricValue").nth(4)).to_be_visible()
    settle(page)
    return page


def figures(page: Page) -> list[str]:
    return page.get_by_test_id("stMetricValue").all_inner_texts()


def test_thousands_and_decimals_are_marked_as_in_the_reader_s_country(madrid: Page, mexico: Page) -> None:
    go(madrid, "overview")
    go(mexico, "overview")
    in_madrid, in_mexico = figures(madrid), figures(mexico)
    assert any(re.search(r"\d\.\d{3}", text) for text in in_madrid)
    assert not any(re.search(r"\d\.\d{3}", text) for text in in_mexico)
    digits = [[re.sub(r"\D", "", text) for text in texts] for texts in (in_madrid, in_mexico)]
    assert digits[0] == digits[1]
    swapped = str.maketrans(".,", ",.")
    numbers = [[re.sub(r"[^\d.,]", "", text) for text in texts] for texts in (in_madrid, in_mexico)]
    assert [text.translate(swapped) for text in numbers[0]] == numbers[1]


def test_the_switch_changes_the_words_of_every_page_and_leaves_the_numbers(madrid: Page) -> None:
    go(madrid, "overview")
    before = figures(madrid)
    english = speak("en", "es-ES")
    madrid.get_by_role("radio", name="English").click()
    expect(madrid.get_by_role("heading", level=1)).to_have_text(english("overview.question"))
    settle(madrid)
    numbers = [[re.sub(r"[^\d.,]", "", text) for text in texts] for texts in (before, figures(madrid))]
    assert numbers[0] == numbers[1]
    go(madrid, "at_risk")
    expect(madrid.get_by_role("heading", level=1)).to_have_text(english("at_risk.question"))
    expect(madrid.get_by_role("button", name=english("at_risk.download"))).to_be_visible()
    madrid.get_by_role("radio", name="Español").click()
    expect(madrid.get_by_role("heading", level=1)).to_have_text(speak("es")("at_risk.question"))
    settle(madrid)


def test_the_page_says_its_name_in_the_browser_s_tab(madrid: Page) -> None:
    go(madrid, "at_risk")
    expect(madrid).to_have_title(f"{speak('es')('nav.at_risk')} · Puntual")
