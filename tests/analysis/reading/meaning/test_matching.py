"""Which field each column is taken for."""

from __future__ import annotations

import pyarrow as pa
import pytest

from analysis.reading.fields import FIELDS, OTHER, WEAK_ID, synonyms
from analysis.reading.meaning.evidence import profile_of
from analysis.reading.meaning.matching import claims_of, nearest_headers
from analysis.reading.values.columns import Column
from tests.analysis.reading.exports import TODAY, book_of, csv, fields

#: Cells that suit each kind of field, so that only the header is in question.
CELLS = {
    "text": ["Corte", "Color", "Corte"],
    "code": ["A1", "B2", "A1"],
    "name": ["Ana Pérez", "Luz Gómez", "Ana Pérez"],
    "date": ["2024-01-31", "2024-02-01", "2024-02-02"],
    "number": ["10.5", "20", "30"],
    "flag": ["Sí", "No", "Sí"],
    "status": ["Realizada", "Anulada", "Devolución"],
    "phone": ["+34 600 000 001", "600000002", "(01) 234-5678"],
    "email": ["ana@example.com", "luz@example.com", "eva@example.com"],
    "currency": ["EUR", "USD", "EUR"],
}


@pytest.mark.parametrize("field", list(FIELDS))
def test_every_known_header_claims_its_field_first(field: str):
    """With cells that suit it, each name of the table of synonyms is taken for the field it is listed under."""
    cells = pa.array(CELLS[FIELDS[field].holds])
    profile = profile_of(Column.of("", 0, cells), TODAY)
    missed = {}
    for header, known in synonyms().exact.items():
        if known.keys() == {field}:
            claims = claims_of(Column.of(header, 0, cells), profile)
            best = max(claims, key=lambda claim: claims[claim].score)
            if best != field:
                missed[header] = best
    assert missed == {}


@pytest.mark.parametrize(
    ("header", "cells", "field"),
    [
        ("FECHA DE LA VENTA", "date", "date"),
        ("fechaVenta", "date", "date"),
        ("Nº Cliente", "code", "client_id"),
        ("Importe (€)", "number", "amount"),
        ("Vendedro asignado", "text", "staff"),
        ("Servcio realizado", "text", "service"),
        ("Teléfono móvil 2", "phone", "phone"),
        ("Whatever", "email", "email"),
        ("State", "text", None),
        ("Correo", "phone", None),
        ("Ship Date", "date", None),
        ("Canceled By", "text", None),
    ],
)
def test_a_header_is_understood_by_name_near_miss_or_telling_word_and_vetoed_by_its_cells(
    header: str, cells: str, field: str | None
):
    needs = {"client_id": "Cliente"}
    other = "Código cliente" if field != "client_id" else needs["client_id"]
    other_cells = CELLS["code"] if other == "Código cliente" else CELLS["name"]
    table = {other: other_cells, header: CELLS[cells]}
    if field != "date":
        table["Fecha"] = CELLS["date"]
    lines = [";".join(row) for row in zip(*table.values(), strict=True)]
    assert fields(book_of(csv(";".join(table), *lines, name="export.csv")))[header] == field


def test_total_beats_importe_and_the_loser_says_so():
    book = book_of(csv("Cliente,Fecha,Importe,Total", "Ana,2024-01-01,10,12.10"))
    assert fields(book)["Total"] == "amount"
    assert {column.header: column.detail for column in book.columns}["Importe"] == "another_better"
    assert [(notice.code, notice.values["others"]) for notice in book.notices] == [
        ("total_chosen", ("Importe",))
    ]


def test_total_beats_subtotal_and_it_is_said():
    book = book_of(csv("Cliente,Fecha,Subtotal,Total", "Ana,2024-01-01,10,12.10"))
    assert (fields(book)["Subtotal"], fields(book)["Total"]) == ("net_amount", "amount")
    assert book.sales["amount"].tolist() == [12.1]
    (notice,) = book.notices
    assert (notice.code, notice.values) == ("total_chosen", {"header": "Total", "others": ("Subtotal",)})


def test_one_column_feeds_one_field_and_one_field_has_one_column():
    book = book_of(csv("Cliente,Fecha,Fecha,Importe,Importe", "Ana,2024-01-01,2024-01-02,1,2"))
    assert [column.field for column in book.columns] == ["client_name", "date", None, "amount", None]


def test_a_client_column_that_holds_keys_is_the_clients_id():
    assert (
        fields(book_of(csv("Client,Date", "KERT01,2024-01-31", "COOM01,2024-02-01")))["Client"] == "client_id"
    )


def test_a_name_column_that_holds_order_numbers_is_not_the_client():
    book = book_of(
        csv("Name,Customer,Date,Total", "#1001,Ann Lee,2024-01-01,5", "#1002,Bob Ray,2024-01-02,5")
    )
    assert fields(book)["Name"] == "document"
    assert fields(book)["Customer"] == "client_name"


def test_a_code_that_numbers_products_is_not_the_clients():
    rows = [
        f"{name},{code},Corte,2024-01-0{day}"
        for day, name in enumerate(("Ana", "Luz"), 1)
        for code in ("P1", "P2", "P3")
    ]
    book = book_of(csv("Cliente,Código,Servicio,Fecha", *rows))
    assert fields(book)["Código"] is None


def test_an_id_that_numbers_rows_is_not_the_clients():
    rows = [f"{number},{'Ana' if number % 2 else 'Luz'},2024-01-{number:02},5" for number in range(1, 20)]
    book = book_of(csv("ID,Cliente,Fecha,Importe", *rows))
    assert fields(book) == {"ID": None, "Cliente": "client_name", "Fecha": "date", "Importe": "amount"}


def test_a_service_that_repeats_beats_a_concept_that_never_does():
    rows = [f"Ana,2024-01-{day:02},Corte nº {day},Corte" for day in range(1, 20)]
    book = book_of(csv("Cliente,Fecha,Concepto,Membership", *rows))
    assert fields(book)["Membership"] == "service"


def test_the_nearest_headers_are_named_in_spelling_order():
    assert nearest_headers("date", ["Precio", "Fcha", "Cliente"], limit=1) == ("Fcha",)


def test_a_header_names_one_field_unless_its_sheet_or_cells_tell_which():
    """Words of two meanings, on a card and on a sale or for a number and what it comes to, are few and known."""
    shared = (frozenset(set(known) - {WEAK_ID}) for known in synonyms().exact.values())
    assert {fields for fields in shared if len(fields) > 1} == {
        frozenset(fields)
        for fields in (
            ("date", "joined"),  # "created on"
            ("date", "delivered"),  # "completed on"
            ("delivered", "promised"),  # "delivery date"
            ("delivered", "left"),  # "fecha de salida"
            ("due", "promised"),  # "due date"
            ("amount", "document"),  # "ticket"
            ("amount", "paid_amount"),  # "cuota"
            ("amount", "payment_status"),  # "cobrado"
            ("paid", "payment_status"),
            ("paid_amount", "payment_status"),  # "pagado"
            ("payment_status", "status"),  # "estatus"
            ("payment_status", "solved", "status"),  # "estado"
            ("detail", "service"),  # "descripción"
            ("detail", "solved"),  # "solución"
            ("detail", OTHER),  # "notas"
        )
    }
