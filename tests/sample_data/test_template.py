from __future__ import annotations

import datetime as dt
import io
from typing import TypeAlias

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from analysis.book import TABLES
from analysis.errors import NoVisitsError
from analysis.portfolio import analyse
from analysis.reading import Upload, read
from sample_data.sheets import Column, Sheet, Wording
from sample_data.template import INK, PAPER, template
from sample_data.workbooks import WORDINGS

#: A template's wording, and the template as openpyxl reads it.
Opened: TypeAlias = tuple[Wording, openpyxl.Workbook]


@pytest.fixture(scope="module", params=["es", "en"])
def opened(request: pytest.FixtureRequest):
    return WORDINGS[request.param], openpyxl.load_workbook(io.BytesIO(template(request.param)))


def data_sheets(opened: Opened) -> list[tuple[Sheet, Worksheet]]:
    wording, book = opened
    return [(sheet, book[sheet.name]) for sheet in wording.sheets]


def test_the_template_opens_on_its_instructions_and_has_every_table(opened: Opened):
    wording, book = opened
    assert book.sheetnames == [wording.instructions.sheet_name, *(sheet.name for sheet in wording.sheets)]
    assert book.active.title == wording.instructions.sheet_name
    assert [sheet.table for sheet in wording.sheets] == list(TABLES)


def test_data_sheets_hold_headers_and_no_invented_rows(opened: Opened):
    for sheet, page in data_sheets(opened):
        assert page.max_row == 1
        assert [cell.value for cell in page[1]] == [column.header for column in sheet.columns]


def test_each_header_says_what_goes_in_and_whether_it_is_needed(opened: Opened):
    wording, _ = opened
    for sheet, page in data_sheets(opened):
        for column, cell in zip(sheet.columns, page[1], strict=True):
            need = wording.instructions.required if column.required else wording.instructions.optional
            assert cell.comment.text.startswith(f"{need}. {column.note}")
            assert cell.fill.fgColor.rgb.endswith(INK if column.required else PAPER)
            assert cell.font.bold


def test_the_header_row_is_frozen_and_columns_are_wide_enough_for_it(opened: Opened):
    for sheet, page in data_sheets(opened):
        assert page.freeze_panes == "A2"
        for column, cell in zip(sheet.columns, page[1], strict=True):
            assert page.column_dimensions[cell.column_letter].width >= len(column.header)


def test_columns_with_choices_offer_them_and_short_enough_for_excel(opened: Opened):
    wording, _ = opened
    for sheet, page in data_sheets(opened):
        lists = {
            str(check.sqref): check for check in page.data_validations.dataValidation if check.type == "list"
        }
        for column, cell in zip(sheet.columns, page[1], strict=True):
            if not column.choices:
                continue
            check = lists[f"{cell.column_letter}2:{cell.column_letter}1048576"]
            assert check.formula1 == '"' + ",".join(wording.words[code] for code in column.choices) + '"'
            assert len(check.formula1) <= 257  # Excel's limit: 255 characters between the quotes
            assert check.showErrorMessage is not column.open_list


def test_dates_and_amounts_are_checked_and_formatted(opened: Opened):
    for sheet, page in data_sheets(opened):
        checks = {str(check.sqref)[0]: check.type for check in page.data_validations.dataValidation}
        for column, cell in zip(sheet.columns, page[1], strict=True):
            kind = {"date": "date", "money": "decimal", "number": "decimal", "choice": "list"}.get(
                column.kind
            )
            assert checks.get(cell.column_letter) == kind
            if column.kind == "date":
                assert page.column_dimensions[cell.column_letter].number_format == "dd/mm/yyyy"
            if column.kind == "text":
                assert page.column_dimensions[cell.column_letter].number_format == "@"


def test_the_examples_stand_on_the_instructions_in_grey_italics(opened: Opened):
    wording, book = opened
    page = book[wording.instructions.sheet_name]
    cells = [cell for row in page.iter_rows(min_col=5, max_col=6) for cell in row if cell.value]
    shown = {cell.value for cell in cells}
    for sheet in wording.sheets:
        for column in sheet.columns:
            assert {text for text in column.examples if text} <= shown
    examples = [cell for cell in cells if cell.value not in wording.instructions.headers]
    assert all(cell.font.italic for cell in examples)


def test_no_row_of_the_instructions_looks_like_the_header_of_a_data_sheet(opened: Opened):
    """The examples are laid out sideways, so that no reader can take them for clients."""
    wording, book = opened
    page = book[wording.instructions.sheet_name]
    for sheet in wording.sheets:
        headers = {column.header for column in sheet.columns}
        for row in page.iter_rows(values_only=True):
            assert len(headers & set(row)) <= 1


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_template_is_the_same_bytes_every_time(language: str):
    assert template(language) == template(language)


@pytest.mark.parametrize("language", ["es", "en"])
def test_an_untouched_template_holds_no_visits_and_says_so(language: str):
    book = read([Upload("template.xlsx", template(language))])
    assert [sheet.table for sheet in book.sheets] == [None, *TABLES]
    assert all(book.table(name).empty for name in TABLES)
    with pytest.raises(NoVisitsError):
        analyse(book)


def test_a_filled_template_is_read_in_full(opened: Opened):
    """Two rows in every sheet, typed from the examples."""
    wording, _ = opened
    workbook = openpyxl.load_workbook(io.BytesIO(template(wording.language)))
    for sheet in wording.sheets:
        rows = [[_typed(column, n) for column in sheet.columns] for n in (0, 1)]
        for row in rows:
            workbook[sheet.name].append(row)
    filled = io.BytesIO()
    workbook.save(filled)
    book = read([Upload("template.xlsx", filled.getvalue())])
    for sheet in wording.sheets:
        table = book.table(sheet.table)
        assert len(table) == 2
        for column in set(TABLES[sheet.table]):
            assert table[column].notna().any(), (sheet.name, column)
    assert set(book.left_out["sheet"]) == {wording.instructions.sheet_name}
    assert book.sales["client_id"].isin(book.table("clients")["client_id"]).all()


def _typed(column: Column, example: int) -> object:
    """An example as one would type it into the sheet: a date, a number or a text."""
    text = column.examples[example] or None
    if text and column.kind == "date":
        return dt.datetime.strptime(text, "%d/%m/%Y")
    if text and column.kind in {"money", "number"}:
        return float(text.replace(",", "."))
    return text
