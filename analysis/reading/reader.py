"""The whole way from the bytes of an upload to the Book: opened once, understood as often as it is corrected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from analysis.book import Book
from analysis.files.opening import Opened, Opener, open_here, open_uploads
from analysis.files.upload import Upload
from analysis.progress import Progress, part_of, untold
from analysis.reading.account import (
    column_readings,
    left_out_rows,
    sheet_readings,
    unread_cells,
    unvalued_cells,
)
from analysis.reading.canonical.assemble import tables_of
from analysis.reading.canonical.identity import identify
from analysis.reading.canonical.people.alike import suggestions_of
from analysis.reading.canonical.people.deciding import decide
from analysis.reading.canonical.statuses import status_notices
from analysis.reading.corrections import Corrections, digest_of
from analysis.reading.doubts import doubts
from analysis.reading.fields import table_of
from analysis.reading.file_notices import file_notices
from analysis.reading.layout.body import Body
from analysis.reading.layout.series import joined
from analysis.reading.layout.tables import tables_in
from analysis.reading.meaning.understand import Understood, subject_of, understand
from analysis.reading.refusals import layout_notices, refuse_if_nothing
from analysis.reading.rows.date_orders import read_date_columns
from analysis.reading.rows.lines import Lines, read_lines
from analysis.reading.rows.money_shown import currencies_shown
from analysis.reading.rows.one_currency import in_one_currency

#: Of the time, where the bytes are a workbook.
OPENING_SHARE = 0.5


def read(
    uploads: Sequence[Upload],
    corrections: Corrections | None = None,
    progress: Progress = untold,
    today: dt.date | None = None,
    opener: Opener = open_here,
) -> Book:
    """The Book of one or several exports: opened, then understood.

    `opener` says where the bytes are opened: in this process unless given.

    Raises `UnreadableFileError` (a file that is no table at all) and what `book_of` raises, or `ProblemsError` with all
    of them where there are several.
    """
    opened = open_uploads(uploads, opener, part_of(progress, 0.0, OPENING_SHARE))
    return book_of(opened, corrections, part_of(progress, OPENING_SHARE, 1.0), today)


def book_of(
    opened: Opened,
    corrections: Corrections | None = None,
    progress: Progress = untold,
    today: dt.date | None = None,
    bodies: Sequence[Body] | None = None,
) -> Book:
    """The Book of files that are open; `bodies` are their tables, where they have been found before.

    `corrections` are the owner's word on columns, date orders, decimal marks and currency. `today` (the machine's day
    unless given) tells an agenda's bookings from its visits and is evidence for the order of day and month.

    Raises `MissingColumnError` (tables, but none with clients and dates), `SummaryError` (sums and no visits),
    `YearlessDatesError`, or `ProblemsError` with several of them.
    """
    corrections = corrections or Corrections()
    today = today or dt.date.today()  # noqa: DTZ011 - the owner's own calendar day

    progress("understand_columns", 0.0)
    tables = joined(bodies_of(opened) if bodies is None else bodies, corrections.roles, subject_of)
    sheets = understand(tables, corrections, today)
    sheets = [sheet.unused() if _counted_already(sheet, opened) else sheet for sheet in sheets]
    refuse_if_nothing(sheets)
    dated, questions = read_date_columns(sheets, corrections, today)
    progress("read_rows", 0.2)
    lines = [read_lines(sheet, dated, corrections, today) for sheet in sheets if sheet.role is not None]
    currencies = currencies_shown([sheet for sheet in sheets if sheet.role is not None])
    lines, mixed = in_one_currency(lines, currencies, corrections.currency)
    progress("join_clients", 0.6)
    identity = identify(lines)
    lines = [_without_walk_ins(part, keys) for part, keys in zip(lines, identity.keys, strict=True)]
    made = tables_of(lines, identity, today)
    decided = decide(made, identity, suggestions_of(identity, made.tables), corrections)
    progress("join_clients", 1.0)

    account = [(sheet, _lines_of(sheet, lines)) for sheet in sheets]
    return Book(
        tables=decided.tables.tables,
        known=made.known,
        columns=tuple(reading for sheet, part in account for reading in column_readings(sheet, part)),
        sheets=tuple(reading for sheet, part in account for reading in sheet_readings(sheet, part)),
        questions=(*questions, *doubts(account, corrections, currencies)),
        notices=(
            *(notice for part in lines for notice in (*part.notices, *status_notices(part))),
            *mixed,
            *file_notices(opened.grids),
            *layout_notices(sheets),
            *identity.notices,
        ),
        left_out=left_out_rows(account, opened.copies),
        currency=corrections.currency or next(iter(currencies), None),
        currencies=currencies,
        digest=digest_of(opened.digest, corrections),
        places=made.places,
        origins=decided.tables.origins,
        documents=made.documents,
        unread=unread_cells(account),
        unvalued=unvalued_cells(account),
        suggestions=decided.suggestions,
    )


def bodies_of(opened: Opened) -> tuple[Body, ...]:
    """The tables of files that are open."""
    return tuple(body for grid in opened.grids for body in tables_in(grid))


def _counted_already(sheet: Understood, opened: Opened) -> bool:
    """Whether its rows stand in another file or on other sheets; what the owner says of a sheet goes before."""
    return sheet.body.file in opened.copies or (sheet.body.repeats and not sheet.role_said)


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
