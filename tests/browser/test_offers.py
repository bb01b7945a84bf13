"""The page of offers in a real browser: a price typed and its list, a client answered, an offer kept and undone."""

import pytest
from playwright.sync_api import Page, expect

from analysis.practices.offers.capacity import capacities, who_for
from tests.browser.journeys import go
from tests.browser.steps import download, rows_of, settle, unfold
from tests.pages.conftest import results
from words import speak

#: They share the visitor `salon`.
pytestmark = pytest.mark.xdist_group("salon")


@pytest.fixture
def page(salon: Page) -> Page:
    """The owner of the salon, on the page."""
    go(salon, "offers")
    return salon


def type_price(page: Page, price: str) -> None:
    box = page.locator(".st-key-offer_price input")
    box.fill(price)
    box.press("Enter")
    settle(page)


def test_a_price_typed_gives_its_list_as_a_file(page: Page) -> None:
    _, _, portfolio = results("sample")
    assert portfolio is not None
    w = speak("es")
    type_price(page, "40")
    expect(page.get_by_role("heading", name="40 € es cómodo para")).to_be_visible()
    rows = rows_of(download(page, "offer_download"), ";")
    found = who_for(portfolio, capacities(portfolio), 40.0)
    assert [row[w("offers.file.client_id")] for row in rows] == found["client_id"].tolist()
    assert {row[w("offers.file.price")] for row in rows} <= {"40", "40,0", "40,00"}
    refused = [row for row in rows if row[w("offers.file.contact")]]
    assert refused
    assert all(not row[w("offers.file.phone")] and not row[w("offers.file.email")] for row in refused)


def test_a_client_chosen_is_answered_in_a_box(page: Page) -> None:
    box = page.locator(".st-key-offer_client input")
    box.fill("Pilar")
    page.get_by_role("option").first.click()
    answer = page.locator(".st-key-offer_answer")
    expect(answer).to_be_visible()
    expect(answer).to_contain_text("Pilar")
    expect(answer).to_contain_text(speak("es")("offers.not_wealth"))
    type_price(page, "5000")
    expect(answer).to_contain_text(speak("es")("offers.verdict.too_much"))


def test_an_offer_written_down_is_kept_and_taken_back(page: Page) -> None:
    none = page.get_by_role("heading", name=speak("es")("offers.saved.none"))
    expect(none).to_be_visible()
    unfold(page, "offer_record")
    page.get_by_role("button", name=speak("es")("offers.record.save")).click()
    expect(page.get_by_role("heading", name="Después de 1 oferta")).to_be_visible()
    settle(page)
    unfold(page, "offers_kept")
    page.locator(".st-key-offer_undo_0").get_by_role("button").click()
    expect(none).to_be_visible()
