"""Every page of the menu as two owners see it, one by day in Spain and one by night in Britain.

It asks, answers, fits, is whole, and axe finds nothing but what Streamlit itself is known for. On a telephone:
`test_phone`.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import faults
from tests.browser.journeys import drawer, go
from tests.browser.steps import RESULTS, arrive, overflow, settle
from tests.browser.visits import Scheme, Visits
from words import LANGUAGES, Language, speak

#: The reader's country for each language, and whether their screen is light or dark.
LOCALES = {"es": "es-ES", "en": "en-GB"}
SCHEMES: dict[Language, Scheme] = {"es": "light", "en": "dark"}


@pytest.fixture(params=LANGUAGES, scope="module")
def language(request: pytest.FixtureRequest) -> Language:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def owner(stay: Visits, language: Language) -> Page:
    """Somebody who looks at the sample of their language: the salon in Spanish, the workshop in English."""

    def welcome() -> Page:
        page = stay(language=LOCALES[language], scheme=SCHEMES[language])
        page.locator(f".st-key-sample_{language}").get_by_role("button").click()
        arrive(page, "overview")
        expect(page.get_by_test_id("stMetric").first).to_be_visible()
        settle(page)
        return page

    return stay.regular(language, welcome)


@pytest.mark.parametrize("name", ["start", *RESULTS])
def test_a_page_is_whole_on_a_screen(owner: Page, name: str, language: Language) -> None:
    go(owner, name)
    expect(owner.get_by_role("heading", level=1)).to_have_text(speak(language)(f"{name}.question"))
    expect(owner.get_by_test_id("stException")).to_have_count(0)
    assert overflow(owner) <= 0
    assert owner.get_by_test_id("stMarkdown").count() > 1
    for figure in owner.locator("[data-testid='stPlotlyChart'] [role='figure']").all():
        assert figure.get_attribute("aria-label")
    assert faults(owner) == []


def test_the_menu_shows_all_pages_at_a_glance(owner: Page) -> None:
    links = owner.get_by_test_id("stSidebarNavLink")
    assert links.count() == len(RESULTS) + 1  # and the file's own
    for link in links.all():
        expect(link).to_be_in_viewport()


def test_axe_finds_nothing_in_a_client_s_panel_or_on_their_page(owner: Page) -> None:
    go(owner, "overview")
    owner.locator("[class*='st-key-call_']").first.get_by_role("button").click()
    panel = drawer(owner)
    expect(panel.get_by_role("textbox")).to_be_visible()
    settle(owner)
    assert faults(owner) == []
    panel.get_by_test_id("stPageLink-NavLink").click()
    owner.wait_for_url("**/client?*")
    expect(owner.get_by_role("dialog")).to_have_count(0)
    settle(owner)
    assert faults(owner) == []


def test_axe_finds_nothing_where_there_is_no_file_yet(visit: Visits, language: Language) -> None:
    page = visit("overview", language=LOCALES[language], scheme=SCHEMES[language])
    assert faults(page) == []
