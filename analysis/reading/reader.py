"""The one entry: from the bytes of an upload to the Book."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from analysis.book import Book
from analysis.errors import MissingColumnError, ProblemsError, PuntualError
from analysis.files.grid import Grid
from analysis.files.sheets import grids_of
from analysis.files.upload import Upload
from analysis.reading.account import column_readings, left_out_rows, sheet_reading
from analysis.reading.canonical.assemble import tables_of
from analysis.reading.canonical.identity import identify
from analysis.reading.corrections import Corrections, digest_of
from analysis.reading.fields import table_of
from analysis.reading.layout.headers import body_of
from analysis.reading.meaning.matching import nearest_headers
from analysis.reading.meaning.understand import Understood, understand
from analysis.reading.rows.date_orders import read_date_columns
from analysis.reading.rows.lines import Lines, read_lines
from analysis.reading.rows.money_shown import currencies_shown

#: Called with a step's code (`progress.<code>` in the catalogue) and the share done, 0-1.
Progress = Callable[[str, float], None]


def read(
    uploads: Sequence[Upload],
    corrections: Corrections | None = None,
    progress: Progress | None = None,
    today: dt.date | None = None,
) -> Book:
    """The Book of one or several exports.

    `corrections` are the owner's word on columns, date orders, decimal marks and currency. `today` (the machine's day
    unless given) tells an agenda's bookings from its visits and is evidence for the order of day and month.

    Raises `UnreadableFileError` (a file that is no table at all), `MissingColumnError` (tables, but none with clients
    and dates), or `ProblemsError` with all of them where there are several.
    """
    corrections = corrections or Corrections()
    today = today or dt.date.today()  # noqa: DTZ011 - the owner's own calendar day
    report = progress or (lambda _code, _share: None)

    uploads = _with_own_names(uploads)
    copies = _copies(uploads)
    grids = _grids(uploads, report)
    report("understand_columns", 0.5)
    sheets = understand([body_of(grid) for grid in grids], corrections, today)
    sheets = [sheet.unused() if sheet.body.file in copies else sheet for sheet in sheets]
    _refuse_if_nothing(sheets)
    dated, questions = read_date_columns(sheets, corrections, today)
    report("read_rows", 0.6)
    lines = [read_lines(sheet, dated, corrections, today) for sheet in sheets if sheet.role is not None]
    report("join_clients", 0.8)
    identity = identify(lines)
    lines = [_without_walk_ins(part, keys) for part, keys in zip(lines, identity.keys, strict=True)]
    tables, known = tables_of(lines, identity, today)
    report("join_clients", 1.0)

    account = [(sheet, _lines_of(sheet, lines)) for sheet in sheets]
    currencies = currencies_shown([sheet for sheet in sheets if sheet.role is not None])
    return Book(
        tables=tables,
        known=known,
        columns=tuple(reading for sheet, part in account for reading in column_readings(sheet, part)),
        sheets=tuple(sheet_reading(sheet, part) for sheet, part in account),
        questions=questions,
        left_out=left_out_rows(account, copies),
        currency=corrections.currency or next(iter(currencies), None),
        currencies=currencies,
        digest=digest_of(uploads, corrections),
    )


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
    """Names of files whose bytes came before under another name: counted twice, they would double the business."""
    first: dict[bytes, str] = {}
    for upload in uploads:
        first.setdefault(hashlib.sha256(upload.data).digest(), upload.name)
    return frozenset(upload.name for upload in uploads) - frozenset(first.values())


def _grids(uploads: Sequence[Upload], report: Progress) -> list[Grid]:
    """All sheets of all files; every unreadable file is told at once."""
    grids: list[Grid] = []
    problems: list[PuntualError] = []
    for number, upload in enumerate(uploads):
        report("open_files", 0.5 * number / len(uploads))
        try:
            grids.extend(grids_of(upload))
        except PuntualError as problem:
            problems.append(problem)
    _raise(problems)
    return grids


def _raise(problems: Sequence[PuntualError]) -> None:
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise ProblemsError(tuple(problems))


def _refuse_if_nothing(sheets: Sequence[Understood]) -> None:
    """Where no sheet is a table of ours: what the fullest sheet lacks, with the headers that come nearest."""
    if not sheets or any(sheet.role is not None for sheet in sheets):
        return
    fullest = max(sheets, key=lambda sheet: len(sheet.body) * len(sheet.body.columns))
    headers = tuple(column.header for column in fullest.body.columns if column.header)
    _raise(
        [
            MissingColumnError(
                field=field,
                file=fullest.body.file,
                sheet=fullest.body.sheet,
                found=headers,
                columns=tuple(fullest.key(column) for column in fullest.body.columns),
                nearest=nearest_headers(field, headers),
            )
            for field in fullest.lacking or ("client_name", "date")
        ]
    )


def _without_walk_ins(lines: Lines, keys: pa.StringArray) -> Lines:
    """Outside sales a row must be somebody's: what is known of a walk-in, or owed by one, is of no use."""
    if table_of(lines.role) == "sales":
        return lines
    nobody = ~keys.is_valid().to_numpy(zero_copy_only=False)
    if lines.role == "payments":  # its document may say whose it is
        nobody &= ~lines.text("document").is_valid().to_numpy(zero_copy_only=False)
    return lines.leaving_out(np.asarray(nobody), "no_client")


def _lines_of(sheet: Understood, lines: Sequence[Lines]) -> Lines | None:
    return next((part for part in lines if part.sheet is sheet), None)
