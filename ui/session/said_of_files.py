"""What the owner said of the files, what they were asked, and what the memory said when the files came."""

from __future__ import annotations

from analysis.book import Question
from analysis.reading import Corrections
from analysis.reading.memory.recall import Recalled
from ui import memory
from ui.session.files import bodies, is_opened
from ui.session.state import of_files


def corrections() -> Corrections:
    return of_files().corrections


def set_corrections(new: Corrections) -> None:
    """The owner's word on the files, in use from the next run on and remembered for next month's."""
    before = corrections()
    _change(new)
    if is_opened():
        memory.note(bodies(), new, before)


def undo_corrections() -> None:
    """All that was said of the files taken back, and forgotten."""
    _change(Corrections())
    if is_opened():
        memory.forget(bodies())


def _change(new: Corrections) -> None:
    files = of_files()
    files.key_before = files.key
    files.correct(new)


def asked() -> dict[tuple[object, ...], Question]:
    """Every question the files have raised so far, answered or not; `ui.owner_word` adds to it."""
    return of_files().asked


def recalled() -> Recalled:
    """What the memory said of the files when they came."""
    return of_files().recalled or Recalled(Corrections())


def forget_recalled() -> None:
    of_files().recalled = Recalled(Corrections())
