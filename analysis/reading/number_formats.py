"""The currency that a workbook shows by formatting: a cell holds 25 and the screen says 25,00 €.

Only the xlsx parts that say so are opened, and of a sheet only its beginning: a column is formatted in one way.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from analysis.reading.currencies import currency_of_mark
from analysis.reading.headers import Body

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
#: As much of a sheet's XML as holds a few hundred rows.
_BEGINNING = 262_144
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"(?:[^>]*? s="(\d+)")?[^>]*?>')
#: `[$€-C0A]`, `[$S/-280A] #,##0.00`, `"€" #,##0`: what a format writes beside the number, and for which country.
_SHOWN = re.compile(r"\[\$([^\]-]*)-?([0-9A-F]*)\]|\"([^\"]*)\"|([€£¥₡₲₱₹$])")
#: Whose dollar or peso a bare sign is, by Windows' number of the country's language.
_OF_COUNTRY = {
    "409": "USD",
    "300A": "USD",
    "80A": "MXN",
    "2C0A": "ARS",
    "340A": "CLP",
    "240A": "COP",
    "380A": "UYU",
}


def currency_by_format(body: Body, position: int) -> str | None:
    """The ISO code, or "$", that most cells of the column at this 0-based position are formatted with."""
    if not body.grid.upload.data.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(body.grid.upload.data)) as archive:
            path = _path_of_sheet(archive, body.sheet)
            if path is None:
                return None
            with archive.open(path) as part:
                beginning = part.read(_BEGINNING)
            formats = _formats(archive)
    except (KeyError, zipfile.BadZipFile, ParseError, DefusedXmlException):
        return None
    cells = [(_column_number(letters), int(row), style) for letters, row, style in _CELL.findall(beginning)]
    # Grids begin at the first used column.
    first = min((column for column, _, _ in cells), default=0)
    shown = Counter(
        _currency_shown(formats.get(int(style), ""))
        for column, row, style in cells
        if column == first + position and row > (body.header_row or 0) and style
    )
    return shown.most_common(1)[0][0] if shown else None


def _path_of_sheet(archive: zipfile.ZipFile, name: str) -> str | None:
    """The member that holds the sheet of this name."""
    workbook: Element = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    relations: Element = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    wanted = next(
        (sheet.get(_RELATION) for sheet in workbook.iter(f"{_MAIN}sheet") if sheet.get("name") == name), None
    )
    target = next((relation.get("Target") for relation in relations if relation.get("Id") == wanted), None)
    return None if target is None else target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _formats(archive: zipfile.ZipFile) -> dict[int, str]:
    """The number format of every cell style."""
    styles: Element = ElementTree.fromstring(archive.read("xl/styles.xml"))
    own = {int(made.get("numFmtId", 0)): made.get("formatCode", "") for made in styles.iter(f"{_MAIN}numFmt")}
    used = styles.find(f"{_MAIN}cellXfs")
    return {
        place: own.get(int(style.get("numFmtId", 0)), "")
        for place, style in enumerate(used if used is not None else ())
    }


def _currency_shown(code: str) -> str | None:
    """What one number format shows beside the number."""
    for bracketed, country, quoted, bare in _SHOWN.findall(code):
        mark = bracketed or quoted or bare
        dollars = _OF_COUNTRY.get(country, "$") if mark.strip() == "$" else None
        currency = currency_of_mark(mark) or dollars
        if currency:
            return currency
    return None


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
