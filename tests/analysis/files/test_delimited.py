"""Text tables: encoding, delimiter, quotes and uneven rows."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.files.delimited import text_grid
from analysis.files.encodings import decoded
from analysis.files.grid import Grid
from analysis.files.upload import Upload


def grid(text: str) -> Grid:
    return text_grid(Upload("ventas.csv", text.encode()))


def rows(text: str) -> list[list[str]]:
    columns = [[cell or "" for cell in column.to_pylist()] for column in grid(text).columns]
    return [list(row) for row in zip(*columns, strict=True)]


def delimiter_of(text: str) -> str:
    form = grid(text).text
    assert form is not None
    return form.delimiter


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str):
    lines = [["Cliente", "Fecha", "Importe"], ["Ana", "01/02/2024", "12.50"], ["Luz", "02/02/2024", "8"]]
    text = "\n".join(delimiter.join(line) for line in lines)
    assert delimiter_of(text) == delimiter
    assert rows(text) == lines


def test_decimal_commas_do_not_make_a_comma_the_delimiter():
    text = "Cliente;Importe\n" + "\n".join(f"Ana;{n},50" for n in range(50))
    assert delimiter_of(text) == ";"


def test_a_semicolon_inside_quotes_is_part_of_the_cell():
    text = 'Cliente,Notas\nAna,"corte; y color"\nLuz,"dijo ""hola"""\n'
    assert rows(text)[1:] == [["Ana", "corte; y color"], ["Luz", 'dijo "hola"']]


def test_a_line_break_inside_quotes_stays_in_its_row():
    text = 'Cliente,Notas,Importe\nAna,"primera\nsegunda",3\nLuz,,4\n'
    assert rows(text)[1:] == [["Ana", "primera\nsegunda", "3"], ["Luz", "", "4"]]


def test_rows_of_uneven_width_keep_their_place():
    text = "Informe de ventas\n\nCliente,Fecha,Importe\nAna,2024-01-01,3,extra\nLuz,2024-01-02\n"
    read = grid(text)
    assert [row[0] for row in read.head(5)] == ["Informe de ventas", "", "Cliente", "Ana", "Luz"]
    assert read.head(5)[3] == ["Ana", "2024-01-01", "3", "extra"]
    assert read.head(5)[4] == ["Luz", "2024-01-02", "", ""]


def test_a_hint_line_for_excel_names_the_delimiter_and_is_no_row():
    assert rows("sep=|\nCliente|Importe\nAna|3\n")[0] == ["Cliente", "Importe"]


def test_a_single_column_is_one_column():
    assert rows("Cliente\nAna\nLuz\n") == [["Cliente"], ["Ana"], ["Luz"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encoding_is_found(encoding: str):
    assert decoded("Año;Señora;€\n1;Íñigo;5".encode(encoding)).text == "Año;Señora;€\n1;Íñigo;5"


cell = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8)


@given(
    st.lists(st.tuples(cell, cell, st.integers(0, 9999).map(str)), min_size=3, max_size=30),
    st.sampled_from([",", ";", "\t", "|"]),
)
def test_every_written_cell_is_read_back(table: list[tuple[str, str, str]], delimiter: str):
    lines = [("Cliente", "Servicio", "Importe"), *table]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(lines)
    assert rows(text.getvalue()) == [list(line) for line in lines]
