"""Days promised and days of delivery, of workshops, tailors, laundries, laboratories and shops; what a problem was."""

from __future__ import annotations

from tests.analysis.reading.corpus.case import Case
from tests.analysis.reading.exports import csv

CASES = [
    Case(
        "a workshop's orders: the visit is the day the car came in, promised and delivered are days of their own",
        [
            csv(
                "OT;Cliente;Matrícula;Fecha entrada;Fecha prevista de entrega;Fecha de entrega;Trabajo;Total",
                "1;Ana Ruiz;1234 BCD;03/02/2026;05/02/2026;06/02/2026;Frenos;120,00",
                "2;Luis Sanz;5678 BCD;13/02/2026;15/02/2026;;Aceite;80,00",
            )
        ],
        {
            "sales": [
                {
                    "client_id": "Ana Ruiz",
                    "date": "2026-02-03",
                    "promised": "2026-02-05",
                    "delivered": "2026-02-06",
                    "service": "Frenos",
                    "amount": 120.0,
                },
                {
                    "client_id": "Luis Sanz",
                    "date": "2026-02-13",
                    "promised": "2026-02-15",
                    "delivered": None,
                    "service": "Aceite",
                    "amount": 80.0,
                },
            ]
        },
        left_out=[],
    ),
    Case(
        "Odoo's orders: the delivery date is the one promised, the effective one is when it was done",
        [
            csv(
                "Order Reference,Order Date,Customer,Salesperson,Delivery Date,Effective Date,Total,Status",
                "S001,2026-01-05 10:00:00,Ana Ruiz,Eva,2026-01-09 10:00:00,2026-01-10 10:00:00,120.00,Sales Order",
                "S002,2026-01-15 10:00:00,Luis Gil,Eva,2026-01-19 10:00:00,,90.00,Sales Order",
            )
        ],
        {
            "sales": [
                {"date": "2026-01-05", "promised": "2026-01-09", "delivered": "2026-01-10", "amount": 120.0},
                {"date": "2026-01-15", "promised": "2026-01-19", "delivered": None, "amount": 90.0},
            ]
        },
    ),
    Case(
        "Shopify's orders: fulfilled is delivered, created is the sale, and paid is the bill's",
        [
            csv(
                "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Total,Created at,Billing Name",
                "#1001,a@x.com,paid,2026-01-05 10:00:00 +0100,fulfilled,2026-01-07 10:00:00 +0100,50.00,"
                "2026-01-04 10:00:00 +0100,Ana Ruiz",
                "#1002,b@x.com,paid,2026-01-06 10:00:00 +0100,fulfilled,2026-01-08 10:00:00 +0100,60.00,"
                "2026-01-06 10:00:00 +0100,Luis Gil",
            )
        ],
        {
            "sales": [
                {"client_name": "Ana Ruiz", "date": "2026-01-04", "delivered": "2026-01-07", "amount": 50.0},
                {"client_name": "Luis Gil", "date": "2026-01-06", "delivered": "2026-01-08", "amount": 60.0},
            ]
        },
    ),
    Case(
        "a tailor's book: in, promised for, completed on",
        [
            csv(
                "Customer,Garment,Date in,Promised for,Completed on,Price",
                "Ann Bell,Suit,2026-02-13,2026-02-20,2026-02-22,90.00",
                "Joe Hill,Trousers,2026-02-14,2026-02-21,2026-02-21,20.00",
            )
        ],
        {
            "sales": [
                {"date": "2026-02-13", "promised": "2026-02-20", "delivered": "2026-02-22", "amount": 90.0},
                {"date": "2026-02-14", "promised": "2026-02-21", "delivered": "2026-02-21", "amount": 20.0},
            ]
        },
    ),
    Case(
        "a dental laboratory: in and out",
        [
            csv(
                "Clínica;Fecha entrada;Fecha salida;Trabajo;Importe;Cliente",
                "Centro;03/02/2026;15/02/2026;Corona;120,00;Clínica Sol",
                "Centro;13/02/2026;25/02/2026;Férula;80,00;Clínica Mar",
            )
        ],
        {
            "sales": [
                {"date": "2026-02-03", "delivered": "2026-02-15", "service": "Corona"},
                {"date": "2026-02-13", "delivered": "2026-02-25", "service": "Férula"},
            ]
        },
    ),
    Case(
        "a laundry that writes only the day of delivery: that is the day of the visit",
        [
            csv(
                "Ticket;Cliente;Prendas;Importe;Fecha de entrega",
                "1;Ana Ruiz;Abrigo;12,00;06/02/2026",
                "2;Luis Sanz;Traje;15,00;16/02/2026",
            )
        ],
        {
            "sales": [
                {"date": "2026-02-06", "delivered": None, "amount": 12.0},
                {"date": "2026-02-16", "delivered": None, "amount": 15.0},
            ]
        },
    ),
    Case(
        "completed on, with no other day, is the day of the visit",
        [
            csv(
                "Client,Treatment,Completed on,Amount",
                "Ann Bell,Cut,2026-02-13,20",
                "Joe Hill,Cut,2026-02-14,20",
            )
        ],
        {
            "sales": [
                {"date": "2026-02-13", "delivered": None, "service": "Cut"},
                {"date": "2026-02-14", "delivered": None, "service": "Cut"},
            ]
        },
    ),
    Case(
        "a delivery header of its own words: told by the words of handing over and of promising",
        [
            csv(
                "Cliente;Fecha;Fecha de entrega estimada del encargo;Día de entrega del encargo (fecha);Importe",
                "Ana Ruiz;03/02/2026;05/02/2026;06/02/2026;12,00",
                "Luis Sanz;13/02/2026;15/02/2026;15/02/2026;15,00",
            )
        ],
        {
            "sales": [
                {"date": "2026-02-03", "promised": "2026-02-05", "delivered": "2026-02-06"},
                {"date": "2026-02-13", "promised": "2026-02-15", "delivered": "2026-02-15"},
            ]
        },
    ),
    Case(
        "problems: why and what happened are two columns, and an answer was promised for a day",
        [
            csv(
                "Cliente;Fecha;Motivo;Descripción;Responsable;Fecha compromiso;Fecha cierre",
                "Ana Ruiz;03/02/2026;Retraso;Dijimos el jueves y no estaba;Eva;05/02/2026;06/02/2026",
                "Luis Sanz;13/02/2026;Ruido;Sigue sonando;Eva;15/02/2026;",
                name="Incidencias.csv",
            )
        ],
        {
            "problems": [
                {
                    "opened": "2026-02-03",
                    "closed": "2026-02-06",
                    "kind": "Retraso",
                    "detail": "Dijimos el jueves y no estaba",
                    "promised": "2026-02-05",
                    "staff": "Eva",
                },
                {
                    "opened": "2026-02-13",
                    "closed": None,
                    "kind": "Ruido",
                    "detail": "Sigue sonando",
                    "promised": "2026-02-15",
                    "staff": "Eva",
                },
            ]
        },
    ),
    Case(
        "a problem's due date is the day of the answer promised, and its notes what happened",
        [
            csv(
                "Customer,Opened,Issue,Due date,Closed,Notes",
                "Ann Bell,2026-02-03,Late,2026-02-05,2026-02-06,Rang twice",
                "Joe Hill,2026-02-13,Noise,2026-02-15,,",
                name="complaints.csv",
            )
        ],
        {
            "problems": [
                {"kind": "Late", "promised": "2026-02-05", "closed": "2026-02-06", "detail": "Rang twice"},
                {"kind": "Noise", "promised": "2026-02-15", "closed": None, "detail": None},
            ]
        },
    ),
    Case(
        "a description, notes and a due date of sales are the service, nothing, and the bill's",
        [
            csv(
                "Cliente;Fecha;Descripción;Importe;Notas;Vencimiento",
                "Ana Ruiz;03/02/2026;Corte;20,00;llamar;05/03/2026",
                "Luis Sanz;13/02/2026;Color;30,00;;15/03/2026",
            )
        ],
        {
            "sales": [
                {"service": "Corte", "promised": None, "date": "2026-02-03"},
                {"service": "Color", "promised": None, "date": "2026-02-13"},
            ],
            "payments": [{"due": "2026-03-05", "amount": 20.0}, {"due": "2026-03-15", "amount": 30.0}],
        },
    ),
]
