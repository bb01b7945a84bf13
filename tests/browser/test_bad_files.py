"""A file that cannot be read: one sentence says what it is and what to do, and the next file works."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import exports
from tests.browser.steps import see_results, take_back, upload
from tests.browser.visits import Visits
from words import speak

ES = speak("es", "es-ES")

#: As much of a workbook behind a password as tells it: an OLE file with an encrypted package.
PASSWORD = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
)

#: A client a row and a month a column: what somebody made of the visits.
SUMS = "Cliente;Enero;Febrero;Marzo;Total\n" + "".join(
    f"Ana {n};{20 + n};{30 + n};{n};{50 + 3 * n}\n" for n in range(20)
)

BAD = {
    "factura.xlsx": (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n", ES("kind.pdf")),
    "vacio.csv": (b"", ES("kind.empty")),
    "resumen.csv": (SUMS.encode(), ES("summary.by_month")),
    "clave.xlsx": (PASSWORD, ES("kind.encrypted")),
    "ventas.ods": (b"PK\x03\x04 and no more", ES("kind.damaged")),
}


@pytest.fixture
def owner(stay: Visits) -> Page:
    return stay.regular("owner", stay)


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_no_table_is_told_in_a_sentence(owner: Page, tmp_path: Path, name: str) -> None:
    content, sentence = BAD[name]
    file = tmp_path / name
    file.write_bytes(content)
    upload(owner, file)
    title = ES("start.refused.sums" if name == "resumen.csv" else "start.refused", file=name)
    expect(owner.get_by_text(title)).to_be_visible()
    expect(owner.get_by_text(sentence, exact=False)).to_be_visible()
    expect(owner.get_by_test_id("stException")).to_have_count(0)
    expect(owner.locator(".st-key-see_results")).to_have_count(0)
    take_back(owner)
    expect(owner.get_by_text(title)).to_have_count(0)


def test_a_good_file_after_a_bad_one_is_understood(owner: Page, tmp_path: Path) -> None:
    bad = tmp_path / "factura.xlsx"
    bad.write_bytes(BAD["factura.xlsx"][0])
    upload(owner, bad)
    expect(owner.get_by_text(ES("start.refused", file="factura.xlsx"))).to_be_visible()
    take_back(owner)
    upload(owner, exports.contacts(tmp_path / "ventas.csv"))
    expect(owner.locator(".st-key-see_results")).to_be_visible()
    see_results(owner)
    expect(owner.get_by_test_id("stMetric").first).to_be_visible()
