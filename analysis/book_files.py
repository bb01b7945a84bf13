"""The Book as files: how everything was understood in book.json, and each canonical table as a csv.

The json holds headers, codes, counts and row numbers, and no cell: it can be passed around. The tables hold the people.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis.book import Book, ColumnReading, SheetReading
from analysis.export import program_csv
from analysis.files.grid import Grid
from analysis.quality import quality_of, section

SCHEMA = 1
_DIGITS = 15  # of amounts: as many as a float holds
_DECIMAL_MARKS = (".", ",")
_PERSONAL = frozenset({"name", "names", "example", "examples"})
#: Rows of whole sheets or files that are out of use stand in "sheets" with their number, not one by one.
_WHOLE = ("other_sheet", "same_file")


def write_book(book: Book, grids: Sequence[Grid], directory: Path) -> tuple[Path, ...]:
    """Write book.json and <table>.csv for each table of the Book that has rows; return their paths.

    `grids` are the sheets the Book was made of. The tables are RFC 4180 in UTF-8: English headers, ISO dates, plain
    numbers; texts that a spreadsheet would compute are made harmless.
    """
    directory.mkdir(parents=True, exist_ok=True)
    tables = {name: table for name, table in book.tables.items() if len(table)}
    paths = [directory / "book.json"]
    paths[0].write_text(
        json.dumps(summary(book, grids, tables), ensure_ascii=False, indent=2, allow_nan=False, default=str)
        + "\n",
        encoding="utf-8",
    )
    for name, table in tables.items():
        paths.append(directory / f"{name}.csv")
        paths[-1].write_bytes(program_csv(table, "\r\n", _DIGITS))
    return tuple(paths)


def summary(book: Book, grids: Sequence[Grid], tables: Mapping[str, pd.DataFrame]) -> dict[str, object]:
    """What was read and how, as JSON has it."""
    apart = ~book.left_out["reason"].isin(_WHOLE)
    return {
        "schema": SCHEMA,
        "digest": book.digest,
        "files": _files(grids),
        "rows": {
            "read": book.rows_read,
            "used": sum(sheet.rows_used for sheet in book.sheets),
            "left_out": sum(sheet.rows_left_out for sheet in book.sheets),
            "left_out_by_reason": _counts(book.left_out["reason"]),
        },
        "sheets": [_sheet(sheet, book.left_out) for sheet in book.sheets],
        "columns": [_column(column) for column in book.columns],
        "left_out": book.left_out.loc[apart, ["file", "sheet", "row", "reason"]].to_dict("records"),
        "questions": [
            {name: value for name, value in vars(question).items() if name != "example"}
            for question in book.questions
        ],
        "notices": [{**vars(notice), "values": _impersonal(notice.values)} for notice in book.notices],
        "quality": section(quality_of(book, dt.date.today())),  # noqa: DTZ011 - the owner's own calendar day
        "currency": book.currency,
        "currencies": list(book.currencies),
        "tables": {
            name: {
                "file": f"{name}.csv",
                "rows": len(table),
                "columns": [column for column in table.columns if book.knows(name, str(column))],
            }
            for name, table in tables.items()
        },
    }


def _files(grids: Sequence[Grid]) -> list[dict[str, object]]:
    """Each file with its sheets, and how a text file was cut."""
    files: dict[str, dict[str, object]] = {}
    for grid in grids:
        form = grid.text
        file = files.setdefault(
            grid.file, {"file": grid.file, "kind": "text" if form else "workbook", "sheets": []}
        )
        if form is not None:
            names = {"misread": "misread_cells", "rejoined": "rejoined_rows", "mended": "mended_rows"}
            names |= {"uneven": "uneven_rows", "certainty": "encoding_certainty"}
            file |= {names.get(name, name): value for name, value in vars(form).items()}
        sheets = file["sheets"]
        if isinstance(sheets, list):
            sheets.append(
                {"sheet": grid.sheet, "hidden": grid.hidden, "pivot": grid.pivot, "rows": grid.height}
            )
    return list(files.values())


def _sheet(sheet: SheetReading, left_out: pd.DataFrame) -> dict[str, object]:
    here = (left_out["file"] == sheet.file) & (left_out["sheet"] == sheet.sheet)
    return {**vars(sheet), "left_out_by_reason": _counts(left_out.loc[here, "reason"])}


def _column(column: ColumnReading) -> dict[str, object]:
    """How a column was understood; samples are people's data and stay out."""
    how = {name: value for name, value in vars(column).items() if name != "samples"}
    is_mark = column.detail in _DECIMAL_MARKS
    dated = column.detail.removeprefix("assumed_")
    return {
        **how,
        "date_order": dated if dated in {"dmy", "mdy", "ymd", "mixed", "swapped"} else None,
        "decimal_mark": column.detail if is_mark else None,
    }


def _impersonal(values: Mapping[str, object]) -> dict[str, object]:
    """What a notice tells but for names of people."""
    return {name: value for name, value in values.items() if name not in _PERSONAL}


def _counts(codes: pd.Series) -> dict[str, int]:
    return {str(code): int(count) for code, count in codes.value_counts().items()}
