"""Rows that add up others, labelled or not, and sales that only look like them: no revenue twice, no sale lost."""

from __future__ import annotations

import datetime as dt

from tests.analysis.reading.corpus.case import Case
from tests.analysis.reading.exports import csv, xlsx

D = dt.date
HEADER = "Fecha;Cliente;Servicio;Importe"
LINES = (
    "05/03/2026;Ana Pérez;Corte;25,00",
    "05/03/2026;Luz Gómez;Color;60,50",
    "19/03/2026;Ana Pérez;Peinado;30,00",
    "20/03/2026;Eva Sanz;Corte;25,00",
)
SOLD = [
    {"client_name": "Ana Pérez", "date": "2026-03-05", "amount": 25.0},
    {"client_name": "Luz Gómez", "date": "2026-03-05", "amount": 60.5},
    {"client_name": "Ana Pérez", "date": "2026-03-19", "amount": 30.0},
    {"client_name": "Eva Sanz", "date": "2026-03-20", "amount": 25.0},
]


def _walk_in(date: str, amount: float, service: str | None = None) -> dict[str, object]:
    return {"client_name": None, "date": date, "amount": amount, "service": service}


CASES = [
    *(
        Case(
            f"a total labelled {label!r} in column {place + 1}",
            [csv(HEADER, *LINES, ";".join([*(label if at == place else "" for at in range(3)), "140,50"]))],
            {"sales": SOLD},
            left_out=[(6, "total_row")],
        )
        for label, place in [
            ("TOTAL", 0),
            ("TOTAL GENERAL", 1),
            ("Total Anual:", 2),
            ("Suma", 0),
            ("Totales", 2),
            ("Grand Total", 1),
            ("TOTAL MARZO 2026", 0),
            ("Total facturado (€)", 2),
            ("Acumulado", 0),
            ("*** TOTAL ***", 0),
        ]
    ),
    Case(
        "a total without a label",
        [csv(HEADER, *LINES, ";;;140,50")],
        {"sales": SOLD},
        left_out=[(6, "total_row")],
    ),
    Case(
        "a total without a label after a blank row",
        [csv(HEADER, *LINES, ";;;", ";;;140,50")],
        {"sales": SOLD},
        left_out=[(6, "empty"), (7, "total_row")],
    ),
    Case(
        "unlabelled sums under every day and under all",
        [csv(HEADER, *LINES[:2], ";;;85,50", *LINES[2:], ";;;55,00", ";;;140,50")],
        {"sales": SOLD},
        left_out=[(4, "total_row"), (7, "total_row"), (8, "total_row")],
    ),
    Case(
        "unlabelled sums that carry their day",
        [
            csv(
                HEADER,
                *LINES[:2],
                "05/03/2026;;;85,50",
                "19/03/2026;Ana Pérez;Peinado;30,00",
                "19/03/2026;Luz Gómez;Corte;20,00",
                "19/03/2026;;;50,00",
            )
        ],
        {
            "sales": [
                *SOLD[:3],
                {"client_name": "Luz Gómez", "date": "2026-03-19", "amount": 20.0},
            ]
        },
        left_out=[(4, "total_row"), (7, "total_row")],
    ),
    Case(
        "labelled sums that carry their day",
        [csv(HEADER, *LINES[:2], "05/03/2026;Total día;;85,50", *LINES[2:], "20/03/2026;TOTAL;;140,50")],
        {"sales": SOLD},
        left_out=[(4, "total_row"), (7, "total_row")],
    ),
    Case(
        "the total of all above the lines",
        [csv(HEADER, "TOTAL;;;140,50", *LINES)],
        {"sales": SOLD},
        left_out=[(2, "total_row")],
    ),
    Case(
        "a subtotal for every client and a total",
        [
            csv(
                "Cliente;Fecha;Importe",
                "Ana Pérez;05/03/2026;25,00",
                "Ana Pérez;19/03/2026;30,00",
                "Total Ana Pérez;;55,00",
                "Luz Gómez;20/03/2026;60,50",
                "Total Luz Gómez;;60,50",
                "Total general;;115,50",
            )
        ],
        {
            "sales": [
                {"client_name": "Ana Pérez", "date": "2026-03-05", "amount": 25.0},
                {"client_name": "Ana Pérez", "date": "2026-03-19", "amount": 30.0},
                {"client_name": "Luz Gómez", "date": "2026-03-20", "amount": 60.5},
            ]
        },
        left_out=[(4, "total_row"), (6, "total_row"), (7, "total_row")],
    ),
    Case(
        "subtotals as Excel's outline writes them, the word behind",
        [
            csv(
                "Cliente;Fecha;Importe",
                "Ana Pérez;05/03/2026;25,00",
                "Ana Pérez;19/03/2026;30,00",
                "Total Ana Pérez;;55,00",
                "Luz Gómez;20/03/2026;60,50",
                "Luz Gómez Total;;60,50",
                "Grand Total;;115,50",
            )
        ],
        {
            "sales": [
                {"client_name": "Ana Pérez", "date": "2026-03-05", "amount": 25.0},
                {"client_name": "Ana Pérez", "date": "2026-03-19", "amount": 30.0},
                {"client_name": "Luz Gómez", "date": "2026-03-20", "amount": 60.5},
            ]
        },
        left_out=[(4, "total_row"), (6, "total_row"), (7, "total_row")],
    ),
    Case(
        "months' subtotals in between",
        [
            csv(
                HEADER,
                "15/01/2026;Ana Pérez;Corte;25,00",
                "20/01/2026;Luz Gómez;Corte;25,00",
                "Subtotal Enero;;;50,00",
                "15/02/2026;Ana Pérez;Corte;25,00",
                "Subtotal Febrero;;;25,00",
                "Total Anual;;;75,00",
            )
        ],
        {
            "sales": [
                {"client_name": "Ana Pérez", "date": "2026-01-15", "amount": 25.0},
                {"client_name": "Luz Gómez", "date": "2026-01-20", "amount": 25.0},
                {"client_name": "Ana Pérez", "date": "2026-02-15", "amount": 25.0},
            ]
        },
        left_out=[(4, "total_row"), (6, "total_row"), (7, "total_row")],
    ),
    Case(
        "clients whose names begin like totals",
        [
            csv(
                HEADER,
                "05/03/2026;Total Fitness SL;Corte;25,00",
                "19/03/2026;Sumas García, Ana;Color;60,00",
                "20/03/2026;Total Fitness SL;Corte;25,00",
                "TOTAL;;;110,00",
            )
        ],
        {
            "sales": [
                {"client_name": "Total Fitness SL", "date": "2026-03-05", "amount": 25.0},
                {"client_name": "Sumas García, Ana", "date": "2026-03-19", "amount": 60.0},
                {"client_name": "Total Fitness SL", "date": "2026-03-20", "amount": 25.0},
            ]
        },
        left_out=[(5, "total_row")],
    ),
    Case(
        "a client called Total alone who bought something",
        [
            csv(
                HEADER,
                "05/03/2026;Ana Pérez;Corte;25,00",
                "19/03/2026;Total;Lavado;40,00",
                "20/03/2026;Luz Gómez;Corte;25,00",
            )
        ],
        {
            "sales": [
                {"client_name": "Ana Pérez", "date": "2026-03-05", "amount": 25.0},
                {"client_name": "Total", "date": "2026-03-19", "amount": 40.0},
                {"client_name": "Luz Gómez", "date": "2026-03-20", "amount": 25.0},
            ]
        },
        left_out=[],
    ),
    Case(
        "a nameless sale of a service that begins like a total",
        [
            csv(
                HEADER,
                "05/03/2026;Ana Pérez;Corte;25,00",
                "19/03/2026;;Total Look;90,00",
                "20/03/2026;Luz Gómez;Corte;25,00",
            )
        ],
        {
            "sales": [
                {"client_name": "Ana Pérez", "date": "2026-03-05", "amount": 25.0},
                {"client_name": None, "date": "2026-03-19", "amount": 90.0},
                {"client_name": "Luz Gómez", "date": "2026-03-20", "amount": 25.0},
            ]
        },
        left_out=[],
    ),
    Case(
        "nameless sales with nothing but day and amount are sales, and the last row their total",
        [
            csv(
                "Fecha;Cliente;Importe",
                "05/03/2026;Ana Pérez;25,00",
                "05/03/2026;;9,00",
                "16/03/2026;;12,50",
                "17/03/2026;Luz Gómez;25,00",
                "18/03/2026;;25,00",
                "18/03/2026;;96,50",
            )
        ],
        {
            "sales": [
                {"client_name": "Ana Pérez", "date": "2026-03-05", "amount": 25.0},
                {"client_name": None, "date": "2026-03-05", "amount": 9.0},
                {"client_name": None, "date": "2026-03-16", "amount": 12.5},
                {"client_name": "Luz Gómez", "date": "2026-03-17", "amount": 25.0},
                {"client_name": None, "date": "2026-03-18", "amount": 25.0},
            ]
        },
        left_out=[(7, "total_row")],
    ),
    Case(
        "a last sale that adds up nothing stays",
        [csv(HEADER, *LINES, "21/03/2026;;Champú;9,00")],
        {"sales": [*SOLD, {"client_name": None, "date": "2026-03-21", "amount": 9.0}]},
        left_out=[],
    ),
    Case(
        "sums by kind of payment under the lines",
        [
            csv(
                "Fecha;Cliente;Importe",
                "05/03/2026;Ana Pérez;25,00",
                "19/03/2026;Luz Gómez;60,50",
                ";;",
                "Efectivo;;25,00",
                "Tarjeta;;60,50",
                "Total;;85,50",
            )
        ],
        {
            "sales": [
                {"client_name": "Ana Pérez", "date": "2026-03-05", "amount": 25.0},
                {"client_name": "Luz Gómez", "date": "2026-03-19", "amount": 60.5},
            ]
        },
        left_out=[(4, "empty"), (5, "other_table"), (6, "other_table"), (7, "total_row")],
    ),
    Case(
        "a list of clients with its count below",
        [
            csv(
                "Nombre;Teléfono;Email",
                "Ana Pérez;600111222;ana@x.es",
                "Luz Gómez;600111333;luz@x.es",
                "Total Fitness SL;600111444;tf@x.es",
                "Total clientes: 3;;",
                "Página 1 de 1;;",
                name="clientes.csv",
            )
        ],
        {
            "clients": [
                {"client_name": "Ana Pérez", "phone": "600111222"},
                {"client_name": "Luz Gómez", "phone": "600111333"},
                {"client_name": "Total Fitness SL", "phone": "600111444"},
            ]
        },
        left_out=[(5, "total_row"), (6, "note")],
    ),
    Case(
        "totals of a workbook, their label merged over three columns and their number a formula's",
        [
            xlsx(
                {
                    "Ventas": [
                        ["Fecha", "Cliente", "Servicio", "Importe", "Propina"],
                        [D(2026, 3, 5), "Ana Pérez", "Corte", 25, 1],
                        [D(2026, 3, 19), "Luz Gómez", "Color", 60.5, 2],
                        ["Totales", None, None, 85.5, 3],
                        [None, None, "Media", 42.75, 1.5],
                    ]
                }
            )
        ],
        {
            "sales": [
                {"client_name": "Ana Pérez", "date": "2026-03-05", "amount": 25.0},
                {"client_name": "Luz Gómez", "date": "2026-03-19", "amount": 60.5},
            ]
        },
        left_out=[(4, "total_row"), (5, "no_date")],
    ),
]
