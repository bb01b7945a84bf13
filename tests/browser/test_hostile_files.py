"""A file made to do harm: it is refused in a sentence, and nobody else at the app notices."""

import io
import zipfile
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser import exports
from tests.browser.journeys import go
from tests.browser.steps import see_results, settle, take_back, upload
from tests.browser.visits import Visits
from words import speak

ES = speak("es", "es-ES")

_BLOCK = 1 << 22
_BLOCKS = 20


def far_cell(file: Path) -> Path:
    """A cell at the last corner of a sheet: 5 kB for which some readers want room for 17 thousand million cells."""
    workbook = openpyxl.Workbook()
    workbook.active.append(["Cliente", "Fecha", "Importe"])
    workbook.active.append(["Ana", "25/03/2025", 20])
    workbook.active["XFD1048576"] = "x"
    workbook.save(file)
    return file


def bomb(file: Path) -> Path:
    """A workbook of some hundred kB whose one sheet unpacks to 80 MB."""
    source = io.BytesIO()
    openpyxl.Workbook().save(source)
    with zipfile.ZipFile(source) as good, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bad:
        for member in good.namelist():
            if "sheet1" not in member:
                bad.writestr(member, good.read(member))
        with bad.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(_BLOCKS):
                sheet.write(b"<row><c><v>1</v></c></row>" * (_BLOCK // 26))
    return file


def expect_refusal(page: Page, file: Path) -> None:
    expect(page.get_by_text(ES("start.refused", file=file.name))).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.locator(".st-key-see_results")).to_have_count(0)


def test_a_hostile_file_is_refused_while_another_visitor_works_on(visit: Visits, tmp_path: Path) -> None:
    owner = visit()
    upload(owner, exports.contacts(tmp_path / "ventas.csv"))
    expect(owner.locator(".st-key-see_results")).to_be_visible()
    intruder = visit()
    for hostile in (far_cell(tmp_path / "lejos.xlsx"), bomb(tmp_path / "bomba.xlsx")):
        intruder.get_by_test_id("stFileUploaderDropzoneInput").set_input_files([str(hostile)])
        expect_refusal(intruder, hostile)
        settle(intruder)
        take_back(intruder)
    see_results(owner)
    expect(owner.get_by_test_id("stMetric").first).to_be_visible()
    go(owner, "segments")
    upload_again = exports.contacts(tmp_path / "otra.csv")
    intruder.get_by_test_id("stFileUploaderDropzoneInput").set_input_files([str(upload_again)])
    expect(intruder.locator(".st-key-see_results")).to_be_visible()
