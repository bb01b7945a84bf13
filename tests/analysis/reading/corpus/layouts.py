"""Where tables are on their sheets: titles, headers of several lines, pages, notes, tables beside and below others."""

from __future__ import annotations

import datetime as dt

from tests.analysis.reading.corpus.case import Case
from tests.analysis.reading.exports import csv, merged_xlsx, xlsx

D = dt.date
HEADER = "Fecha;Cliente;Servicio;Importe"
LINES = (
    "05/03/2026;Ana Pérez;Corte;25,00",
    "19/03/2026;Luz Gómez;Color;60,50",
    "20/03/2026;Ana Pérez;Peinado;30,00",
)
SOLD = [
    {"client_name": "Ana Pérez", "date": "2026-03-05", "amount": 25.0, "service": "Corte"},
    {"client_name": "Luz Gómez", "date": "2026-03-19", "amount": 60.5, "service": "Color"},
    {"client_name": "Ana Pérez", "date": "2026-03-20", "amount": 30.0, "service": "Peinado"},
]
CELLS = [
    [D(2026, 3, 5), "Ana Pérez", "Corte", 25],
    [D(2026, 3, 19), "Luz Gómez", "Color", 60.5],
    [D(2026, 3, 20), "Ana Pérez", "Peinado", 30],
]
NAMES = ["Fecha", "Cliente", "Servicio", "Importe"]
KEYED = [{**row, "client_id": key} for row, key in zip(SOLD, ("A1", "A2", "A1"), strict=True)]


def _above(*lines: str) -> Case:
    return Case(
        f"lines above the header: {lines[0] or lines[-1]}",
        [csv(*lines, HEADER, *LINES)],
        {"sales": SOLD},
        left_out=[],
    )


