"""Where the table begins, and the rows below it that are no data."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.analysis.reading.exports import book_of, csv, fates, fields, xlsx

HEADER = ["Cliente", "Fecha", "Servicio", "Importe"]
ANA = ["Ana Pérez", dt.date(2024, 1, 31), "Corte", 25]
LUZ = ["Luz Gómez", dt.date(2024, 2, 1), "Color", 60]


@pytest.mark.parametrize(
    "above",
    [
        [],
        [["Reporte de ventas"]],
        [["Peluquería Sol", None, None, None], ["Reporte descargado el", "03/03/2024"], []],
        [[], [], ["VENTAS 2024"]],
    ],
)
def test_the_header_is_found_below_titles_and_rows_keep_excels_numbers(above: list[list[object]]):
    book = book_of(xlsx({"Ventas": [*above, HEADER, ANA, ["", "", "", ""], LUZ, ["Eva", None, "Corte", 3]]}))
    assert book.sheets[0].header_row == len(above) + 1
    assert book.sales["client_name"].tolist() == ["Ana Pérez", "Luz Gómez"]
    assert fates(book) == [(len(above) + 3, "empty"), (len(above) + 5, "no_date")]


def test_a_blank_first_column_is_no_column():
    book = book_of(csv(",Cliente,Fecha,Importe", ",Ana,2024-01-01,5", ",Luz,2024-01-02,6"))
    assert list(fields(book)) == ["Cliente", "Fecha", "Importe"]
    assert [column.position for column in book.columns] == [1, 2, 3]


def test_an_unnamed_column_with_cells_is_shown_and_unused():
    book = book_of(csv("Cliente,Fecha,Importe,", "Ana,2024-01-01,5,raro", "Luz,2024-01-02,6,"))
    assert fields(book)[""] is None


@pytest.mark.parametrize(
    "label", ["TOTAL", "Total general", "TOTAL:", "Suma", "Subtotal enero", "Grand Total"]
)
def test_a_labelled_row_of_totals_is_left_out(label: str):
    book = book_of(xlsx({"Ventas": [HEADER, ANA, LUZ, [label, None, None, 85]]}))
    assert fates(book) == [(4, "total_row")]
    assert book.sales["amount"].sum() == 85


def test_an_unlabelled_row_that_adds_up_all_others_is_left_out_as_a_total():
    book = book_of(xlsx({"Ventas": [HEADER, ANA, LUZ, [None, None, None, 85]]}))
    assert fates(book) == [(4, "total_row")]


def test_a_client_whose_name_begins_like_a_total_is_a_client():
    book = book_of(xlsx({"Ventas": [HEADER, ["Total Fitness SL", dt.date(2024, 1, 1), "Corte", 3], LUZ]}))
    assert book.sales["client_name"].tolist() == ["Total Fitness SL", "Luz Gómez"]


def test_a_header_repeated_further_down_is_left_out():
    book = book_of(xlsx({"Ventas": [HEADER, ANA, HEADER, LUZ]}))
    assert fates(book) == [(3, "repeated_header")]


def test_empty_rows_at_the_foot_are_formatting_and_no_rows():
    book = book_of(csv("Cliente,Fecha,Importe", "Ana,2024-01-01,5", ",,", " ,,", ",,"))
    assert book.rows_read == 1


def test_a_row_left_out_is_shown_as_written_and_cut_when_long():
    book = book_of(csv("Cliente,Fecha,Notas", "Ana,2024-01-01,x", f"Luz,nunca,{'blá ' * 200}"))
    assert book.left_out["text"][0].startswith("Luz · nunca · blá")
    assert len(book.left_out["text"][0]) == 300
