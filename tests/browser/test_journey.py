"""From the month's export to the list in hand: what the owner does, and what each step shows."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

import dev
from tests.browser import exports
from tests.browser.journeys import click_row, drawer, go, table
from tests.browser.steps import cell, download, rows_of, see_results, settle, type_into, unfold, upload
from tests.browser.visits import Visits
from words import speak

ES = speak("es", "es-ES", "EUR")
EN = speak("en", "en-GB")

REAL_SALON = dev.ROOT.parent / "shared" / "data" / "salon_receipt_transactions.csv"

#: Where the column "read as" of what was understood stands in the grid's width.
READ_AS = 0.5
#: The column of names in a table of clients, after the boxes that pick a row.
NAME = 1


@pytest.fixture
def owner(stay: Visits, tmp_path: Path) -> Page:
    """The owner of a shop with its file uploaded and understood, in Spain."""

    def welcome() -> Page:
        page = stay()
        upload(page, exports.contacts(tmp_path / "ventas.csv"))
        see_results(page)
        return page

    return stay.regular("owner", welcome)


def understood(page: Page) -> Locator:
    """The grid with how each column was read, unfolded where it is not yet."""
    unfold(page, "columns")
    return page.locator("[class*='st-key-columns_']").get_by_test_id("stDataFrame")


def call_list(page: Page) -> list[str]:
    """The clients of the list as downloaded, in its order."""
    return [row["Cliente"] for row in rows_of(download(page, "download_csv"), ";")]


# --- The file ---------------------------------------------------------------------------------------------


def test_a_till_s_journal_is_understood_and_leads_to_its_call_list(visit: Visits, tmp_path: Path) -> None:
    page = visit(language="en-GB")
    journal = exports.receipts(tmp_path / "receipts.csv")
    lines = len(journal.read_text("utf-8").splitlines()) - 1
    upload(page, journal)
    heading = page.get_by_role("heading", level=2)
    expect(heading).to_contain_text(EN("start.sum.rows", used=lines, n=lines))
    expect(heading).to_contain_text("22 Aug 2024 to 25 Oct 2026")
    grid = understood(page)
    for row, field in enumerate(("document", "date", "service", "client_id", "staff", "quantity", "amount")):
        expect(cell(grid, row, 2)).to_have_text(EN(f"field.{field}"), ignore_case=True)
    see_results(page)
    expect(page.get_by_role("button", name="KLNT48")).to_be_visible()
    go(page, "at_risk")
    rows = rows_of(download(page, "download_csv"), ",")
    assert rows[0]["Code"] == "KLNT48"


@pytest.mark.skipif(not REAL_SALON.is_file(), reason="the real salon's file is not on this machine")
def test_a_real_salon_s_journal_goes_from_upload_to_a_client_s_panel(visit: Visits) -> None:
    page = visit(language="en-US")
    upload(page, REAL_SALON)
    expect(page.get_by_role("heading", level=2)).to_contain_text("1,934 of 1,934 rows")
    see_results(page)
    expect(page.get_by_test_id("stMetric").first).to_be_visible()
    go(page, "segments")
    click_row(page, "segments", 0)
    name = cell(table(page, "segments"), 0, NAME).text_content() or ""
    expect(drawer(page).get_by_text(name, exact=True)).to_be_visible()


def test_dates_that_read_both_ways_are_asked_about_and_the_answer_holds(
    visit: Visits, tmp_path: Path
) -> None:
    page = visit()
    upload(page, exports.either_way(tmp_path / "citas.csv"))
    expect(page.get_by_text("¿Qué día es 05/01/2024?").first).to_be_visible()
    heading = page.get_by_role("heading", level=2)
    expect(heading).to_contain_text("del 2 ene 2024 al 11 oct 2025")
    page.get_by_text("1 de mayo", exact=True).click()
    expect(heading).to_contain_text("del 3 ene 2024 al 8 dic 2025")
    expect(page.get_by_text("(antes del 2 ene 2024 al 11 oct 2025)")).to_be_visible()
    settle(page)
    see_results(page)
    expect(page.get_by_text("citas.csv · datos hasta el 8 dic 2025")).to_be_visible()


def test_a_column_that_was_misread_can_be_corrected(visit: Visits, tmp_path: Path) -> None:
    page = visit()
    upload(page, exports.contacts(tmp_path / "ventas.csv"))
    seller = 4
    grid = understood(page)
    expect(cell(grid, seller, 2)).to_have_text("Vendedor")
    type_into(grid, seller, READ_AS, ES("start.columns.unused"))
    expect(page.locator(".st-key-undo")).to_be_visible()  # the cell shows it before the app has heard of it
    expect(cell(understood(page), seller, 2)).to_have_text(ES("start.columns.unused"))
    settle(page)
    see_results(page)
    go(page, "at_risk")
    expect(page.locator(".st-key-service")).to_be_visible()
    expect(page.locator(".st-key-seller")).to_have_count(0)


# --- The list ---------------------------------------------------------------------------------------------


def test_the_list_is_as_long_as_the_calls_the_owner_can_make(owner: Page) -> None:
    go(owner, "at_risk")
    slider = owner.get_by_role("slider")
    usual = slider.input_value()
    slider.press("Home")
    expect(owner.get_by_role("region", name="Lista de llamadas: 5 clientes.")).to_be_visible()
    settle(owner)
    assert "calls=5" in owner.url
    assert len(call_list(owner)) == 5
    slider.press("End")
    expect(slider).to_have_value(usual)
    settle(owner)
