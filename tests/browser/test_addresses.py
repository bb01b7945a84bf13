"""Addresses: what a refresh keeps, what a link opens, and what either says where the file is gone."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import exports
from tests.browser.steps import arrive, settle, upload
from tests.browser.visits import Visits
from ui.menu import SECTIONS
from words import speak

ES = speak("es", "es-ES")

FIRST_OF_EACH_SECTION = [pages[0][0] for pages in SECTIONS.values()]


def expect_no_file_yet(page: Page) -> None:
    """The box that says the file is missing and offers the ways on."""
    expect(page.get_by_text(ES("empty.no_file.title"))).to_be_visible()
    for way in ("empty.upload", "empty.sample", "empty.template"):
        expect(page.get_by_role("button", name=ES(way))).to_be_visible()


@pytest.mark.parametrize("name", [*FIRST_OF_EACH_SECTION, "client"])
def test_a_link_to_a_page_without_a_file_says_what_is_missing(stay: Visits, name: str) -> None:
    """What each page says then: `tests/pages/test_every_page`."""
    page = stay.regular("stranger", stay)
    page.goto(name)
    arrive(page, name)
    expect_no_file_yet(page)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_empty_page_leads_to_the_uploader(visit: Visits) -> None:
    page = visit("late_revenue")
    page.get_by_role("button", name=ES("empty.upload")).click()
    arrive(page, "start")
    expect(page.get_by_test_id("stFileUploaderDropzone")).to_be_visible()


def test_a_refresh_keeps_the_filters_and_asks_for_the_file_again(visit: Visits) -> None:
    page = visit("at_risk?service=Color&calls=5")
    page.get_by_role("button", name=ES("empty.sample")).click()
    narrowed(page)
    page.reload()
    settle(page)
    expect_no_file_yet(page)
    assert "service=Color" in page.url
    assert "calls=5" in page.url
    page.get_by_role("button", name=ES("empty.sample")).click()
    narrowed(page)


def test_a_link_s_filter_waits_for_the_file(visit: Visits, tmp_path: Path) -> None:
    page = visit("segments?service=Color")
    page.get_by_role("button", name=ES("empty.upload")).click()
    arrive(page, "start")
    upload(page, exports.contacts(tmp_path / "ventas.csv"))
    expect(page.locator(".st-key-see_results")).to_be_visible()
    page.locator(".st-key-see_results").get_by_role("button").click()
    page.wait_for_url("**/segments?service=Color")
    expect(page.locator(".st-key-service").get_by_role("combobox")).to_have_value("Color")
    arrive(page, "segments")


def narrowed(page: Page) -> None:
    """Five calls, all of one service, as the address says."""
    expect(page.get_by_role("region", name="Lista de llamadas: 5 clientes.")).to_be_visible()
    settle(page)
    expect(page.locator(".st-key-service").get_by_role("combobox")).to_have_value("Color")


def test_a_client_s_address_opens_that_client_once_the_file_is_there(visit: Visits) -> None:
    page = visit("client?id=nobody")
    page.get_by_role("button", name=ES("empty.sample")).click()
    expect(page.get_by_text(ES("client.unknown"))).to_be_visible()
    settle(page)
    box = page.locator(".st-key-client_picked").get_by_role("combobox")
    box.click()
    first = page.get_by_role("option").first
    name = first.inner_text()
    first.click()
    page.locator(".st-key-client_open").get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    assert "client?id=" in page.url
