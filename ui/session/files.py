"""The files as they were given: exports apart from the owner's own, opened once."""

from __future__ import annotations

from analysis.errors import PuntualError
from analysis.files.apart.opener import open_apart
from analysis.files.opening import Opened, open_uploads
from analysis.own_files.sort_out import SortedOut
from analysis.progress import Progress, untold
from analysis.reading import Upload
from analysis.reading.layout.body import Body
from analysis.reading.reader import bodies_of
from ui.session.state import current, of_files


def uploads() -> tuple[Upload, ...]:
    """The exports: without the owner's own files (`own_files`), which are not read as sales."""
    return current().uploads


def own_files() -> SortedOut:
    """The owner's own files among those given."""
    return current().own_files


def opened(progress: Progress = untold) -> Opened:
    """The sheets of the current files, opened once, whatever is corrected later. Raises PuntualError.

    A refusal is kept as well: a file that took long to refuse is not tried again at every click.
    """
    files = of_files()
    if files.opened is None:
        try:
            files.opened = open_uploads(uploads(), open_apart, progress)
        except PuntualError as refusal:
            files.opened = refusal
    if isinstance(files.opened, PuntualError):
        raise files.opened.with_traceback(None)
    return files.opened


def is_opened() -> bool:
    """The current files could be opened, and have been."""
    found = of_files().opened
    return found is not None and not isinstance(found, PuntualError)


def bodies() -> tuple[Body, ...]:
    """The tables of the files, found once. Raises PuntualError."""
    files = of_files()
    if files.bodies is None:
        files.bodies = bodies_of(opened())
    return files.bodies
