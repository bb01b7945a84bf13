"""Every page of the menu in both languages: it asks, answers, fits and is whole. On a phone: `test_phone`."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.journeys import go
from tests.browser.steps import RESULTS, arrive, overflow, settle
from tests.browser.visits import Visits
from words import LANGUAGES, Language, speak

#: The reader's country for each language.
LOCALES = {"es": "es-ES", "en": "en-GB"}


def with_the_sample(stay: Visits, language: Language) -> Page:
    page = stay(language=LOCALES[language])
    page.locator(f".st-key-sample_{language}").get_by_role("button").click()
    arrive(page, "overview")
    settle(page)
    return page


def assert_whole(page: Page, name: str, language: Language) -> None:
    """The question in the reader's language, something under it, no fault, nothing wider than the screen."""
    expect(page.get_by_role("heading", level=1)).to_have_text(speak(language)(f"{name}.question"))
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert overflow(page) <= 0
    assert page.get_by_test_id("stMarkdown").count() > 1
    for figure in page.locator("[data-testid='stPlotlyChart'] [role='figure']").all():
        assert figure.get_attribute("aria-label")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", RESULTS)
def test_a_page_is_whole_on_a_screen(stay: Visits, name: str, language: Language) -> None:
    page = stay.regular(language, lambda: with_the_sample(stay, language))
    go(page, name)
    assert_whole(page, name, language)


def test_the_menu_shows_all_pages_at_a_glance(stay: Visits) -> None:
    page = stay.regular("es", lambda: with_the_sample(stay, "es"))
    links = page.get_by_test_id("stSidebarNavLink")
    assert links.count() == len(RESULTS) + 1  # and the file's own
    for link in links.all():
        expect(link).to_be_in_viewport()
