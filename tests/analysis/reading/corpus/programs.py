"""Reports as programs print them: a client's account in the ledger, a dentist's list, a paper diary typed off."""

from __future__ import annotations

import datetime as dt

from tests.analysis.reading.corpus.case import Case
from tests.analysis.reading.exports import csv, xlsx

CASES = [
    Case(
        "clients' accounts of a ledger: what is charged is a sale, what is paid is none",
        [
            csv(
                "EMPRESA DEMO SL;;;;;",
                "Mayor de cuentas;;;;;",
                "Desde 01/01/2026 hasta 31/03/2026;;;;;",
                ";;;;;",
                "Cuenta: 43000012 - GARCIA LOPEZ, MARIA;;;;;",
                "Fecha;Asiento;Concepto;Debe;Haber;Saldo",
                "05/01/2026;12;N/Fra. 26/0012;121,00;;121,00",
                "20/01/2026;33;Cobro Fra. 26/0012;;121,00;0,00",
                "16/02/2026;51;N/Fra. 26/0051;60,50;;60,50",
                "18/02/2026;52;Factura rectificativa 26/0003;;60,50;0,00",
                "Total cuenta 43000012;;;181,50;181,50;0,00",
                "Cuenta: 43000015 - TALLERES PEREZ SL;;;;;",
                "Fecha;Asiento;Concepto;Debe;Haber;Saldo",
                "07/01/2026;14;N/Fra. 26/0013;242,00;;242,00",
                "Total cuenta 43000015;;;242,00;0,00;242,00",
                "TOTAL GENERAL;;;423,50;181,50;242,00",
                encoding="cp1252",
            )
        ],
        {
            "sales": [
                {
                    "client_id": "43000012",
                    "client_name": "GARCIA LOPEZ, MARIA",
                    "date": "2026-01-05",
                    "amount": 121.0,
                    "status": "completed",
                },
                {
                    "client_id": "43000012",
                    "client_name": "GARCIA LOPEZ, MARIA",
                    "date": "2026-02-16",
                    "amount": 60.5,
                    "status": "completed",
                },
                {
                    "client_id": "43000012",
                    "client_name": "GARCIA LOPEZ, MARIA",
                    "date": "2026-02-18",
                    "amount": -60.5,
                    "status": "refund",
                },
                {
                    "client_id": "43000015",
                    "client_name": "TALLERES PEREZ SL",
                    "date": "2026-01-07",
                    "amount": 242.0,
                    "status": "completed",
                },
            ]
        },
        notices=["charges_counted"],
    ),
    Case(
        "a dentist's plan of treatments: what is not done yet is booked; two surnames in two columns",
        [
            csv(
                "NumPac;Apellido1;Apellido2;Nombre;Fecha;Tratamiento;Pieza;Importe;Doctor;Realizado",
                "101;Gómez;Ruiz;Pilar;3/2/2026;Limpieza;;60,00;Dr. Sanz;S",
                "101;Gómez;Ruiz;Pilar;17/2/2026;Empaste;36;75,00;Dr. Sanz;N",
                "205;Peña;;Íñigo;17/2/2026;Limpieza;;60,00;Dra. Mora;S",
                encoding="cp1252",
            )
        ],
        {
            "sales": [
                {
                    "client_id": "101",
                    "client_name": "Pilar Gómez Ruiz",
                    "status": "completed",
                    "amount": 60.0,
                },
                {"client_id": "101", "client_name": "Pilar Gómez Ruiz", "status": "booked", "amount": 75.0},
                {"client_id": "205", "client_name": "Íñigo Peña", "status": "completed", "amount": 60.0},
            ]
        },
    ),
    Case(
        "a dentist's diary: who fails to come is a no-show",
        [
            csv(
                "Fecha;Hora;Paciente;Estado cita",
                "lun. 05/01/2026;10:00;García Pérez, Ana;Acude",
                "mar. 06/01/2026;10:30;Ruiz Soto, Luis;Falla",
                "mié. 07/01/2026;11:00;García Pérez, Ana;Anulada por paciente",
            )
        ],
        {
            "sales": [
                {"client_name": "García Pérez, Ana", "date": "2026-01-05", "status": "completed"},
                {"client_name": "Ruiz Soto, Luis", "date": "2026-01-06", "status": "no_show"},
                {"client_name": "García Pérez, Ana", "date": "2026-01-07", "status": "cancelled"},
            ]
        },
    ),
    Case(
        "a diary typed off: the day above its appointments, and a bare € above the money",
        [
            xlsx(
                {
                    "Hoja1": [
                        ["DIA", "HORA", "CLIENTA", "TRABAJO", "€"],
                        ["lunes 5 enero 2026", None, None, None, None],
                        [None, "10:00", "Ana", "corte", 20],
                        [None, "11:00", "Eva", "tinte", 50],
                        ["martes 6 enero 2026", None, None, None, None],
                        [None, "9:30", "Ana", "peinar", 15],
                    ]
                }
            )
        ],
        {
            "sales": [
                {"client_name": "Ana", "date": "2026-01-05", "service": "corte", "amount": 20.0},
                {"client_name": "Eva", "date": "2026-01-05", "service": "tinte", "amount": 50.0},
                {"client_name": "Ana", "date": "2026-01-06", "service": "peinar", "amount": 15.0},
            ]
        },
    ),
    Case(
        "a column called Ticket that counts up is a number on paper",
        [
            csv(
                "Ticket,Date,Customer,Item,Qty,Price,Ticket total",
                "1,2026-01-05,Ana,Cut,1,20,35",
                "1,2026-01-05,Ana,Gel,1,15,35",
                "2,2026-01-16,Eva,Cut,1,20,20",
            )
        ],
        {
            "sales": [
                {"client_name": "Ana", "service": "Cut", "amount": 35.0},
                {"client_name": "Ana", "service": "Gel", "amount": None},
                {"client_name": "Eva", "service": "Cut", "amount": 20.0},
            ]
        },
    ),
    Case(
        "a column called Ticket that holds money is what it comes to",
        [csv("Fecha;Cliente;Ticket", "05/01/2026;Ana;32,50", "06/01/2026;Eva;18,00", "07/02/2026;Ana;32,50")],
        {
            "sales": [
                {"client_name": "Ana", "amount": 32.5},
                {"client_name": "Eva", "amount": 18.0},
                {"client_name": "Ana", "amount": 32.5},
            ]
        },
    ),
    Case(
        "the sheets of two hairdressers, and a summary that is neither's",
        [
            xlsx(
                {
                    "Sara": [["Fecha", "Clienta", "€"], [dt.date(2026, 1, 5), "Ana", 20]],
                    "Luz": [["Fecha", "Clienta", "€"], [dt.date(2026, 1, 6), "Eva", 50]],
                    "Resumen": [["Empleada", "Total"], ["Sara", 20], ["Luz", 50]],
                }
            )
        ],
        {
            "sales": [
                {"client_name": "Ana", "date": "2026-01-05", "amount": 20.0},
                {"client_name": "Eva", "date": "2026-01-06", "amount": 50.0},
            ]
        },
    ),
]
