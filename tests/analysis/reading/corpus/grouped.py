"""Grouped reports: the client, the day or the seller is a heading over its lines, or stands on the first of them."""

from __future__ import annotations

import datetime as dt

from tests.analysis.reading.corpus.case import Case
from tests.analysis.reading.exports import csv, xlsx

D = dt.date
SOLD = [
    {"client_name": "Pérez García, Ana", "date": "2026-03-05", "amount": 25.0, "service": "Corte"},
    {"client_name": "Pérez García, Ana", "date": "2026-03-19", "amount": 60.5, "service": "Color"},
    {"client_name": "Gómez Ruiz, Luz", "date": "2026-03-06", "amount": 30.0, "service": "Peinado"},
    {"client_name": "Gómez Ruiz, Luz", "date": "2026-03-20", "amount": 25.0, "service": "Corte"},
    {"client_name": "Sanz, Eva", "date": "2026-03-21", "amount": 12.0, "service": "Flequillo"},
]
KEYED = [
    {**row, "client_id": key}
    for row, key in zip(SOLD, ["00045", "00045", "00112", "00112", "00230"], strict=True)
]
ANA = (("05/03/2026", "Corte", "25,00"), ("19/03/2026", "Color", "60,50"))
LUZ = (("06/03/2026", "Peinado", "30,00"), ("20/03/2026", "Corte", "25,00"))
EVA = (("21/03/2026", "Flequillo", "12,00"),)
NAMES = ("Pérez García, Ana", "Gómez Ruiz, Luz", "Sanz, Eva")
KEYS = ("00045", "00112", "00230")
GROUPS = (ANA, LUZ, EVA)
SUMS = ("85,50", "55,00", "12,00")


def _rows(lines: tuple[tuple[str, ...], ...]) -> list[str]:
    return [";".join(line) for line in lines]


