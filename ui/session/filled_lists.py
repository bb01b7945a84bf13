"""The filled call lists among the owner's files: what came of them, once there is an export to read them beside."""

from __future__ import annotations

from analysis.book import Book
from analysis.own_files.take_in import People, TakenIn, take_in
from ui.session.files import own_files
from ui.session.notes import notebook, set_notebook
from ui.session.state import kept, of_files
from ui.today import today


def people(of_book: Book) -> People:
    """The clients of the Book, to find those of the owner's own files."""
    return kept(of_files().people, of_book.digest, lambda: People.of(of_book))


def taken_in() -> TakenIn | None:
    """What came of the filled call lists among the files; None while there are none, or no export."""
    found = of_files().taken_in
    return None if found is None else found[1]


def take_in_lists(read_book: Book) -> None:
    """The filled call lists go into the notebook, once for each book they are read beside."""
    files, lists = of_files(), own_files().lists
    source = files.key, lists
    if not lists:
        files.taken_in = None
    elif files.taken_in is None or files.taken_in[0] != source:
        result = take_in(notebook(), lists, people(read_book), today())
        files.taken_in = source, result
        if result.added:
            set_notebook(result.notebook)
