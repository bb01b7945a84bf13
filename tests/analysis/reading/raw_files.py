"""Files written byte by byte, as programs that are no spreadsheet write them, and as no program should."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
XML = '<?xml version="1.0" encoding="UTF-8"?>'

#: Two sales and their header, as cells.
SALES = (
    ("Cliente", "Fecha", "Importe"),
    ("Íñigo Peña", "2026-03-01", "12.5"),
    ("Ana Luz", "2026-03-14", "-3"),
)
#: What the Book must hold of them.
SOLD = (
    {"client_name": "Íñigo Peña", "date": "2026-03-01", "amount": 12.5},
    {"client_name": "Ana Luz", "date": "2026-03-14", "amount": -3.0},
)


def zipped(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def relations(*targets: tuple[str, str], office: str = _OFFICE) -> str:
    """Relations of these kinds to these targets, called rId1, rId2..."""
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{office}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{XML}<Relationships xmlns="{_PACKAGE}">{listed}</Relationships>'


def parts(
    *sheets: str,
    shared: Sequence[str] = (),
    names: Sequence[str] = ("Ventas", "Otra"),
    main: str = _MAIN,
    office: str = _OFFICE,
    styles: str = "",
) -> dict[str, str | bytes]:
    """The parts of a workbook whose sheets hold this XML of rows; `shared` are the items of the shared texts."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>'
        for number, (name, _) in enumerate(zip(names, sheets, strict=False), start=1)
    )
    targets = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
    made: dict[str, str | bytes] = {
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml"), office=office),
        "xl/workbook.xml": f'{XML}<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            *targets, ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml"), office=office
        ),
        "xl/sharedStrings.xml": f'{XML}<sst xmlns="{main}">{"".join(f"<si>{text}</si>" for text in shared)}</sst>',
    }
    if styles:
        made["xl/styles.xml"] = f'{XML}<styleSheet xmlns="{main}">{styles}</styleSheet>'
    for number, sheet in enumerate(sheets, start=1):
        body = sheet if "<sheetData" in sheet else f"<sheetData>{sheet}</sheetData>"
        made[f"xl/worksheets/sheet{number}.xml"] = f'{XML}<worksheet xmlns="{main}">{body}</worksheet>'
    return made


def sheet_rows(rows: Sequence[Sequence[str]] = SALES, prefix: str = "") -> str:
    """Rows of texts (a number where it reads as one), cell by cell in place."""

    def cell(row: int, column: int, text: str) -> str:
        place = f"{chr(ord('A') + column)}{row}"
        name = f"{prefix}c"
        if text.replace(".", "").removeprefix("-").isdigit():
            return f'<{name} r="{place}"><{prefix}v>{text}</{prefix}v></{name}>'
        return f'<{name} r="{place}" t="str"><{prefix}v>{text}</{prefix}v></{name}>'

    cells = (
        "".join(cell(number, place, text) for place, text in enumerate(row))
        for number, row in enumerate(rows, 1)
    )
    return "".join(f'<{prefix}row r="{number}">{row}</{prefix}row>' for number, row in enumerate(cells, 1))


def page(body: str, charset: str = "utf-8", *, head: str = "") -> bytes:
    return f'<html><head><meta charset="{charset}">{head}</head><body>{body}</body></html>'.encode(charset)


def html_table(rows: Sequence[Sequence[str]] = SALES) -> str:
    cells = ("".join(f"<td>{text}</td>" for text in row) for row in rows)
    return f"<table border=1>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def web_archive(html: bytes) -> bytes:
    """A page in quoted-printable, as Excel writes "single file web page"."""
    import quopri  # noqa: PLC0415 - nobody else needs it

    head = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="----=_Part"\r\n\r\n'
        b"------=_Part\r\nContent-Location: file:///C:/ventas.htm\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        b'Content-Type: text/html; charset="utf-8"\r\n\r\n'
    )
    return head + quopri.encodestring(html) + b"\r\n------=_Part--\r\n"


def xml_2003(rows: str, styles: str = "", sheet: str = "Ventas", options: str = "") -> bytes:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>'
        f'<Workbook xmlns="{space}" xmlns:ss="{space}"><Styles>{styles}</Styles>'
        f'<Worksheet ss:Name="{sheet}"><Table>{rows}</Table>{options}</Worksheet></Workbook>'
    ).encode()


def xml_2003_row(*cells: tuple[str, str], index: int = 0) -> str:
    """Cells as type and text; an index (1-based) skips rows."""
    place = f' ss:Index="{index}"' if index else ""
    inside = "".join(f'<Cell><Data ss:Type="{kind}">{text}</Data></Cell>' for kind, text in cells)
    return f"<Row{place}>{inside}</Row>"
