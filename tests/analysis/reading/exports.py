"""Small exports made in the test that reads them, in every kind of file."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl

from analysis.book import Book
from analysis.reading import Corrections, Upload, read

TODAY = dt.date(2026, 6, 30)

#: A workbook of Excel 97, as no library of today writes it.
XLS = Upload("ventas.xls", (Path(__file__).parent / "fixtures" / "ventas.xls").read_bytes())

Rows = Sequence[Sequence[object]]


def csv(*lines: str, name: str = "ventas.csv", encoding: str = "utf-8") -> Upload:
    return Upload(name, "\n".join(lines).encode(encoding))


def xlsx(sheets: Mapping[str, Rows], name: str = "ventas.xlsx", hidden: Sequence[str] = ()) -> Upload:
    workbook = openpyxl.Workbook()
    for number, (title, rows) in enumerate(sheets.items()):
        sheet = workbook.active if number == 0 else workbook.create_sheet()
        assert sheet is not None
        sheet.title = title
        sheet.sheet_state = "hidden" if title in hidden else "visible"
        for row in rows:
            sheet.append(list(row))
    data = io.BytesIO()
    workbook.save(data)
    return Upload(name, data.getvalue())


def merged_xlsx(
    sheets: Mapping[str, Rows], merged: Mapping[str, Sequence[str]], name: str = "ventas.xlsx"
) -> Upload:
    """A workbook with merged cells: ranges ("A1:C1") by sheet."""
    workbook = openpyxl.load_workbook(io.BytesIO(xlsx(sheets).data))
    for title, ranges in merged.items():
        for cells in ranges:
            workbook[title].merge_cells(cells)
    data = io.BytesIO()
    workbook.save(data)
    return Upload(name, data.getvalue())


def ods(sheets: Mapping[str, Rows], name: str = "ventas.ods") -> Upload:
    """An OpenDocument sheet written by hand: dates and numbers typed, the rest as texts."""

    def cell(value: object) -> str:
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, dt.date):
            return f'<table:table-cell office:value-type="date" office:date-value="{value:%Y-%m-%d}"/>'
        if isinstance(value, int | float):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        text = escape(str(value))
        return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

    tables = "".join(
        f'<table:table table:name="{escape(title)}">'
        + "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for title, rows in sheets.items()
    )
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in {"office": "office", "table": "table", "text": "text"}.items()
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return Upload(name, data.getvalue())


def book_of(*uploads: Upload, corrections: Corrections | None = None) -> Book:
    """The Book on a fixed day."""
    return read(uploads, corrections, today=TODAY)


def fields(book: Book, file: str | None = None) -> dict[str, str | None]:
    """What each header was taken for."""
    return {column.header: column.field for column in book.columns if file in {None, column.file}}


def fates(book: Book) -> list[tuple[int, str]]:
    """Excel's number of every row left out, with the reason."""
    return list(zip(book.left_out["row"], book.left_out["reason"], strict=True))
