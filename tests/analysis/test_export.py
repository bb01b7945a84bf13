"""Files that a spreadsheet opens without harm: formulas disarmed, phones and numbers whole, marks of the place."""

import csv
import io

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.export import FORMULA_STARTS, CsvStyle, csv_bytes, harmless, xlsx_bytes

SPAIN = CsvStyle.of(",")
MEXICO = CsvStyle.of(".")

FRAME = pd.DataFrame(
    {
        "name": ["Ana", '=HYPERLINK("http://x")', "Pérez; Juan"],
        "phone": ["+51 999 888 777", "600 000 123", None],
        "money": [1234.5, -112.0, np.nan],
        "days": pd.array([3, pd.NA, -2], dtype="Int64"),
        "day": pd.to_datetime(["2026-10-31", None, "2026-01-02"]),
    }
)
HEADERS = {
    "name": "Cliente",
    "phone": "Teléfono",
    "money": "En juego",
    "days": "Días",
    "day": "Última visita",
}


def rows(data: bytes, separator: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator))


def test_a_csv_begins_with_the_mark_excel_needs_for_accents() -> None:
    assert csv_bytes(FRAME, HEADERS).startswith(b"\xef\xbb\xbf")


def test_spain_gets_semicolons_and_decimal_commas() -> None:
    table = rows(csv_bytes(FRAME, HEADERS, SPAIN), ";")
    assert table[0] == ["Cliente", "Teléfono", "En juego", "Días", "Última visita"]
    assert table[1] == ["Ana", "+51 999 888 777", "1234,5", "3", "2026-10-31"]


def test_mexico_gets_commas_and_decimal_points() -> None:
    table = rows(csv_bytes(FRAME, HEADERS, MEXICO), ",")
    assert table[1][2] == "1234.5"


def test_a_name_with_the_separator_in_it_stays_one_cell() -> None:
    assert rows(csv_bytes(FRAME, HEADERS, SPAIN), ";")[3][0] == "Pérez; Juan"


def test_text_formulas_are_disarmed_and_negative_numbers_are_not() -> None:
    second = rows(csv_bytes(FRAME, HEADERS, SPAIN), ";")[2]
    assert second[0] == '\'=HYPERLINK("http://x")'
    assert second[2] == "-112"


def test_what_is_missing_is_an_empty_cell() -> None:
    table = rows(csv_bytes(FRAME, HEADERS, SPAIN), ";")
    assert (table[2][3], table[2][4], table[3][1], table[3][2]) == ("", "", "", "")


def test_only_the_columns_with_a_header_are_written_in_their_order() -> None:
    assert rows(csv_bytes(FRAME, {"days": "Días", "name": "Cliente"}), ",")[1] == ["3", "Ana"]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        "=",
        "-",
        "-10/2-5+1",
        "+51 999 888 777=1",
    ],
)
def test_what_a_spreadsheet_would_compute_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == "'" + text


@pytest.mark.parametrize(
    "text",
    [
        "+51999888777",
        "+34 600-000-123",
        "+1 (555) 010-9999",
        "-5",
        "-12,50",
        "+3.5",
        "-1.234,50",
        "-5%",
        "Ana",
        "",
        "a=b",
    ],
)
def test_phones_and_numbers_stay_whole(text: str) -> None:
    assert harmless(text) == text


@given(st.text())
def test_no_text_leaves_that_begins_like_a_formula_unless_it_is_made_of_digits(text: str) -> None:
    safe = harmless(text)
    assert not safe.startswith(FORMULA_STARTS) or not any(
        letter.isalpha() or letter in "=@|!" for letter in safe
    )


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00")), min_size=1, max_size=6))
def test_every_text_comes_back_as_it_went_but_for_the_apostrophe(texts: list[str]) -> None:
    written = csv_bytes(pd.DataFrame({"x": pd.array(texts, dtype="object")}), {"x": "x"}, SPAIN)
    back = [row[0] if row else "" for row in rows(written, ";")[1:]]
    assert back == [harmless(text) for text in texts]


def test_an_xlsx_holds_strings_as_strings_numbers_as_numbers_and_dates_as_dates() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(FRAME, HEADERS, "¿A quién llamar?"))).active
    assert [cell.value for cell in sheet[1]] == list(HEADERS.values())
    formula = sheet.cell(3, 1)
    assert (formula.data_type, formula.value) == ("s", '=HYPERLINK("http://x")')
    assert (sheet.cell(2, 2).data_type, sheet.cell(2, 2).value) == ("s", "+51 999 888 777")
    assert (sheet.cell(3, 3).data_type, sheet.cell(3, 3).value) == ("n", -112)
    assert sheet.cell(2, 5).is_date
    assert sheet.cell(4, 3).value is None


def test_an_xlsx_survives_characters_that_workbooks_forbid() -> None:
    frame = pd.DataFrame({"name": ["Ana\x0b\x00"]})
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(frame, {"name": "Cliente"}, "[x]/:*?"))).active
    assert sheet.cell(2, 1).value == "Ana"


def test_an_empty_list_is_still_a_file_with_its_headers() -> None:
    empty = FRAME.head(0)
    assert rows(csv_bytes(empty, HEADERS, SPAIN), ";") == [list(HEADERS.values())]
    assert openpyxl.load_workbook(io.BytesIO(xlsx_bytes(empty, HEADERS, "x"))).active.max_row == 1
