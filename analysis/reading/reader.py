"""The one entry: from the bytes of an upload to the Book."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.book import LEFT_OUT, Book, ColumnReading, SheetReading
from analysis.errors import MissingColumnError, ProblemsError, PuntualError
from analysis.reading.assemble import tables_of
from analysis.reading.currencies import settle_dollars
from analysis.reading.date_orders import read_date_columns
from analysis.reading.fields import table_of
from analysis.reading.headers import Body, body_of
from analysis.reading.identity import identify
from analysis.reading.lines import Lines, read_lines
from analysis.reading.matching import nearest_headers
from analysis.reading.sheets import Grid, grids_of
from analysis.reading.understand import Understood, understand
from analysis.reading.upload import Corrections, Upload, digest_of

#: Called with a step's code (`progress.<code>` in the catalogue) and the share done, 0-1.
Progress = Callable[[str, float], None]

_SPANISH_LETTERS = "áéíóúñ¿"
_SAMPLES = 3


def read(
    uploads: Sequence[Upload],
    corrections: Corrections | None = None,
    progress: Progress | None = None,
    today: dt.date | None = None,
) -> Book:
    """The Book of one or several exports.

    `corrections` are the owner's word on columns, date orders, decimal marks and currency. `today` (the machine's day
    unless given) tells bookings from visits and is evidence for the order of day and month.

    Raises `UnreadableFileError` (no table at all in a file), `MissingColumnError` (tables, but none with clients and dates), or
    `ProblemsError` with all of them where there are several.
    """
    corrections = corrections or Corrections()
    today = today or dt.date.today()  # noqa: DTZ011 - the owner's own calendar day
    report = progress or (lambda _code, _share: None)

    bodies = [body_of(grid, today) for grid in _grids(uploads, report)]
    report("understand_columns", 0.5)
    sheets = understand(bodies, corrections, today)
    _refuse_if_nothing(sheets)
    dated, questions = read_date_columns(sheets, corrections, today)
    report("read_rows", 0.6)
    lines = [read_lines(sheet, dated, corrections, today) for sheet in sheets if sheet.role is not None]
    report("join_clients", 0.8)
    identity = identify(lines)
    lines = [_without_walk_ins(part, keys) for part, keys in zip(lines, identity.keys, strict=True)]
    tables, known = tables_of(lines, identity, today)
    report("join_clients", 1.0)

    by_body = {id(part.sheet.body): part for part in lines}
    readings = tuple(_sheet_reading(sheet, by_body.get(id(sheet.body))) for sheet in sheets)
    currencies = _currencies(lines, sheets)
    return Book(
        tables=tables,
        known=known,
        columns=tuple(
            reading for sheet in sheets for reading in _column_readings(sheet, by_body.get(id(sheet.body)))
        ),
        sheets=readings,
        questions=questions,
        left_out=_left_out(sheets, by_body),
        currency=corrections.currency or (currencies[0] if currencies else None),
        currencies=currencies,
        digest=digest_of(uploads, corrections),
    )


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
    if any(sheet.role is not None for sheet in sheets):
        return
    if not sheets:
        raise MissingColumnError(field="client_name", file="", found=(), nearest=())
    fullest = max(sheets, key=lambda sheet: len(sheet.body) * len(sheet.body.columns))
    headers = tuple(column.header for column in fullest.body.columns if column.header)
    lacking = fullest.lacking or ("client_name", "date")
    _raise(
        [
            MissingColumnError(
                field=field, file=fullest.body.file, sheet=fullest.body.sheet, found=headers, nearest=nearest_headers(field, headers)
            )
            for field in lacking
        ]
    )


def _without_walk_ins(lines: Lines, keys: pa.StringArray) -> Lines:
    """Outside sales a row must be somebody's: what is known of a walk-in, or owed by one, is of no use."""
    if table_of(lines.sheet.role or "sales") == "sales":
        return lines
    nobody = ~keys.is_valid().to_numpy(zero_copy_only=False)
    if lines.sheet.role == "payments":  # its document may say whose it is
        nobody &= ~lines.text("document").is_valid().to_numpy(zero_copy_only=False)
    return lines.leaving_out(nobody, "no_client")


def _sheet_reading(sheet: Understood, lines: Lines | None) -> SheetReading:
    read_rows = len(sheet.body)
    used = int(lines.used.sum()) if lines is not None else 0
    table = table_of(sheet.role) if sheet.role else None
    return SheetReading(sheet.body.file, sheet.body.sheet, table, sheet.body.header_row, read_rows, used, read_rows - used)


def _column_readings(sheet: Understood, lines: Lines | None) -> list[ColumnReading]:
    readings = []
    for index, (column, match) in enumerate(zip(sheet.body.columns, sheet.matches, strict=True)):
        detail = (lines.details.get(sheet.key(column)) if lines is not None else None) or match.detail
        if index in sheet.corrected:
            confidence = "corrected"
        elif match.field is None:
            confidence = "unused"
        else:
            confidence = "sure" if match.sure else "likely"
        readings.append(
            ColumnReading(
                sheet.body.file,
                sheet.body.sheet,
                column.header,
                column.position,
                tuple(column.values.slice(0, _SAMPLES).to_pylist()),
                table_of(sheet.role) if sheet.role and match.field else None,
                match.field,
                confidence,  # type: ignore[arg-type]
                detail,
            )
        )
    return readings


def _left_out(sheets: Sequence[Understood], by_body: dict[int, Lines]) -> pd.DataFrame:
    """One row for every row of the files that no table uses, with why."""
    parts = []
    for sheet in sheets:
        lines = by_body.get(id(sheet.body))
        out = np.flatnonzero(~lines.used) if lines is not None else np.arange(len(sheet.body))
        parts.append(
            pd.DataFrame(
                {
                    "file": sheet.body.file,
                    "sheet": sheet.body.sheet,
                    "row": sheet.body.rows[out],
                    "reason": lines.reason[out].astype(object) if lines is not None else "other_sheet",
                    "text": sheet.body.texts(out),
                }
            )
        )
    parts = [part for part in parts if len(part)]
    whole = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(LEFT_OUT))
    return whole.astype(dict(LEFT_OUT))


def _currencies(lines: Sequence[Lines], sheets: Sequence[Understood]) -> tuple[str, ...]:
    """The currencies shown, the most frequent first."""
    seen: Counter[str] = Counter()
    for part in lines:
        seen.update(part.currencies)
    headers = [column.header for sheet in sheets for column in sheet.body.columns]
    spanish = any(letter in header.lower() for header in headers for letter in _SPANISH_LETTERS) or any(
        word in header.lower() for header in headers for word in ("fecha", "importe", "cliente", "monto")
    )
    return tuple(code for code, _ in settle_dollars(seen, headers, spanish=spanish).most_common())
