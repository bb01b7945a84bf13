"""On a telephone, 390 pixels wide: nothing sticks out, the menu is at hand, a client's panel fills the screen.

The file is one whose names are markup and formulas: long, and text on every page.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import exports
from tests.browser.journeys import drawer
from tests.browser.steps import (
    RESULTS,
    arrive,
    close_drawer,
    expect_names_to_be_text,
    overflow,
    see_results,
    settle,
    upload,
)
from tests.browser.visits import PHONE, Visits


@pytest.fixture
def owner(stay: Visits, tmp_path: Path) -> Page:
    """An owner who looks at the shop on a telephone."""

    def welcome() -> Page:
        page = stay(phone=True)
        page.on("dialog", lambda dialog: pytest.fail(f"a script of the file's ran: {dialog.message}"))
        upload(page, exports.harmful(tmp_path))
        expect(page.locator(".st-key-see_results")).to_be_visible()
        assert overflow(page) <= 0
        expect_names_to_be_text(page)
        see_results(page)
        return page

    return stay.regular("owner", welcome)


def go_by_menu(page: Page, name: str) -> None:
    """The menu is folded away: it opens over the page, and folds again once a page is chosen."""
    page.get_by_test_id("stExpandSidebarButton").click()
    page.locator(f"[data-testid='stSidebarNavLink'][href$='/{name}']").click()
    arrive(page, name)


@pytest.mark.parametrize("name", [*RESULTS[1:], RESULTS[0]])
def test_no_page_is_wider_than_the_screen_or_takes_a_name_for_markup(owner: Page, name: str) -> None:
    go_by_menu(owner, name)
    assert overflow(owner) <= 0
    expect_names_to_be_text(owner)


def test_figures_stand_two_by_two(owner: Page) -> None:
    go_by_menu(owner, "overview")
    boxes = [metric.bounding_box() for metric in owner.get_by_test_id("stMetric").all()]
    first, second, third, fourth = (box for box in boxes[:4] if box)
    assert first["y"] == second["y"] < third["y"] == fourth["y"]
    assert first["x"] == third["x"] < second["x"] == fourth["x"]
    assert second["x"] + second["width"] <= PHONE["width"]


def test_a_client_s_panel_fills_nearly_the_whole_screen(owner: Page) -> None:
    go_by_menu(owner, "overview")
    owner.locator("[class*='st-key-call_']").first.get_by_role("button").click()
    expect(drawer(owner).get_by_role("textbox")).to_be_visible()
    settle(owner)
    box = drawer(owner).bounding_box()
    assert box is not None
    assert box["width"] > 0.9 * PHONE["width"]
    assert box["x"] + box["width"] <= PHONE["width"] + 1
    assert overflow(owner) <= 0
    close_drawer(owner)
