"""The command line: `python -m analysis report FILE... --out DIR`, `read FILE... --out DIR` and `sample DIR`.

Exit codes: 0 done, 2 bad input or arguments (one sentence on standard error says what to do).
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from analysis.arguments import parser
from analysis.book import Book
from analysis.book_files import write_book
from analysis.errors import PuntualError, UnreadableFileError, raise_all
from analysis.files.apart.opener import open_apart
from analysis.files.opening import Opened, open_uploads
from analysis.notebook.notebook_file import NotebookError, is_notebook
from analysis.own_files.merge import merged_files
from analysis.own_files.sort_out import sort_out
from analysis.own_files.take_in import FaultyRow, People, take_in
from analysis.progress import Progress, part_of
from analysis.reading import Upload, book_of
from analysis.reading.memory.store import load
from analysis.reading.raw import csv_of, raw_table
from analysis.reading.reader import OPENING_SHARE
from analysis.reading.with_memory import book_with_memory
from words import Words, speak

BAD_INPUT = 2
#: What terminals act upon, but for the end of a line.
_TERMINAL_CODES = dict.fromkeys(code for code in (*range(32), *range(127, 160)) if chr(code) != "\n")
READING_SHARE = 0.5  # of the time; the rest is analysis


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    arguments_of = parser()
    options = arguments_of.parse_args(arguments)
    if options.command == "read" and options.out is None and options.raw is None:
        arguments_of.error("read needs --out DIR, --raw FILE.csv, or both")
    words = speak(getattr(options, "language", "en"))
    try:
        if options.command == "sample":
            return _sample(options.directory, words)
        return _read(options, words) if options.command == "read" else _report(options, words)
    except PuntualError as error:
        _say(words.error(error))
    except OSError as error:
        # The path and the reason are the person's own; no traceback helps them.
        _say(words("report.os_error", path=str(error.filename or ""), why=error.strerror or ""))
    return BAD_INPUT


def _report(options: argparse.Namespace, words: Words) -> int:
    # The models take seconds to load, and only this command needs them.
    from analysis.portfolio import analyse  # noqa: PLC0415
    from analysis.report import write_report  # noqa: PLC0415
    from analysis.with_notebook import with_notebook  # noqa: PLC0415

    tell = _progress(words)
    today = dt.date.today()  # noqa: DTZ011 - the owner's own calendar day
    found = sort_out([*_uploads(options), *_notebook(options)], open_apart, today)
    raise_all(found.problems)
    opened = open_uploads(found.exports, open_apart, part_of(tell, 0.0, READING_SHARE * OPENING_SHARE))
    book = _book(opened, options, part_of(tell, READING_SHARE * OPENING_SHARE, READING_SHARE))
    _tell_assumed(book, words)
    notes = take_in(
        merged_files([one.notebook for one in found.notebooks]), found.lists, People.of(book), today
    )
    _tell_faults(notes.faults, words)
    settings = replace(notes.notebook.settings, as_of=options.as_of)
    settings = replace(settings, horizon_days=options.horizon or settings.horizon_days)
    portfolio = analyse(book, settings, part_of(tell, READING_SHARE, 1.0))
    portfolio = with_notebook(portfolio, replace(notes.notebook, settings=settings))
    with_money = speak(words.language, currency=book.currency)
    paths = write_report(book, portfolio, with_money, options.out)
    left_out = sum(sheet.rows_left_out for sheet in book.sheets)
    print(words("report.done", n=len(portfolio.clients), flagged=int(portfolio.clients["flagged"].sum())))
    print(words("report.rows", read=book.rows_read, n=left_out))
    print("\n".join(str(path) for path in paths))
    return 0


def _notebook(options: argparse.Namespace) -> list[Upload]:
    """The notebook asked for; a file that is none is an error, not an export."""
    if options.notebook is None:
        return []
    upload = Upload(options.notebook.name, options.notebook.read_bytes())
    if not is_notebook(upload.data):
        raise NotebookError("notebook_foreign", file=upload.name)
    return [upload]


def _tell_faults(faults: Sequence[FaultyRow], words: Words) -> None:
    """Rows of call lists that were not wholly understood, each with its place."""
    for one in faults:
        what = words(f"own.fault.{one.fault}", text=one.text)
        _say(words("report.own_fault", file=one.file, row=one.row, what=what))


def _read(options: argparse.Namespace, words: Words) -> int:
    tell = _progress(words)
    uploads = _uploads(options)
    try:
        opened = open_uploads(uploads, open_apart, part_of(tell, 0.0, OPENING_SHARE))
    except UnreadableFileError as problem:
        if options.raw and problem.values.get("kind") == "empty":
            options.raw.write_bytes(b"")  # the table of an empty file; one of another day must not stay there
        raise
    if options.raw:
        table = raw_table(opened.grids)
        options.raw.write_bytes(csv_of(table))
        if options.out is None:
            tell("done", 1.0)
            print(words("report.raw_done", n=len(table), path=str(options.raw)))
            return 0
    book = _book(opened, options, part_of(tell, OPENING_SHARE, 1.0))
    _tell_assumed(book, words)
    paths = write_book(book, opened.grids, options.out)
    tell("done", 1.0)
    left_out = sum(sheet.rows_left_out for sheet in book.sheets)
    print(words("report.book_rows", read=book.rows_read, n=left_out))
    print("\n".join(str(path) for path in ([options.raw] if options.raw else []) + list(paths)))
    return 0


def _book(opened: Opened, options: argparse.Namespace, tell: Progress) -> Book:
    """The Book of the files, under what a mapping remembers of their kind where one is given."""
    if options.mapping is None:
        return book_of(opened, progress=tell)
    book, _ = book_with_memory(opened, load(options.mapping), progress=tell)
    return book


def _tell_assumed(book: Book, words: Words) -> None:
    for question in book.questions:
        _say(
            words(
                f"report.assumed.{question.code}",
                header=question.header,
                file=question.file,
                row=question.row,
                example=question.example,
                assumed=question.assumed,
            )
        )


def _say(sentence: str) -> None:
    """On standard error; what it quotes of a file cannot steer the terminal."""
    print(sentence.translate(_TERMINAL_CODES), file=sys.stderr)


def _sample(directory: Path, words: Words) -> int:
    from sample_data import write  # noqa: PLC0415 - only this command needs it

    for path in write(directory):
        print(path)
    print(words("report.sample_done", directory=str(directory)))
    return 0


def _uploads(options: argparse.Namespace) -> list[Upload]:
    for path in options.files:
        if path.is_dir():
            raise UnreadableFileError(file=path.name, kind="folder")
    return [Upload(path.name, path.read_bytes()) for path in options.files]


def _progress(words: Words) -> Progress:
    """Steps on standard error: one line that changes on a terminal, a line a step elsewhere."""
    told: list[str] = []

    def tell(code: str, share: float, /, **values: object) -> None:
        sentence = words(f"progress.{code}", **values)
        if told[-1:] == [sentence]:
            return
        told.append(sentence)
        line = f"{share:4.0%}  {sentence}"
        if sys.stderr.isatty():
            print(f"\r\033[K{line}", end="\n" if code == "done" else "", file=sys.stderr, flush=True)
        else:
            print(line, file=sys.stderr, flush=True)

    return tell


if __name__ == "__main__":
    sys.exit(main())
