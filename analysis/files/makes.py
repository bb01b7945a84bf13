"""How a workbook made the cells of each column: stored as numbers or as texts, and shown with which format.

`1.234` stored as a number is one and a bit; typed as text in a Spanish sheet it is more than a thousand. A cell holds
25 and the screen says 25,00 €. A column is of one make, so only the beginning of a sheet is looked at.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from python_calamine import CalamineError, CalamineWorkbook

from analysis.files.grid import Make

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
#: As much of a sheet's XML as holds a few hundred rows.
_BEGINNING = 262_144
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"([^>]*?)(?:/>|>)')
_STYLE = re.compile(rb'\bs="(\d+)"')
_TYPE = re.compile(rb'\bt="(\w+)"')
#: Cells looked at where the workbook is no zip of XML parts; a column is of one make.
_CELLS = 200
_MOST = 0.5


def makes_of(data: bytes, sheet: str, width: int) -> tuple[int, tuple[Make, ...]]:
    """The 0-based place of the first used column, and the make of each of the `width` columns from there on."""
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return _by_xml(archive, sheet, width)
        except (KeyError, zipfile.BadZipFile, ParseError, DefusedXmlException):
            pass
    return _by_cells(data, sheet, width)


def _by_xml(archive: zipfile.ZipFile, sheet: str, width: int) -> tuple[int, tuple[Make, ...]]:
    path = _path_of_sheet(archive, sheet)
    if path is None:
        raise KeyError(sheet)
    with archive.open(path) as part:
        beginning = part.read(_BEGINNING)
    formats = _formats(archive)
    numbers: Counter[int] = Counter()
    cells: Counter[int] = Counter()
    shown: dict[int, Counter[str]] = {}
    for letters, _row, attributes in _CELL.findall(beginning):
        column = _column_number(letters) - 1
        style, kind = _STYLE.search(attributes), _TYPE.search(attributes)
        cells[column] += 1
        numbers[column] += kind is None or kind[1] == b"n"
        if style and formats.get(int(style[1])):
            shown.setdefault(column, Counter())[formats[int(style[1])]] += 1
    first = min(cells, default=0)
    return first, tuple(
        Make(
            numbers[column] > _MOST * cells[column],
            shown[column].most_common(1)[0][0] if column in shown else "",
        )
        for column in range(first, first + width)
    )


def _by_cells(data: bytes, sheet: str, width: int) -> tuple[int, tuple[Make, ...]]:
    try:
        found = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(sheet)
    except CalamineError:
        return 0, (Make(),) * width
    first = found.start[1] if found.start else 0
    rows = found.to_python(skip_empty_area=False, nrows=_CELLS)
    makes = []
    for place in range(first, first + width):
        typed = [row[place] for row in rows if len(row) > place and row[place] != ""]
        numbers = sum(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in typed)
        makes.append(Make(numbers > _MOST * len(typed)))
    return first, tuple(makes)


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


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
