"""The Book of an upload with what is remembered of its kind put to use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from analysis.book import Book
from analysis.errors import PuntualError
from analysis.files.opening import Opened
from analysis.progress import Progress, part_of, untold
from analysis.reading.corrections import Corrections
from analysis.reading.decisions import recalled as decisions_recalled
from analysis.reading.layout.body import Body
from analysis.reading.memory.mappings import Mappings
from analysis.reading.memory.recall import Recalled, fitting, recall
from analysis.reading.reader import bodies_of, book_of

#: Of the time; what is decided of people is known only once the clients are.
_FIRST_READING = 0.8


def book_with_memory(
    opened: Opened,
    mappings: Mappings,
    said: Corrections | None = None,
    progress: Progress = untold,
    today: dt.date | None = None,
    bodies: Sequence[Body] | None = None,
) -> tuple[Book, Recalled]:
    """The Book under the corrections that are remembered and those `said` today, which win; and what was recalled.

    `Recalled.corrections` are those the Book was read with. Where a file cannot be read with what is remembered, it is
    read without. Raises as `book_of`.
    """
    said = said or Corrections()
    today = today or dt.date.today()  # noqa: DTZ011 - the owner's own calendar day
    bodies = bodies_of(opened) if bodies is None else bodies
    recalled = recall(bodies, mappings, today, said)
    first = part_of(progress, 0.0, _FIRST_READING)
    try:
        book = book_of(opened, recalled.corrections, first, today, bodies)
    except PuntualError:
        if not recalled.applied:
            raise
        recalled = Recalled(said)
        book = book_of(opened, said, first, today, bodies)
    settled = _with_decisions(fitting(recalled, book.currencies, said.currency), book, mappings)
    if settled.corrections != recalled.corrections:
        book = book_of(opened, settled.corrections, part_of(progress, _FIRST_READING, 1.0), today, bodies)
    return replace(book, notices=(*book.notices, *settled.notices)), settled


def _with_decisions(recalled: Recalled, book: Book, mappings: Mappings) -> Recalled:
    """With what was decided, another month, of those clients of the Book who look alike."""
    if not mappings.decisions:
        return recalled
    same, apart = decisions_recalled(book.suggestions, mappings.decisions, mappings.secret)
    corrections = recalled.corrections
    same, apart = same - corrections.apart, apart - corrections.same
    return replace(
        recalled,
        corrections=replace(corrections, same=corrections.same | same, apart=corrections.apart | apart),
        applied=recalled.applied + len(same) + len(apart),
    )
