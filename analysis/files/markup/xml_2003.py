"""The XML of Excel 2003 (SpreadsheetML), which many programs write and call xls."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from analysis.errors import UnreadableFileError
from analysis.files.grid import Grid
from analysis.files.guard.allowance import MEGABYTE, Allow, Allowance
from analysis.files.markup.rows import Rows

_DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_SPREADSHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
_MOST_SHEETS = 1_000
_MOST_DIGITS = 7
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.0+)?$")
_TIME_ONLY = re.compile(r"^1899-12-31T(\d\d:\d\d:\d\d)")
#: Digits from which a number is one that a computer's fractions made up: 0.30000000000000004.
_NOISE_DIGITS = 15
#: Named formats as the codes that other workbooks have.
_FORMATS = {"Percent": "0.00%", "Short Time": "h:mm", "Long Time": "h:mm:ss", "Medium Time": "h:mm AM/PM"}


def xml_2003_grids(data: bytes, allow: Allow) -> Iterator[Grid]:
    """The sheets of the workbook. Raises `UnreadableFileError`: unsafe, damaged, too_wide or too_much."""
    if _DECLARATION.search(data.translate(None, b"\0") if b"\0" in data[:64] else data):
        raise UnreadableFileError(kind="unsafe")
    allow(Allowance(16 * len(data), 1.0 * len(data) / MEGABYTE))
    events = etree.iterparse(
        io.BytesIO(data),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
    )
    try:
        yield from _Sheets().of(events)
    except etree.XMLSyntaxError as problem:
        raise UnreadableFileError(kind="damaged") from problem


class _Sheets:
    """The sheets as their parts end, one after the other."""

    def __init__(self) -> None:
        self._rows = Rows()
        self._name = ""
        self._hidden = False
        self._formats: dict[str, str] = {}
        self._count = 0

    def of(self, events: Any) -> Iterator[Grid]:  # noqa: ANN401 - lxml's own iterator
        for event, element in events:
            name = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if event == "start":
                self._start(name, element)
                continue
            if name == "Row":
                self._row(element)
            elif name == "Style":
                self._style(element)
            elif name == "Visible":
                self._hidden |= (element.text or "") in {"SheetHidden", "SheetVeryHidden"}
            elif name == "Worksheet":
                yield self._rows.grid(self._name, hidden=self._hidden)
            if name in {"Row", "Worksheet", "Style"}:
                _forget(element)

    def _start(self, name: str, element: Any) -> None:  # noqa: ANN401 - lxml's own element
        if name == "Worksheet":
            self._count += 1
            if self._count > _MOST_SHEETS:
                raise UnreadableFileError(kind="too_much")
            self._rows, self._name, self._hidden = Rows(), _attribute(element, "Name"), False

    def _style(self, element: Any) -> None:  # noqa: ANN401
        shown = element.find(f"{_SPREADSHEET}NumberFormat")
        if shown is not None:
            code = _attribute(shown, "Format")
            self._formats[_attribute(element, "ID")] = _FORMATS.get(code, code)

    def _row(self, element: Any) -> None:  # noqa: ANN401
        self._rows.skip_to_row(_index(element, _MOST_ROWS, self._rows.row))
        for cell in element.iterchildren(f"{_SPREADSHEET}Cell"):
            self._rows.skip_to_column(_index(cell, _MOST_COLUMNS, 0))
            self._cell(cell)
        self._rows.end_row()

    def _cell(self, cell: Any) -> None:  # noqa: ANN401
        data = cell.find(f"{_SPREADSHEET}Data")
        kind = _attribute(data, "Type") if data is not None else ""
        text = _as_shown("".join(data.itertext()).strip(), kind) if data is not None else ""
        if not text and _attribute(cell, "Formula"):
            self._rows.without_value()
        self._rows.put(
            text,
            _span(cell, "MergeAcross", _MOST_COLUMNS),
            _span(cell, "MergeDown", _MOST_ROWS),
            number=kind in {"Number", "DateTime"},
            number_format=self._formats.get(_attribute(cell, "StyleID"), ""),
        )


def _as_shown(text: str, kind: str) -> str:
    if kind == "DateTime":
        time = _TIME_ONLY.match(text)
        return time[1] if time else _MIDNIGHT.sub(r"\1 \2", text)
    if kind == "Boolean":
        return {"1": "true", "0": "false"}.get(text, text)
    if kind == "Number" and len(text) > _NOISE_DIGITS and "." in text and "e" not in text.lower():
        try:
            return f"{float(text):.9f}".rstrip("0").rstrip(".")
        except ValueError:
            return text
    return text


def _attribute(element: Any, name: str) -> str:  # noqa: ANN401
    return str(element.get(f"{_SPREADSHEET}{name}") or element.get(name) or "")


def _index(element: Any, most: int, otherwise: int) -> int:  # noqa: ANN401
    """Where it stands (0-based): as it says, else after the one before."""
    text = _attribute(element, "Index")
    if not text.isascii() or not text.isdigit():
        return otherwise
    if len(text) > _MOST_DIGITS or int(text) > most:
        raise UnreadableFileError(kind="too_wide" if most == _MOST_COLUMNS else "too_much")
    return max(int(text) - 1, otherwise)


def _span(cell: Any, name: str, most: int) -> int:  # noqa: ANN401
    text = _attribute(cell, name)
    return min(int(text), most) + 1 if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else 1


def _forget(element: Any) -> None:  # noqa: ANN401
    """Lets go of what has been read, so that a large file needs little memory."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
