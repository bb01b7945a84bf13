"""Amounts as they are written, and which of several columns is a line's money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.reading import ColumnKey, Corrections
from tests.analysis.reading.corpus.case import Case
from tests.analysis.reading.exports import csv, xlsx


def _written(
    name: str, *pairs: tuple[str, float | None], header: str = "Importe", notices: Sequence[str] = ()
) -> Case:
    """Amounts written so in one column, and read so."""
    rows = [f"Ana;2024-01-{day:02};{text}" for day, (text, _) in enumerate(pairs, 1)]
    return Case(
        name,
        [csv(f"Cliente;Fecha;{header}", *rows)],
        {"sales": [{"amount": amount} for _, amount in pairs]},
        left_out=[],
        notices=notices,
    )


def _money(
    name: str, headers: str, rows: Sequence[str], wanted: Sequence[float | None], *notices: str
) -> Case:
    """Columns of money after client and date, and each line's money."""
    lines = [f"Cliente {number};2024-01-{number:02};{row}" for number, row in enumerate(rows, 1)]
    return Case(
        name,
        [csv(f"Cliente;Fecha;{headers}", *lines)],
        {"sales": [{"amount": amount} for amount in wanted]},
        notices=notices,
    )


def _taken_off(
    name: str, headers: str, rows: Sequence[str], wanted: Sequence[tuple[float, float | None]], *notices: str
) -> Case:
    """The same, with each line's money and what was taken off it."""
    amounts = [amount for amount, _ in wanted]
    case = _money(name, headers, rows, amounts, *notices)
    sales = [{"amount": amount, "discount": discount} for amount, discount in wanted]
    return replace(case, tables={"sales": sales})


