"""What a workbook knows of its cells besides their text."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from analysis.files.grid import Grid
from analysis.files.opening import open_here
from analysis.files.upload import Upload
from tests.analysis.reading.exports import XLS
from tests.analysis.reading.raw_files import html_table, page, parts, relations, sheet_rows, xml_2003, zipped

THE_PAGE = (
    "<table><tr><td colspan=2 rowspan=2>Título</td><td>C1</td></tr><tr><td>C2</td></tr>"
    "<tr><td>A3</td><td>B3</td><td> 1.234,50&nbsp;€ </td></tr></table>"
)


def only(data: bytes) -> Grid:
    [grid] = open_here(Upload("ventas.xlsx", data))
    return grid


def column(grid: Grid, position: int = 0) -> list[str | None]:
    return grid.columns[position].to_pylist()


def saved(workbook: openpyxl.Workbook) -> bytes:
    data = io.BytesIO()
    workbook.save(data)
    return data.getvalue()


def shown(*cells: tuple[object, str], epoch: dt.datetime | None = None) -> list[str | None]:
    """The texts of cells made of a value and a number format."""
    workbook = openpyxl.Workbook()
    workbook.epoch = epoch or workbook.epoch
    for row, (value, number_format) in enumerate(cells, start=1):
        cell = workbook.active.cell(row, 1, value)
        cell.number_format = number_format
    return column(only(saved(workbook)))


def test_texts_come_out_as_they_are():
    texts = ["1.234", "00123", "12345678901234567", "NA", "None", "+51 999", "=x", "  a  ", "1e5", "TRUE"]
    workbook = openpyxl.Workbook()
    for row, text in enumerate(texts, start=1):
        cell = workbook.active.cell(row, 1)
        cell.value = text
        cell.data_type = "s"
    assert column(only(saved(workbook))) == texts


def test_numbers_come_out_without_the_noise_of_fractions():
    assert shown((0.1 + 0.2, "General"), (19.99 * 3, "0.00"), (5.0, "General"), (1e-7, "General")) == [
        "0.3", "59.97", "5", "0.0000001",
    ]  # fmt: skip


@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904])
def test_dates_times_and_durations_read_as_the_sheet_shows_them(epoch: dt.datetime | None):
    assert shown((dt.datetime(2026, 3, 1, 10, 20), "dd/mm/yyyy hh:mm"), epoch=epoch) == [
        "2026-03-01 10:20:00"
    ]
    assert shown((dt.time(10, 30), "hh:mm"), (dt.time(9, 5), "hh:mm"), epoch=epoch) == [
        "10:30:00",
        "09:05:00",
    ]
    assert shown((dt.timedelta(hours=30, minutes=5), "[h]:mm:ss"), epoch=epoch) == ["30:05:00"]
    assert shown((dt.timedelta(hours=25), "h:mm"), epoch=epoch) == ["01:00:00"]


def test_every_minute_of_a_day_keeps_its_minute():
    cells = [(45_000 + minute / 1440, "dd/mm/yyyy hh:mm") for minute in range(1440)]
    assert shown(*cells) == [
        str(dt.datetime(2023, 3, 15) + dt.timedelta(minutes=minute)) for minute in range(1440)
    ]


def test_a_formula_that_ended_in_an_error_says_so_and_one_without_value_says_where():
    rows = (
        '<row r="1"><c r="A1" t="str"><v>Importe</v></c></row>'
        '<row r="2"><c r="A2" t="e"><v>#N/A</v></c></row><row r="3"><c r="A3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
        '<row r="4"><c r="A4"><f>B4*2</f></c></row><row r="5"><c r="A5"><f>B5*2</f><v></v></c></row>'
        '<row r="6"><c r="A6"><f>B6*2</f><v>8</v></c></row><row r="7"><c r="A7" t="b"><v>1</v></c></row>'
    )
    grid = only(zipped(parts(rows)))
    assert column(grid) == ["Importe", "#N/A", "#DIV/0!", None, None, "8", "true"]
    assert grid.unvalued == (4, 5)


def test_merged_ranges_count_from_the_first_used_column():
    rows = (
        '<sheetData><row r="2"><c r="C2" t="str"><v>Ventas</v></c></row>'
        '<row r="3"><c r="C3" t="str"><v>a</v></c><c r="D3" s="1"><v>5</v></c></row></sheetData>'
        '<mergeCells count="1"><mergeCell ref="C2:D2"/></mergeCells>'
    )
    styles = (
        '<numFmts count="1"><numFmt numFmtId="170" formatCode="0.00 &quot;€&quot;"/></numFmts>'
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs>'
    )
    grid = only(zipped(parts(rows, styles=styles)))
    assert (grid.first_column, grid.height) == (2, 3)
    assert grid.merged == ((1, 0, 1, 1),)
    assert grid.make(1).number_format == '0.00 "€"'
    assert (grid.make(0).numbers, grid.make(1).numbers) == (False, True)


def test_hidden_sheets_and_those_of_a_pivot_table_are_told():
    workbook = openpyxl.Workbook()
    workbook.active.append(["x"])
    for title, state in (("oculta", "hidden"), ("muy", "veryHidden")):
        workbook.create_sheet(title).append(["y"])
        workbook[title].sheet_state = state
    grids = open_here(Upload("a.xlsx", saved(workbook)))
    assert [grid.hidden for grid in grids] == [False, True, True]
    with_pivot = {
        **parts(sheet_rows()),
        "xl/worksheets/_rels/sheet1.xml.rels": relations(("pivotTable", "../pivotTables/pivotTable1.xml")),
    }
    assert only(zipped(with_pivot)).pivot
    assert not only(zipped(parts(sheet_rows()))).pivot


def test_rows_that_a_filter_hides_are_data():
    workbook = openpyxl.Workbook()
    for row in (["Cliente"], ["Ana"], ["Luz"]):
        workbook.active.append(row)
    workbook.active.row_dimensions[2].hidden = True
    assert column(only(saved(workbook))) == ["Cliente", "Ana", "Luz"]


def test_an_old_workbook_has_its_makes():
    grid = next(iter(open_here(XLS)))
    assert len(grid.makes) == len(grid.columns)


def test_a_page_puts_merged_cells_where_they_stand():
    grid = only(page(THE_PAGE))
    assert [column(grid, place) for place in range(3)] == [
        ["Título", None, "A3"],
        [None, None, "B3"],
        ["C1", "C2", "1.234,50 €"],
    ]
    assert grid.merged == ((0, 0, 1, 1),)


def test_tables_of_other_widths_are_sheets_of_their_own():
    wide, narrow = html_table(), html_table((("a", "b"), ("1", "2")))
    grids = open_here(Upload("v.xls", page(wide + narrow)))
    assert [(grid.sheet, len(grid.columns), grid.height) for grid in grids] == [("1", 3, 3), ("2", 2, 2)]


def test_the_xml_of_excel_2003_keeps_places_types_and_formats():
    styles = '<Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style>'
    rows = (
        '<Row ss:Index="3"><Cell ss:Index="2" ss:MergeAcross="1"><Data ss:Type="String">T</Data></Cell>'
        '<Cell><Data ss:Type="String">x</Data></Cell></Row>'
        '<Row><Cell ss:Index="2"><Data ss:Type="Boolean">1</Data></Cell>'
        '<Cell ss:StyleID="p"><Data ss:Type="Number">0.30000000000000004</Data></Cell>'
        '<Cell><Data ss:Type="DateTime">1899-12-31T10:30:00.000</Data></Cell></Row>'
        '<Row><Cell ss:Index="3" ss:Formula="=R[-1]C"/></Row>'
    )
    options = "<Visible>SheetHidden</Visible>"
    hidden = f'<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">{options}</WorksheetOptions>'
    grid = only(xml_2003(rows, styles, options=hidden))
    assert [column(grid, place) for place in range(3)] == [
        [None, None, "T", "true"],
        [None, None, None, "0.3"],
        [None, None, "x", "10:30:00"],
    ]
    assert (grid.first_column, grid.merged, grid.unvalued, grid.hidden) == (1, ((2, 0, 2, 1),), (5,), True)
    assert (grid.make(1).numbers, grid.make(1).number_format) == (True, "0.00%")
