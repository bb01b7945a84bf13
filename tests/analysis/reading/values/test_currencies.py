"""The currency an export shows."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from analysis.reading import Upload
from tests.analysis.reading.exports import book_of, csv


def shown(header: str, *amounts: str) -> tuple[str | None, tuple[str, ...]]:
    rows = [f"Ana;2024-01-{day:02};{amount}" for day, amount in enumerate(amounts, start=1)]
    book = book_of(csv(f"Cliente;Fecha;{header}", *rows))
    return book.currency, book.currencies


@pytest.mark.parametrize(
    ("header", "amount", "currency"),
    [
        ("Importe (€)", "12", "EUR"),
        ("Total S/", "12", "PEN"),
        ("Total MXN", "12", "MXN"),
        ("Importe", "12,00 €", "EUR"),
        ("Importe", "US$ 12", "USD"),
        ("Importe", "S/ 12", "PEN"),
        ("Importe", "£12", "GBP"),
        ("Importe", "12", None),
    ],
)
def test_a_mark_in_header_or_cells_names_the_currency(header: str, amount: str, currency: str | None):
    assert shown(header, amount)[0] == currency


def test_mixed_currencies_are_told_the_most_frequent_first():
    assert shown("Importe", "S/ 12", "S/ 14", "US$ 10") == ("PEN", ("PEN", "USD"))


def test_a_bare_dollar_in_a_spanish_export_is_left_unsaid():
    assert shown("Importe", "$12") == (None, ())


def test_a_bare_dollar_beside_a_countrys_paperwork_is_that_countrys():
    book = book_of(csv("Cliente;RFC;Fecha;Importe", "Ana;XAXX010101000;2024-01-01;$12"))
    assert book.currency == "MXN"


def test_a_bare_dollar_in_an_english_export_is_the_dollar():
    assert book_of(csv("Customer,Date,Amount", 'Ann,2024-01-01,"$1,200"')).currency == "USD"


def test_a_column_of_currencies_counts_per_line():
    book = book_of(
        csv(
            "Cliente,Fecha,Importe,Moneda",
            "Ana,2024-01-01,5,PEN",
            "Luz,2024-01-02,5,USD",
            "Eva,2024-01-02,5,PEN",
        )
    )
    assert book.currencies == ("PEN", "USD")


@pytest.mark.parametrize(
    ("number_format", "currency"),
    [
        ('#,##0.00 "€"', "EUR"),
        ("#,##0.00\\ [$€-C0A]", "EUR"),
        ("[$S/-280A] #,##0.00", "PEN"),
        ("[$$-80A]#,##0.00", "MXN"),
        ("[$$-340A] #,##0", "CLP"),
        ("#,##0.00", None),
        ("General", None),
    ],
)
def test_a_workbooks_number_format_names_the_currency(number_format: str, currency: str | None):
    """The second sheet's table begins at C3: formats are looked up where the cells are."""
    workbook = openpyxl.Workbook()
    sheet = workbook.create_sheet("Ventas")
    for row, (client, amount) in enumerate([("Cliente", "Importe"), ("Ana", 25), ("Luz", 30)], start=3):
        sheet.cell(row, 3, client)
        sheet.cell(row, 4, "Fecha" if row == 3 else dt.date(2024, 1, row))
        sheet.cell(row, 5, amount).number_format = number_format
    data = io.BytesIO()
    workbook.save(data)
    assert book_of(Upload("ventas.xlsx", data.getvalue())).currency == currency
