"""The one screen between a file and its results: understood at once, corrected in a click, known again next month."""

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import plain, settle, unfold, upload
from tests.browser.visits import Visits
from words import speak

ES = speak("es", "es-ES")

#: As a header, a sheet or a column's cell: harmless only as text. (A sheet's name has neither brackets nor slashes.)
MARKUP = "<img src=x onerror=alert(1)>"
PICTURE = "![x](http://evil.example/a.png)"


def written(file: Path, header: str, *lines: str) -> Path:
    file.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return file


def either_way(file: Path, client: str = "Ana") -> Path:
    """A month whose days read both ways and whose amounts may be thousands or fractions."""
    lines = (f"{client} {n % 6};0{1 + n % 9}/0{1 + n % 7}/2025;{1 + n % 4}.{234 + n}" for n in range(60))
    return written(file, "Cliente;Fecha;Importe", *lines)


def answer(page: Page, choice: str) -> None:
    """Chooses one of a question's answers by its beginning."""
    page.get_by_test_id("stRadio").get_by_text(choice).click()


def test_an_answer_shows_at_once_what_it_changes_and_can_be_changed_again(
    visit: Visits, tmp_path: Path
) -> None:
    page = visit()
    upload(page, either_way(tmp_path / "ventas.csv"))
    heading = page.get_by_role("heading", level=2)
    expect(heading).to_contain_text("165.810 en total")
    answer(page, "1,234, con decimales")
    expect(heading).to_contain_text("166 en total")
    expect(page.get_by_text("166 en total (antes 165.810 en total)")).to_be_visible()
    settle(page)
    unfold(page, "answered_decimal_")
    answer(page, "1.234, sin decimales")
    expect(heading).to_contain_text("165.810 en total")
    settle(page)


def test_what_was_said_this_month_is_known_next_month(visit_remembering: Visits, tmp_path: Path) -> None:
    october = visit_remembering()
    upload(october, either_way(tmp_path / "octubre.csv"))
    answer(october, "1 de agosto")
    heading = october.get_by_role("heading", level=2)
    expect(heading).to_contain_text("al 6 sept 2025")
    settle(october)
    november = visit_remembering()
    upload(november, either_way(tmp_path / "noviembre.csv", "Eva"))
    expect(november.get_by_text("Reconocido: las mismas columnas que el")).to_be_visible()
    expect(november.get_by_role("heading", level=2)).to_contain_text("al 6 sept 2025")
    expect(november.locator("[class*='st-key-doubt_date_order']")).to_have_count(0)
    november.locator(".st-key-forget_known").get_by_role("button").click()
    expect(november.get_by_text("Reconocido: las mismas columnas que el")).to_have_count(0)
    expect(november.locator("[class*='st-key-doubt_date_order']")).to_be_visible()
    settle(november)


def test_markup_in_titles_sheets_and_cells_is_text(visit: Visits, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = MARKUP[:31].replace("/", "")
    sheet.append(["Cliente", f"Fecha {PICTURE}", "Importe", f"Total {MARKUP}", MARKUP])
    for n in range(40):
        sheet.append([f"Ana {n % 5}", f"0{1 + n % 9}/0{1 + n % 7}/2025", 100, 121, PICTURE])
    file = tmp_path / f"{MARKUP} {PICTURE.replace('/', '')}.xlsx"
    workbook.save(file)
    page = visit()
    page.on("dialog", lambda dialog: pytest.fail(f"a script of the file's ran: {dialog.message}"))
    upload(page, file)
    expect(page.locator(".st-key-see_results")).to_be_visible()
    for folded in ("columns", "settings"):
        unfold(page, folded)
    expect(page.locator("img[src*='evil'], img[src='x'], [onerror]")).to_have_count(0)
    expect(page.locator("a[href*='evil']")).to_have_count(0)
    said = plain(page.get_by_test_id("stMain").inner_text())
    assert f"Fecha {PICTURE}" in said
    assert f"{sheet.title}: 40 de 40 filas en uso" in said
