"""Who is who across rows, spellings and tables."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.reading.canonical.identity import is_walk_in
from tests.analysis.reading.exports import book_of, csv


def clients_of(*lines: str) -> list[str | None]:
    ids = book_of(csv(*lines)).sales["client_id"]
    return [None if pd.isna(key) else key for key in ids]


def test_spellings_of_one_name_are_one_client_under_the_usual_spelling():
    rows = ("Ana Pérez", "ANA PEREZ", "Pérez, Ana", "  ana  pérez ", "Ana Pérez")
    assert clients_of("Cliente;Fecha", *(f"{name};2024-01-01" for name in rows)) == ["Ana Pérez"] * 5


def test_names_that_differ_by_a_letter_are_two_clients():
    assert clients_of("Cliente,Fecha", "Ana Pérez,2024-01-01", "Ana Peres,2024-01-01") == [
        "Ana Pérez",
        "Ana Peres",
    ]


@pytest.mark.parametrize("name", ["NA", "None", "N/A", "null", "nan", "True"])
def test_a_client_called_like_a_missing_value_stays(name: str):
    assert clients_of("Cliente,Fecha,Importe", f"{name},2024-01-01,3", "Luz Gómez,2024-01-01,4")[0] == name


@pytest.mark.parametrize("key", ["00123", "12345678901234567", "0"])
def test_keys_stay_as_written(key: str):
    assert clients_of("Código cliente,Fecha,Importe", f"{key},2024-01-01,3", "77,2024-01-02,3")[0] == key


def test_whole_numbers_exported_as_fractions_are_whole_again():
    assert clients_of("Customer ID,Date", "13085.0,2024-01-01", "13078.0,2024-01-01") == ["13085", "13078"]


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Consumidor Final",
        "CLIENTE DE PASO",
        "Walk-in",
        "WALK_IN",
        "mostrador",
        "Clientes Varios",
        "Varios",
        "Público en general",
    ],
)
def test_a_sale_to_nobody_in_particular_stays_in_sales_without_a_client(name: str):
    assert clients_of("Cliente,Fecha,Importe", f"{name},2024-01-01,3", "Luz Gómez,2024-01-01,4") == [
        None,
        "Luz Gómez",
    ]


@pytest.mark.parametrize("name", ["Walter Inn", "Ana Varios Pérez", "Final SA", "Guest House SL"])
def test_a_name_that_resembles_a_walk_in_is_a_client(name: str):
    assert not is_walk_in(name)


def test_an_id_beats_a_name_and_its_usual_name_is_the_clients():
    book = book_of(
        csv(
            "Código cliente,Cliente,Fecha",
            "C1,Ana Perez,2024-01-01",
            "C1,Ana Pérez,2024-01-02",
            "C1,Ana Pérez,2024-01-03",
            "C2,Ana Pérez,2024-01-04",
        )
    )
    assert book.sales["client_id"].tolist() == ["C1", "C1", "C1", "C2"]
    assert book.sales["client_name"].tolist() == ["Ana Pérez"] * 4


def test_a_table_by_id_and_one_by_name_are_joined():
    sales = csv(
        "Código cliente,Nombre cliente,Fecha,Importe",
        "C1,Ana Pérez,2024-01-01,3",
        "C2,Luz Gómez,2024-01-02,4",
        name="a.csv",
    )
    calls = csv(
        "Cliente;Fecha de contacto;Canal",
        "PEREZ ANA;2024-01-05;Llamada",
        "Eva Ruiz;2024-01-05;Mail",
        name="b.csv",
    )
    assert book_of(sales, calls).table("contacts")["client_id"].tolist() == ["C1", "Eva Ruiz"]


def test_the_key_of_one_file_in_the_name_column_of_another_is_the_same_client():
    receipts = csv(
        "Receipt,Date,Client,Amount", "1,2024-01-31,KERT01,3", "2,2024-01-31,COOM01,3", name="receipts.csv"
    )
    no_shows = csv("Date,Code", "2024-02-13,KERT01", name="no_show.csv")
    book = book_of(receipts, no_shows)
    assert book.sales["client_id"].tolist() == ["KERT01", "COOM01", "KERT01"]


def test_two_ids_with_one_name_leave_a_bare_name_to_itself():
    book = book_of(
        csv(
            "Código cliente,Cliente,Fecha", "C1,Ana Pérez,2024-01-01", "C2,Ana Pérez,2024-01-02", name="a.csv"
        ),
        csv("Cliente,Fecha", "Ana Pérez,2024-01-03", name="b.csv"),
    )
    assert book.sales["client_id"].tolist() == ["C1", "C2", "Ana Pérez"]


def test_first_and_last_names_are_put_together():
    book = book_of(csv("First name,Last name,Date", "Ana,Pérez,2024-01-01", "Luz,,2024-01-02"))
    assert book.sales["client_name"].tolist() == ["Ana Pérez", "Luz"]


def test_who_has_no_name_is_called_by_the_key():
    book = book_of(csv("Código cliente,Fecha", "C1,2024-01-01"))
    assert book.sales["client_name"].tolist() == ["C1"]
    assert not book.knows("sales", "client_name")
