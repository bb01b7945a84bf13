"""What a sheet is."""

from __future__ import annotations

import pytest

from tests.analysis.reading.exports import book_of, csv, xlsx

SALES = csv(
    "Código cliente,Fecha,Importe", "C1,2024-01-01,5", "C2,2024-01-02,6", "C1,2024-02-02,6", name="ventas.csv"
)


def tables(*lines: str, name: str = "hoja.csv") -> tuple[str | None, dict[str, int]]:
    book = book_of(SALES, csv(*lines, name=name))
    return book.sheets[1].table, book.sales["status"].value_counts().to_dict()


@pytest.mark.parametrize(
    ("name", "lines", "table"),
    [
        (
            "a.csv",
            ("Código cliente;Nombre;Teléfono;Fecha de nacimiento", "C1;Ana;600000001;1990-01-02"),
            "clients",
        ),
        (
            "a.csv",
            ("Customer ID,Full name,Marketing consent,Customer since", "C1,Ann,Yes,2020-01-02"),
            "clients",
        ),
        (
            "a.csv",
            ("Código cliente;Fecha de contacto;Canal;Resultado", "C1;2024-01-02;Llamada;Confirma"),
            "contacts",
        ),
        ("llamadas.csv", ("Código cliente;Fecha;Resultado", "C1;2024-01-02;Confirma"), "contacts"),
        (
            "a.csv",
            ("Customer ID,Date reported,Resolved on,Problem,Solved", "C1,2024-01-02,2024-01-05,Stain,Yes"),
            "problems",
        ),
        ("reclamos.csv", ("Cliente;Fecha;Motivo;Estado", "C1;2024-01-02;Mancha;Abierto"), "problems"),
        (
            "a.csv",
            ("Código cliente;Vencimiento;Fecha de pago;Importe", "C1;2024-01-02;2024-01-05;60"),
            "payments",
        ),
        ("pagos.csv", ("Código cliente;Fecha;Importe", "C1;2024-01-02;60"), "payments"),
        ("a.csv", ("Person,Region", "Ann,West"), None),
        ("a.csv", ("Returned,Order ID", "Yes,CA-1"), None),
        ("Notas.csv", ("Esto es una nota,", "sin tabla ninguna,"), None),
    ],
)
def test_a_sheet_is_told_apart_by_its_headers_and_name(name: str, lines: tuple[str, ...], table: str | None):
    assert tables(*lines, name=name)[0] == table


@pytest.mark.parametrize(
    ("name", "lines", "status"),
    [
        (
            "salon_cancellations.csv",
            ("Cancel Date,Code,Booking Date", "2024-01-05,C1,2024-01-09"),
            "cancelled",
        ),
        ("anuladas.csv", ("Código cliente,Fecha", "C1,2024-01-05"), "cancelled"),
        ("salon_no_show.csv", ("Date,Code", "2024-01-05,C1"), "no_show"),
        ("inasistencias.csv", ("Fecha,Código cliente", "2024-01-05,C1"), "no_show"),
        ("future_bookings.csv", ("Code,Date,Service", "C1,2024-03-05,Cut"), "booked"),
        ("reservas.csv", ("Código cliente,Fecha,Servicio", "C1,2024-03-05,Corte"), "booked"),
    ],
)
def test_a_status_may_be_said_by_the_whole_file(name: str, lines: tuple[str, ...], status: str):
    assert tables(*lines, name=name) == ("sales", {"completed": 3, status: 1})


def test_the_sheets_name_counts_before_the_files():
    book = book_of(
        xlsx(
            {
                "Ventas": [["Cliente", "Fecha", "Importe"], ["Ana", "2024-01-01", 3]],
                "No shows": [["Cliente", "Fecha"], ["Ana", "2024-01-09"]],
            },
            name="clientes.xlsx",
        )
    )
    assert book.sales["status"].tolist() == ["completed", "no_show"]


def test_an_agenda_on_its_own_is_visits_up_to_today_and_bookings_after():
    book = book_of(
        csv("Cliente,Fecha,Servicio", "Ana,2026-06-01,Corte", "Ana,2026-07-15,Corte", name="citas.csv")
    )
    assert book.sales["status"].tolist() == ["completed", "booked"]


def test_sold_lines_are_never_bookings_however_late_their_date():
    book = book_of(csv("Cliente,Fecha,Importe", "Ana,2026-06-01,3", "Ana,2026-07-15,4"))
    assert book.sales["status"].tolist() == ["completed", "completed"]


def test_a_sheet_of_no_use_is_reported_and_its_rows_are_accounted_for():
    book = book_of(SALES, csv("Person,Region", "Ann,West", "Bob,East", name="people.csv"))
    people = book.sheets[1]
    assert (people.table, people.rows_read, people.rows_used, people.rows_left_out) == (None, 2, 0, 2)
    assert book.left_out["reason"].tolist() == ["other_sheet"] * 2


def test_a_hidden_sheet_is_no_table_while_a_visible_one_is():
    rows = [["Cliente", "Fecha", "Importe"], ["Ana", "2024-01-01", 3]]
    book = book_of(xlsx({"Copia": rows, "Ventas": rows}, hidden=["Copia"]))
    assert [sheet.table for sheet in book.sheets] == [None, "sales"]
    assert len(book.sales) == 1


def test_a_column_without_a_name_that_holds_the_sales_ids_is_the_clients_id():
    ids = [f"{number * 7 + 3}" for number in range(30)]
    sales = csv("Customer ID,Date", *(f"{key},2024-01-01" for key in ids), name="sales.csv")
    people = csv(
        "Ref interna,First name,Last name,DOB",
        *(f"{key},Ann{key},Lee,1980-01-01" for key in reversed(ids)),
        name="p.csv",
    )
    book = book_of(sales, people)
    assert book.table("clients")["client_id"].tolist() == ids[::-1]
    assert book.sales["client_name"][0] == "Ann3 Lee"
