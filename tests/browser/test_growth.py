"""The growth page in a real browser: the owner's target stays, and a name behind a bar opens the client's record."""

from pathlib import Path

from playwright.sync_api import expect

from analysis.reading import Upload
from sample_data import SAMPLES
from tests.browser.journeys import at_home, click_row, drawer, go
from tests.browser.steps import settle
from tests.browser.visits import Visits


def salon() -> Upload:
    return Upload(SAMPLES["es"].name, SAMPLES["es"].read_bytes())


def test_the_owner_s_target_stays_while_they_look_at_other_pages(stay: Visits, tmp_path: Path) -> None:
    page = at_home(stay, tmp_path, salon())
    go(page, "growth")
    expect(page.get_by_role("heading", name="por debajo de la meta del 50 %")).to_be_visible()
    page.locator("[class*='st-key-growth_target_50'] input").fill("8")
    page.keyboard.press("Enter")
    reached = page.get_by_role("heading", name="meta del 8 %")
    expect(reached).to_be_visible()
    settle(page)
    go(page, "overview")
    go(page, "growth")
    expect(reached).to_be_visible()


def test_a_row_behind_a_bar_opens_the_client_s_drawer(stay: Visits, tmp_path: Path) -> None:
    page = at_home(stay, tmp_path, salon())
    go(page, "growth")
    page.locator(".st-key-part").get_by_role("radio", name="No vinieron").click()
    expect(page.get_by_text("La columna «Estado» dice quién puede volver todavía.")).to_be_visible()
    assert "part=lost" in page.url
    click_row(page, "growth_names", 0)
    expect(drawer(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer(page)).to_have_count(0)
