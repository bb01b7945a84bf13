"""Clients, contacts, problems and payments."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from analysis.book import TABLES
from tests.analysis.reading.exports import book_of, csv, fates

SALES = csv(
    "Código cliente,Cliente,Fecha,Importe",
    "C1,Ana Pérez,2024-01-01,5",
    "C2,Luz Gómez,2024-01-02,6",
    name="ventas.csv",
)


def day(text: str) -> pd.Timestamp:
    return pd.Timestamp(text)


def test_every_table_has_exactly_the_columns_of_the_contract():
    book = book_of(
        SALES,
        csv("Código cliente,Teléfono", "C1,+34 600 000 001", name="clientes.csv"),
        csv("Código cliente,Fecha de contacto,Canal", "C1,2024-02-01,Llamada", name="contactos.csv"),
        csv("Código cliente,Fecha de apertura,Motivo", "C1,2024-02-01,Mancha", name="problemas.csv"),
        csv("Código cliente,Vencimiento,Importe", "C1,2024-02-01,60", name="pagos.csv"),
    )
    assert {
        name: {column: str(dtype) for column, dtype in table.dtypes.items()}
        for name, table in book.tables.items()
    } == TABLES


def test_a_clients_sheet_is_read_whole():
    card = csv(
        "Código cliente;Teléfono;Correo;Fecha de nacimiento;Acepta mensajes;Recomendado por;Fecha de alta;Baja",
        "C1;+51999888777;ana@example.com;15/03/1990;Sí;Luz;20/01/2023;",
        "C2;600000002;;;No;;21/01/2023;30/06/2024",
        name="clientes.csv",
    )
    clients = book_of(SALES, card).table("clients").set_index("client_id")
    ana = clients.loc["C1"]
    assert ana[["client_name", "phone", "email", "referred_by"]].tolist() == [
        "Ana Pérez",
        "+51999888777",
        "ana@example.com",
        "Luz",
    ]
    assert ana[["birthday", "joined"]].tolist() == [day("1990-03-15"), day("2023-01-20")]
    assert clients["consent"].tolist() == [True, False]
    assert clients["left"].tolist() == [pd.NaT, day("2024-06-30")]


def test_a_birthday_that_is_the_day_of_joining_is_nobodys_birthday():
    card = csv(
        "ID,Entry date,Birth date",
        "C1,2022-04-20,2022-04-20",
        "C2,2022-04-21,1989-11-06",
        name="clientes.csv",
    )
    assert book_of(SALES, card).table("clients")["birthday"].tolist() == [pd.NaT, day("1989-11-06")]


def test_phones_on_sales_lines_feed_the_clients_the_last_one_said():
    book = book_of(
        csv(
            "Cliente,Fecha,Teléfono",
            "Ana,2024-01-01,600000001",
            "Ana,2024-01-02,600000009",
            "Ana,2024-01-03,",
            "Luz,2024-01-01,",
            ",2024-01-01,600000003",
        )
    )
    clients = book.table("clients")
    assert clients["client_id"].tolist() == ["Ana", "Luz", "600000003"]  # a phone alone is somebody
    assert clients["phone"].tolist()[0] == "600000009"
    assert book.known["clients"] >= {"client_id", "phone"}
    assert not book.knows("clients", "email")


def test_a_client_on_two_rows_is_one_row_with_what_either_says():
    card = csv(
        "Código cliente,Teléfono,Correo",
        "C1,600000001,",
        "C1,,ana@example.com",
        "C2,,",
        "C3,1234567,",
        "C4,1234568,",
        name="clientes.csv",
    )
    clients = book_of(SALES, card).table("clients")
    assert clients["client_id"].is_unique
    assert clients.loc[0, ["phone", "email"]].tolist() == ["600000001", "ana@example.com"]


def test_contacts_and_problems_are_read():
    book = book_of(
        SALES,
        csv(
            "Cliente;Fecha de contacto;Canal;Resultado;Responsable",
            "Ana Pérez;05/02/2024;Llamada;Confirma;Eva",
            ";13/02/2024;Mail;;",
            name="c.csv",
        ),
        csv(
            "Customer ID,Date reported,Resolved on,Problem,Assigned to,Solved",
            "C1,2024-01-02,2024-01-05,Stain,Eva,No",
            "C2,2024-01-03,,Delay,,",
            name="p.csv",
        ),
    )
    assert book.table("contacts").to_dict("list") == {
        "client_id": ["C1"],
        "date": [day("2024-02-05")],
        "channel": ["Llamada"],
        "outcome": ["Confirma"],
        "staff": ["Eva"],
    }
    problems = book.table("problems")
    assert problems["closed"].tolist() == [day("2024-01-05"), pd.NaT]
    assert problems["solved"].tolist() == [False, pd.NA]
    assert fates(book) == [(3, "no_client")]


def test_sales_with_due_and_paid_dates_are_payments_too():
    book = book_of(
        csv(
            "Cliente,Fecha,Importe,Vencimiento,Fecha de pago",
            "Ana,2024-01-01,5,2024-01-31,2024-02-03",
            "Luz,2024-01-01,6,2024-01-31,",
        )
    )
    payments = book.table("payments")
    assert payments["due"].tolist() == [day("2024-01-31")] * 2
    assert payments["paid"].tolist() == [day("2024-02-03"), pd.NaT]
    assert payments["amount"].tolist() == [5.0, 6.0]
    assert book.sheets[0].rows_used == 2


def test_collections_are_joined_to_the_invoices_they_name():
    """Paid in full on the last part's day; in part is two rows; a collection of nothing known stands alone."""
    book = book_of(
        csv(
            "CustomerID,InvoiceID,InvoiceDate,DueDate,Amount",
            "C1,I1,2024-10-05,2024-11-04,100",
            "C1,I2,2024-10-15,2024-11-14,100",
            "C2,I3,2024-10-15,2024-11-14,100",
            name="invoices.csv",
        ),
        csv(
            "CustomerID,InvoiceId,PaymentDate,Collection",
            "C1,I1,2024-11-01,60",
            "C1,I1,2024-11-20,40",
            "C1,I2,2024-11-02,60",
            "C2,I9,2024-11-03,7",
            name="collections.csv",
        ),
    )
    payments = book.table("payments")
    assert payments["client_id"].tolist() == ["C1", "C1", "C2", "C2", "C1"]
    paid = [day("2024-11-20"), pd.NaT, pd.NaT, day("2024-11-03"), day("2024-11-02")]
    assert payments["paid"].tolist() == paid
    # Of I2, 60 came in (the last row) and 40 are owed.
    assert payments["amount"].tolist() == [100.0, 40.0, 100.0, 7.0, 60.0]
    assert len(book.sales) == 3


def test_dates_are_midnights():
    book = book_of(csv("Cliente,Fecha", "Ana,2024-01-01 10:30:00"))
    assert book.sales["date"].tolist() == [pd.Timestamp(dt.date(2024, 1, 1))]
