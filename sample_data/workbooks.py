"""Samples as workbooks and csv files, the same bytes every time."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from sample_data.english import ENGLISH
from sample_data.sample import Sample
from sample_data.sheets import Column, Kind, Sheet, Wording
from sample_data.spanish import SPANISH

WORDINGS: Mapping[str, Wording] = MappingProxyType({"es": SPANISH, "en": ENGLISH})

INK, PAPER, LINE = "22303F", "F5F3EE", "DDD8CE"
DATE_FORMAT = "dd/mm/yyyy"
MONEY_FORMATS = {"€": "#,##0.00 [$€-C0A]", "£": "[$£-809]#,##0.00"}

#: Width of the columns that a till adds and no table of ours uses.
OWN_COLUMN_WIDTH = 16

#: The time of the archive's members and of the document: a workbook that says when it was made is never the same
#: twice.
WRITTEN_AT = dt.datetime(2026, 11, 2, 9, 0, 0)

#: Three in five walk-ins are called so by the till, the others have no name at all.
NAMED_WALK_INS = 0.6


def sheets(sample: Sample) -> dict[str, pd.DataFrame]:
    """The sample's tables as its owner's system would export them: sheet names, headers and words of its language."""
    wording = WORDINGS[sample.language]
    return {sheet.name: _in_words(sample, sheet, wording) for sheet in wording.sheets}


def write_sample(sample: Sample, directory: Path) -> tuple[Path, ...]:
    """Write the workbook and, beside it, the planted truth, rhythms and facts as csv."""
    workbook = directory / sample.file
    workbook.write_bytes(workbook_bytes(sample))
    written = [workbook]
    for part, frame in (("truth", sample.truth), ("rhythms", sample.rhythms), ("facts", sample.facts)):
        written.append(directory / f"{sample.name}_{part}.csv")
        frame.to_csv(written[-1], index=False, lineterminator="\n", date_format="%Y-%m-%d")
    return tuple(written)


def workbook_bytes(sample: Sample) -> bytes:
    """The sample as xlsx: header row frozen, dates and money as numbers with their formats."""
    wording = WORDINGS[sample.language]
    book = Workbook(write_only=True)
    for sheet in wording.sheets:
        frame = _in_words(sample, sheet, wording)
        page = book.create_sheet(sheet.name)
        page.freeze_panes = "A2"
        page.auto_filter.ref = f"A1:{get_column_letter(frame.shape[1])}{len(frame) + 1}"
        columns = {_header(column, sample.currency): column for column in sheet.columns}
        for position, header in enumerate(frame.columns, start=1):
            width = columns[header].width if header in columns else OWN_COLUMN_WIDTH
            page.column_dimensions[get_column_letter(position)].width = width
        page.append([_header_cell(page, header) for header in frame.columns])
        kinds = {header: column.kind for header, column in columns.items()}
        for row in _rows(frame, page, kinds, MONEY_FORMATS[sample.currency]):
            page.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The workbook's bytes, without the moment of saving in them."""
    book.properties.creator = "Puntual"
    book.properties.created = WRITTEN_AT
    buffer = io.BytesIO()
    book.save(buffer)
    return _still(buffer)


def _still(buffer: io.BytesIO) -> bytes:
    out = io.BytesIO()
    stamp = WRITTEN_AT.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with (
        zipfile.ZipFile(buffer) as archive,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as still,
    ):
        for name in sorted(archive.namelist(), key=lambda member: (member != "[Content_Types].xml", member)):
            content = archive.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
            still.writestr(zipfile.ZipInfo(name, WRITTEN_AT.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _in_words(sample: Sample, sheet: Sheet, wording: Wording) -> pd.DataFrame:
    """One sheet: headers for fields, words for codes, the currency's sign in the header of money."""
    table = sample.tables[sheet.table]
    columns = {}
    for column in sheet.columns:
        if column.field in table:
            columns[_header(column, sample.currency)] = _values(table, column, sample, wording)
    for field, header in wording.own_columns.items():
        if field in table:
            columns[header] = table[field].astype("object")
    return pd.DataFrame(columns)


def _header(column: Column, currency: str) -> str:
    return f"{column.header} ({currency})" if column.kind == "money" else column.header


def _values(table: pd.DataFrame, column: Column, sample: Sample, wording: Wording) -> pd.Series:
    values: pd.Series = table[column.field].astype("object")
    if column.choices:
        return values.replace({True: "yes", False: "no"}).map(wording.words)
    if column.field == "rating":
        return values / 10 * sample.best_rating
    if column.field == "client_name":
        named = np.arange(len(table)) % 5 < NAMED_WALK_INS * 5
        return values.mask(values.isna() & named, wording.walk_in)
    return values


def _header_cell(page: Worksheet, header: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, header)
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor=INK)
    cell.alignment = Alignment(vertical="center")
    return cell


def _rows(
    frame: pd.DataFrame, page: Worksheet, kinds: Mapping[str, Kind], money_format: str
) -> Iterator[list[object]]:
    """Rows as openpyxl takes them: None for what is missing, dates and money with their formats."""
    columns = []
    for header, values in frame.items():
        cells = values.astype("object").where(values.notna(), None).tolist()
        kind = kinds.get(str(header), "text")
        if kind == "date":
            cells = [_formatted(page, cell.to_pydatetime(), DATE_FORMAT) if cell else None for cell in cells]
        elif kind == "money":
            cells = [_formatted(page, cell, money_format) for cell in cells]
        columns.append(cells)
    yield from (list(row) for row in zip(*columns, strict=True))


def _formatted(page: Worksheet, value: object, number_format: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, value)
    cell.number_format = number_format
    return cell
