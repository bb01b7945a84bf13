"""Tables as files that a spreadsheet opens without harm: csv and xlsx.

Whoever calls gives the headers; nothing here knows a language. What came from the owner's file may begin like a
formula (`=`, `+`, `-`, `@`, tab, carriage return); such *text* gets an apostrophe in front in a csv and stays
plain text in an xlsx. Numbers stay numbers, negative ones too, and phones (`+51 999 888 777`) stay whole.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation, DataValidationList

#: First characters with which a spreadsheet takes a text for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

#: Digits with what people write between them; nothing a formula could be made of.
_PHONE = re.compile(r"\+?\(?\d[\d\s().\-/]{4,}")
_NUMBER = re.compile(r"[+-]?\d[\d.,\s]*%?")

_WIDEST_COLUMN, _NARROWEST_COLUMN = 60, 10


@dataclass(frozen=True)
class CsvStyle:
    """How the reader's spreadsheet expects a csv: `;` and a decimal comma in Spain, `,` and a point in Mexico."""

    separator: str = ","
    decimal_mark: str = "."

    @classmethod
    def of(cls, decimal_mark: str) -> CsvStyle:
        """Where the comma is the decimal mark, spreadsheets part columns with a semicolon."""
        return cls(";" if decimal_mark == "," else ",", decimal_mark)


def harmless(text: str) -> str:
    """The text as a csv cell that no spreadsheet computes; phones and numbers stay as they are."""
    if not text.startswith(FORMULA_STARTS):
        return text
    return text if _PHONE.fullmatch(text) or _NUMBER.fullmatch(text) else "'" + text


def csv_bytes(frame: pd.DataFrame, headers: Mapping[str, str], style: CsvStyle | None = None) -> bytes:
    """The columns named in `headers`, in that order, as UTF-8 with the mark Excel needs to know it.

    Dates are ISO, missing values empty, floats rounded to two decimals (money) with the style's decimal mark.
    """
    style = style or CsvStyle()
    texts = [_column_texts(frame[name], style.decimal_mark) for name in headers]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=style.separator, lineterminator="\r\n")
    writer.writerow([harmless(header) for header in headers.values()])
    writer.writerows(zip(*texts, strict=True))
    return out.getvalue().encode("utf-8-sig")


def program_csv(table: pd.DataFrame, line_end: str = "\n", digits: int = 10) -> bytes:
    """A table for other programs, its own column names as headers: UTF-8, dates ISO, numbers plain, true and false."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=line_end)
    writer.writerow(table.columns)
    writer.writerows(zip(*(_plain_texts(table[name], digits) for name in table.columns), strict=True))
    return out.getvalue().encode("utf-8")


def _plain_texts(column: pd.Series, digits: int) -> list[str]:
    """A column as texts for a program, each distinct value written once."""
    codes, values = pd.factorize(column)
    if pd.api.types.is_bool_dtype(column.dtype):
        texts = ["true" if value else "false" for value in values]
    elif pd.api.types.is_datetime64_any_dtype(column.dtype):
        texts = [f"{value:%Y-%m-%d}" for value in pd.DatetimeIndex(values)]
    elif pd.api.types.is_float_dtype(column.dtype):
        texts = [f"{value:.{digits}g}" for value in values]
    else:
        texts = [harmless(value) if isinstance(value, str) else str(value) for value in values]
    written: list[str] = np.array([*texts, ""], dtype=object)[codes].tolist()
    return written


def xlsx_bytes(
    frame: pd.DataFrame,
    headers: Mapping[str, str],
    title: str,
    choices: Mapping[str, Sequence[str]] | None = None,
) -> bytes:
    """The same table as a workbook of one sheet: strings as strings, numbers and dates as what they are.

    `choices`: the words (without commas) that the cells of a column are chosen from; others can still be typed.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31] or "1")
    sheet.freeze_panes = "B2"
    columns = [frame[name] for name in headers]
    for place, (column, header) in enumerate(zip(columns, headers.values(), strict=True), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _width(column, header)
    sheet.append([_text_cell(sheet, header, bold=True) for header in headers.values()])
    for values in zip(*(column.astype(object) for column in columns), strict=True):
        sheet.append([_cell(sheet, value) for value in values])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headers))}{len(frame) + 1}"
    names = list(headers)
    sheet.data_validations = DataValidationList(
        dataValidation=[
            _choice(words, get_column_letter(names.index(name) + 1), len(frame) + 1)
            for name, words in (choices or {}).items()
            if name in names and len(frame)
        ]
    )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _choice(words: Sequence[str], letter: str, last_row: int) -> DataValidation:
    """A drop-down list for one column that warns of other words and takes them."""
    listed = DataValidation(
        type="list", formula1='"' + ",".join(words) + '"', allow_blank=True, showErrorMessage=True
    )
    listed.errorStyle = "information"
    listed.add(f"{letter}2:{letter}{last_row}")
    return listed


def _column_texts(column: pd.Series, decimal_mark: str) -> list[str]:
    """A column as csv texts."""
    if pd.api.types.is_bool_dtype(column.dtype):
        return ["" if missing else str(value) for value, missing in zip(column, column.isna(), strict=True)]
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return list(column.dt.strftime("%Y-%m-%d").fillna(""))
    if pd.api.types.is_integer_dtype(column.dtype):
        return ["" if missing else str(value) for value, missing in zip(column, column.isna(), strict=True)]
    if pd.api.types.is_float_dtype(column.dtype):
        return [
            "" if missing else _float_text(float(value), decimal_mark)
            for value, missing in zip(column, column.isna(), strict=True)
        ]
    return [
        "" if missing else harmless(str(value)) for value, missing in zip(column, column.isna(), strict=True)
    ]


def _float_text(value: float, decimal_mark: str) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return ("0" if text == "-0" else text).replace(".", decimal_mark)


def _text_cell(sheet: object, text: str, *, bold: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value="")
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"  # openpyxl would make a formula of "=..."
    if bold:
        cell.font = Font(bold=True)
    return cell


def _cell(sheet: object, value: Any) -> object:  # noqa: ANN401 - whatever a column holds
    if isinstance(value, str):
        return _text_cell(sheet, value)
    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        cell = WriteOnlyCell(sheet, value=value.date())
        cell.number_format = "yyyy-mm-dd"
        return cell
    if isinstance(value, float):
        return round(value, 2)
    return value


def _width(column: pd.Series, header: str) -> float:
    longest = column.astype(str).str.len().max() if len(column) else 0
    return float(min(max(longest, len(header), _NARROWEST_COLUMN) + 2, _WIDEST_COLUMN))
