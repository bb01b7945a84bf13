"""What the columns and the lines of real programs mean: who, what, whether it took place, and for whom."""

from __future__ import annotations

from collections.abc import Sequence

from tests.analysis.reading.corpus.case import Case
from tests.analysis.reading.exports import csv, xlsx


def _statuses(
    name: str,
    header: str,
    pairs: Sequence[tuple[str, str]],
    *notices: str,
    left_out: Sequence[tuple[int, str]] = (),
) -> Case:
    """Lines of one till with a column of statuses, and what each line's is."""
    rows = [f"Ana;2024-01-{day:02};Corte;10;{text}" for day, (text, _) in enumerate(pairs, 1)]
    return Case(
        name,
        [csv(f"Cliente;Fecha;Servicio;Importe;{header}", *rows)],
        {"sales": [{"status": status} for _, status in pairs]},
        notices=notices,
        left_out=left_out,
    )


_DONE = [("Realizada", "completed")] * 4

CASES = [
    # --- Statuses ----------------------------------------------------------------------------------------
    _statuses(
        "statuses of an agenda in Spanish",
        "Estado",
        [*_DONE, ("Cancelada por el cliente", "cancelled"), ("No acude", "no_show"), ("Reservada", "booked")],
    ),
    _statuses(
        "statuses of an agenda in English",
        "Status",
        [("Completed", "completed")] * 4
        + [("Late cancel", "cancelled"), ("No-show", "no_show"), ("Confirmed", "booked")],
    ),
    _statuses(
        "statuses of accounting programs",
        "Estado",
        [("Publicado", "completed")] * 3
        + [("Timbrado", "completed"), ("Borrador", "booked"), ("Anulada", "cancelled")],
    ),
    _statuses(
        "lines that are owed took place",
        "Estado de pago",
        [
            ("Pagado", "completed"),
            ("Pendiente", "completed"),
            ("Sin pagar", "completed"),
            ("Pagado parcialmente", "completed"),
        ],
    ),
    _statuses(
        "cancelado that means paid",
        "Estado",
        [("Cancelado", "completed")] * 9 + [("Pendiente", "completed")],
        "cancelled_is_paid",
    ),
    _statuses(
        "where nearly all is booked they came",
        "Estado",
        [("Reserva activa", "completed")] * 24,
        "booked_is_came",
    ),
    _statuses(
        "a word nobody knows is said", "Estado", [*_DONE, ("Marciano", "completed")], "unknown_statuses"
    ),
    _statuses("a column of voided lines", "Anulado", [("No", "completed")] * 4 + [("Sí", "cancelled")]),
    _statuses("did they come", "Asistió", [("Sí", "completed")] * 4 + [("No", "no_show")]),
    _statuses("no-show, yes or no", "No-show", [("No", "completed")] * 4 + [("Yes", "no_show")]),
    Case(
        "attendance knows better than the agenda who came",
        [
            csv(
                "Cliente;Fecha;Servicio;Precio;Estado cita;Asistencia;Estado pago",
                "Ana;2024-01-01;Corte;10;Confirmada;Sí;Pagado",
                "Luz;2024-01-02;Corte;10;Confirmada;No;Pendiente",
                "Eva;2024-01-03;Corte;10;Cancelada;No;Pendiente",
                "Sol;2024-01-04;Corte;10;Realizada;Sí;Pendiente",
            )
        ],
        {
            "sales": [
                {"client_name": "Ana", "status": "completed"},
                {"client_name": "Luz", "status": "no_show"},
                {"client_name": "Eva", "status": "cancelled"},
                {"client_name": "Sol", "status": "completed"},
            ]
        },
        notices=["status_columns"],
    ),
    Case(
        "a prepaid booking is a booking",
        [
            csv(
                "Cliente;Fecha;Servicio;Precio;Estado cita;Estado pago",
                "Ana;2026-07-10;Corte;10;Reservada;Pagado",
                *(f"Luz;2026-05-0{day};Corte;10;Realizada;Pagado" for day in range(1, 5)),
            )
        ],
        {"sales": [{"status": "booked"}, *[{"status": "completed"}] * 4]},
    ),
    Case(
        "the day of cancelling says that it was cancelled",
        [
            csv(
                "Name,Created at,Cancelled at,Billing Name,Lineitem name,Total",
                "#1,2024-01-01,,Ann Lee,Cream,10",
                "#2,2024-01-02,2024-01-03,Bob Ray,Cream,10",
            )
        ],
        {
            "sales": [
                {"client_name": "Ann Lee", "status": "completed"},
                {"client_name": "Bob Ray", "status": "cancelled"},
            ]
        },
    ),
    # --- What is given back ------------------------------------------------------------------------------
    Case(
        "credit notes with positive amounts",
        [
            csv(
                "Fecha;Tipo de comprobante;Denominación Receptor;Imp. Total",
                "2024-01-01;11 - Factura C;Ana Pérez;20",
                "2024-01-02;11 - Factura C;Luz Gómez;30",
                "2024-01-03;13 - Nota de Crédito C;Ana Pérez;20",
            )
        ],
        {
            "sales": [
                {"amount": 20.0, "status": "completed"},
                {"amount": 30.0, "status": "completed"},
                {"amount": -20.0, "status": "refund"},
            ]
        },
    ),
    Case(
        "a voided line and its reversal come to nothing",
        [
            csv(
                "Nº factura;Fecha;Cliente;Importe;Estado",
                "F1;2024-01-01;Ana;20;Anulada",
                "F1;2024-01-01;Ana;-20;Emitida",
                "F2;2024-01-02;Ana;30;Emitida",
                "F3;2024-01-05;Luz;30;Emitida",
            )
        ],
        {
            "sales": [
                {"amount": 20.0, "status": "cancelled"},
                {"amount": -20.0, "status": "cancelled"},
                {"amount": 30.0, "status": "completed"},
                {"amount": 30.0, "status": "completed"},
            ]
        },
    ),
    Case(
        "an order that was refunded is its own refund",
        [
            csv(
                "Client,Date,Service,Total,Payment status",
                "Ann,2024-01-01,Cut,20,Paid",
                "Bob,2024-01-02,Cut,30,Refunded",
                "Eve,2024-01-03,Cut,30,Paid",
            )
        ],
        {
            "sales": [
                {"amount": 20.0, "status": "completed"},
                {"amount": 0.0, "status": "refund"},
                {"amount": 30.0, "status": "completed"},
            ]
        },
    ),
    Case(
        "an invoice reversed by its credit note comes to nothing with it",
        [
            csv(
                "Invoice No,Invoice Date,Customer,Total,Payment Status",
                "INV1,2024-01-01,Ann,20,Paid",
                "INV2,2024-01-02,Bob,30,Reversed",
                "RINV1,2024-01-05,Bob,-30,Paid",
            )
        ],
        {
            "sales": [
                {"amount": 20.0, "status": "completed"},
                {"amount": 30.0, "status": "completed"},
                {"amount": -30.0, "status": "refund"},
            ]
        },
    ),
    Case(
        "payments and quotations among invoices are no sales",
        [
            csv(
                "Date,Transaction Type,Num,Customer,Amount",
                "2024-01-01,Invoice,1,Ann,20",
                "2024-01-05,Payment,2,Ann,20",
                "2024-01-06,Estimate,3,Bob,90",
                "2024-01-07,Sales Receipt,4,Bob,30",
                "2024-01-08,Credit Memo,5,Bob,10",
                "2024-01-09,Invoice,6,Bob,15",
            )
        ],
        {
            "sales": [
                {"amount": 20.0, "status": "completed"},
                {"amount": 30.0, "status": "completed"},
                {"amount": -10.0, "status": "refund"},
                {"amount": 15.0, "status": "completed"},
            ]
        },
        left_out=[(3, "no_sale"), (4, "no_sale")],
    ),
    # --- Who ---------------------------------------------------------------------------------------------
    Case(
        "walk-ins are nobody in particular, and never one client",
        [
            csv(
                "Cliente;Fecha;Total",
                "Consumidor Final;2024-01-01;5",
                ";2024-01-02;6",
                "Ana;2024-01-03;7",
                "VARIOS;2024-01-03;8",
            )
        ],
        {
            "sales": [
                {"client_id": None, "amount": 5.0},
                {"client_id": None, "amount": 6.0},
                {"client_id": "Ana", "amount": 7.0},
                {"client_id": None, "amount": 8.0},
            ]
        },
        left_out=[],
    ),
    Case(
        "the client of one file is the code of another",
        [
            csv(
                "Receipt,Date,Client,Description,Amount",
                "1,2024-01-31,KERT01,Cut,30",
                "2,2024-01-31,COOM01,Cut,30",
                name="till.csv",
            ),
            csv("Code,Date,Service,Staff", "KERT01,2024-03-05,Cut,Bea", name="future_bookings.csv"),
        ],
        {
            "sales": [
                {"client_id": "KERT01", "status": "completed"},
                {"client_id": "COOM01", "status": "completed"},
                {"client_id": "KERT01", "status": "booked"},
            ]
        },
    ),
    # --- For whom ----------------------------------------------------------------------------------------
    Case(
        "the owner is the client and the patient is the pet",
        [
            csv(
                "Fecha;Propietario;Paciente;Especie;Concepto;Importe",
                "2024-01-01;Ana Ruiz;Luna;Perro;Vacuna;30",
                "2024-01-02;Ana Ruiz;Toby;Gato;Vacuna;30",
                "2024-01-03;Luz Gil;Kira;Perro;Consulta;40",
            )
        ],
        {
            "sales": [
                {"client_name": "Ana Ruiz", "subject": "Luna", "service": "Vacuna"},
                {"client_name": "Ana Ruiz", "subject": "Toby", "service": "Vacuna"},
                {"client_name": "Luz Gil", "subject": "Kira", "service": "Consulta"},
            ]
        },
    ),
    Case(
        "the patient alone is the client",
        [
            csv(
                "Fecha;Paciente;Tratamiento;Importe",
                "2024-01-01;Ana Ruiz;Limpieza;40",
                "2024-01-02;Luz Gil;Empaste;60",
            )
        ],
        {
            "sales": [
                {"client_name": "Ana Ruiz", "subject": None},
                {"client_name": "Luz Gil", "subject": None},
            ]
        },
    ),
    Case(
        "pets and owners in English, where an owner elsewhere is a seller",
        [
            csv(
                "Date,Owner,Pet name,Service,Price",
                "2024-01-01,Ann Lee,Rex,Grooming,40",
                "2024-01-02,Ann Lee,Max,Grooming,40",
            )
        ],
        {
            "sales": [
                {"client_name": "Ann Lee", "subject": "Rex", "staff": None},
                {"client_name": "Ann Lee", "subject": "Max"},
            ]
        },
    ),
    Case(
        "plates tell a client's cars apart, however they are spelled",
        [
            csv(
                "Fecha;Cliente;Matrícula;Kms;Trabajo;Total",
                "2024-01-01;Ana Ruiz;1234-ABC;50000;Revisión;100",
                "2024-07-01;Ana Ruiz;1234 abc;60000;Revisión;100",
                "2024-08-01;Ana Ruiz;1234-ABC;61000;Frenos;100",
                "2024-02-01;Ana Ruiz;9999-XYZ;10000;Revisión;100",
            )
        ],
        {
            "sales": [
                {"subject": "1234-ABC", "meter": 50_000.0},
                {"subject": "1234-ABC", "meter": 60_000.0},
                {"subject": "1234-ABC", "meter": 61_000.0},
                {"subject": "9999-XYZ", "meter": 10_000.0},
            ]
        },
    ),
    Case(
        "the pupil is the subject of who pays",
        [
            csv(
                "Fecha;Tutor;Alumno;Clase;Importe",
                "2024-01-01;Ana Ruiz;Leo;Piano;20",
                "2024-01-02;Ana Ruiz;Mía;Violín;20",
            )
        ],
        {
            "sales": [
                {"client_name": "Ana Ruiz", "subject": "Leo"},
                {"client_name": "Ana Ruiz", "subject": "Mía"},
            ]
        },
    ),
    Case(
        "how many children, and whether there is a pet, is nobody",
        [
            csv(
                "Fecha;Cliente;Niño;Mascota;Servicio;Importe",
                "2024-01-01;Ana Ruiz;2;Sí;Corte;20",
                "2024-01-02;Luz Gil;1;No;Corte;20",
            )
        ],
        {
            "sales": [
                {"client_name": "Ana Ruiz", "subject": None},
                {"client_name": "Luz Gil", "subject": None},
            ]
        },
    ),
    Case(
        "a kind of vehicle tells nobody's two apart, and is no name",
        [
            csv(
                "Fecha;Cliente;Vehículo;Servicio;Importe",
                *(
                    f"2024-01-{day:02};Cliente {day};{'Coche' if day % 2 else 'Moto'};Lavado;20"
                    for day in range(1, 25)
                ),
            )
        ],
        {"sales": [{"client_name": f"Cliente {day}", "subject": None} for day in range(1, 25)]},
    ),
    Case(
        "who pays for many is an insurer and no client",
        [
            csv(
                "Fecha;Cliente;Paciente;Tratamiento;Importe",
                *(
                    f"2024-01-{day:02};Mutua Sanitaria;Paciente {day};Rehabilitación;20"
                    for day in range(1, 13)
                ),
            )
        ],
        {"sales": [{"client_name": f"Paciente {day}", "subject": None} for day in range(1, 13)]},
    ),
    # --- Programs ----------------------------------------------------------------------------------------
    Case(
        "an item sales detail",
        [
            csv(
                "Date,Time,Time Zone,Category,Item,Qty,Gross Sales,Discounts,Net Sales,Tax,"
                "Transaction ID,Customer ID,Customer Name",
                '01/31/24,10:00:00,Madrid,Hair,Cut,1,"$20.00",$0.00,"$20.00",$2.00,T1,C1,Ann Lee',
                '02/13/24,11:00:00,Madrid,Hair,Colour,1,"$40.00","-$4.00","$36.00",$3.60,T2,C2,Bob Ray',
                '02/14/24,11:00:00,Madrid,Hair,Cut,1,"$20.00",$0.00,"$20.00",$2.00,T3,C2,Bob Ray',
                name="items.csv",
            )
        ],
        {
            "sales": [
                {"client_id": "C1", "date": "2024-01-31", "service": "Cut", "amount": 22.0},
                {"client_id": "C2", "date": "2024-02-13", "service": "Colour", "amount": 39.6},
                {"client_id": "C2", "date": "2024-02-14", "service": "Cut", "amount": 22.0},
            ]
        },
    ),
    Case(
        "an agenda of a beauty salon",
        [
            csv(
                "Nº cita;Fecha cita;Hora;Nombre cliente;Teléfono cliente;Tratamiento;"
                "Profesional;Cabina;Precio;Estado de la cita",
                "1;31/01/2024;10:00;Ana Ruiz;600000001;Láser;Eva;1;60,00;Realizada",
                "2;01/02/2024;11:00;Luz Gil;600000002;Facial;Eva;2;45,00;No presentado",
            )
        ],
        {
            "sales": [
                {
                    "client_name": "Ana Ruiz",
                    "service": "Láser",
                    "staff": "Eva",
                    "amount": 60.0,
                    "status": "completed",
                },
                {
                    "client_name": "Luz Gil",
                    "service": "Facial",
                    "staff": "Eva",
                    "amount": 45.0,
                    "status": "no_show",
                },
            ],
            "clients": [{"phone": "600000001"}, {"phone": "600000002"}],
        },
    ),
    Case(
        "an appointments list in English",
        [
            csv(
                "Ref #,Channel,Created date,Created by,Client,Service,Scheduled date,Time,"
                "Location,Team member,Price,Status,Cancel reason",
                "1,Online,2024-01-02,Client,Ann Lee,Cut,2024-01-31,10:00,Centre,Bea,20,Completed,",
                "2,Offline,2024-01-03,Bea,Bob Ray,Shave,2024-02-01,11:00,Centre,Bea,15,Cancelled,Sick",
            )
        ],
        {
            "sales": [
                {
                    "client_name": "Ann Lee",
                    "date": "2024-01-31",
                    "staff": "Bea",
                    "amount": 20.0,
                    "status": "completed",
                },
                {
                    "client_name": "Bob Ray",
                    "date": "2024-02-01",
                    "staff": "Bea",
                    "amount": 15.0,
                    "status": "cancelled",
                },
            ]
        },
    ),
    Case(
        "invoices of a Spanish accounting program",
        [
            csv(
                "Serie;Nº Factura;Fecha factura;Cód. cliente;Razón social;NIF;Base imponible;"
                "% IVA;Cuota IVA;Total factura",
                "A;1;31/01/2024;430001;Ruiz SL;B12345674;100,00;21;21,00;121,00",
                "A;2;01/02/2024;430002;Gil SA;A12345674;50,00;21;10,50;60,50",
            )
        ],
        {
            "sales": [
                {"client_id": "430001", "client_name": "Ruiz SL", "amount": 121.0},
                {"client_id": "430002", "client_name": "Gil SA", "amount": 60.5},
            ]
        },
    ),
    Case(
        "sales of a Colombian accounting program",
        [
            csv(
                "Tipo de transacción;Comprobante;Fecha de elaboración;Identificación;Nombre tercero;Nombre producto;"
                "Cantidad;Valor unitario;Impuesto cargo;Total",
                "Factura de venta;FV-1;31/01/2024;900123456;Ruiz SAS;Mantenimiento;2;100.000;38.000;238.000",
                "Factura de venta;FV-2;01/02/2024;900123457;Gil SAS;Mantenimiento;1;100.000;19.000;119.000",
            )
        ],
        {
            "sales": [
                {"client_name": "Ruiz SAS", "service": "Mantenimiento", "amount": 238_000.0},
                {"client_name": "Gil SAS", "service": "Mantenimiento", "amount": 119_000.0},
            ]
        },
    ),
    Case(
        "invoices of an international accounting program",
        [
            csv(
                "Number,Invoice Partner Display Name,Invoice/Bill Date,Due Date,Untaxed Amount,"
                "Tax,Total,Payment Status,Status",
                "INV/1,Azure Interior,2024-01-31,2024-02-29,100.00,21.00,121.00,Paid,Posted",
                "INV/2,Deco Addict,2024-02-01,2024-03-01,50.00,10.50,60.50,Not Paid,Posted",
                "/,Deco Addict,2024-02-02,2024-03-02,10.00,2.10,12.10,Not Paid,Draft",
            )
        ],
        {
            "sales": [
                {"client_name": "Azure Interior", "amount": 121.0, "status": "completed"},
                {"client_name": "Deco Addict", "amount": 60.5, "status": "completed"},
                {"client_name": "Deco Addict", "amount": 12.1, "status": "booked"},
            ]
        },
    ),
    Case(
        "orders whose lines leave the customer out",
        [
            xlsx(
                {
                    "Sales": [
                        [
                            "Order Reference",
                            "Order Date",
                            "Customer",
                            "Total",
                            "Order Lines/Product",
                            "Order Lines/Quantity",
                        ],
                        ["S1", "2024-01-31", "Ann Lee", 50, "Chair", 1],
                        [None, None, None, None, "Table", 2],
                        ["S2", "2024-02-01", "Bob Ray", 20, "Lamp", 1],
                    ]
                }
            )
        ],
        {
            "sales": [
                {"client_name": "Ann Lee", "date": "2024-01-31", "amount": 50.0, "service": "Chair"},
                {"client_name": "Ann Lee", "date": "2024-01-31", "amount": None, "service": "Table"},
                {"client_name": "Bob Ray", "date": "2024-02-01", "amount": 20.0, "service": "Lamp"},
            ]
        },
        left_out=[],
    ),
    Case(
        "the description holds a code and the concept what was done",
        [
            csv(
                "Fecha;Cliente;Descripción;Concepto;Importe",
                *(f"2024-01-{day:02};Ana;ART{day:03};Corte;10" for day in range(1, 8)),
            )
        ],
        {"sales": [{"service": "Corte"}] * 7},
    ),
    Case(
        "an empty column gives way to the filled one of the same name",
        [csv("Cliente;Fecha;Importe;Fecha;Importe", "Ana;;;2024-01-31;10", "Luz;;;2024-02-01;20")],
        {"sales": [{"date": "2024-01-31", "amount": 10.0}, {"date": "2024-02-01", "amount": 20.0}]},
    ),
]
