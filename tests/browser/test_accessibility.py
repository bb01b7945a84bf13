"""axe finds nothing on any page or in a client's panel, in light and dark, but what Streamlit itself is known for."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.journeys import drawer, go
from tests.browser.steps import RESULTS, arrive, settle
from tests.browser.visits import Scheme, Visits

#: Streamlit's own, not ours to mend: the menu's sections, a figure's sparkline, the uploader's drop zone.
STREAMLITS_OWN = {"list", "listitem", "svg-img-alt", "presentation-role-conflict"}

AXE = Axe()


def faults(page: Page) -> list[str]:
    """What axe finds on the page as it stands, rule by rule with the first place."""
    return [
        f"{rule['id']}: {rule['help']} ({len(rule['nodes'])}) {rule['nodes'][0]['html'][:200]}"
        for rule in AXE.run(page).response["violations"]
        if rule["id"] not in STREAMLITS_OWN
    ]


def with_the_salon(stay: Visits, scheme: Scheme) -> Callable[[], Page]:
    def welcome() -> Page:
        page = stay(scheme=scheme)
        page.locator(".st-key-sample_es").get_by_role("button").click()
        arrive(page, "overview")
        expect(page.get_by_test_id("stMetric").first).to_be_visible()
        settle(page)
        return page

    return welcome


@pytest.fixture(params=["light", "dark"], scope="module")
def scheme(request: pytest.FixtureRequest) -> Scheme:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def owner(stay: Visits, scheme: Scheme) -> Page:
    return stay.regular(scheme, with_the_salon(stay, scheme))


@pytest.mark.parametrize("name", ["start", *RESULTS])
def test_axe_finds_nothing_on_a_page(owner: Page, name: str) -> None:
    go(owner, name)
    assert faults(owner) == []


def test_axe_finds_nothing_in_a_client_s_panel_or_on_their_page(owner: Page) -> None:
    go(owner, "at_risk")
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


def test_axe_finds_nothing_where_there_is_no_file_yet(visit: Visits, scheme: Scheme) -> None:
    page = visit("overview", scheme=scheme)
    assert faults(page) == []
