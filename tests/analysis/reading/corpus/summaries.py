"""Tables that hold no visits: refused with what they are, or told apart where something else has visits."""

from __future__ import annotations

import datetime as dt

from tests.analysis.reading.corpus.case import Case
from tests.analysis.reading.exports import csv, xlsx

D = dt.date
SOLD = [
    ["Fecha", "Cliente", "Importe"],
    [D(2026, 1, 15), "Ana Pérez", 25],
    [D(2026, 2, 20), "Luz Gómez", 60.5],
]
SALES = [
    {"client_name": "Ana Pérez", "date": "2026-01-15", "amount": 25.0},
    {"client_name": "Luz Gómez", "date": "2026-02-20", "amount": 60.5},
]
BY_CLIENT = (
    "Cliente;Teléfono;Email;Última visita;Nº visitas;Total gastado",
    "Ana Pérez;600111222;ana@x.es;15/03/2026;12;340,50",
    "Luz Gómez;600111333;luz@x.es;20/02/2026;3;90,00",
    "Eva Sanz;600111444;eva@x.es;21/01/2026;1;25,00",
)


def _refused(name: str, kind: str, *lines: str) -> Case:
    return Case(name, [csv(*lines)], refusal=("summary", {"kind": kind, "file": "ventas.csv"}))


