"""What Streamlit would get wrong if it were let: links, filters, names with markup, other people's files, downloads."""

import csv
import io
import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from analysis.practices.calls import call_list
from analysis.reading import Upload
from tests.browser.journeys import drawer, go, open_shop
from tests.browser.steps import settle
from tests.browser.visits import Visits
from tests.pages.conftest import results
from tests.shops import till

#: At the URL of a page Streamlit first asks below that URL whether its server lives there.
LOOKS_FOR_ITS_SERVER = "status of 404"

PAGES = ("start", "overview", "segments", "intervals", "late_revenue", "at_risk", "client")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_at_its_own_url_with_the_menu(visit: Visits, name: str) -> None:
    visit.allow(LOOKS_FOR_ITS_SERVER)
    page = visit(name)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_test_id("stSidebarNav")).to_contain_text("A quién llamar")
    assert page.url.rstrip("/").endswith(f"/{name}")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_filter_stands_in_the_url_and_is_kept_across_pages(visit: Visits, tmp_path: Path) -> None:
    page = open_shop(visit, tmp_path, till())
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


def test_the_language_switch_changes_the_words_and_keeps_the_filter(visit: Visits, tmp_path: Path) -> None:
    page = open_shop(visit, tmp_path, till())
    go(page, "segments")
    page.locator(".st-key-band").get_by_text("Ignorado").click()
    page.wait_for_url("**band=ignored**")
    settle(page)
    page.locator(".st-key-language").get_by_text("English").click()
    expect(page.get_by_test_id("stSidebarNav")).to_contain_text("Whom to call")
    settle(page)
    assert "band=ignored" in page.url
    go(page, "overview")
    expect(page.get_by_role("heading", level=1)).to_have_text("Do clients come back on time?")


def test_a_refresh_forgets_the_file_and_says_how_to_go_on(visit: Visits, tmp_path: Path) -> None:
    visit.allow(LOOKS_FOR_ITS_SERVER)
    page = open_shop(visit, tmp_path, till())
    page.reload()
    expect(page.get_by_role("button", name="Subir un archivo")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("¿Vuelven los clientes a tiempo?")


def test_two_visitors_see_only_their_own(visit: Visits, tmp_path: Path) -> None:
    first = open_shop(visit, tmp_path, till())
    other = Upload("ventas.csv", till().data.replace(b"Cliente ", b"Persona "))
    second = open_shop(visit, tmp_path, other)
    for page in (first, second):
        go(page, "at_risk")
        go(page, "overview")
    expect(first.get_by_role("button", name=re.compile("Cliente")).first).to_be_visible()
    expect(first.get_by_role("button", name=re.compile("Persona"))).to_have_count(0)
    expect(second.get_by_role("button", name=re.compile("Persona")).first).to_be_visible()
    expect(second.get_by_role("button", name=re.compile("Cliente"))).to_have_count(0)


def test_a_client_s_name_is_shown_never_acted_upon(visit: Visits, tmp_path: Path) -> None:
    """The watch over every browser test fails it if the picture is fetched."""
    name = "![x](https://evil.example/x.png) www.evil.example :red[a] **b** <b>"
    data = till().data.decode().replace("Cliente ", name + " ")
    page = open_shop(visit, tmp_path, Upload("![](x).csv", data.encode()))
    shown = page.get_by_role("button", name=re.compile(re.escape("![x](https")))
    expect(shown.first).to_be_visible()
    assert page.get_by_test_id("stMain").get_by_role("link", name=re.compile("evil")).count() == 0
    shown.first.click()
    expect(drawer(page)).to_contain_text(":red[a] **b** <b>")
    go_to = drawer(page).get_by_role("link", name="Abrir en página completa")
    go_to.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("![x](https")
    assert page.locator("img[src*='evil']").count() == 0
    assert page.locator("a[href*='evil']").count() == 0


@pytest.mark.parametrize(
    ("language", "separator", "stake"), [("es-ES", ";", ","), ("en-GB", ",", "."), ("es-MX", ",", ".")]
)
def test_the_downloaded_csv_is_the_list_shown_with_the_marks_of_the_place(
    visit: Visits, tmp_path: Path, language: str, separator: str, stake: str
) -> None:
    _, _, portfolio = results("till")
    assert portfolio is not None
    page = open_shop(visit, tmp_path, till(), language=language)
    go(page, "at_risk")
    with page.expect_download() as coming:
        page.locator(".st-key-download_csv button").click()
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


def test_the_downloaded_xlsx_respects_the_filter(visit: Visits, tmp_path: Path) -> None:
    _, _, portfolio = results("till")
    assert portfolio is not None
    page = open_shop(visit, tmp_path, till())
    go(page, "at_risk")
    page.locator(".st-key-service input").click()
    page.get_by_role("option", name="Color").click()
    page.wait_for_url("**service=Color**")
    settle(page)
    with page.expect_download() as coming:
        page.locator(".st-key-download_xlsx button").click()
    sheet = openpyxl.load_workbook(io.BytesIO(Path(coming.value.path()).read_bytes())).active
    expected = call_list(portfolio, portfolio.clients.loc[portfolio.clients["service"] == "Color"])
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == expected[
        "client_name"
    ].tolist()


def test_the_template_is_a_workbook_in_the_reader_s_language(visit: Visits) -> None:
    page = visit(language="en-GB")
    with page.expect_download() as coming:
        page.locator(".st-key-template button").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(coming.value.path()).read_bytes()))
    assert "Sales" in book.sheetnames


def test_the_sample_is_one_click_away(visit: Visits) -> None:
    page = visit(language="es-ES")
    page.locator(".st-key-sample_es button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("¿Vuelven los clientes a tiempo?")
    expect(page.locator(".st-key-loss_by")).to_be_visible(timeout=60_000)
    expect(page.get_by_test_id("stSidebar")).to_contain_text("datos hasta el")
