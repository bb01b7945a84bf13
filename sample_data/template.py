"""The empty workbook for those who have no export.

The data sheets hold headers and nothing else, so that uploading the template untouched finds no clients rather than
invented ones. The examples stand on the first sheet, one column of the template on each row: laid out like that they
are no table of clients to any reader. Each header's note repeats what goes in; lists and checks stand behind columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from sample_data.sheets import Column, Instructions, Sheet, Wording
from sample_data.workbooks import DATE_FORMAT, INK, LINE, PAPER, WORDINGS, saved

TEMPLATE_NAMES: Mapping[str, str] = MappingProxyType(
    {"es": "plantilla_puntual.xlsx", "en": "puntual_template.xlsx"}
)

MUTED = "615C54"
LAST_ROW = 1_048_576  # validations reach to the end of the sheet: they cost nothing there
NUMBER_FORMATS = {"date": DATE_FORMAT, "money": "#,##0.00", "number": "0", "text": "@", "choice": "General"}
INSTRUCTION_WIDTHS = (16, 22, 16, 78, 26, 26)
HEADER_HEIGHT = 24

FILLS = {True: PatternFill("solid", fgColor=INK), False: PatternFill("solid", fgColor=PAPER)}
UNDERLINE = Border(bottom=Side("thin", color=LINE))


def template(language: str) -> bytes:
    """The template in `es` or `en`, as xlsx."""
    wording = WORDINGS[language]
    book = Workbook()
    book.properties.title = wording.instructions.file_title
    book.properties.language = language
    _write_instructions(book.active, wording)
    for sheet in wording.sheets:
        _write_data_sheet(book.create_sheet(sheet.name), sheet, wording)
    return saved(book)


def _write_data_sheet(page: Worksheet, sheet: Sheet, wording: Wording) -> None:
    page.freeze_panes = "A2"
    page.sheet_properties.tabColor = INK if sheet.table == "sales" else LINE
    page.row_dimensions[1].height = HEADER_HEIGHT
    for position, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(position)
        page.column_dimensions[letter].width = max(column.width, len(column.header) + 4)
        page.column_dimensions[letter].number_format = NUMBER_FORMATS[column.kind]
        header = page.cell(1, position, column.header)
        _style_header(page, header.coordinate, required=column.required)
        header.comment = _note(column, wording.instructions)
        check = _check(column, wording)
        if check:
            check.add(f"{letter}2:{letter}{LAST_ROW}")
            page.add_data_validation(check)


def _style_header(page: Worksheet, cell: str, *, required: bool) -> None:
    """Ink for what is needed, paper for what is optional."""
    page[cell].font = Font(bold=True, color="FFFFFF" if required else INK)
    page[cell].fill = FILLS[required]
    page[cell].border = UNDERLINE
    page[cell].alignment = Alignment(vertical="center")


def _note(column: Column, words: Instructions) -> Comment:
    need = words.required if column.required else words.optional
    text = f"{need}. {column.note}\n{words.example.format(column.examples[0] or column.examples[1])}"
    return Comment(text, "Puntual", width=280, height=110)


def _check(column: Column, wording: Wording) -> DataValidation | None:
    """What the sheet says when a cell cannot be what its column holds; lists that are only suggestions just show."""
    words = wording.instructions
    if column.choices:
        options = [wording.words[code] for code in column.choices]
        check = DataValidation(type="list", formula1=f'"{",".join(options)}"', allow_blank=True)
        check.error = words.choose.format(", ".join(options))
        check.showErrorMessage = not column.open_list
    elif column.kind == "date":
        check = DataValidation(type="date", operator="greaterThan", formula1="1", allow_blank=True)
        check.error = words.not_a_date
        check.showErrorMessage = True
    elif column.kind in {"money", "number"}:
        check = DataValidation(
            type="decimal", operator="between", formula1="-1E+12", formula2="1E+12", allow_blank=True
        )
        check.error = words.not_a_number
        check.showErrorMessage = True
    else:
        return None
    check.errorTitle = column.header
    return check


def _write_instructions(page: Worksheet, wording: Wording) -> None:
    words = wording.instructions
    page.title = words.sheet_name
    page.sheet_view.showGridLines = False
    for position, width in enumerate(INSTRUCTION_WIDTHS, start=1):
        page.column_dimensions[get_column_letter(position)].width = width
    page["A1"] = words.title
    page["A1"].font = Font(name="Georgia", size=18, bold=True, color=INK)
    page.row_dimensions[1].height = 34
    for row, step in enumerate(words.steps, start=2):
        page.cell(row, 1, step).font = Font(color=INK)
    row = len(words.steps) + 3
    for position, header in enumerate(words.headers, start=1):
        page.cell(row, position, header)
        _style_header(page, page.cell(row, position).coordinate, required=False)
    for sheet in wording.sheets:
        row = _describe(page, row + 1, sheet, words)
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _describe(page: Worksheet, row: int, sheet: Sheet, words: Instructions) -> int:
    """The sheet's purpose and a row for each of its columns; returns the last row written."""
    page.cell(row, 1, sheet.name).font = Font(bold=True, color=INK)
    page.cell(row, 2, sheet.purpose).font = Font(color=MUTED)
    page.row_dimensions[row].height = 26
    for column in sheet.columns:
        row += 1
        need = words.required if column.required else words.optional
        said = [(text, Font(color=INK)) for text in (column.header, need, column.note)]
        said += [(text, Font(italic=True, color=MUTED)) for text in column.examples]
        for position, (text, font) in enumerate(said, start=2):
            cell = page.cell(row, position, text or None)
            cell.font = font
            cell.number_format = "@"
            cell.border = UNDERLINE
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    return row
