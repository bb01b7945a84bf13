"""Web pages named as spreadsheets, as many web programs export them: their tables, each as a grid.

A page laid out with tables holds its data in the innermost ones; tables of one width that follow each other are one (a
header in a table of its own, a report that begins its table anew on every page).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from analysis.errors import UnreadableFileError
from analysis.files.grid import Grid
from analysis.files.guard.allowance import MEGABYTE, Allow, Allowance
from analysis.files.markup.rows import Rows

_PIECE = 1 << 18
_MOST_TABLES = 10_000
_DEEPEST = 100
_MOST_ACROSS, _MOST_DOWN = 1_000, 65_536
_LONGEST_TEXT = 32_767
_MOST_DIGITS = 9
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]{2,30})""", re.IGNORECASE)
_CHARSET_SAMPLE = 8_192
_PASSWORD = re.compile(rb"""<input\b[^>]{0,400}\btype\s*=\s*["']?password""", re.IGNORECASE)
_BREAKS = {"br", "p", "div", "li"}
_UNSEEN = {"script", "style", "noscript", "template", "title", "option"}
_SPACES = re.compile(r"[ \t\r\f\xa0]*\n[ \t\r\f\xa0\n]*|[ \t\r\f\xa0]+")
_DATE_LIKE = re.compile(r"\d[/:-]\d")
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?")
#: Rows and columns from which a table is one of data.
_FEWEST_ROWS = _FEWEST_COLUMNS = 2


def html_grids(data: bytes, allow: Allow) -> Iterator[Grid]:
    """The tables of data of a page, in their order.

    Raises `UnreadableFileError` where there is none: login_page or web_page.
    """
    allow(Allowance(20 * len(data), 1.5 * len(data) / MEGABYTE))
    target = _Tables()
    parser = etree.HTMLParser(target=target, encoding=_encoding(data), no_network=True, huge_tree=False)
    try:
        for at in range(0, len(data), _PIECE):
            parser.feed(data[at : at + _PIECE])
        parser.close()
    except (etree.XMLSyntaxError, LookupError) as problem:
        raise UnreadableFileError(kind="damaged") from problem
    tables = [table for table in _joined(target.tables) if _is_data(table)]
    if not tables:
        raise UnreadableFileError(kind="login_page" if _PASSWORD.search(data) else "web_page")
    for number, table in enumerate(tables, start=1):
        yield table.grid(str(number) if len(tables) > 1 else "")


def _is_data(table: Rows) -> bool:
    return table.row >= _FEWEST_ROWS and table.width >= _FEWEST_COLUMNS


def _encoding(data: bytes) -> str:
    """As its mark, its own head, or its bytes say."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = data[:_CHARSET_SAMPLE]
    if sample.count(0) > len(sample) // 4:
        return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        named = _CHARSET.search(sample)
        name = named[1].decode().lower() if named else ""
        # A page that says utf-8 and is not; and what programs call Latin-1 holds the euro of Windows.
        return "cp1252" if name in {"", "utf-8", "utf8", "iso-8859-1", "latin1", "us-ascii"} else name
    return "utf-8"


def _joined(tables: list[Rows]) -> list[Rows]:
    """Tables that follow each other with the same columns, as one."""
    joined: list[Rows] = []
    for table in tables:
        if joined and table.width > 1 and joined[-1].width == table.width:
            joined[-1].append(table)
        elif table.row:
            joined.append(table)
    return joined


class _Open:
    """A table whose end has not come yet."""

    def __init__(self) -> None:
        self.rows = Rows()
        self.cell: list[str] | None = None
        self.attributes: dict[str, str] = {}
        self.in_row = False
        self.holds_table = False


class _Tables:
    """What the parser tells, tag by tag: nothing of the page is kept but the cells of its innermost tables."""

    def __init__(self) -> None:
        self.tables: list[Rows] = []
        self._open: list[_Open] = []
        self._unseen = 0

    def start(self, tag: str, attributes: Any) -> None:  # noqa: ANN401 - lxml's own mapping
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self._begin_table()
        elif self._open:
            table = self._open[-1]
            if tag == "tr":
                self._end_row(table)
                table.in_row = True
            elif tag in {"td", "th"}:
                self._end_cell(table)
                table.in_row, table.cell, table.attributes = True, [], dict(attributes)
            elif tag in _BREAKS and table.cell is not None:
                table.cell.append("\n")

    def end(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
        elif self._open:
            table = self._open[-1]
            if tag in {"td", "th"}:
                self._end_cell(table)
            elif tag == "tr":
                self._end_row(table)
            elif tag == "table":
                self._end_table()
            elif tag in _BREAKS and table.cell is not None:
                table.cell.append("\n")

    def data(self, text: str) -> None:
        if self._open and not self._unseen and self._open[-1].cell is not None:
            self._open[-1].cell.append(text)

    def close(self) -> None:
        while self._open:
            self._end_table()

    def _begin_table(self) -> None:
        if len(self._open) >= _DEEPEST or len(self.tables) >= _MOST_TABLES:
            raise UnreadableFileError(kind="too_much")
        if self._open:
            self._open[-1].holds_table = True
        self._open.append(_Open())

    def _end_table(self) -> None:
        table = self._open.pop()
        self._end_row(table)
        if not table.holds_table or table.rows.width >= _FEWEST_COLUMNS:
            self.tables.append(table.rows)

    def _end_row(self, table: _Open) -> None:
        self._end_cell(table)
        if table.in_row:
            table.rows.end_row()
        table.in_row = False

    def _end_cell(self, table: _Open) -> None:
        if table.cell is None:
            return
        text = _plain("".join(table.cell))
        attributes = table.attributes
        stored = attributes.get("x:num", "").strip()
        number = "x:num" in attributes
        if stored and _NUMBER.fullmatch(stored) and not _DATE_LIKE.search(text):
            text = stored
        table.rows.put(
            text,
            _count(attributes.get("colspan"), _MOST_ACROSS),
            _count(attributes.get("rowspan"), _MOST_DOWN),
            number=number,
        )
        table.cell = None


def _plain(text: str) -> str:
    """As the page shows it: spaces run together, line breaks only where the page has them."""
    return _SPACES.sub(lambda found: "\n" if "\n" in found[0] else " ", text).strip()[:_LONGEST_TEXT]


def _count(text: str | None, most: int) -> int:
    text = (text or "").strip()
    return (
        min(max(int(text), 1), most) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else 1
    )
