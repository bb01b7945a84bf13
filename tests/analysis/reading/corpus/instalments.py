"""Bills paid in parts, plans of instalments, and bills that say "paid" without a day."""

from __future__ import annotations

from tests.analysis.reading.corpus.case import Case
from tests.analysis.reading.exports import csv

CASES = [
    Case(
        "a bill that says it is paid, and not when, counts as paid on the day it was due",
        [
            csv(
                "Cliente;Factura;Vencimiento;Importe;Pagado",
                "Ana Ruiz;F1;03/02/2026;20,00;Sí",
                "Luis Sanz;F2;13/02/2026;30,00;No",
                name="Pagos.csv",
            )
        ],
        {
            "payments": [
                {"due": "2026-02-03", "paid": "2026-02-03", "amount": 20.0},
                {"due": "2026-02-13", "paid": None, "amount": 30.0},
            ]
        },
        notices=["paid_without_day"],
    ),
    Case(
        "the state of a bill says the same",
        [
            csv(
                "Customer,Due date,Amount,Status",
                "Ann Bell,2026-02-03,20.00,Paid",
                "Joe Hill,2026-02-13,30.00,Pending",
                "Joe Hill,2026-03-13,30.00,Unpaid",
                name="payments.csv",
            )
        ],
        {
            "payments": [
                {"due": "2026-02-03", "paid": "2026-02-03"},
                {"due": "2026-02-13", "paid": None},
                {"due": "2026-03-13", "paid": None},
            ]
        },
    ),
    Case(
        "an instalment paid in part is what came in, and what is still owed",
        [
            csv(
                "Cliente;Fecha cuota;Cuota;Nº cuota;Fecha de pago;Importe pagado",
                "Ana Ruiz;03/02/2026;60,00;1;03/02/2026;60,00",
                "Ana Ruiz;03/03/2026;60,00;2;10/03/2026;20,00",
                "Ana Ruiz;03/04/2026;60,00;3;;",
                name="cuotas.csv",
            )
        ],
        {
            "payments": [
                {"due": "2026-02-03", "paid": "2026-02-03", "amount": 60.0},
                {"due": "2026-03-03", "paid": None, "amount": 40.0},
                {"due": "2026-04-03", "paid": None, "amount": 60.0},
                {"due": "2026-03-03", "paid": "2026-03-10", "amount": 20.0},
            ]
        },
    ),
    Case(
        "what comes in for a bill of three instalments pays them in the order they fall due",
        [
            csv(
                "Cliente;Factura;Vencimiento;Importe",
                "Ana Ruiz;F1;03/02/2026;60,00",
                "Ana Ruiz;F1;03/03/2026;60,00",
                "Ana Ruiz;F1;03/04/2026;60,00",
                "Luis Gil;F2;13/02/2026;30,00",
                "Eva Sol;F3;14/02/2026;10,00",
                name="Vencimientos pagos.csv",
            ),
            csv(
                "Cliente;Factura;Fecha de pago;Importe pagado",
                "Ana Ruiz;F1;01/02/2026;60,00",
                "Ana Ruiz;F1;20/03/2026;80,00",
                "Luis Gil;F2;13/02/2026;30,00",
                name="Cobros.csv",
            ),
        ],
        {
            # 60 pay the first on 1 February; 60 + 80 = 140 the second on 20 March, and 20 of the third: 40 are owed.
            "payments": [
                {"client_id": "Ana Ruiz", "due": "2026-02-03", "paid": "2026-02-01", "amount": 60.0},
                {"client_id": "Ana Ruiz", "due": "2026-03-03", "paid": "2026-03-20", "amount": 60.0},
                {"client_id": "Ana Ruiz", "due": "2026-04-03", "paid": None, "amount": 40.0},
                {"client_id": "Luis Gil", "due": "2026-02-13", "paid": "2026-02-13", "amount": 30.0},
                {"client_id": "Eva Sol", "due": "2026-02-14", "paid": None, "amount": 10.0},
                {"client_id": "Ana Ruiz", "due": "2026-04-03", "paid": "2026-03-20", "amount": 20.0},
            ]
        },
    ),
]
