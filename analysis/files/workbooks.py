"""Workbooks: every sheet of cells as a grid, with what the workbook knows of it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

import fastexcel
import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook

from analysis.errors import UnreadableFileError
from analysis.files.clock_times import with_clock_times
from analysis.files.grid import Grid, Merged
from analysis.files.guard.allowance import Allow
from analysis.files.guard.archives import Archive
from analysis.files.guard.workbook_size import looked_through
from analysis.files.makes import makes_of_cells, makes_of_xml
from analysis.files.workbook_parts import parts_of

#: How calamine calls what a formula ended with, and what the cell shows.
_FAULTS = {
    "Div0": "#DIV/0!",
    "NA": "#N/A",
    "Name": "#NAME?",
    "Null": "#NULL!",
    "Num": "#NUM!",
    "Ref": "#REF!",
    "Value": "#VALUE!",
    "GettingData": "#GETTING_DATA",
}
_FAULT_BEGINS = "Expected string but got 'Error("


def xlsx_grids(data: bytes, archive: Archive, workbook: str, allow: Allow) -> Iterator[Grid]:
    """The sheets of an xlsx whose workbook part is at this path of the archive.

    Raises `UnreadableFileError` as the guard does, or damaged.
    """
    parts = parts_of(archive, workbook)
    seen, allowance = looked_through(archive, parts)
    allow(allowance)
    reader = _reader(data)
    for sheet in parts.sheets:
        if sheet.name not in seen:
            continue
        cells = seen[sheet.name]
        first = max(cells.first_column - 1, 0)
        grid = _grid(reader, sheet.name)
        makes = makes_of_xml(cells.beginning, parts.formats, first, len(grid.columns))
        yield with_clock_times(
            replace(
                grid,
                makes=makes,
                first_column=first,
                pivot=sheet.pivot,
                merged=_from_column(cells.merged, first),
                unvalued=tuple(cells.unvalued),
            )
        )


def other_grids(data: bytes) -> Iterator[Grid]:
    """The sheets of an xls, xlsb or ods. Raises `UnreadableFileError` (damaged)."""
    reader = _reader(data)
    makers = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in reader.sheet_names:
        try:
            maker = makers.get_sheet_by_name(name)
        except CalamineError:  # a sheet of a chart
            continue
        grid = _grid(reader, name)
        first, makes = makes_of_cells(maker, len(grid.columns))
        yield with_clock_times(replace(grid, makes=makes, first_column=first))


def _reader(data: bytes) -> fastexcel.ExcelReader:
    try:
        return fastexcel.read_excel(data)
    except fastexcel.FastExcelError as problem:
        kind = "encrypted" if "password" in str(problem).lower() else "damaged"
        raise UnreadableFileError(kind=kind) from problem


def _grid(reader: fastexcel.ExcelReader, name: str) -> Grid:
    """The cells of a sheet, from the very first row on, so that row numbers are Excel's own."""
    try:
        sheet = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
        cells, faults = sheet.to_arrow_with_errors()
    except fastexcel.FastExcelError as problem:
        raise UnreadableFileError(kind="damaged") from problem
    columns = list(cells.columns)
    if faults is not None:
        _show_faults(columns, faults)
    return Grid("", name, tuple(columns), hidden=sheet.visible != "visible")


def _show_faults(columns: list[pa.Array], faults: fastexcel.CellErrors) -> None:
    """Puts what the cell shows (`#N/A`) where the reader left it empty."""
    shown: dict[int, dict[int, str]] = {}
    for fault in faults.errors:
        row, column = fault.position
        what = fault.detail.removeprefix(_FAULT_BEGINS).removesuffix(")'")
        shown.setdefault(column, {})[row] = _FAULTS.get(what, "#N/A")
    for column, texts in shown.items():
        places = pa.array(sorted(texts), pa.int64())
        columns[column] = pa.compute.replace_with_mask(
            columns[column],
            pa.compute.is_in(pa.array(range(len(columns[column]))), places),
            pa.array([texts[row] for row in sorted(texts)], pa.string()),
        )


def _from_column(merged: list[Merged], first: int) -> tuple[Merged, ...]:
    """Merged ranges counted from the grid's first column."""
    return tuple(
        (top, max(left - first, 0), bottom, right - first)
        for top, left, bottom, right in merged
        if right >= first
    )
