"""Dates as tills, agendas and spreadsheets write them, and what is no date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from analysis.reading import ColumnKey, Corrections
from tests.analysis.reading.corpus.case import Case
from tests.analysis.reading.exports import csv, xlsx


def _column(name: str, written: Sequence[str], wanted: Sequence[str], **more: object) -> Case:
    """A file whose dates are written so, and read so."""
    rows = [f"Ana;{text};5" for text in written]
    return Case(
        name,
        [csv("Cliente;Fecha;Importe", *rows)],
        {"sales": [{"date": day, "amount": 5.0} for day in wanted]},
        **more,  # type: ignore[arg-type]
    )


def _left_out(name: str, bad: Sequence[str], reason: str = "bad_date") -> Case:
    """Good dates around some that are none: their rows stay out and nothing else does."""
    good = [f"Ana;{day}/01/2024;5" for day in range(13, 13 + 2 * len(bad) + 2)]
    return Case(
        name,
        [csv("Cliente;Fecha;Importe", good[0], *(f"Luz;{text};5" for text in bad), *good[1:])],
        {"sales": [{"client_name": "Ana"}] * len(good)},
        left_out=[(row, reason) for row in range(3, 3 + len(bad))],
    )


_HALF = [f"{day}/03/2024" for day in range(13, 25)]
_SWAPPED: list[object] = [dt.date(2024, day, 3) for day in range(1, 13)]

CASES = [
    _column("days of a workbook", ["45323", "45324"], ["2024-02-01", "2024-02-02"]),
    _column("days of a workbook with their time", ["45323.4375", "45324,75"], ["2024-02-01", "2024-02-02"]),
    _column(
        "iso with zones",
        [
            "2024-02-01T23:30:00Z",
            "2024-02-01T23:30:00-05:00",
            "2024-02-02 10:00:00 +0100",
            "2024-02-03T10:00",
        ],
        ["2024-02-01", "2024-02-01", "2024-02-02", "2024-02-03"],
    ),
    _column(
        "months by name",
        ["15-ene-2024", "3-set-2024", "10 de marzo de 2020 12:28 hs.", "Julio 24 de 2015", "lun. 3 mar 2025"],
        ["2024-01-15", "2024-09-03", "2020-03-10", "2015-07-24", "2025-03-03"],
    ),
    _column(
        "months by name in English",
        ["Jan 5, 2024, 10:00 AM", "5 January 2024", "Mon, 15 Jan 2024 10:00:00 +0000", "15-Sep-24"],
        ["2024-01-05", "2024-01-05", "2024-01-15", "2024-09-15"],
    ),
    _column(
        "a browser's way of writing a day",
        ["Mon Jan 15 2024 10:00:00 GMT+0100 (Central European Standard Time)"],
        ["2024-01-15"],
    ),
    _column(
        "hours with a. m. and narrow spaces",
        ["15/01/2024 10:30 a. m.", "16/01/2024, 9:05\u202fp.\u00a0m.", "17/01/2024 10:30 hs"],
        ["2024-01-15", "2024-01-16", "2024-01-17"],
    ),
    _column(
        "years of two figures",
        ["31/12/99", "15/01/24", "16/01/27"],
        ["1999-12-31", "2024-01-15", "2027-01-16"],
    ),
    _column("days without marks", ["20240131", "20240201093000"], ["2024-01-31", "2024-02-01"]),
    _column("days without marks, the day first", ["31012024", "01022024"], ["2024-01-31", "2024-02-01"]),
    _column(
        "dots and spaces",
        ["31.01.2024", "1. 2. 2024", "02 02 2024"],
        ["2024-01-31", "2024-02-01", "2024-02-02"],
    ),
    _column(
        "the weekday before or after", ["mié 31/01/2024", "01/02/2024 (jueves)"], ["2024-01-31", "2024-02-01"]
    ),
    _column(
        "an hour to another",
        ["31/01/2024 10:00 - 11:30", "01/02/2024 9:00 a 9:30"],
        ["2024-01-31", "2024-02-01"],
    ),
    _column("the month first", ["01/31/2024", "02/01/2024"], ["2024-01-31", "2024-02-01"]),
    _column("29 February of a leap year", ["29/02/2024"], ["2024-02-29"]),
    _column(
        "orders mixed row by row",
        ["25/02/2024", "26/02/2024", "02/27/2024"],
        ["2024-02-25", "2024-02-26", "2024-02-27"],
        notices=["mixed_date_orders"],
    ),
    _left_out("29 February of another year", ["29/02/2023"]),
    _left_out("days no calendar has", ["31/04/2024", "00/00/0000", "32/01/2024"]),
    _left_out("months without a day", ["03/2024", "mar-24", "2024-03", "2024-W05"]),
    _left_out(
        "two dates in a cell, and remarks", ["01/02/2024 - 03/02/2024", "15/01/2024 pendiente", "mañana"]
    ),
    _left_out(
        "before there were tills, and in no one's lifetime", ["01/01/1900", "15/01/1969", "15/01/2062"]
    ),
    _left_out("empty", ["", ""], "no_date"),
    Case(
        "day and time in columns of their own",
        [csv("Cliente;Fecha;Hora;Importe", "Ana;31/01/2024;10:30;5", "Luz;01/02/2024;9:00;6")],
        {"sales": [{"date": "2024-01-31", "amount": 5.0}, {"date": "2024-02-01", "amount": 6.0}]},
        left_out=[],
    ),
    Case(
        "a workbook opened in another country's Excel",
        [
            xlsx(
                {
                    "Ventas": [
                        ["Cliente", "Fecha", "Importe"],
                        *(["Ana", day, 5] for day in (*_SWAPPED, *_HALF)),
                    ]
                }
            )
        ],
        {"sales": [{"date": f"2024-03-{day:02}"} for day in (*range(1, 13), *range(13, 25))]},
        notices=["dates_half_converted"],
    ),
    Case(
        "an order nothing tells is assumed until the owner says it",
        [csv("Cliente;Fecha;Importe", "Ana;03/04/2024;5", "Luz;01/02/2024;5")],
        {"sales": [{"date": "2024-04-03"}, {"date": "2024-02-01"}]},
    ),
    Case(
        "the owner's order counts",
        [csv("Cliente;Fecha;Importe", "Ana;03/04/2024;5", "Luz;01/02/2024;5")],
        {"sales": [{"date": "2024-03-04"}, {"date": "2024-01-02"}]},
        corrections=Corrections(date_orders={ColumnKey("ventas.csv", "", "Fecha", 1): "mdy"}),
    ),
    Case(
        "bookings of the months to come are bookings, and tell nothing of the order",
        [
            csv(
                "Cliente;Fecha cita;Servicio;Estado",
                "Ana;05/08/2026;Corte;Reservada",
                "Luz;02/03/2026;Corte;Realizada",
                name="agenda.csv",
            )
        ],
        {
            "sales": [
                {"date": "2026-08-05", "status": "booked"},
                {"date": "2026-03-02", "status": "completed"},
            ]
        },
    ),
    Case(
        "a booking a year and a half ahead stays",
        [
            csv(
                "Cliente;Fecha;Servicio;Estado",
                "Ana;15/01/2028;Revisión;Reservada",
                "Luz;15/01/26;Revisión;Realizada",
            )
        ],
        {
            "sales": [
                {"date": "2028-01-15", "status": "booked"},
                {"date": "2026-01-15", "status": "completed"},
            ]
        },
        left_out=[],
    ),
    Case(
        "the date of the visit and not of its booking, its payment or its deposit",
        [
            csv(
                "Client,Created Date,Scheduled Date,Deposit Date,Service,Price",
                "Ann,2024-01-02,2024-01-31,2024-01-15,Cut,20",
                "Bob,2024-01-03,2024-02-01,2024-01-16,Cut,20",
            )
        ],
        {"sales": [{"date": "2024-01-31"}, {"date": "2024-02-01"}]},
    ),
    Case(
        "a birthday of two figures lies in the past",
        [
            csv("Código cliente;Fecha;Importe", "C1;15/01/2024;5", name="v.csv"),
            csv("Código cliente;Nombre;Fecha de nacimiento", "C1;Ana;31/12/29", name="clientes.csv"),
        ],
        {"clients": [{"client_id": "C1", "birthday": "1929-12-31"}]},
    ),
]