CASES = [
    _above("Reporte descargado el 03/04/2026 a las 10:15"),
    _above(
        "Peluquería Sol SL", "CIF B12345678", "", "Listado de ventas", "Periodo: 01/03/2026 - 31/03/2026", ""
    ),
    _above("Empresa:;Peluquería Sol;;", "Desde:;01/03/2026;Hasta:;31/03/2026", "Vendedor:;Todos;;"),
    _above("Cliente:;Todos;Fecha:;Todas"),
    _above("", "", "VENTAS MARZO", ""),
    Case(
        "a small table of who printed it above the header",
        [csv("Usuario;Fecha;Página;Sucursal", "admin;03/04/2026;1;Centro", "", HEADER, *LINES)],
        {"sales": SOLD},
        left_out=[(2, "other_table")],
    ),
    _above("Este informe contiene datos personales; no lo reenvíe", "Generado por el módulo de informes", ""),
    Case(
        "blank first columns and rows",
        [csv(";;;;;", ";;;;;", *(f";;{line}" for line in (HEADER, *LINES)))],
        {"sales": SOLD},
        left_out=[],
    ),
    Case(
        "a table that begins at D7 of its sheet",
        [xlsx({"Hoja1": [[]] * 6 + [[None, None, None, *row] for row in (NAMES, *CELLS)]})],
        {"sales": SOLD},
        left_out=[],
    ),
    Case(
        "blank columns between the columns, as report designers leave them",
        [csv(*(line.replace(";", ";;") for line in ("Informe de ventas;;;", HEADER, *LINES)))],
        {"sales": SOLD},
        left_out=[],
    ),
    Case(
        "bands over the names",
        [
            csv(
                "Cliente;;Venta;;",
                "Código;Nombre;Fecha;Servicio;Importe",
                "A1;Ana Pérez;05/03/2026;Corte;25,00",
                "A2;Luz Gómez;19/03/2026;Color;60,50",
                "A1;Ana Pérez;20/03/2026;Peinado;30,00",
            )
        ],
        {"sales": KEYED},
        left_out=[],
    ),
    Case(
        "bands merged over the names in a workbook, other names two rows high",
        [
            merged_xlsx(
                {
                    "Ventas": [
                        ["VENTAS DE MARZO", None, None, None, None],
                        ["Fecha", "Cliente", None, "Venta", None],
                        [None, "Código", "Nombre", "Servicio", "Importe"],
                        *(
                            [row[0], key, *row[1:]]
                            for row, key in zip(CELLS, ("A1", "A2", "A1"), strict=True)
                        ),
                    ]
                },
                {"Ventas": ("A1:E1", "A2:A3", "B2:C2", "D2:E2")},
            )
        ],
        {"sales": KEYED},
        left_out=[],
    ),
    Case(
        "names two rows high beside a band of two",
        [
            csv(
                "Fecha;Cliente;Servicio;Importe;",
                ";;;Base;Total",
                "05/03/2026;Ana Pérez;Corte;20,66;25,00",
                "19/03/2026;Luz Gómez;Color;50,00;60,50",
                "20/03/2026;Ana Pérez;Peinado;24,79;30,00",
            )
        ],
        {"sales": SOLD},
        left_out=[],
    ),
    Case(
        "bands whose words are no help",
        [
            csv(
                "Datos del cliente;;Detalle;;",
                "Nombre;Apellidos;Fecha;Concepto;Total",
                "Ana;Pérez;05/03/2026;Corte;25,00",
                "Luz;Gómez;19/03/2026;Color;60,50",
                "Ana;Pérez;20/03/2026;Peinado;30,00",
            )
        ],
        {"sales": SOLD},
        left_out=[],
    ),
    Case(
        "names over two rows",
        [
            csv(
                "Fecha;Nombre;Servicio;Importe",
                "de venta;del cliente;;total",
                *LINES,
            )
        ],
        {"sales": SOLD},
        left_out=[],
    ),
    Case(
        "units under the names",
        [csv(HEADER, "(dd/mm/aaaa);;;(€)", *LINES)],
        {"sales": SOLD},
        left_out=[],
    ),
    Case(
        "units behind the names",
        [csv("Fecha (dd/mm/aaaa);Cliente;Servicio;Importe (€)", *LINES)],
        {"sales": SOLD},
        left_out=[],
    ),
    Case(
        "the header on every printed page, with its title and foot",
        [
            csv(
                "Peluquería Sol;;;",
                HEADER,
                *LINES[:2],
                "Página 1 de 2;;;",
                "Peluquería Sol;;;",
                HEADER,
                *LINES[2:],
                "Página 2 de 2;;;",
            )
        ],
        {"sales": SOLD},
        left_out=[(5, "note"), (6, "heading"), (7, "repeated_header"), (9, "note")],
    ),
    Case(
        "a header of two lines on every page",
        [
            csv(
                "Cliente;;Venta;;",
                "Código;Nombre;Fecha;Servicio;Importe",
                "A1;Ana Pérez;05/03/2026;Corte;25,00",
                "A2;Luz Gómez;19/03/2026;Color;60,50",
                "Cliente;;Venta;;",
                "Código;Nombre;Fecha;Servicio;Importe",
                "A1;Ana Pérez;20/03/2026;Peinado;30,00",
            )
        ],
        {"sales": KEYED},
        left_out=[(5, "repeated_header"), (6, "repeated_header")],
    ),
    Case(
        "remarks and signatures below",
        [
            csv(
                HEADER,
                *LINES,
                ";;;",
                "Los importes incluyen IVA;;;",
                "Nota: las devoluciones no figuran;;;",
                "_______________;;;",
                "Firma del responsable;;;",
                "Impreso el 03/04/2026 10:15;;;",
            )
        ],
        {"sales": SOLD},
        left_out=[(5, "empty"), (6, "note"), (7, "note"), (8, "note"), (9, "note"), (10, "note")],
    ),
    Case(
        "remarks under a list of clients are no clients",
        [
            csv(
                "Nombre;Teléfono;Email",
                "Ana Pérez;600111222;ana@x.es",
                "Luz Gómez;600111333;luz@x.es",
                "Eva;;",
                ";;",
                "Página 1 de 1;;",
                "* Clientes con consentimiento;;",
                name="clientes.csv",
            )
        ],
        {"clients": [{"client_name": "Ana Pérez"}, {"client_name": "Luz Gómez"}, {"client_name": "Eva"}]},
        left_out=[(5, "empty"), (6, "note"), (7, "note")],
    ),
    Case(
        "duplicated names: the first one counts",
        [
            csv(
                "Fecha;Cliente;Servicio;Importe;Importe",
                "05/03/2026;Ana Pérez;Corte;25,00;25,00",
                "19/03/2026;Luz Gómez;Color;60,50;60,50",
                "20/03/2026;Ana Pérez;Peinado;30,00;30,00",
            )
        ],
        {"sales": SOLD},
        left_out=[],
    ),
    Case(
        "a block of sums above the table",
        [
            csv(
                "Resumen;;;",
                "Ventas;115,50;;",
                "Tickets;3;;",
                "Ticket medio;38,50;;",
                ";;;",
                HEADER,
                *LINES,
            )
        ],
        {"sales": SOLD},
        left_out=[],
    ),
    Case(
        "a block of sums with its own header above the table",
        [csv("Mes;Total;;", "Enero;115,50;;", "Febrero;80,00;;", ";;;", HEADER, *LINES)],
        {"sales": SOLD},
        left_out=[(2, "other_table"), (3, "other_table")],
    ),
    Case(
        "a block of sums with its own header below the table",
        [csv(HEADER, *LINES, ";;;", "Servicio;Total;;", "Corte;25,00;;", "Color;60,50;;", "Peinado;30,00;;")],
        {"sales": SOLD},
        left_out=[(7, "other_table"), (8, "other_table"), (9, "other_table")],
    ),
    Case(
        "a block of sums beside the table",
        [
            xlsx(
                {
                    "Ventas": [
                        [*NAMES, None, "Mes", "Total"],
                        [*CELLS[0], None, "Enero", 500],
                        [*CELLS[1], None, "Febrero", 700],
                        *([*CELLS[2]] for _ in range(1)),
                    ]
                }
            )
        ],
        {"sales": SOLD},
        left_out=[(2, "other_table"), (3, "other_table")],
    ),
    Case(
        "sales and their clients side by side",
        [
            xlsx(
                {
                    "Datos": [
                        [*NAMES, None, "Cliente", "Teléfono", "Email"],
                        [*CELLS[0], None, "Ana Pérez", "600111222", "ana@x.es"],
                        [*CELLS[1], None, "Luz Gómez", "600111333", "luz@x.es"],
                        [*CELLS[2]],
                    ]
                }
            )
        ],
        {
            "sales": SOLD,
            "clients": [
                {"client_name": "Ana Pérez", "phone": "600111222"},
                {"client_name": "Luz Gómez", "phone": "600111333"},
            ],
        },
        left_out=[],
    ),
    Case(
        "two shops' tables side by side",
        [
            xlsx(
                {
                    "Ventas": [
                        ["Centro", None, None, None, None, "Norte"],
                        [*NAMES, None, *NAMES],
                        [*CELLS[0], None, *CELLS[1]],
                        [*CELLS[2], None, None, None, None, None],
                    ]
                }
            )
        ],
        {"sales": [SOLD[0], SOLD[2], SOLD[1]]},
        left_out=[],
    ),
    Case(
        "sales and their clients one below the other",
        [
            csv(
                "VENTAS",
                HEADER,
                *LINES,
                "",
                "CLIENTES",
                "Cliente;Teléfono;Email",
                "Ana Pérez;600111222;ana@x.es",
                "Luz Gómez;600111333;luz@x.es",
            )
        ],
        {
            "sales": SOLD,
            "clients": [
                {"client_name": "Ana Pérez", "phone": "600111222"},
                {"client_name": "Luz Gómez", "phone": "600111333"},
            ],
        },
        left_out=[],
    ),
    Case(
        "the months one below the other, each with its title and header",
        [
            csv(
                "ENERO",
                HEADER,
                "15/01/2026;Ana Pérez;Corte;25,00",
                "",
                "FEBRERO",
                HEADER,
                "16/02/2026;Luz Gómez;Color;60,50",
                "",
                "MARZO",
                HEADER,
                "20/03/2026;Ana Pérez;Peinado;30,00",
            )
        ],
        {
            "sales": [
                {"client_name": "Ana Pérez", "date": "2026-01-15", "amount": 25.0},
                {"client_name": "Luz Gómez", "date": "2026-02-16", "amount": 60.5},
                {"client_name": "Ana Pérez", "date": "2026-03-20", "amount": 30.0},
            ]
        },
    ),
    Case(
        "a sparse column behind a blank one is of the table",
        [
            xlsx(
                {
                    "Citas": [
                        [*NAMES, None, "Estado", "Notas"],
                        [*CELLS[0], None, None, None],
                        [*CELLS[1], None, "No vino", "llamó"],
                        [*CELLS[2], None, None, None],
                        [D(2026, 3, 21), "Eva Sanz", "Corte", 25, None, "Anulada", None],
                    ]
                }
            )
        ],
        {
            "sales": [
                {"client_name": "Ana Pérez", "status": "completed"},
                {"client_name": "Luz Gómez", "status": "no_show"},
                {"client_name": "Ana Pérez", "status": "completed"},
                {"client_name": "Eva Sanz", "status": "cancelled"},
            ]
        },
        left_out=[],
    ),
    Case(
        "no header at all",
        [csv(*LINES)],
        refusal=("several_problems", {"count": 2}),
    ),
    Case(
        "a single row of names and nothing below",
        [csv(HEADER)],
        {"sales": []},
        left_out=[],
    ),
    Case(
        "a matrix of five thousand columns",
        [csv(";".join(f"c{at}" for at in range(5000)), ";".join("1" for _ in range(5000)))],
        refusal=("summary", {"kind": "too_wide"}),
    ),
]
