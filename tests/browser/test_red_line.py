"""The red line in a browser: a brief read and printed, a case done and gone."""

import io
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from analysis.reading import Upload
from sample_data import SAMPLES
from tests.browser.journeys import at_home, go
from tests.browser.steps import download, settle
from tests.browser.visits import Visits
from words import speak


@pytest.fixture
def owner(stay: Visits, tmp_path: Path) -> Page:
    """The owner of the sample salon, on the red line."""
    shop = Upload(SAMPLES["es"].name, SAMPLES["es"].read_bytes())
    page = at_home(stay, tmp_path, shop)
    go(page, "red_line")
    return page


def names(page: Page) -> list[str]:
    return [
        button.inner_text().split("\n")[0] for button in page.locator("[class*='st-key-case_'] button").all()
    ]


def pages_of(data: bytes) -> list[str]:
    document = Document(io.BytesIO(data))
    return [one.text for one in document.paragraphs if one.style is not None and one.style.name == "Title"]


def test_a_brief_opens_beside_the_board_and_prints_as_one_page(owner: Page) -> None:
    first = names(owner)[0]
    owner.locator("[class*='st-key-brief_'] button").first.click()
    dialog = owner.get_by_role("dialog")
    expect(dialog).to_contain_text(first)
    expect(dialog).to_contain_text(speak("es")("brief.propose"))
    settle(owner)
    assert pages_of(download(owner, "download_brief")) == [first]
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)


def test_all_briefs_come_in_the_board_s_order(owner: Page) -> None:
    shown = names(owner)
    assert pages_of(download(owner, "download_briefs"))[: len(shown)] == shown


def test_a_case_noted_as_done_leaves_and_the_next_moves_up(owner: Page) -> None:
    shown = names(owner)
    owner.get_by_test_id("stPopover").first.get_by_role("button").click()
    owner.locator("[class*='st-key-save_'] button").click()
    cases = owner.locator("[class*='st-key-case_'] button")
    expect(cases.first).to_contain_text(shown[1])
    settle(owner)
    assert names(owner)[: len(shown) - 1] == shown[1:]
