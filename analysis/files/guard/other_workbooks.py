"""What an xls, xlsb or ods would take to read, as far as it can be told without reading it."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterable, Iterator

import olefile

from analysis.errors import UnreadableFileError
from analysis.files.guard.allowance import MEGABYTE, Allowance
from analysis.files.guard.archives import Archive
from analysis.files.guard.sheet_cells import column_letters

_FEW_PLACES = 5_000_000
_THINNEST = 20
_MOST_PLACES = 64_000_000
#: Record types of Excel 97 that hold a cell with a value, each beginning with row and column.
_XLS_CELLS = {0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E}
_XLS_BEGIN, _XLS_PASSWORD = 0x0809, 0x002F
_XLS_HEADER = _XLS_PLACE = 4  # bytes
_XLSB_LENGTH_BITS = 28
_XLSB_ROW, _XLSB_CELLS = 0, range(2, 12)
#: Rows and cells of an OpenDocument sheet, with how they end and how often they are repeated.
_ODS_TAG = re.compile(rb"<(/?)table:(table-row|table-cell|covered-table-cell|table)(?=[\s/>])([^>]*?)(/?)>")
_ODS_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated=[\"'](\d{1,12})[\"']")
_ODS_VALUE = re.compile(rb"office:value-type=|calcext:value-type=")
_ODS_PART = "content.xml"


class _Extent:
    """How far the cells of one sheet reach; refuses as soon as a reader could not lay them out."""

    def __init__(self) -> None:
        self.cells = self.rows = self.columns = 0
        self.places = 0  # of the sheets before

    def add(self, row: int, column: int, cells: int = 1) -> None:
        """A cell with a value in the 1-based row and column, or several up to there."""
        self.cells += cells
        if row > self.rows or column > self.columns:
            self.rows, self.columns = max(row, self.rows), max(column, self.columns)
            if self.rows * self.columns > _FEW_PLACES:
                self._farthest = f"{column_letters(column)}{row}"

    def end_sheet(self) -> None:
        places = self.rows * self.columns
        if places > _FEW_PLACES and places > _THINNEST * self.cells:
            raise UnreadableFileError("far_cell_somewhere", cell=self._farthest)
        self.places += places
        if self.places > _MOST_PLACES:
            raise UnreadableFileError(kind="too_much")
        self.cells = self.rows = self.columns = 0


def judge_xls(data: bytes) -> Allowance:
    """What an Excel 97 workbook may take. Raises `UnreadableFileError`: far_cell, too_much, encrypted, damaged."""
    extent = _Extent()
    stream = _xls_stream(data)
    at, end = 0, len(stream)
    unpack = struct.Struct("<HH").unpack_from
    while at + _XLS_HEADER <= end:
        record, length = unpack(stream, at)
        if record in _XLS_CELLS and length >= _XLS_PLACE:
            row, column = unpack(stream, at + _XLS_HEADER)
            extent.add(row + 1, column + 1)
        elif record == _XLS_PASSWORD:
            raise UnreadableFileError(kind="encrypted")
        elif record == _XLS_BEGIN:
            extent.end_sheet()
        at += _XLS_HEADER + length
    extent.end_sheet()
    return _allowance(len(data), extent)


def judge_xlsb(archive: Archive) -> Allowance:
    """The same for a binary workbook of today."""
    extent = _Extent()
    size = 0
    for name, part in archive.parts.items():
        if name.startswith("xl/worksheets/") and name.endswith(".bin"):
            size += part.size
            row = 0
            for record, body in _xlsb_records(b"".join(archive.pieces(name, xml=False))):
                if record == _XLSB_ROW:
                    row = int.from_bytes(body[:4], "little") + 1
                elif record in _XLSB_CELLS:
                    extent.add(row, int.from_bytes(body[:4], "little") + 1)
            extent.end_sheet()
        elif name.startswith("xl/") and name.endswith(".bin"):
            size += sum(map(len, archive.pieces(name, xml=False)))
    return _allowance(4 * size, extent)


def judge_ods(archive: Archive) -> Allowance:
    """The same for an OpenDocument sheet, where a tag may stand for millions of rows or cells."""
    extent = _Extent()
    row = column = times = 0
    for closes, name, attributes, empty in _ods_tags(archive.pieces(_ODS_PART)):
        if name == b"table":
            extent.end_sheet()
            row = 0
        elif name == b"table-row" and not closes:
            row, times, column = row + 1, _repeated(attributes), 0
            if empty:
                row += times - 1
        elif name == b"table-row":
            row += times - 1
        elif not closes:
            repeated = _repeated(attributes)
            column += repeated
            if _ODS_VALUE.search(attributes):
                extent.add(row + times - 1, column, repeated * times)
    extent.end_sheet()
    return _allowance(archive.parts[_ODS_PART].size // 2, extent)


def _allowance(size: int, extent: _Extent) -> Allowance:
    return Allowance(12 * size + 100 * extent.places, size / MEGABYTE * 0.5 + extent.places * 2e-6)


def _repeated(attributes: bytes) -> int:
    found = _ODS_REPEATED.search(attributes)
    return max(int(found[1]), 1) if found else 1


def _ods_tags(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bytes, bytes, bytes]]:
    kept = b""
    for piece in pieces:
        whole = kept + piece
        cut = whole.rfind(b"<table:") if len(whole) - whole.rfind(b"<table:") < MEGABYTE else len(whole)
        cut = max(cut, 0)
        yield from _ODS_TAG.findall(whole[:cut])
        kept = whole[cut:]
    yield from _ODS_TAG.findall(kept)


def _xls_stream(data: bytes) -> bytes:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as compound:
            for name in ("Workbook", "Book"):
                if compound.exists(name):
                    return bytes(compound.openstream(name).read())
    except (OSError, ValueError, IndexError, struct.error, RecursionError) as problem:
        raise UnreadableFileError(kind="damaged") from problem
    raise UnreadableFileError(kind="damaged")


def _xlsb_records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Type and body of every record; types take one or two bytes, lengths one to four, seven bits in each."""
    at, end = 0, len(data)
    while at < end:
        record = data[at]
        at += 1
        if record & 0x80 and at < end:
            record = (record & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        while at < end and shift < _XLSB_LENGTH_BITS:
            byte = data[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield record, data[at : at + 8]
        at += length
