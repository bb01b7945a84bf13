"""What statuses and yes/no cells say."""

from __future__ import annotations

import pytest

from analysis.reading.values.statuses import flag_meaning, solved_meaning, status_meaning, status_meanings


@pytest.mark.parametrize(
    ("meaning", "texts"),
    [
        (
            "completed",
            [
                "Realizada",
                "ATENDIDO",
                "Completed",
                "Asistió",
                "Pagada",
                "Approved",
                "Emitida",
                "Finalizado",
                "Abonada",
            ],
        ),
        (
            "cancelled",
            ["Anulada", "Cancelada por el cliente", "Cancelled", "VOID", "Rechazado", "No realizada"],
        ),
        (
            "no_show",
            [
                "No vino",
                "No asistió",
                "No-Show",
                "NO SHOW",
                "Inasistencia",
                "Did not attend",
                "No se presentó",
                "Ausente",
            ],
        ),
        (
            "booked",
            [
                "Reservada",
                "Pendiente",
                "Confirmada",
                "Programado",
                "Booked",
                "Scheduled",
                "Active reservation",
            ],
        ),
        ("refund", ["Devolución", "Abono", "13 - Nota de Crédito", "Refunded", "Credit note", "Reembolsado"]),
        ("waiting", ["On waitlist", "Lista de espera", "Reprogramada"]),
        ("unpaid", ["Impagada", "Pendiente de pago", "Overdue"]),
        (None, ["Kentucky", "Ana", "QLD", "Consumer"]),
    ],
)
def test_a_status_is_understood_in_both_languages(meaning: str | None, texts: list[str]):
    assert {text: status_meaning(text) for text in texts} == dict.fromkeys(texts, meaning)


@pytest.mark.parametrize(
    ("header", "yes", "no"),
    [
        ("no show", "no_show", "completed"),
        ("anulado", "cancelled", "completed"),
        ("asistio", "completed", "no_show"),
        ("attended", "completed", "no_show"),
        ("refunded", "refund", "completed"),
    ],
)
def test_a_yes_means_what_its_header_asks(header: str, yes: str, no: str):
    assert status_meanings(header, ["Sí", "No"], [5, 5]) == [yes, no]


def test_cancelled_beside_pending_in_most_rows_means_paid_as_in_much_of_latin_america():
    assert status_meanings("estado", ["Cancelado", "Pendiente"], [90, 10]) == ["completed", "unpaid"]


def test_cancelled_beside_completed_means_cancelled():
    assert status_meanings("estado", ["Atendido", "Cancelado"], [10, 90]) == ["completed", "cancelled"]


def test_pending_beside_paid_is_a_served_line_that_is_owed():
    assert status_meanings("estado", ["Pagado", "Pendiente"], [10, 10]) == ["completed", "unpaid"]


@pytest.mark.parametrize(
    ("text", "flag"), [("Sí", True), ("x", True), ("TRUE", True), ("no", False), ("0", False), ("Ana", None)]
)
def test_a_flag(text: str, flag: bool | None):  # noqa: FBT001 - what the cell means
    assert flag_meaning(text) is flag


@pytest.mark.parametrize(
    ("text", "solved"),
    [
        ("Resuelto", True),
        ("Sí", True),
        ("Mal resuelto", False),
        ("unsolved", False),
        ("Abierto", None),
        ("En curso", None),
    ],
)
def test_how_a_problem_stands(text: str, solved: bool | None):  # noqa: FBT001 - what the cell means
    assert solved_meaning(text) is solved
