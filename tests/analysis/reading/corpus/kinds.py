"""Every kind of file by its content: tables under each other's names, and what is no table at all."""

from __future__ import annotations

import gzip

from analysis.reading import Upload
from tests.analysis.reading.corpus.case import Case
from tests.analysis.reading.exports import csv, ods, xlsx
from tests.analysis.reading.raw_files import (
    SALES,
    SOLD,
    html_table,
    page,
    parts,
    relations,
    sheet_rows,
    web_archive,
    xml_2003,
    xml_2003_row,
    zipped,
)

_CSV = csv(*(";".join(row) for row in SALES))
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_TYPED = [("String", "Cliente"), ("String", "Fecha"), ("String", "Importe")]
_ROWS_2003 = (
    xml_2003_row(*_TYPED)
    + xml_2003_row(("String", "Íñigo Peña"), ("DateTime", "2026-03-01T00:00:00.000"), ("Number", "12.5"))
    + xml_2003_row(("String", "Ana Luz"), ("DateTime", "2026-03-14T00:00:00.000"), ("Number", "-3"))
)
_LAYOUT = (
    "<table><tr><td><h1>Salón Ana</h1></td><td><a href='#'>Inicio</a></td></tr>"
    "<tr><td colspan=2>{}</td></tr></table>"
)
_HEADER_APART = html_table(SALES[:1]) + html_table(SALES[1:])
_SPANNED = (
    "<table><tr><th colspan=3>Ventas de marzo</th></tr><tr><th>Cliente</th><th>Fecha</th><th>Importe</th></tr>"
    "<tr><td>Íñigo Peña</td><td>2026-03-01</td><td>12.5</td></tr>"
    "<tr><td>Ana Luz</td><td>2026-03-14</td><td>-3</td></tr></table>"
)
_NUM = (
    "<table><tr><td>Cliente</td><td>Fecha</td><td>Importe</td></tr>"
    "<tr><td>Íñigo&nbsp;Peña</td><td>2026-03-01</td><td x:num='12.5'>12,50 €</td></tr>"
    "<tr><td> Ana Luz </td><td>2026-03-14</td><td x:num='-3'>-3,00 €</td></tr></table>"
)

READ = {
    "a csv named xlsx": Upload("ventas.xlsx", _CSV.data),
    "a csv named pdf": Upload("ventas.pdf", _CSV.data),
    "an xlsx named csv": Upload("ventas.csv", xlsx({"Ventas": SALES}).data),
    "an xlsx named xls": Upload("ventas.xls", xlsx({"Ventas": SALES}).data),
    "an ods named xlsx": Upload("ventas.xlsx", ods({"Ventas": SALES}).data),
    "tab text named xls": Upload("ventas.xls", "\n".join("\t".join(row) for row in SALES).encode()),
    "tab text in utf-16 named xls": Upload("ventas.xls", "\n".join("\t".join(row) for row in SALES).encode("utf-16")),
    "a web page named xls": Upload("ventas.xls", page(html_table())),
    "a web page in latin-1": Upload("ventas.xls", page(html_table(), "iso-8859-1")),
    "a web page in utf-16": Upload("ventas.xls", page(html_table(), "utf-16")),
    "a bare table": Upload("ventas.xls", html_table().encode()),
    "a warning before the page": Upload("ventas.xls", b"<br />\n<b>Notice</b>: x<br />\n" + page(html_table())),
    "a page laid out with tables": Upload("ventas.xls", page(_LAYOUT.format(html_table()))),
    "a header in a table of its own": Upload("ventas.xls", page(_HEADER_APART)),
    "a title over merged cells of a page": Upload("ventas.xls", page(_SPANNED)),
    "numbers that the page keeps beside what it shows": Upload("ventas.xls", page(_NUM)),
    "rows whose ends are missing": Upload("ventas.xls", page(html_table().replace("</td>", "").replace("</tr>", ""))),
    "a web archive named xls": Upload("ventas.xls", web_archive(page(html_table()))),
    "the xml of excel 2003": Upload("ventas.xls", xml_2003(_ROWS_2003)),
    "the xml of excel 2003 with an index": Upload(
        "ventas.xml", xml_2003(xml_2003_row(*_TYPED, index=4) + _ROWS_2003.split("</Row>", 1)[1])
    ),
    "strict open xml": Upload("ventas.xlsx", zipped(parts(sheet_rows(), main=_STRICT, office=_STRICT_OFFICE))),
    "tags with a prefix": Upload(
        "ventas.xlsx",
        zipped(
            {
                **parts(sheet_rows()),
                "xl/worksheets/sheet1.xml": '<?xml version="1.0"?><x:worksheet xmlns:x='
                '"http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
                f"{sheet_rows(prefix='x:')}</x:sheetData></x:worksheet>",
            }
        ),
    ),
    "cells that do not say where they are": Upload(
        "ventas.xlsx",
        zipped(
            parts(
                "".join(
                    "<row>" + "".join(f'<c t="str"><v>{text}</v></c>' for text in row) + "</row>" for row in SALES
                )
            )
        ),
    ),
    "paths with backslashes": Upload(
        "ventas.xlsx", zipped({name.replace("/", "\\"): part for name, part in parts(sheet_rows()).items()})
    ),
    "a workbook packed without pressing": Upload("ventas.xlsx", zipped(parts(sheet_rows()), method=0)),
    "a zip with one spreadsheet": Upload("ventas.zip", zipped({"ventas.xlsx": xlsx({"Ventas": SALES}).data})),
    "a zip with one csv and a mac's leavings": Upload(
        "ventas.zip", zipped({"ventas.csv": _CSV.data, "__MACOSX/._ventas.csv": b"\0\5\26\7"})
    ),
    "a sheet of a chart beside the data": Upload(
        "ventas.xlsx",
        zipped(
            {
                **parts(sheet_rows(), "<drawing/>"),
                "xl/_rels/workbook.xml.rels": relations(
                    ("worksheet", "worksheets/sheet1.xml"),
                    ("chartsheet", "worksheets/sheet2.xml"),
                    ("sharedStrings", "sharedStrings.xml"),
                ),
            }
        ),
    ),
}  # fmt: skip

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_SIGN_IN = page("<form><table><tr><td>Usuario</td></tr></table><input name=u><input type='password'></form>")
_MAIL = b"From: a@example.com\r\nTo: b@example.com\r\nSubject: Ventas\r\nDate: x\r\n\r\nAdjunto.\r\n"
_DBASE = (
    b"\x03\x7a\x05\x01"
    + (2).to_bytes(4, "little")
    + b"\x41\x00\x0b\x00"
    + bytes(20)
    + b"CLIENTE".ljust(32, b"\0")
    + b"\r"
)
_ENCRYPTED_ODS = {
    "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
    "content.xml": b"\x8a\x11",
    "META-INF/manifest.xml": "<manifest><encryption-data/></manifest>",
}

REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty"),
    "blank lines": (b"\r\n \r\n\t\r\n" * 40_000, "empty"),
    "zeros": (bytes(10_000), "empty"),
    "a pdf": (b"%PDF-1.7\n1 0 obj", "pdf"),
    "a photo of a phone": (b"\x00\x00\x00\x18ftypheic\x00\x00", "image"),
    "a webp": (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "image"),
    "rich text": (b"{\\rtf1\\ansi Ventas}", "word"),
    "a word document": (zipped({"word/document.xml": "<w:document/>", "_rels/.rels": relations()}), "word"),
    "an opendocument text": (
        zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
        "word",
    ),
    "numbers of a mac": (
        zipped({"Index/Document.iwa": "x", "Metadata/Properties.plist": "x"}),
        "numbers_app",
    ),
    "a workbook behind a password": (_OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "an ods behind a password": (zipped(_ENCRYPTED_ODS), "encrypted"),
    "an outlook message": (_OLE + "__substg1.0_".encode("utf-16-le"), "email"),
    "an e-mail": (_MAIL, "email"),
    "json": (b'[{"client": "Ana", "date": "2026-03-01"}]', "json"),
    "json of an error": (b'{"error": "unauthorized", "code": 401}', "json"),
    "a stub of a google sheet": (
        b'{"url": "https://docs.google.com/open?id=1", "doc_id": "1aB", "email": "a@example.com"}',
        "google_sheet",
    ),
    "an internet shortcut": (b"[InternetShortcut]\r\nURL=https://example.com/ventas.xlsx\r\n", "shortcut"),
    "a windows shortcut": (b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(60), "shortcut"),
    "a calendar": (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "calendar"),
    "contacts": (b"BEGIN:VCARD\r\nFN:Ana\r\n", "contacts"),
    "a dump of a database": (b"-- MySQL dump 10.13\n\nCREATE TABLE `ventas` (id int);\n", "database"),
    "an access database": (b"\x00\x01\x00\x00Standard ACE DB\x00", "database"),
    "a table of dbase": (_DBASE, "dbase"),
    "an excel of 1995": (b"\x09\x02\x06\x00\x00\x00\x10\x00", "old_excel"),
    "a login page": (_SIGN_IN, "login_page"),
    "a page that says no": (page("<p>Sin resultados</p>"), "web_page"),
    "another xml": (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "xml"),
    "a packed file": (gzip.compress(b"Cliente;Fecha\n"), "compressed"),
    "a zip of photos": (zipped({"a.jpg": b"x", "b.jpg": b"y"}), "compressed"),
    "a zip of several": (zipped({"a.csv": b"Cliente;Fecha", "b.csv": b"Cliente;Fecha"}), "several_packed"),
    "an xlsx cut short": (xlsx({"Ventas": SALES}).data[:-400], "damaged"),
    "an xlsx without its sheet": (
        zipped({name: part for name, part in parts(sheet_rows()).items() if "sheet1" not in name}),
        "damaged",
    ),
    "a program": (b"MZ\x90\x00" + bytes(range(256)) * 20, "binary"),
}

CASES = [
    *(Case(f"read by content: {name}", [upload], {"sales": SOLD}) for name, upload in READ.items()),
    *(
        Case(f"refused: {name}", [Upload("ventas.xlsx", data)], refusal=("unreadable_file", {"kind": kind}))
        for name, (data, kind) in REFUSED.items()
    ),
]