CASES = [
    _written("soles with thousands and decimals", ("S/ 1.234,50", 1234.5), ("S/ 12,00", 12.0)),
    _written("dollars with thousands and no cents", ("$1,880,335", 1_880_335.0), ("$12,000", 12_000.0)),
    _written(
        "in brackets, and with the minus behind", ("45.00", 45.0), ("(45.00)", -45.0), ("45.50-", -45.5)
    ),
    _written(
        "euros behind, with a space that does not break", ("70,00\u00a0€", 70.0), ("-96,20\u00a0€", -96.2)
    ),
    _written(
        "the minus after the sign, and a minus of typographers",
        ("€ 5,00", 5.0),
        ("€-5,00", -5.0),
        ("−7,50", -7.5),
    ),
    _written("apostrophes", ("1'234.50", 1234.5), ("12.00", 12.0)),
    _written("a bookkeeper's side", ("2307.00 Cr", 2307.0), ("12.50 Cr", 12.5)),
    _written("figures of full width", ("１２３,５０", 123.5), ("7,00", 7.0)),
    _written("lakhs", ("1,23,456.00", 123_456.0), ("500.00", 500.0)),
    _written("no cents", ("25,-", 25.0), ("$ 1.500.-", 1500.0), ("12,50", 12.5)),
    _written("fractions of a cent", ("12.3456", 12.3456), ("0.005", 0.005)),
    _written("words for nothing to pay, and nothing", ("gratis", 0.0), ("-", None), ("12,50", 12.5)),
    _written("currencies in words", ("20 euros", 20.0), ("12,50 euros", 12.5)),
    _written(
        "prices of a country without cents", ("15.000", 15_000.0), ("8.500", 8500.0), ("12.990", 12_990.0)
    ),
    _written(
        "both marks in one column",
        ("1.234,50", 1234.5),
        ("12,00", 12.0),
        ("1,234.50", 1234.5),
        notices=["mixed_decimal_marks"],
    ),
    _written("three figures after the mark in a dollar's country", ("US$ 1.234", 1.234), ("US$ 5", 5.0)),
    _written("three figures after the mark in a euro's country", ("1.234 €", 1234.0), ("5 €", 5.0)),
    Case(
        "three figures after the mark as the columns beside it",
        [
            csv(
                "Cliente;Fecha;Precio;Cantidad;Importe",
                "Ana;2024-01-01;1.234,50;1;1.235",
                "Luz;2024-01-02;12,50;2;25",
            )
        ],
        {"sales": [{"amount": 1235.0}, {"amount": 25.0}]},
    ),
    Case(
        "the owner's mark counts",
        [csv("Cliente;Fecha;Importe", "Ana;2024-01-01;1.234")],
        {"sales": [{"amount": 1.234}]},
        corrections=Corrections(decimals={ColumnKey("ventas.csv", "", "Importe", 2): "."}),
    ),
    Case(
        "what cannot be read leaves its row out",
        [
            csv(
                "Cliente;Fecha;Importe",
                *("Ana;2024-01-01;5,00" for _ in range(8)),
                "Luz;2024-01-02;1.5k",
                "Luz;2024-01-02;2 x 15",
                "Luz;2024-01-02;10%",
                "Luz;2024-01-02;#REF!",
                "Luz;2024-01-02;12,00 + IVA",
            )
        ],
        {"sales": [{"amount": 5.0}] * 8},
        left_out=[(row, "bad_amount") for row in range(10, 15)],
    ),
    # --- Which column is the money -----------------------------------------------------------------------
    _money(
        "base, tax and total: the total",
        "Base imponible;IVA;Total",
        ["100,00;21,00;121,00", "50,00;10,50;60,50"],
        [121.0, 60.5],
        "tax_included",
    ),
    _money("net, tax and gross: the gross", "Net;Tax;Gross", ["10.00;2.10;12.10"], [12.1], "tax_included"),
    _money(
        "base, rate, tax and total",
        "Base;% IVA;Cuota IVA;Total",
        ["100;21;21;121", "50;10;5;55"],
        [121.0, 55.0],
    ),
    _money(
        "base and tax without a total: their sum",
        "Base imponible;Cuota IVA",
        ["100,00;21,00"],
        [121.0],
        "tax_added",
    ),
    _money(
        "base and a rate without a total",
        "Base imponible;% IVA",
        ["100,00;21", "50,00;10", "20,00;21", "30,00;21"],
        [121.0, 55.0, 24.2, 36.3],
        "tax_added",
    ),
    _money("only a base: net, and said", "Base imponible", ["100,00", "50,00"], [100.0, 50.0], "net_amounts"),
    _money(
        "an amount that leaves out the tax beside it",
        "Importe;IVA",
        ["100,00;21,00", "50,00;10,50", "10,00;2,10"],
        [121.0, 60.5, 12.1],
        "tax_added",
    ),
    _money(
        "an amount that holds the tax beside it",
        "Importe;IVA",
        ["121,00;21,00", "60,50;10,50", "12,10;2,10"],
        [121.0, 60.5, 12.1],
        "tax_included",
    ),
    _money("importe and total: the total", "Importe;Total", ["100;121"], [121.0], "total_chosen"),
    _money("subtotal and total: the total", "Subtotal;Total", ["100;121"], [121.0], "total_chosen"),
    _money(
        "no amount: price times quantity",
        "Precio;Cantidad",
        ["10,50;2", "5,00;3"],
        [21.0, 15.0],
        "price_times_quantity",
    ),
    _money(
        "price, quantity and discount",
        "Precio;Cantidad;Descuento",
        ["10,00;2;5,00", "5,00;1;0"],
        [15.0, 5.0],
        "discount_taken",
    ),
    _money(
        "a discount in percent",
        "Precio;Cantidad;Dto %",
        ["10,00;2;50", "5,00;1;0"],
        [10.0, 5.0],
        "discount_taken",
    ),
    _money(
        "a discount as a share of one",
        "Precio;Cantidad;Descuento",
        ["10,00;2;0,25", "5,00;1;0"],
        [15.0, 5.0],
        "discount_taken",
    ),
    _money(
        "two taxes beside an amount without them",
        "Importe;GST;PST",
        ["82.00;4.10;6.56", "50.00;2.50;4.00", "40.00;2.00;3.20"],
        [92.66, 56.5, 45.2],
        "tax_added",
    ),
    _money(
        "an amount before the discount beside it",
        "Precio;Cantidad;Importe;Descuento",
        ["10;2;20;5", "5;1;5;1", "8;1;8;0"],
        [15.0, 4.0, 8.0],
        "discount_taken",
    ),
    _money(
        "an amount after the discount beside it",
        "Precio;Cantidad;Importe;Descuento",
        ["10;2;15;5", "5;1;4;1", "8;1;8;0"],
        [15.0, 4.0, 8.0],
    ),
    _taken_off(
        "a discount beside what is left, however its sign; none where the cell is empty",
        "Importe;Descuento",
        ["15,00;5,00", "40,00;-10,00", "8,00;0", "9,00;"],
        [(15.0, 5.0), (40.0, 10.0), (8.0, 0.0), (9.0, None)],
    ),
    _taken_off(
        "a share taken off a price is that part of it",
        "Precio;Cantidad;Dto %",
        ["10,00;2;50", "5,00;1;0"],
        [(10.0, 10.0), (5.0, 0.0)],
        "discount_taken",
    ),
    _taken_off(
        "a share beside what is left of a price nobody wrote: 20 % off left 40 of 50",
        "Importe;Descuento",
        ["40,00;20 %", "30,00;25 %", "0,00;100 %", "8,00;"],
        [(40.0, 10.0), (30.0, 10.0), (0.0, None), (8.0, None)],
    ),
    _taken_off(
        "a share of one, written as 0.25",
        "Importe;Descuento",
        ["15,00;0,25", "5,00;0"],
        [(15.0, 5.0), (5.0, 0.0)],
    ),
    _taken_off(
        "a share is taken off what is given back too",
        "Precio;Cantidad;Dto %",
        ["10,00;2;50", "10,00;-2;50"],
        [(10.0, 10.0), (-10.0, 10.0)],
        "discount_taken",
    ),
    _money(
        "a total that is not price times quantity wins",
        "Precio;Cantidad;Total",
        ["10;2;20", "5;1;5", "8;1;8", "8;2;12"],
        [20.0, 5.0, 8.0, 12.0],
        "total_against_price",
    ),
    _money(
        "tips inside the total",
        "Net Sales;Tax;Tip;Total Collected",
        ["10.00;1.00;2.00;13.00", "20.00;2.00;0;22.00"],
        [11.0, 22.0],
        "tips_taken_out",
    ),
    _money(
        "tips beside the total", "Total;Propina", ["10,00;2,00", "20,00;0"], [10.0, 20.0], "tips_not_counted"
    ),
    _money("a deposit is part of the total", "Seña;Saldo;Total", ["10;20;30", "0;15;15"], [30.0, 15.0]),
    _money(
        "what was given back of a line",
        "Total;Refunded Amount",
        ["30;10", "20;0", "15;15"],
        [20.0, 20.0, 0.0],
        "refunds_taken_out",
    ),
    Case(
        "an order's total on the first of its lines",
        [
            csv(
                "Name,Email,Financial Status,Currency,Subtotal,Taxes,Total,Created at,Lineitem quantity,Lineitem name,"
                "Lineitem price,Billing Name",
                "#1001,a@example.com,paid,EUR,30.00,6.30,36.30,2024-01-31 10:00:00 +0100,1,Shampoo,10.00,Ann Lee",
                "#1001,a@example.com,,,,,,2024-01-31 10:00:00 +0100,2,Cream,10.00,",
                "#1002,b@example.com,paid,EUR,10.00,2.10,12.10,2024-02-01 10:00:00 +0100,1,Shampoo,10.00,Bob Ray",
                name="orders_export.csv",
            )
        ],
        {
            "sales": [
                {"client_name": "Ann Lee", "date": "2024-01-31", "service": "Shampoo", "amount": 36.3},
                {"client_name": "Ann Lee", "date": "2024-01-31", "service": "Cream", "amount": None},
                {"client_name": "Bob Ray", "date": "2024-02-01", "service": "Shampoo", "amount": 12.1},
            ]
        },
    ),
    Case(
        "a document's total repeated on each of its lines counts once",
        [
            csv(
                "Factura;Cliente;Fecha;Servicio;Cantidad;Precio;Total factura",
                "F1;Ana;2024-01-01;Corte;1;20;50",
                "F1;Ana;2024-01-01;Color;1;30;50",
                "F2;Luz;2024-01-02;Corte;1;20;20",
            )
        ],
        {"sales": [{"amount": 50.0}, {"amount": None}, {"amount": 20.0}]},
        notices=["total_repeated"],
    ),
    Case(
        "two equal lines of one document are two lines",
        [
            csv(
                "Factura;Cliente;Fecha;Servicio;Cantidad;Precio;Total",
                "F1;Ana;2024-01-01;Clase de yoga;1;20;20",
                "F1;Ana;2024-01-01;Clase de pilates;1;20;20",
                "F2;Luz;2024-01-02;Clase de yoga;1;20;20",
            )
        ],
        {"sales": [{"amount": 20.0}] * 3},
    ),
    # --- Currencies --------------------------------------------------------------------------------------
    Case(
        "currencies in a column of their own are never added",
        [
            csv(
                "Cliente;Fecha;Importe;Moneda",
                "Ana;2024-01-01;50;PEN",
                "Luz;2024-01-02;20;USD",
                "Eva;2024-01-02;30;PEN",
            )
        ],
        {"sales": [{"amount": 50.0}, {"amount": None}, {"amount": 30.0}]},
        left_out=[],
        notices=["mixed_currencies"],
    ),
    Case(
        "currencies by their signs are never added",
        [
            csv(
                "Cliente;Fecha;Importe",
                "Ana;2024-01-01;S/ 50,00",
                "Luz;2024-01-02;US$ 20,00",
                "Eva;2024-01-02;S/ 30,00",
            )
        ],
        {"sales": [{"amount": 50.0}, {"amount": None}, {"amount": 30.0}]},
        notices=["mixed_currencies"],
    ),
    Case(
        "the owner says which currency counts",
        [
            csv(
                "Cliente;Fecha;Importe;Moneda",
                "Ana;2024-01-01;50;PEN",
                "Luz;2024-01-02;20;USD",
                "Eva;2024-01-02;30;PEN",
            )
        ],
        {"sales": [{"amount": None}, {"amount": 20.0}, {"amount": None}]},
        corrections=Corrections(currency="USD"),
        notices=["mixed_currencies"],
    ),
    Case(
        "files in two currencies",
        [
            csv("Cliente;Fecha;Importe €", "Ana;2024-01-01;50", "Luz;2024-01-02;60", name="madrid.csv"),
            csv("Cliente;Fecha;Importe USD", "Eva;2024-01-01;70", name="miami.csv"),
        ],
        {"sales": [{"amount": 50.0}, {"amount": 60.0}, {"amount": None}]},
        notices=["mixed_currencies"],
    ),
    Case(
        "numbers typed in a workbook have a decimal point",
        [
            xlsx(
                {
                    "Ventas": [
                        ["Cliente", "Fecha", "Importe"],
                        ["Ana", "2024-01-31", 1.234],
                        ["Luz", "2024-02-01", 2.5],
                    ]
                }
            )
        ],
        {"sales": [{"amount": 1.234}, {"amount": 2.5}]},
    ),
]