CASES = [
    Case(
        "the client as a labelled heading with key and name, a subtotal below each",
        [
            csv(
                "Peluquería Sol SL",
                "Ventas por cliente",
                "",
                "Fecha;Concepto;Importe",
                *(
                    line
                    for key, name, lines, total in zip(KEYS, NAMES, GROUPS, SUMS, strict=True)
                    for line in (f"Cliente: {key} - {name};;", *_rows(lines), f";Total cliente;{total}")
                ),
                ";Total general;152,50",
            )
        ],
        {"sales": KEYED},
        left_out=[
            (5, "heading"),
            (8, "total_row"),
            (9, "heading"),
            (12, "total_row"),
            (13, "heading"),
            (15, "total_row"),
            (16, "total_row"),
        ],
        notices=["groups_unfolded"],
    ),
    Case(
        "the label, the key and the name in three cells",
        [
            csv(
                "Fecha;Documento;Concepto;Importe",
                *(
                    line
                    for key, name, lines in zip(KEYS, NAMES, GROUPS, strict=True)
                    for line in (
                        f"Cliente:;{key};{name};",
                        *(f"{day};F-{key}{at};{what};{money}" for at, (day, what, money) in enumerate(lines)),
                    )
                ),
            )
        ],
        {"sales": KEYED},
        left_out=[(2, "heading"), (5, "heading"), (8, "heading")],
        notices=["groups_unfolded"],
    ),
    Case(
        "a name alone in the first column, its lines indented, as QuickBooks writes it",
        [
            xlsx(
                {
                    "Sheet1": [
                        ["Sol Hair LLC"],
                        ["Sales by Customer Detail"],
                        ["January - March, 2026"],
                        [],
                        [
                            None,
                            "Transaction Date",
                            "Transaction Type",
                            "Num",
                            "Product/Service",
                            "Qty",
                            "Amount",
                        ],
                        ["Ana Hill"],
                        [None, "03/05/2026", "Invoice", "1001", "Haircut", 1, 25],
                        [None, "03/19/2026", "Invoice", "1007", "Color", 1, 60.5],
                        ["Total for Ana Hill", None, None, None, None, 2, 85.5],
                        ["Lucy Stone"],
                        [None, "03/20/2026", "Invoice", "1009", "Haircut", 1, 25],
                        ["Total for Lucy Stone", None, None, None, None, 1, 25],
                        ["TOTAL", None, None, None, None, 3, 110.5],
                        [],
                        ["Accrual Basis  Saturday, March 28, 2026 09:14 AM GMT-05:00"],
                    ]
                },
                name="Sales by Customer Detail.xlsx",
            )
        ],
        {
            "sales": [
                {"client_name": "Ana Hill", "date": "2026-03-05", "amount": 25.0, "service": "Haircut"},
                {"client_name": "Ana Hill", "date": "2026-03-19", "amount": 60.5, "service": "Color"},
                {"client_name": "Lucy Stone", "date": "2026-03-20", "amount": 25.0, "service": "Haircut"},
            ]
        },
        left_out=[
            (6, "heading"),
            (9, "total_row"),
            (10, "heading"),
            (12, "total_row"),
            (13, "total_row"),
            (14, "empty"),
            (15, "note"),
        ],
        notices=["groups_unfolded"],
    ),
    Case(
        "a named first column that only headings fill",
        [
            csv(
                "Cliente;Fecha;Servicio;Importe",
                *(
                    line
                    for name, lines in zip(NAMES, GROUPS, strict=True)
                    for line in (f"{name};;;", *(f";{line}" for line in _rows(lines)))
                ),
            )
        ],
        {"sales": SOLD},
        left_out=[(2, "heading"), (5, "heading"), (8, "heading")],
        notices=["groups_unfolded"],
    ),
    Case(
        "the name alone where its lines have their date",
        [
            csv(
                "Informe de ventas por cliente",
                "Fecha;Servicio;Importe",
                *(
                    line
                    for name, lines in zip(NAMES, GROUPS, strict=True)
                    for line in (f"{name};;", *_rows(lines))
                ),
            )
        ],
        {"sales": SOLD},
        left_out=[(3, "heading"), (6, "heading"), (9, "heading")],
        notices=["groups_unfolded"],
    ),
    Case(
        "the header again under every client, the first of them above the first header",
        [
            csv(
                "Extracto de clientes",
                *(
                    line
                    for key, name, lines in zip(KEYS, NAMES, GROUPS, strict=True)
                    for line in (f"Cliente: {key} {name};;", "Fecha;Concepto;Importe", *_rows(lines), "")
                ),
            )
        ],
        {"sales": KEYED},
        left_out=[
            (6, "empty"),
            (7, "heading"),
            (8, "repeated_header"),
            (11, "empty"),
            (12, "heading"),
            (13, "repeated_header"),
        ],
        notices=["groups_unfolded"],
    ),
    Case(
        "the day as a heading and the client on the line",
        [
            csv(
                "Cliente;Servicio;Importe",
                "Jueves 05/03/2026;;",
                "Ana Pérez;Corte;25,00",
                "Luz Gómez;Color;60,00",
                "Viernes 20/03/2026;;",
                "Ana Pérez;Peinado;30,00",
                ";Total;115,00",
            )
        ],
        {
            "sales": [
                {"client_name": "Ana Pérez", "date": "2026-03-05", "amount": 25.0},
                {"client_name": "Luz Gómez", "date": "2026-03-05", "amount": 60.0},
                {"client_name": "Ana Pérez", "date": "2026-03-20", "amount": 30.0},
            ]
        },
        left_out=[(2, "heading"), (5, "heading"), (7, "total_row")],
        notices=["groups_unfolded"],
    ),
    Case(
        "the day as a labelled heading",
        [
            csv(
                "Hora;Cliente;Servicio;Importe",
                "Fecha: 05/03/2026;;;",
                "10:00;Ana Pérez;Corte;25,00",
                "11:00;Luz Gómez;Color;60,00",
                "Fecha: 20/03/2026;;;",
                "10:30;Ana Pérez;Peinado;30,00",
            )
        ],
        {
            "sales": [
                {"client_name": "Ana Pérez", "date": "2026-03-05", "amount": 25.0},
                {"client_name": "Luz Gómez", "date": "2026-03-05", "amount": 60.0},
                {"client_name": "Ana Pérez", "date": "2026-03-20", "amount": 30.0},
            ]
        },
        left_out=[(2, "heading"), (5, "heading")],
        notices=["groups_unfolded"],
    ),
    Case(
        "the seller as a heading",
        [
            csv(
                "Fecha;Cliente;Servicio;Importe",
                "Vendedor: Marta;;;",
                "05/03/2026;Ana Pérez;Corte;25,00",
                "19/03/2026;Luz Gómez;Color;60,00",
                "Total Marta;;;85,00",
                "Vendedor: Noa;;;",
                "06/03/2026;Ana Pérez;Peinado;30,00",
                "Total Noa;;;30,00",
            )
        ],
        {
            "sales": [
                {"client_name": "Ana Pérez", "date": "2026-03-05", "amount": 25.0, "staff": "Marta"},
                {"client_name": "Luz Gómez", "date": "2026-03-19", "amount": 60.0, "staff": "Marta"},
                {"client_name": "Ana Pérez", "date": "2026-03-06", "amount": 30.0, "staff": "Noa"},
            ]
        },
        left_out=[(2, "heading"), (5, "total_row"), (6, "heading"), (8, "total_row")],
        notices=["groups_unfolded"],
    ),
    Case(
        "sellers over clients over lines",
        [
            csv(
                "Fecha;Concepto;Importe",
                "Vendedor: Marta;;",
                "Cliente: 00045 - Pérez García, Ana;;",
                *_rows(ANA),
                "Cliente: 00112 - Gómez Ruiz, Luz;;",
                "06/03/2026;Peinado;30,00",
                "Vendedor: Noa;;",
                "Cliente: 00112 - Gómez Ruiz, Luz;;",
                "20/03/2026;Corte;25,00",
                "Cliente: 00230 - Sanz, Eva;;",
                *_rows(EVA),
            )
        ],
        {
            "sales": [
                {**row, "staff": who}
                for row, who in zip(KEYED, ["Marta", "Marta", "Marta", "Noa", "Noa"], strict=True)
            ]
        },
        left_out=[(row, "heading") for row in (2, 3, 6, 8, 9, 11)],
        notices=["groups_unfolded"],
    ),
    Case(
        "a ledger of accounts with the balance brought forward and sums at the page's foot",
        [
            csv(
                "MAYOR DE CUENTAS",
                "Empresa: Peluquería Sol;Ejercicio 2026;;",
                "Fecha;Documento;Concepto;Importe",
                "Cuenta: 430000045 Pérez García, Ana;;;",
                "01/01/2026;;Saldo anterior;310,00",
                "05/03/2026;F-1;Corte;25,00",
                "19/03/2026;F-2;Color;60,50",
                ";;Suma y sigue;85,50",
                "Cuenta: 430000112 Gómez Ruiz, Luz;;;",
                "01/01/2026;;Saldo anterior;0,00",
                "20/03/2026;F-3;Corte;25,00",
                ";;Sumas y saldos;110,50",
                "Página 1 de 1;;;",
            )
        ],
        {
            "sales": [
                {
                    "client_name": "Pérez García, Ana",
                    "client_id": "430000045",
                    "date": "2026-03-05",
                    "amount": 25.0,
                },
                {
                    "client_name": "Pérez García, Ana",
                    "client_id": "430000045",
                    "date": "2026-03-19",
                    "amount": 60.5,
                },
                {
                    "client_name": "Gómez Ruiz, Luz",
                    "client_id": "430000112",
                    "date": "2026-03-20",
                    "amount": 25.0,
                },
            ]
        },
        left_out=[
            (4, "heading"),
            (5, "total_row"),
            (8, "total_row"),
            (9, "heading"),
            (10, "total_row"),
            (12, "total_row"),
            (13, "note"),
        ],
        notices=["groups_unfolded"],
    ),
    Case(
        "lines after a group's total are nobody's",
        [
            csv(
                "Fecha;Concepto;Importe",
                "Cliente: Ana Pérez;;",
                "05/03/2026;Corte;25,00",
                "19/03/2026;Color;60,00",
                "Total Ana Pérez;;85,00",
                "Cliente: Luz Gómez;;",
                "20/03/2026;Corte;25,00",
                "21/03/2026;Corte;25,00",
                "Total Luz Gómez;;50,00",
                "22/03/2026;Champú;9,00",
            )
        ],
        {
            "sales": [
                {"client_name": "Ana Pérez", "date": "2026-03-05", "amount": 25.0},
                {"client_name": "Ana Pérez", "date": "2026-03-19", "amount": 60.0},
                {"client_name": "Luz Gómez", "date": "2026-03-20", "amount": 25.0},
                {"client_name": "Luz Gómez", "date": "2026-03-21", "amount": 25.0},
                {"client_name": None, "date": "2026-03-22", "amount": 9.0},
            ]
        },
        left_out=[(2, "heading"), (5, "total_row"), (6, "heading"), (9, "total_row")],
    ),
    Case(
        "the client's name on the first line of its group only",
        [
            csv(
                "Cliente;Fecha;Servicio;Importe",
                *(
                    f"{name if at == 0 else ''};{line}"
                    for name, lines in zip(NAMES, GROUPS, strict=True)
                    for at, line in enumerate(_rows(lines))
                ),
            )
        ],
        {"sales": SOLD},
        left_out=[],
        notices=["filled_down"],
    ),
    Case(
        "key and name on the first line of the group only",
        [
            csv(
                "Código;Cliente;Fecha;Servicio;Importe",
                *(
                    f"{key if at == 0 else ''};{name if at == 0 else ''};{line}"
                    for key, name, lines in zip(KEYS, NAMES, GROUPS, strict=True)
                    for at, line in enumerate(_rows(lines))
                ),
            )
        ],
        {"sales": KEYED},
        left_out=[],
        notices=["filled_down"],
    ),
    Case(
        "the day on the first line of its day only",
        [
            csv(
                "Fecha;Cliente;Servicio;Importe",
                "05/03/2026;Ana Pérez;Corte;25,00",
                ";Luz Gómez;Color;60,00",
                ";Eva Sanz;Corte;25,00",
                "20/03/2026;Ana Pérez;Peinado;30,00",
                ";Luz Gómez;Corte;25,00",
            )
        ],
        {
            "sales": [
                {"client_name": "Ana Pérez", "date": "2026-03-05", "amount": 25.0},
                {"client_name": "Luz Gómez", "date": "2026-03-05", "amount": 60.0},
                {"client_name": "Eva Sanz", "date": "2026-03-05", "amount": 25.0},
                {"client_name": "Ana Pérez", "date": "2026-03-20", "amount": 30.0},
                {"client_name": "Luz Gómez", "date": "2026-03-20", "amount": 25.0},
            ]
        },
        left_out=[],
        notices=["filled_down"],
    ),
    Case(
        "a ticket of several lines whose first one alone has the client",
        [
            csv(
                "Ticket;Fecha;Cliente;Servicio;Importe",
                "101;05/03/2026;Ana Pérez;Corte;25,00",
                "101;05/03/2026;;Champú;9,00",
                "102;05/03/2026;;Corte;25,00",
                "103;20/03/2026;Luz Gómez;Color;60,00",
                "103;20/03/2026;;Peinado;30,00",
                "104;21/03/2026;Ana Pérez;Corte;25,00",
            )
        ],
        {
            "sales": [
                {"client_name": "Ana Pérez", "date": "2026-03-05", "amount": 25.0},
                {"client_name": "Ana Pérez", "date": "2026-03-05", "amount": 9.0},
                {"client_name": None, "date": "2026-03-05", "amount": 25.0},
                {"client_name": "Luz Gómez", "date": "2026-03-20", "amount": 60.0},
                {"client_name": "Luz Gómez", "date": "2026-03-20", "amount": 30.0},
                {"client_name": "Ana Pérez", "date": "2026-03-21", "amount": 25.0},
            ]
        },
        left_out=[],
        notices=["filled_down"],
    ),
    Case(
        "nameless sales of sellers, each with days in order, stay nameless",
        [
            csv(
                "Vendedor;Fecha;Cliente;Importe",
                *(
                    f"{who};{day}/03/2026;{client};{day},00"
                    for who, days in (
                        ("Marta", range(13, 21)),
                        ("Noa", range(13, 21)),
                        ("Pau", range(13, 21)),
                    )
                    for day, client in ((day, f"{who} {day}" if day % 3 else "") for day in days)
                ),
            )
        ],
        {
            "sales": [
                {"client_name": f"{who} {day}" if day % 3 else None, "amount": float(day)}
                for who in ("Marta", "Noa", "Pau")
                for day in range(13, 21)
            ]
        },
        left_out=[],
    ),
    Case(
        "nameless sales between named ones stay nameless",
        [
            csv(
                "Fecha;Cliente;Servicio;Importe",
                "03/03/2026;Ana Pérez;Corte;25,00",
                "03/03/2026;;Corte;25,00",
                "04/03/2026;;Champú;9,00",
                "05/03/2026;Luz Gómez;Color;60,00",
                "16/03/2026;;Corte;25,00",
                "17/03/2026;Eva Sanz;Corte;25,00",
                "18/03/2026;;Corte;25,00",
            )
        ],
        {
            "sales": [
                {"client_name": "Ana Pérez", "date": "2026-03-03", "amount": 25.0},
                {"client_name": None, "date": "2026-03-03", "amount": 25.0},
                {"client_name": None, "date": "2026-03-04", "amount": 9.0},
                {"client_name": "Luz Gómez", "date": "2026-03-05", "amount": 60.0},
                {"client_name": None, "date": "2026-03-16", "amount": 25.0},
                {"client_name": "Eva Sanz", "date": "2026-03-17", "amount": 25.0},
                {"client_name": None, "date": "2026-03-18", "amount": 25.0},
            ]
        },
        left_out=[],
    ),
]
