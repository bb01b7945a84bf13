"""How a workbook made the cells of each column: stored as numbers or as texts, and shown with which format.

`1.234` stored as a number is one and a bit; typed as text in a Spanish sheet it is more than a thousand. A cell holds
25 and the screen says 25,00 €. A column is of one make, so only the beginning of a sheet is looked at.
"""

from __future__ import annotations

import re
from collections import Counter

from python_calamine import CalamineError, CalamineSheet

from analysis.files.grid import Make
from analysis.files.guard.sheet_cells import column_number

_CELL = re.compile(rb"""<c\s([^>]*?)(?:/>|>)""")
_PLACE = re.compile(rb"""\br="([A-Z]{1,3})\d+\"""")
_STYLE = re.compile(rb'\bs="(\d+)"')
_TYPE = re.compile(rb'\bt="(\w+)"')
#: Rows looked at where the workbook is no zip of XML parts; a column is of one make.
_ROWS = 200
_MOST = 0.5


def makes_of_xml(beginning: bytes, formats: dict[int, str], first: int, width: int) -> tuple[Make, ...]:
    """The makes of `width` columns from the 0-based column `first` on, by the beginning of the sheet's XML.

    `formats` has the number format of every cell style.
    """
    numbers: Counter[int] = Counter()
    cells: Counter[int] = Counter()
    shown: dict[int, Counter[str]] = {}
    for attributes in _CELL.findall(beginning):
        place, style, kind = _PLACE.search(attributes), _STYLE.search(attributes), _TYPE.search(attributes)
        if place is None:
            continue
        column = column_number(place[1]) - 1
        cells[column] += 1
        numbers[column] += kind is None or kind[1] == b"n"
        if style and formats.get(int(style[1])):
            shown.setdefault(column, Counter())[formats[int(style[1])]] += 1
    return tuple(
        Make(
            numbers[column] > _MOST * cells[column],
            shown[column].most_common(1)[0][0] if column in shown else "",
        )
        for column in range(first, first + width)
    )


def makes_of_cells(sheet: CalamineSheet, width: int) -> tuple[int, tuple[Make, ...]]:
    """The 0-based place of the first used column and the makes from there on, in a workbook that is not made of XML."""
    first = sheet.start[1] if sheet.start else 0
    try:
        rows = sheet.to_python(skip_empty_area=False, nrows=_ROWS)
    except CalamineError:
        rows = []
    makes = []
    for place in range(first, first + width):
        typed = [row[place] for row in rows if len(row) > place and row[place] != ""]
        numbers = sum(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in typed)
        makes.append(Make(numbers > _MOST * len(typed)))
    return first, tuple(makes)
