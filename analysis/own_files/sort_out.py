"""Which of the files given are the owner's own, and which are exports to be read."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.errors import PuntualError
from analysis.files.opening import Opener
from analysis.files.upload import Upload
from analysis.notebook import Notebook
from analysis.notebook.notebook_file import NotebookError, is_notebook, read_notebook
from analysis.own_files.filled_list import FilledList, is_call_list, read_call_list
from analysis.progress import untold

#: In every call list of ours, in small letters: a look at the bytes tells which files are worth opening.
_MARKS = tuple(
    mark.encode(coding)
    for mark in ("resultado de la llamada", "call outcome", "outcome_date")
    for coding in ("utf-8", "utf-16-le", "utf-16-be")
)
_TEXT_LOOKED_AT = 1 << 16
_PART_LOOKED_AT = 1 << 21
_PARTS_LOOKED_AT = 12
#: The parts of a workbook that hold its texts.
_PARTS = ("sharedstrings.xml", "sharedstrings.bin", "sheet1.xml", "sheet1.bin", "sheet.xml", "content.xml")
_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class NotebookFile:
    """A notebook that was given."""

    file: str
    notebook: Notebook


@dataclass(frozen=True)
class SortedOut:
    """The exports, and the owner's own files; `problems` are own files that cannot be read."""

    exports: tuple[Upload, ...] = ()
    notebooks: tuple[NotebookFile, ...] = ()
    lists: tuple[FilledList, ...] = ()
    problems: tuple[PuntualError, ...] = ()

    @property
    def has_own(self) -> bool:
        return bool(self.notebooks or self.lists or self.problems)


def sort_out(uploads: Sequence[Upload], opener: Opener, today: dt.date) -> SortedOut:
    """Every file in its place. What cannot be opened is left to the exports, which say why."""
    exports: list[Upload] = []
    notebooks: list[NotebookFile] = []
    lists: list[FilledList] = []
    problems: list[PuntualError] = []
    for upload in uploads:
        if is_notebook(upload.data):
            try:
                notebooks.append(NotebookFile(upload.name, read_notebook(upload.data)))
            except NotebookError as error:
                problems.append(_named(error, upload.name))
            continue
        found = _lists_in(upload, opener, today) if _may_be_list(upload.data) else ()
        lists += found
        if not found:
            exports.append(upload)
    return SortedOut(tuple(exports), tuple(notebooks), tuple(lists), tuple(problems))


def _named(error: NotebookError, file: str) -> NotebookError:
    code = "notebook_spoilt_at" if error.values.get("place") else error.code
    return NotebookError(code, file=file, **error.values)


def _lists_in(upload: Upload, opener: Opener, today: dt.date) -> tuple[FilledList, ...]:
    """The call lists of a file, none where it holds anything else too."""
    try:
        grids = [grid for grid in opener(upload, untold) if grid.height]
    except PuntualError:
        return ()
    if not all(is_call_list(grid) for grid in grids):
        return ()
    return tuple(read_call_list(grid, today) for grid in grids)


def _may_be_list(data: bytes) -> bool:
    return any(mark in part.lower() for part in _looked_at(data) for mark in _MARKS)


def _looked_at(data: bytes) -> Iterator[bytes]:
    """The parts of a file that would hold the headers, no more of any than a header needs."""
    if not data.startswith(_ZIP):
        yield data if data.startswith(_OLE) else data[:_TEXT_LOOKED_AT]
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = [name for name in parts.namelist() if name.lower().endswith(_PARTS)]
            for name in names[:_PARTS_LOOKED_AT]:
                with parts.open(name) as part:
                    yield part.read(_PART_LOOKED_AT)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return
