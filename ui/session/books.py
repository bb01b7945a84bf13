"""What was understood of the files: their Book, read once for each state of the corrections."""

from __future__ import annotations

from dataclasses import replace

from analysis.book import Book, Notice
from analysis.progress import Progress, untold
from analysis.quality import Quality, quality_of
from analysis.reading import book_of
from analysis.reading.with_memory import book_with_memory
from ui import memory
from ui.session.files import bodies, opened, uploads
from ui.session.filled_lists import take_in_lists
from ui.session.said_of_files import corrections
from ui.session.state import kept, of_files
from ui.today import today


def book(progress: Progress = untold) -> Book | None:
    """What was understood of the current files; None while there are none. Raises PuntualError."""
    if not uploads():
        return None
    files = of_files()
    if files.recalled is None and not is_read():
        read_book = _first_book(progress)
    else:
        read_book = kept(
            files.books,
            files.key,
            lambda: book_of(opened(progress), corrections(), progress, bodies=bodies()),
        )
    take_in_lists(read_book)
    return read_book


def _first_book(progress: Progress) -> Book:
    """The Book of files that have just come, with what is remembered of their kind."""
    files, found_in = of_files(), opened(progress)
    mappings, sound = memory.known()
    read_book, found = book_with_memory(found_in, mappings, corrections(), progress, bodies=bodies())
    if not sound:
        found = replace(found, notices=(Notice("memory_spoilt", ""), *found.notices))
    files.recalled = found
    files.correct(found.corrections)
    return kept(files.books, files.key, lambda: read_book)


def book_before() -> Book | None:
    """The Book as it was before the last correction."""
    files = of_files()
    return None if files.key_before is None else files.books.get(files.key_before)


def is_read() -> bool:
    """The current files are read already."""
    files = of_files()
    return files.key in files.books


def currency() -> str | None:
    """The file's currency, or the one the owner chose where the file shows none; None if neither."""
    files = of_files()
    known = files.books.get(files.key)
    return files.corrections.currency or (known.currency if known is not None else None)


def quality(of_book: Book) -> Quality:
    """How tidy the Book is today, worked out once."""
    day = today()
    return kept(of_files().qualities, (of_book.digest, day), lambda: quality_of(of_book, day))
