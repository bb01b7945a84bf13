"""What an xlsx would take to read, told from all its sheets before the reader sees it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial

import numpy as np

from analysis.errors import UnreadableFileError
from analysis.files.guard.allowance import MEGABYTE, Allowance
from analysis.files.guard.archives import Archive
from analysis.files.guard.sheet_cells import Numbers, SheetCells, column_letters, look_at, shown_bytes
from analysis.files.workbook_parts import SheetPart, WorkbookParts

#: A sheet this small is no harm however thin its cells are spread.
_FEW_PLACES = 5_000_000
#: An honest sheet has a cell in one place of so many; what is thinner has one that strayed.
_THINNEST = 20
_MOST_PLACES = 64_000_000
_MOST_TEXT = 1024 * MEGABYTE
_MOST_COLUMNS = 16_384
_TEXT_END = re.compile(rb"</(?:[\w.-]+:)?si>|<(?:[\w.-]+:)?si\s*/>")
_NO_TEXTS: Numbers = np.zeros(0, dtype=np.int64)


def looked_through(archive: Archive, parts: WorkbookParts) -> tuple[dict[str, SheetCells], Allowance]:
    """What was seen of every sheet of cells, by its name, and what reading the workbook may take.

    Raises `UnreadableFileError`: far_cell (with `sheet` and `cell`) where one cell strayed so far that the sheet would
    not fit in memory, too_much where there is more than that to read, damaged or unsafe as the archive tells.
    """
    texts = _text_bytes(archive.pieces(parts.texts)) if parts.texts else _NO_TEXTS
    longest = int(texts.max(initial=0))
    seen: dict[str, SheetCells] = {}
    xml = cells = places = text = 0
    for sheet in parts.sheets:
        if not sheet.table or sheet.name in seen:
            continue
        found = look_at(archive.pieces(sheet.path))
        _refuse_strays(sheet, found)
        seen[sheet.name] = found
        xml += archive.parts[sheet.path].size
        cells, places = cells + found.cells, places + found.places
        text += _shown(partial(archive.pieces, sheet.path), found, texts, longest)
        if places > _MOST_PLACES or text > _MOST_TEXT:
            raise UnreadableFileError(kind="too_much")
    memory = int(texts.sum()) * 2 + 64 * cells + 40 * places + 3 * text + xml // 8
    return seen, Allowance(memory, xml / MEGABYTE * 0.1 + places * 2e-6)


def _refuse_strays(sheet: SheetPart, found: SheetCells) -> None:
    if found.last_column > _MOST_COLUMNS or (
        found.places > _FEW_PLACES and found.places > _THINNEST * found.cells
    ):
        row, column = found.farthest
        raise UnreadableFileError("far_cell", sheet=sheet.name, cell=f"{column_letters(column)}{row}")


def _shown(pieces: Callable[[], Iterable[bytes]], found: SheetCells, texts: Numbers, longest: int) -> int:
    """How many bytes of shared text the sheet shows: at most, or counted where the most would be too much."""
    most = found.cells * longest
    return most if most <= _MOST_TEXT else shown_bytes(pieces(), texts)


def _text_bytes(pieces: Iterable[bytes]) -> Numbers:
    """The length of every shared text, its markup counted too."""
    ends: list[int] = []
    at, kept = 0, b""
    for piece in pieces:
        whole = kept + piece
        ends += [at + found.end() for found in _TEXT_END.finditer(whole)]
        cut = max(len(whole) - 32, 0)  # an end tag may be cut in two
        last = ends[-1] - at if ends and ends[-1] > at else 0
        cut = max(cut, last)
        at, kept = at + cut, whole[cut:]
    return np.diff(np.array([0, *ends], dtype=np.int64)).astype(np.int64)
