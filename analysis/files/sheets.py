"""From bytes to grids of text: one grid per sheet, every cell as it is written, nothing converted yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from analysis.errors import UnreadableFileError
from analysis.files.delimited import text_grid
from analysis.files.grid import Grid
from analysis.files.guard.allowance import MEGABYTE, Allow, unlimited
from analysis.files.guard.archives import Archive
from analysis.files.guard.other_workbooks import judge_ods, judge_xls, judge_xlsb
from analysis.files.guard.text_shape import judge_text
from analysis.files.kinds import content_of
from analysis.files.markup.html_tables import html_grids
from analysis.files.markup.web_archives import pages_of
from analysis.files.markup.xml_2003 import xml_2003_grids
from analysis.files.upload import Upload
from analysis.files.workbooks import other_grids, xlsx_grids

#: What may be in a zip, by its name there; what it really is its content says.
_TABLES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".htm", ".html", ".xml")
_MOST_PACKED = 256 * MEGABYTE


def grids_of(upload: Upload, allow: Allow = unlimited) -> Iterator[Grid]:
    """The sheets of one file, in their order; `allow` is told what parsing may take, before it begins.

    Raises `UnreadableFileError` where the bytes are no table, or one that would take the machine down.
    """
    try:
        for grid in _grids(upload, allow):
            yield replace(grid, file=upload.name)
    except UnreadableFileError as refusal:
        refusal.values.setdefault("file", upload.name)
        raise


def _grids(upload: Upload, allow: Allow, *, packed: bool = False) -> Iterator[Grid]:
    """`packed`: the file came in a zip; another zip in it is not opened."""
    data = upload.data
    content = content_of(data)
    match content.kind:
        case "text":
            allow(judge_text(data))
            yield text_grid(upload)
        case "html":
            yield from html_grids(data, allow)
        case "web_archive":
            for page in pages_of(data):
                yield from html_grids(page, allow)
        case "xml_2003":
            yield from xml_2003_grids(data, allow)
        case "zip" if content.archive is not None:
            if packed:
                raise UnreadableFileError(kind="compressed")
            yield from _grids(_only_file(content.archive), allow, packed=True)
        case "xlsx" if content.archive is not None:
            yield from xlsx_grids(data, content.archive, content.workbook, allow)
        case "xlsb" | "ods" if content.archive is not None:
            allow((judge_ods if content.kind == "ods" else judge_xlsb)(content.archive))
            yield from other_grids(data)
        case _:
            allow(judge_xls(data))
            yield from other_grids(data)


def _only_file(archive: Archive) -> Upload:
    """The one spreadsheet in a zip. Raises `UnreadableFileError`: compressed (there is none), several_packed."""
    names = [name for name in archive.parts if name.endswith(_TABLES) and not name.startswith("__macosx/")]
    if len(names) != 1:
        raise UnreadableFileError(kind="several_packed" if names else "compressed")
    return Upload("", archive.read(names[0], _MOST_PACKED, xml=False))
