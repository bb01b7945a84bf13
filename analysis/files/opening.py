"""All files of one upload as grids, each opened once: the bytes are needed no more, whatever is corrected later."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from analysis.errors import PuntualError, raise_all
from analysis.files.grid import Grid
from analysis.files.sheets import grids_of
from analysis.files.upload import Upload
from analysis.progress import Progress, part_of, untold

#: From the bytes of one file to its sheets; tells of its waiting and working (shares of this file, 0-1).
#: Raises `UnreadableFileError`.
Opener = Callable[[Upload, Progress], Sequence[Grid]]


@dataclass(frozen=True, eq=False)
class Opened:
    """The sheets of all files, in their order.

    `copies` names the files whose bytes came before under another name: counted twice, they would double the
    business. `digest` identifies names and bytes (sha256 hex).
    """

    grids: tuple[Grid, ...]
    copies: frozenset[str]
    digest: str


def open_here(upload: Upload, _progress: Progress = untold) -> Sequence[Grid]:
    """Opens a file in this process: for files one trusts, and tests."""
    return tuple(grids_of(upload))


def open_uploads(
    uploads: Sequence[Upload], opener: Opener = open_here, progress: Progress = untold
) -> Opened:
    """All sheets of all files, the files under names of their own.

    Every unreadable file is told at once: raises `UnreadableFileError`, or `ProblemsError` where there are several.
    """
    grids: list[Grid] = []
    problems: list[PuntualError] = []
    named = _with_own_names(uploads)
    for number, upload in enumerate(named):
        progress("open_files", number / len(named))
        try:
            part = part_of(progress, number / len(named), (number + 1) / len(named))
            grids.extend(opener(upload, part))
        except PuntualError as problem:
            problems.append(problem)
    raise_all(problems)
    return Opened(tuple(grids), _copies(named), digest_of_files(uploads))


def digest_of_files(uploads: Sequence[Upload]) -> str:
    """What identifies the files: their names and bytes (sha256 hex)."""
    whole = hashlib.sha256()
    for upload in uploads:
        whole.update(hashlib.sha256(upload.name.encode()).digest())
        whole.update(hashlib.sha256(upload.data).digest())
    return whole.hexdigest()


def _with_own_names(uploads: Sequence[Upload]) -> list[Upload]:
    """Every file under a name of its own: two that came as `ventas.csv` are told apart as `ventas.csv (2)`."""
    seen: Counter[str] = Counter()
    named = []
    for upload in uploads:
        seen[upload.name] += 1
        times = seen[upload.name]
        named.append(upload if times == 1 else replace(upload, name=f"{upload.name} ({times})"))
    return named


def _copies(uploads: Sequence[Upload]) -> frozenset[str]:
    first: dict[bytes, str] = {}
    for upload in uploads:
        first.setdefault(hashlib.sha256(upload.data).digest(), upload.name)
    return frozenset(upload.name for upload in uploads) - frozenset(first.values())