CASES = [
    _refused(
        "clients by months",
        "by_month",
        "Cliente;Enero;Febrero;Marzo;Total",
        "Ana Pérez;25,00;30,00;;55,00",
        "Luz Gómez;60,50;;25,00;85,50",
        "Eva Sanz;;25,00;;25,00",
    ),
    _refused(
        "clients by months with years, under a title",
        "by_month",
        "Facturación por cliente y mes",
        "",
        "Cliente;ene-26;feb-26;mar-26",
        "Ana Pérez;25,00;30,00;0,00",
        "Luz Gómez;60,50;0,00;25,00",
        "Total;85,50;30,00;25,00",
    ),
    _refused(
        "services by months",
        "by_month",
        "Servicio;2026-01;2026-02;2026-03;2026-04",
        "Corte;10;12;9;11",
        "Color;3;4;2;5",
    ),
    _refused(
        "clients by years",
        "by_month",
        "Cliente;2023;2024;2025",
        "Ana Pérez;250;300;120",
        "Luz Gómez;60;0;25",
    ),
    _refused(
        "clients by weekdays",
        "by_month",
        "Cliente;Lunes;Martes;Miércoles;Jueves;Viernes",
        "Ana Pérez;2;0;1;0;3",
        "Luz Gómez;0;1;0;2;0",
    ),
    _refused(
        "a pivot saved as values",
        "pivot",
        "Etiquetas de fila;Suma de Importe;Cuenta de Ticket",
        "Ana Pérez;55,00;2",
        "Luz Gómez;85,50;2",
        "Total general;140,50;4",
    ),
    _refused(
        "a pivot in English",
        "pivot",
        "Row Labels,Sum of Amount",
        "Ana Hill,55.00",
        "Lucy Stone,85.50",
        "Grand Total,140.50",
    ),
    _refused(
        "one line a client with sums alone",
        "by_client",
        "Cliente;Facturas;Base imponible;Total",
        "Ana Pérez;2;45,45;55,00",
        "Luz Gómez;2;70,66;85,50",
        "Eva Sanz;1;20,66;25,00",
    ),
    _refused("one line a client with the last visit and how many", "by_client", *BY_CLIENT),
    _refused(
        "one line a client with first and last visit, in English",
        "by_client",
        "Client,First visit,Last visit,Number of visits,Total spent",
        "Ana Hill,2025-01-10,2026-03-15,12,340.50",
        "Lucy Stone,2025-05-02,2026-02-20,3,90.00",
        "Eve Sands,2026-01-21,2026-01-21,1,25.00",
    ),
    _refused(
        "one line a service",
        "by_service",
        "Servicio;Cantidad;Importe",
        "Corte;31;775,00",
        "Color;9;544,50",
        "Peinado;12;360,00",
    ),
    _refused(
        "one line a member of staff",
        "by_staff",
        "Empleado;Tickets;Total",
        "Marta;31;775,00",
        "Noa;9;544,50",
        "Pau;12;360,00",
    ),
    _refused(
        "one line a day",
        "by_day",
        "Fecha;Tickets;Efectivo;Tarjeta;Total",
        "13/03/2026;12;100,00;200,00;300,00",
        "14/03/2026;10;80,00;150,00;230,00",
        "15/03/2026;14;120,00;260,00;380,00",
    ),
    _refused(
        "one line a month",
        "by_day",
        "Mes;Clientes nuevos;Visitas;Importe",
        "Enero;12;130;3.250,00",
        "Febrero;8;120;2.980,00",
        "Marzo;15;150;3.800,00",
    ),
    _refused(
        "a week's diary as a grid",
        "calendar",
        "Hora;Lunes 02/03;Martes 03/03;Miércoles 04/03;Jueves 05/03;Viernes 06/03",
        "09:00;Ana Pérez;;Luz Gómez;;Eva Sanz",
        "10:00;;Luz Gómez;;Ana Pérez;",
        "11:00;Eva Sanz;;;;Ana Pérez",
    ),
    _refused(
        "a table lying on its side",
        "transposed",
        "Cliente;Ana Pérez;Luz Gómez;Eva Sanz;Ana Pérez",
        "Fecha;13/03/2026;14/03/2026;15/03/2026;16/03/2026",
        "Servicio;Corte;Color;Corte;Peinado",
        "Importe;25,00;60,50;25,00;30,00",
    ),
    Case(
        "a summary by client beside the sales gives its clients",
        [csv(*BY_CLIENT, name="clientes.csv"), xlsx({"Ventas": SOLD})],
        {
            "sales": SALES,
            "clients": [
                {"client_name": "Ana Pérez", "phone": "600111222"},
                {"client_name": "Luz Gómez", "phone": "600111333"},
                {"client_name": "Eva Sanz", "phone": "600111444"},
            ],
        },
        left_out=[],
    ),
    Case(
        "a matrix in a file of its own beside the sales",
        [
            csv("Cliente;Enero;Febrero;Marzo", "Ana Pérez;25;0;0", "Luz Gómez;0;60;0", name="resumen.csv"),
            xlsx({"Ventas": SOLD}),
        ],
        {"sales": SALES},
        left_out=[(2, "other_sheet"), (3, "other_sheet")],
        notices=["summary_ignored"],
    ),
    Case(
        "a pivot's sheet beside its data",
        [
            xlsx(
                {
                    "Dinámica": [
                        ["Etiquetas de fila", "Suma de Importe"],
                        ["Ana Pérez", 25],
                        ["Luz Gómez", 60.5],
                    ],
                    "Datos": SOLD,
                }
            )
        ],
        {"sales": SALES},
        left_out=[(2, "other_sheet"), (3, "other_sheet")],
        notices=["summary_ignored"],
    ),
    Case(
        "an agenda that shows each client's last visit is an agenda",
        [
            csv(
                "Fecha;Cliente;Servicio;Importe;Última visita",
                "13/03/2026;Ana Pérez;Corte;25,00;13/02/2026",
                "14/03/2026;Luz Gómez;Color;60,50;14/01/2026",
                "15/03/2026;Eva Sanz;Corte;25,00;",
            )
        ],
        {
            "sales": [
                {"client_name": "Ana Pérez", "date": "2026-03-13", "amount": 25.0},
                {"client_name": "Luz Gómez", "date": "2026-03-14", "amount": 60.5},
                {"client_name": "Eva Sanz", "date": "2026-03-15", "amount": 25.0},
            ]
        },
        left_out=[],
    ),
]
