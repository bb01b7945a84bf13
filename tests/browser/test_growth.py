"""The growth page in a real browser: the owner's target stays, and a name behind a bar opens the client's record."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.journeys import click_row, drawer, go
from tests.browser.steps import settle

#: They share the visitor `salon`.
pytestmark = pytest.mark.xdist_group("salon")


def test_the_owner_s_target_stays_while_they_look_at_other_pages(salon: Page) -> None:
    go(salon, "growth")
    expect(salon.get_by_role("heading", name="por debajo de la meta del 50 %")).to_be_visible()
    salon.locator("[class*='st-key-growth_target_50'] input").fill("8")
    salon.keyboard.press("Enter")
    reached = salon.get_by_role("heading", name="meta del 8 %")
    expect(reached).to_be_visible()
    settle(salon)
    go(salon, "overview")
    go(salon, "growth")
    expect(reached).to_be_visible()


def test_a_row_behind_a_bar_opens_the_client_s_drawer(salon: Page) -> None:
    go(salon, "growth")
    salon.locator(".st-key-part").get_by_role("radio", name="No vinieron").click()
    expect(salon.get_by_text("La columna «Estado» dice quién puede volver todavía.")).to_be_visible()
    assert "part=lost" in salon.url
    click_row(salon, "growth_names", 0)
    expect(drawer(salon)).to_be_visible()
    salon.keyboard.press("Escape")
    expect(drawer(salon)).to_have_count(0)
