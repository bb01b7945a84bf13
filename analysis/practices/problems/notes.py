"""What the owner writes down of problems, as changes of the notebook: a new one, whose it is, that it is closed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from analysis.notebook import Notebook, ProblemNote


@dataclass(frozen=True)
class ProblemKey:
    """Tells a problem from the others: two of one client, day and kind are the same one."""

    client_id: str
    opened: dt.date
    kind: str


def written_down(notebook: Notebook, note: ProblemNote) -> Notebook:
    """The notebook with a problem of the owner's own; the same one again replaces what was said of it."""
    others = tuple(other for other in notebook.problems if _key(other) != _key(note))
    return replace(notebook, problems=(*others, note))


def brought_up_to_date(
    notebook: Notebook,
    key: ProblemKey,
    *,
    staff: str,
    promised: dt.date | None,
    closed: dt.date | None = None,
    solved: bool | None = None,
) -> Notebook:
    """The notebook with whose an open problem is and what was promised; closed on a day, solved well or not.

    A problem of the owner's own is changed where it stands; of one of the export a note is kept.
    """
    said = next((note for note in notebook.problems if _key(note) == key), None)
    note = said or ProblemNote(key.client_id, key.opened, key.kind, about_export=True)
    return written_down(notebook, replace(note, staff=staff, promised=promised, closed=closed, solved=solved))


def taken_back(notebook: Notebook, key: ProblemKey) -> Notebook:
    """The notebook without what the owner said of a problem."""
    return replace(notebook, problems=tuple(note for note in notebook.problems if _key(note) != key))


def _key(note: ProblemNote) -> ProblemKey:
    return ProblemKey(note.client_id, note.opened, note.kind)
