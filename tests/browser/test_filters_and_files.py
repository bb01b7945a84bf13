"""Filters in the URL and across pages, and the files that leave the app: their bytes, marks and names."""

import csv
import io
import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from analysis.practices.calling.calls import call_list
from tests.browser.journeys import at_home, go, table
from tests.browser.steps import cell, settle
from tests.browser.visits import Visits
from tests.pages.conftest import results
from tests.shops import till
from words import speak

NAME = 1  # the column of names in a table of clients, after the boxes that pick a row


def test_a_filter_stands_in_the_url_and_is_kept_across_pages(stay: Visits, tmp_path: Path) -> None:
    page = at_home(stay, tmp_path, till())
    go(page, "segments")
    page.locator(".st-key-service input").click()
    page.get_by_role("option", name="Color").click()
    page.wait_for_url("**service=Color**")
    settle(page)
    page.locator(".st-key-band").get_by_text("Ignorado").click()
    page.wait_for_url("**band=ignored**")
    settle(page)
    go(page, "at_risk")
    page.wait_for_url("**service=Color**")
    expect(page.locator(".st-key-service input")).to_have_value("Color")
    go(page, "overview")
    go(page, "segments")
    page.wait_for_url("**band=ignored**")
    expect(page.locator(".st-key-service input")).to_have_value("Color")


def test_the_language_switch_changes_the_words_and_keeps_the_filter(stay: Visits, tmp_path: Path) -> None:
    page = at_home(stay, tmp_path, till())
    go(page, "segments")
    page.locator(".st-key-band").get_by_text("Ignorado").click()
    page.wait_for_url("**band=ignored**")
    settle(page)
    page.locator(".st-key-language").get_by_text("English").click()
    expect(page.get_by_test_id("stSidebarNav")).to_contain_text(speak("en")("nav.at_risk"))
    settle(page)
    assert "band=ignored" in page.url
    go(page, "overview")
    expect(page.get_by_role("heading", level=1)).to_have_text(speak("en")("overview.question"))
    page.get_by_role("radio", name="Español").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(speak("es")("overview.question"))
    settle(page)
    go(page, "segments")  # where the address says that something is chosen


@pytest.mark.parametrize(
    ("language", "separator", "stake"), [("es-ES", ";", ","), ("en-GB", ",", "."), ("es-MX", ",", ".")]
)
def test_the_downloaded_csv_is_the_list_shown_with_the_marks_of_the_place(
    stay: Visits, tmp_path: Path, language: str, separator: str, stake: str
) -> None:
    _, _, portfolio = results("till")
    assert portfolio is not None
    page = at_home(stay, tmp_path, till(), language=language)
    go(page, "at_risk")
    with page.expect_download() as coming:
        page.locator(".st-key-download_csv").get_by_role("button").click()
    data = Path(coming.value.path()).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=separator))
    expected = call_list(portfolio)
    assert [row[1] for row in rows[1:]] == expected["client_name"].tolist()
    money = [
        row[rows[0].index(next(h for h in rows[0] if h in {"En juego", "At stake"}))] for row in rows[1:]
    ]
    assert [float(text.replace(stake, ".")) for text in money] == pytest.approx(
        expected["value_at_stake"].tolist()
    )
    assert any(stake in text for text in money)
    assert re.fullmatch(r"\w+_2026-10-\d\d_[0-9a-f]{6}\.csv", coming.value.suggested_filename)


def test_the_downloaded_xlsx_respects_the_filter(stay: Visits, tmp_path: Path) -> None:
    _, _, portfolio = results("till")
    assert portfolio is not None
    page = at_home(stay, tmp_path, till())
    go(page, "at_risk")
    page.locator(".st-key-service input").click()
    page.get_by_role("option", name="Color").click()
    page.wait_for_url("**service=Color**")
    expected = call_list(portfolio, portfolio.clients.loc[portfolio.clients["service"] == "Color"])
    names = [str(name) for name in expected["client_name"]]
    expect(cell(table(page, "at_risk"), 0, NAME)).to_have_text(names[0])  # the filtered table has come
    settle(page)
    with page.expect_download() as coming:
        page.locator(".st-key-download_xlsx").get_by_role("button").click()
    sheet = openpyxl.load_workbook(io.BytesIO(Path(coming.value.path()).read_bytes())).active
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == names


def test_the_template_is_a_workbook_in_the_reader_s_language(visit: Visits) -> None:
    page = visit(language="en-GB")
    with page.expect_download() as coming:
        page.locator(".st-key-template button").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(coming.value.path()).read_bytes()))
    assert "Sales" in book.sheetnames


def test_the_sample_is_one_click_away(visit: Visits) -> None:
    page = visit(language="es-ES")
    page.locator(".st-key-sample_es button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(speak("es")("overview.question"))
    expect(page.locator(".st-key-loss_by")).to_be_visible(timeout=60_000)
    expect(page.get_by_test_id("stSidebar")).to_contain_text("datos hasta el")
