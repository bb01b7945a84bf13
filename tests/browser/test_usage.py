"""Services by use in a real browser: an interval typed into its table is worked out."""

from pathlib import Path

from playwright.sync_api import Page, expect

from analysis.reading import Upload
from sample_data import SAMPLES
from tests.browser.journeys import go, open_shop
from tests.browser.visits import Visits

_HEAD, _ROW = 38, 35
_INTERVAL_COLUMN = 220  # px from the table's left edge


def workshop() -> Upload:
    return Upload(SAMPLES["en"].name, SAMPLES["en"].read_bytes())


def type_interval(page: Page, row: int, units: str) -> None:
    grid = page.locator("[class*='st-key-intervals_use_'] [data-testid='stDataFrame']")
    grid.scroll_into_view_if_needed()
    grid.click(position={"x": _INTERVAL_COLUMN, "y": _HEAD + _ROW * row + _ROW / 2})
    page.keyboard.press("Enter")
    page.locator("input.gdg-input").fill(units)
    page.keyboard.press("Enter")


def test_an_interval_typed_into_the_table_is_worked_out_and_taken_back(visit: Visits, tmp_path: Path) -> None:
    page = open_shop(visit, tmp_path, workshop(), language="en-GB", scheme="dark")
    go(page, "intervals")
    four = page.get_by_role("heading", name="Four services follow use")
    expect(four).to_be_visible()
    type_interval(page, 4, "10000")  # the first of those that follow the calendar
    expect(page.get_by_role("heading", name="Five services follow use")).to_be_visible()
    page.locator(".st-key-intervals_use_reset").get_by_role("button").click()
    expect(four).to_be_visible()
