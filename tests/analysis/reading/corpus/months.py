"""Workbooks of several sheets: a month, a seller or a shop each, covers, lists, hidden and repeated sheets."""

from __future__ import annotations

import datetime as dt

from tests.analysis.reading.corpus.case import Case
from tests.analysis.reading.exports import csv, xlsx

D = dt.date
NAMES = ["Fecha", "Cliente", "Servicio", "Importe"]
JANUARY = [[D(2026, 1, 15), "Ana Pérez", "Corte", 25], [D(2026, 1, 20), "Luz Gómez", "Color", 60.5]]
FEBRUARY = [[D(2026, 2, 16), "Ana Pérez", "Peinado", 30], [D(2026, 2, 21), "Eva Sanz", "Corte", 25]]
MARCH = [[D(2026, 3, 5), "Luz Gómez", "Corte", 25]]
SOLD = [
    {"client_name": "Ana Pérez", "date": "2026-01-15", "amount": 25.0, "service": "Corte"},
    {"client_name": "Luz Gómez", "date": "2026-01-20", "amount": 60.5, "service": "Color"},
    {"client_name": "Ana Pérez", "date": "2026-02-16", "amount": 30.0, "service": "Peinado"},
    {"client_name": "Eva Sanz", "date": "2026-02-21", "amount": 25.0, "service": "Corte"},
    {"client_name": "Luz Gómez", "date": "2026-03-05", "amount": 25.0, "service": "Corte"},
]
MONTHS = {"Enero": [NAMES, *JANUARY], "Febrero": [NAMES, *FEBRUARY], "Marzo": [NAMES, *MARCH]}


