"""Sales lines: amounts, statuses, ratings."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from analysis.reading import Upload
from tests.analysis.reading.exports import book_of, csv, fates, ods, xlsx


def test_without_amounts_quantity_times_price_is_the_amount():
    book = book_of(
        csv("Customer,Date,Quantity,Price", "Ann Lee,2024-01-31,12,6.95", "Bob Ray,2024-01-31,-1,5")
    )
    assert book.sales["amount"].tolist() == pytest.approx([83.4, -5.0])
    assert book.sales["status"].tolist() == ["completed", "refund"]
    assert book.knows("sales", "amount")


def test_a_price_alone_is_the_amount():
    assert book_of(csv("Cliente,Fecha,Precio", "Ana,2024-01-01,12.5")).sales["amount"].tolist() == [12.5]


def test_a_column_of_amounts_that_is_empty_is_unknown_and_never_zero():
    book = book_of(csv("customer,date,amount", "1,2006-01-01,", "2,2006-01-02,"))
    assert np.isnan(book.sales["amount"]).all()
    assert not book.knows("sales", "amount")


def test_negative_amounts_without_a_status_are_refunds():
    book = book_of(csv("Cliente,Fecha,Importe", "Ana,2024-01-01,20", "Ana,2024-01-02,-20"))
    assert book.sales["status"].tolist() == ["completed", "refund"]
    assert not book.knows("sales", "status")


def test_a_credit_note_gives_money_back_however_its_amount_is_written():
    book = book_of(
        csv(
            "Cliente;Fecha;Tipo de comprobante;Total",
            "Ana;2024-01-01;11 - Factura C;20",
            "Ana;2024-01-02;13 - Nota de Crédito C;20",
        )
    )
    assert book.sales["amount"].tolist() == [20.0, -20.0]
    assert book.sales["status"].tolist() == ["completed", "refund"]


@pytest.mark.parametrize(
    "kinds", [("New", "Returning"), ("Abono mensual", "Clase suelta"), ("Devolución", "Devolución")]
)
def test_a_type_that_is_no_credit_note_takes_no_money_back(kinds: tuple[str, str]):
    rows = [f"Ana,2024-01-{day:02},{kinds[day % 2]},20" for day in range(1, 9)]
    assert book_of(csv("Cliente,Fecha,Tipo,Importe", *rows)).sales["amount"].sum() == 160


def test_each_status_is_understood():
    rows = ["Realizada", "Anulada", "No vino", "Reservada", "Devolución", "", "Rarísimo"]
    book = book_of(
        csv(
            "Cliente,Fecha,Estado,Importe",
            *(f"Ana,2024-01-{day:02},{text},10" for day, text in enumerate(rows, 1)),
        )
    )
    wanted = ["completed", "cancelled", "no_show", "booked", "refund", "completed", "completed"]
    assert book.sales["status"].tolist() == wanted


def test_where_booked_is_all_an_export_says_it_means_that_they_came():
    rows = [f"C{day},2024-01-{day:02},Active reservation" for day in range(1, 25)]
    book = book_of(csv("ID Cliente,Day,Status", *rows, "C1,2024-01-30,On waitlist"))
    assert book.sales["status"].value_counts().to_dict() == {"completed": 24, "booked": 1}


@pytest.mark.parametrize(
    ("written", "wanted"),
    [(["1", "3", "5"], [0, 5, 10]), (["0", "5"], [0, 10]), (["7", "10"], [7, 10]), (["40", "100"], [4, 10])],
)
def test_ratings_are_rescaled_to_ten(written: list[str], wanted: list[float]):
    rows = [f"Ana,2024-01-{day:02},{text}" for day, text in enumerate(written, 1)]
    assert book_of(csv("Cliente,Fecha,Valoración", *rows)).sales["rating"].tolist() == wanted


def test_an_unreadable_amount_leaves_its_row_out_and_a_dash_does_not():
    book = book_of(
        csv("Cliente,Fecha,Importe", "Ana,2024-01-01,5", "Ana,2024-01-02,ver caja", "Ana,2024-01-03,-")
    )
    assert fates(book) == [(3, "bad_amount")]
    assert book.sales["amount"].isna().tolist() == [False, True]


@pytest.mark.parametrize("make", [xlsx, ods])
def test_cells_stored_as_numbers_keep_their_decimal_point(make: Callable[..., Upload]):
    """1.234 typed as a number is one and a bit; as a text it is more than a thousand."""
    rows = [["Cliente", "Fecha", "Importe"], ["Ana", "2024-01-31", 1.234], ["Luz", "2024-02-01", 5.678]]
    assert book_of(make({"Ventas": rows})).sales["amount"].tolist() == [1.234, 5.678]
    texts = [rows[0], *([*row[:2], str(row[2])] for row in rows[1:])]
    assert book_of(make({"Ventas": texts})).sales["amount"].tolist() == [1234.0, 5678.0]
