"""What the bytes really are."""

from __future__ import annotations

import io
import zipfile

import pytest

from analysis.errors import ProblemsError, UnreadableFileError
from analysis.files.kinds import content_of
from analysis.files.sheets import grids_of
from analysis.reading import Upload, read
from tests.analysis.reading.exports import TODAY, XLS, csv, ods, xlsx


def archive(*members: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        for member in members:
            made.writestr(member, "x")
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (xlsx({"Hoja1": [["a"]]}).data, "xlsx"),
        (ods({"Hoja1": [["a"]]}).data, "ods"),
        (XLS.data, "xls"),
        (b"Cliente;Fecha\nAna;1/2/2024", "text"),
        ("Cliente;Fecha\nAna;1/2/2024".encode("utf-16"), "text"),
        ("Cliente;Fecha\nAna;1/2/2024".encode("utf-16-le"), "text"),
        ("Año;Señora\n1;Íñigo".encode("cp1252"), "text"),
    ],
)
def test_a_table_is_known_by_its_content_whatever_its_name(data: bytes, kind: str):
    assert content_of(data).kind == kind


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"%PDF-1.7 ...", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"SQLite format 3\x00", "database"),
        (b"<html><body><table>", "web_page"),
        (b"\xef\xbb\xbf<!DOCTYPE html><form><input name=u><input type=password></form>", "login_page"),
        (b"<?xml version='1.0'?><Workbook>", "xml"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "word"),
        (bytes(range(32)) * 100, "binary"),
        (archive("word/document.xml"), "word"),
        (archive("Index/Document.iwa"), "numbers_app"),
        (archive("photos/cat.jpg"), "compressed"),
        (b"PK\x03\x04 cut short", "damaged"),
    ],
)
def test_what_is_no_table_is_called_what_it_is(data: bytes, kind: str):
    with pytest.raises(UnreadableFileError) as caught:
        list(grids_of(Upload("ventas.xlsx", data)))
    assert caught.value.values == {"file": "ventas.xlsx", "kind": kind}


def test_a_workbook_that_breaks_while_read_is_damaged():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        made.writestr("xl/workbook.xml", "<workbook><broken")
    with pytest.raises(UnreadableFileError) as caught:
        read([Upload("ventas.xlsx", data.getvalue())], today=TODAY)
    assert caught.value.values["kind"] == "damaged"


def test_all_unreadable_files_are_told_at_once():
    good = csv("Cliente,Fecha", "Ana,2024-01-01")
    with pytest.raises(ProblemsError) as caught:
        read([Upload("a.pdf", b"%PDF"), good, Upload("b.csv", b"")], today=TODAY)
    assert [problem.values["file"] for problem in caught.value.problems] == ["a.pdf", "b.csv"]
