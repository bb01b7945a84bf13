"""The account of an upload: what became of every sheet, every column and every row that is not in use."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

import numpy as np
import pandas as pd

from analysis.book import LEFT_OUT, ColumnReading, SheetReading
from analysis.reading.fields import table_of
from analysis.reading.meaning.understand import Understood
from analysis.reading.rows.lines import Lines

_SAMPLES = 3
Confidence = Literal["sure", "likely", "unused", "corrected"]


def sheet_reading(sheet: Understood, lines: Lines | None) -> SheetReading:
    """How many rows were read, used and left out; `lines` is None for a sheet that is no table of ours."""
    used = int(lines.used.sum()) if lines is not None else 0
    return SheetReading(
        sheet.body.file,
        sheet.body.sheet,
        table_of(sheet.role) if sheet.role else None,
        sheet.body.header_row,
        rows_read=len(sheet.body),
        rows_used=used,
        rows_left_out=len(sheet.body) - used,
        role=sheet.role,
        corrected=sheet.role_said,
    )


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
        unused = "same_file" if sheet.body.file in copies else "other_sheet"
        parts.append(
            pd.DataFrame(
                {
                    "file": sheet.body.file,
                    "sheet": sheet.body.sheet,
                    "row": sheet.body.rows[out],
                    "reason": lines.reason[out].astype(object) if lines is not None else unused,
                    "text": sheet.body.texts(out),
                }
            )
        )
    parts = [part for part in parts if len(part)]
    whole = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(LEFT_OUT))
    return whole.astype(dict(LEFT_OUT))