CASES = [
    Case("a sheet a month", [xlsx(MONTHS)], {"sales": SOLD}, left_out=[], notices=["sheets_joined"]),
    Case(
        "a sheet a month whose header moves, under titles with the wrong month, with totals",
        [
            xlsx(
                {
                    "Enero": [["VENTAS ENERO 2026"], [], NAMES, *JANUARY, ["TOTAL", None, None, 85.5]],
                    "Febrero": [["VENTAS ENERO 2026"], NAMES, *FEBRUARY, [None, None, None, 55]],
                    "Marzo": [["Peluquería Sol"], ["VENTAS ENERO 2026"], [], NAMES, *MARCH],
                }
            )
        ],
        {"sales": SOLD},
        left_out=[(6, "total_row"), (5, "total_row")],
        notices=["sheets_joined"],
    ),
    Case(
        "a sheet a month with the columns in another order and one more in a month",
        [
            xlsx(
                {
                    "Enero": [NAMES, *JANUARY],
                    "Febrero": [
                        ["Cliente", "Fecha", "Importe", "Propina", "Servicio"],
                        *([row[1], row[0], row[3], 2, row[2]] for row in FEBRUARY),
                    ],
                    "Marzo": [NAMES, *MARCH],
                }
            )
        ],
        {"sales": SOLD},
        left_out=[],
        notices=["sheets_joined"],
    ),
    Case(
        "a sheet a month and one for the year that repeats them",
        [xlsx({**MONTHS, "Anual": [NAMES, *JANUARY, *FEBRUARY, *MARCH]})],
        {"sales": SOLD},
        left_out=[(row, "repeated_rows") for row in range(2, 7)],
        notices=["sheets_joined", "sheet_repeats"],
    ),
    Case(
        "a year's sheet that has more than the months beside it",
        [
            xlsx(
                {
                    "Todo": [NAMES, *JANUARY, [D(2026, 1, 25), "Eva Sanz", "Corte", 25], *FEBRUARY, *MARCH],
                    "Enero": [NAMES, *JANUARY, [D(2026, 1, 25), "Eva Sanz", "Corte", 25]],
                }
            )
        ],
        {
            "sales": [
                *SOLD[:2],
                {"client_name": "Eva Sanz", "date": "2026-01-25", "amount": 25.0, "service": "Corte"},
                *SOLD[2:],
            ]
        },
        left_out=[(2, "repeated_rows"), (3, "repeated_rows"), (4, "repeated_rows")],
        notices=["sheet_repeats"],
    ),
    Case(
        "a sheet copied whole",
        [xlsx({"Ventas": [NAMES, *JANUARY, *FEBRUARY], "Ventas (2)": [NAMES, *JANUARY, *FEBRUARY]})],
        {"sales": SOLD[:4]},
        left_out=[(row, "repeated_rows") for row in range(2, 6)],
        notices=["sheet_repeats"],
    ),
    Case(
        "a sheet for each shop",
        [xlsx({"Centro": [NAMES, *JANUARY], "Norte": [NAMES, *FEBRUARY], "Playa": [NAMES, *MARCH]})],
        {"sales": SOLD},
        left_out=[],
        notices=["sheets_joined"],
    ),
    Case(
        "sheets of what came, what was cancelled and who did not come are not one table",
        [
            xlsx(
                {
                    "Citas": [NAMES[:3], *(row[:3] for row in (*JANUARY, *FEBRUARY))],
                    "Canceladas": [NAMES[:3], [D(2026, 3, 5), "Luz Gómez", "Corte"]],
                    "No asistió": [NAMES[:3], [D(2026, 3, 6), "Ana Pérez", "Corte"]],
                }
            )
        ],
        {
            "sales": [
                *(
                    {"client_name": row["client_name"], "date": row["date"], "status": "completed"}
                    for row in SOLD[:4]
                ),
                {"client_name": "Luz Gómez", "date": "2026-03-05", "status": "cancelled"},
                {"client_name": "Ana Pérez", "date": "2026-03-06", "status": "no_show"},
            ]
        },
        left_out=[],
    ),
    Case(
        "a cover, instructions, a list for a dropdown and the data",
        [
            xlsx(
                {
                    "Portada": [["Peluquería Sol"], ["Informe de ventas"], ["2026"]],
                    "Instrucciones": [
                        ["Paso", "Qué hacer"],
                        [1, "Rellena la hoja Datos"],
                        [2, "Guarda el archivo"],
                    ],
                    "Listas": [["Servicios"], ["Corte"], ["Color"], ["Peinado"]],
                    "Datos": [NAMES, *JANUARY, *FEBRUARY, *MARCH],
                }
            )
        ],
        {"sales": SOLD},
        left_out=[
            (1, "other_sheet"),
            (2, "other_sheet"),
            (3, "other_sheet"),
            (2, "other_sheet"),
            (3, "other_sheet"),
            (1, "other_sheet"),
            (2, "other_sheet"),
            (3, "other_sheet"),
            (4, "other_sheet"),
        ],
    ),
    Case(
        "a hidden copy of last year's sheet",
        [
            xlsx(
                {"Ventas": [NAMES, *JANUARY], "Copia": [NAMES, [D(2025, 1, 15), "Eva Sanz", "Corte", 20]]},
                hidden=["Copia"],
            )
        ],
        {"sales": SOLD[:2]},
        left_out=[(2, "other_sheet")],
    ),
    Case(
        "empty sheets behind the data",
        [xlsx({"Hoja1": [NAMES, *JANUARY], "Hoja2": [], "Hoja3": []})],
        {"sales": SOLD[:2]},
        left_out=[],
    ),
    Case(
        "days without their year in sheets named by month and year",
        [
            xlsx(
                {
                    "Enero 2026": [
                        NAMES,
                        ["15/01", "Ana Pérez", "Corte", 25],
                        ["20/01", "Luz Gómez", "Color", 60.5],
                    ],
                    "Febrero 2026": [
                        NAMES,
                        ["16/02", "Ana Pérez", "Peinado", 30],
                        ["21/02", "Eva Sanz", "Corte", 25],
                    ],
                    "Marzo 2026": [NAMES, ["05/03", "Luz Gómez", "Corte", 25]],
                }
            )
        ],
        {"sales": SOLD},
        left_out=[],
        notices=["sheets_joined", "year_from_name"],
    ),
    Case(
        "day numbers alone in sheets named by month and year",
        [
            xlsx(
                {
                    "ene-26": [
                        ["Día", *NAMES[1:]],
                        [15, "Ana Pérez", "Corte", 25],
                        [20, "Luz Gómez", "Color", 60.5],
                    ],
                    "feb-26": [
                        ["Día", *NAMES[1:]],
                        [16, "Ana Pérez", "Peinado", 30],
                        [21, "Eva Sanz", "Corte", 25],
                    ],
                    "mar-26": [["Día", *NAMES[1:]], [5, "Luz Gómez", "Corte", 25]],
                }
            )
        ],
        {"sales": SOLD},
        left_out=[],
        notices=["year_from_name"],
    ),
    Case(
        "days without their year under a title that says it, the wrong month of a copied title beside the sheet's own",
        [
            xlsx(
                {
                    "Marzo": [
                        ["VENTAS FEBRERO 2026"],
                        NAMES,
                        ["05/03", "Luz Gómez", "Corte", 25],
                        ["06/03", "Ana Pérez", "Corte", 25],
                    ]
                }
            )
        ],
        {
            "sales": [
                {"client_name": "Luz Gómez", "date": "2026-03-05", "amount": 25.0},
                {"client_name": "Ana Pérez", "date": "2026-03-06", "amount": 25.0},
            ]
        },
        left_out=[],
        notices=["year_from_name"],
    ),
    Case(
        "days and months' names without their year in a file named by its year",
        [
            csv(
                ";".join(NAMES),
                "15-ene;Ana Pérez;Corte;25,00",
                "20-ene;Luz Gómez;Color;60,50",
                "16-feb;Ana Pérez;Peinado;30,00",
                name="ventas 2026.csv",
            )
        ],
        {"sales": SOLD[:3]},
        left_out=[],
        notices=["year_from_name"],
    ),
    Case(
        "days whose year nothing says",
        [csv(";".join(NAMES), "15/01;Ana Pérez;Corte;25,00", "20/01;Luz Gómez;Color;60,50")],
        refusal=("dates_without_year", {"header": "Fecha"}),
    ),
    Case(
        "days without their year under a title of two years",
        [
            csv(
                "Ventas del 01/12/2025 al 31/01/2026",
                ";".join(NAMES),
                "15/12;Ana Pérez;Corte;25,00",
                "20/01;Luz Gómez;Color;60,50",
            )
        ],
        refusal=("dates_without_year", {"header": "Fecha"}),
    ),
    Case(
        "days of another month than their sheet says",
        [
            xlsx(
                {
                    "Marzo 2026": [
                        NAMES,
                        ["15/01", "Ana Pérez", "Corte", 25],
                        ["20/01", "Luz Gómez", "Color", 60.5],
                    ]
                }
            )
        ],
        refusal=("dates_without_year", {"header": "Fecha"}),
    ),
    Case(
        "a summary beside the months is told apart",
        [
            xlsx(
                {
                    **MONTHS,
                    "Resumen": [
                        ["Cliente", "Enero", "Febrero", "Marzo", "Total"],
                        ["Ana Pérez", 25, 30, 0, 55],
                        ["Luz Gómez", 60.5, 0, 25, 85.5],
                        ["Eva Sanz", 0, 25, 0, 25],
                    ],
                }
            )
        ],
        {"sales": SOLD},
        left_out=[(2, "other_sheet"), (3, "other_sheet"), (4, "other_sheet")],
        notices=["sheets_joined", "summary_ignored"],
    ),
]
