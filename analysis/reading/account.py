"""The account of an upload: what became of every sheet, every column and every row that is not in use."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from analysis.book import LEFT_OUT, UNREAD, ColumnReading, LeftOutReason, SheetReading
from analysis.reading.fields import table_of
from analysis.reading.layout.body import Body
from analysis.reading.meaning.understand import Understood
from analysis.reading.rows.lines import Lines
from analysis.reading.values.contacts import is_nothing

_SAMPLES = 3
Confidence = Literal["sure", "likely", "unused", "corrected"]


def sheet_readings(sheet: Understood, lines: Lines | None) -> list[SheetReading]:
    """How many rows of each of the table's sheets were read, used and left out.

    `lines` is None for a table that is none of ours.
    """
    used = lines.used if lines is not None else np.zeros(len(sheet.body), dtype=bool)
    readings, start = [], 0
    for part in sheet.body.parts:
        in_use = int(used[start : start + part.count].sum())
        start += part.count
        readings.append(
            SheetReading(
                part.grid.file,
                part.grid.sheet,
                table_of(sheet.role) if sheet.role else None,
                part.header_row,
                rows_read=part.count,
                rows_used=in_use,
                rows_left_out=part.count - in_use,
                role=sheet.role,
                corrected=sheet.role_said,
            )
        )
    return readings


def column_readings(sheet: Understood, lines: Lines | None) -> list[ColumnReading]:
    """What every column of the sheet was taken for, with its first distinct texts as samples."""
    readings = []
    for index, (column, match) in enumerate(zip(sheet.body.columns, sheet.matches, strict=True)):
        how = lines.details.get(sheet.key(column), "") if lines is not None else ""
        confidence: Confidence = "sure" if match.sure else "likely"
        if index in sheet.corrected:
            confidence = "corrected"
        elif match.field is None:
            confidence = "unused"
        readings.append(
            ColumnReading(
                sheet.body.file,
                sheet.body.sheet,
                column.header,
                column.position,
                tuple(column.uniques.slice(0, _SAMPLES).to_pylist()),
                table_of(sheet.role) if sheet.role and match.field else None,
                match.field,
                confidence,
                how or match.detail,
            )
        )
    return readings


def left_out_rows(
    account: Sequence[tuple[Understood, Lines | None]], copies: Collection[str]
) -> pd.DataFrame:
    """One row for every row of the files that no table uses, with why (columns as `book.LEFT_OUT`)."""
    parts = []
    for sheet, lines in account:
        out = np.flatnonzero(~lines.used) if lines is not None else np.arange(len(sheet.body))
        unused = _why_unused(sheet, copies)
        parts.append(
            pd.DataFrame(
                {
                    **_where(sheet.body, out),
                    "reason": lines.reason[out].astype(object) if lines is not None else unused,
                    "text": sheet.body.texts(out),
                }
            )
        )
    parts = [part for part in parts if len(part)]
    whole = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(LEFT_OUT))
    return whole.astype(dict(LEFT_OUT))


def _why_unused(sheet: Understood, copies: Collection[str]) -> LeftOutReason:
    """Why a whole table is out of use."""
    if sheet.body.file in copies:
        return "same_file"
    if sheet.body.repeats:
        return "repeated_rows"
    return "other_table" if sheet.body.beside else "other_sheet"


def unread_cells(account: Sequence[tuple[Understood, Lines | None]]) -> pd.DataFrame:
    """Cells of rows in use that hold something their column's field can make nothing of (columns as `book.UNREAD`)."""
    parts = []
    for sheet, lines in account:
        if lines is None:
            continue
        missing = {name: np.isnat(days) for name, days in lines.dates.items()}
        missing |= {name: np.isnan(figures) for name, figures in lines.numbers.items()}
        for name, absent in missing.items():
            column = sheet.column(name)
            if column is None or not len(column.uniques):
                continue
            says = np.array([not is_nothing(text) for text in column.uniques.to_pylist()], dtype=bool)
            rows = np.flatnonzero(absent & lines.used & column.spread(says, empty=False))
            if len(rows):
                texts = column.uniques.take(pa.array(column.codes[rows])).to_pylist()
                parts.append(pd.DataFrame({**_where(sheet.body, rows), "field": name, "text": texts}))
    whole = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(UNREAD))
    return whole.astype(dict(UNREAD))


def unvalued_cells(account: Sequence[tuple[Understood, Lines | None]]) -> tuple[tuple[str, str, int], ...]:
    """File, sheet and row of every formula that was saved without its value, on the sheets in use."""
    grids = [part.grid for sheet, lines in account if lines is not None for part in sheet.body.parts]
    cells = {(grid.file, grid.sheet, row) for grid in grids for row in grid.unvalued}
    return tuple(sorted(cells))


def _where(body: Body, rows: npt.NDArray[np.int64]) -> dict[str, object]:
    """File, sheet and Excel's number of some rows of a table (0-based), which may stand on several sheets."""
    part = np.repeat(np.arange(len(body.parts)), [part.count for part in body.parts])[rows]
    files = np.array([part.grid.file for part in body.parts], dtype=object)
    sheets = np.array([part.grid.sheet for part in body.parts], dtype=object)
    return {"file": files[part], "sheet": sheets[part], "row": body.rows[rows]}
